//! kill -9 in the middle of a surge.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use fastrand::Rng;
use tokio::sync::watch;
use tokio::time::sleep;
use tumo_tests::forms;
use tumo_tests::world::World;

use crate::house::{House, folder};
use crate::stored::{Broken, broken};
use crate::surge::{Acknowledged, Errand, Surge, reference};

/// How often the server is killed when `TUMO_KILLS` doesn't say.
const KILLS: usize = 2;

/// Families that come around one kill.
const FAMILIES: usize = 240;

/// Cohorts they want: most have more seats than come in a round, some have a single one.
const COHORTS: usize = 6;

/// After the answer that a kill waits for, it waits for less than this, so that it falls anywhere between two answers.
const BETWEEN_ANSWERS: Duration = Duration::from_millis(12);

/// Kills and starts the server again and again, each time in the middle of a surge, and looks each time at what is left.
pub async fn killed_in_a_surge() {
    let kills = number("TUMO_KILLS").unwrap_or(KILLS as u64);
    let seed = number("TUMO_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("{kills} kills; TUMO_SEED={seed} repeats this choice of moments and cohorts");
    let mut chance = Rng::with_seed(seed);
    let folder = folder();
    let mut house = House::build(folder.path()).await;
    let (worlds, seen) = watch::channel(Arc::clone(&house.world));
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for kill in 1..=kills {
        let mut surge = Surge::begins(errands(&house.world, &mut chance), &seen);
        let answers = chance.usize(1..FAMILIES * 3 / 4);
        surge.has_answers(answers).await;
        sleep(BETWEEN_ANSWERS.mul_f64(chance.f64())).await;
        house.is_killed();
        house.is_started_again().await;
        worlds.send_replace(Arc::clone(&house.world));
        let families = surge.ends().await;
        let again = families.iter().filter(|family| family.from_before).count();
        println!("kill {kill} after {answers} answers: {again} more had been stored without one");
        answered_as_before(&house.world, &families).await;
        acknowledged.extend(families);
    }
    let broken = broken(&house.world.database, &acknowledged);
    write_figures(kills, &acknowledged, &broken);
    assert_eq!(broken, Broken::default(), "TUMO_SEED={seed}");
}

fn errands(world: &World, chance: &mut Rng) -> Vec<Errand> {
    let mut cohorts: Vec<&str> = world.catalogue.cohorts.iter().map(|cohort| &*cohort.id).collect();
    chance.shuffle(&mut cohorts);
    let mut errand = |number: usize| {
        let mut form = world.form_for(cohorts[number % COHORTS]);
        // Some want a letter: the outbox is written by the same batch, and read while the surge goes on.
        if chance.bool() {
            form.guardian.email = forms::email();
        }
        Errand::of(form)
    };
    (0..FAMILIES).map(&mut errand).collect()
}

/// Who comes once more with the same key gets the same registration, whichever side of the kill its answer was on.
async fn answered_as_before(world: &World, families: &[Acknowledged]) {
    for family in families {
        let answer = family.errand.is_sent(world).await.expect("an answer of a server that is well");
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(reference(&answer.body), family.reference, "another registration for the same key");
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is `{text}` and must be a number")))
}

fn write_figures(kills: u64, acknowledged: &[Acknowledged], broken: &Broken) {
    let Some(file) = env::var_os("TUMO_FIGURES").map(PathBuf::from) else { return };
    let again = acknowledged.iter().filter(|family| family.from_before).count();
    let figures = BTreeMap::from([
        ("kills", usize::try_from(kills).unwrap_or_default()),
        ("acknowledged", acknowledged.len()),
        ("answered_again", again),
        ("lost", broken.lost),
        ("doubled", broken.doubled),
        ("oversold", broken.oversold),
        ("out_of_order", broken.out_of_order),
        ("stored_by_halves", broken.halves),
        ("miscounted", broken.miscounted),
        ("corrupt", broken.corrupt),
    ]);
    fs::write(&file, serde_json::to_vec(&figures).expect("numbers")).expect("a place for the figures");
}
