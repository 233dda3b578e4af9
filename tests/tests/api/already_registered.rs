//! The same student again: recognised by number, or by name, birth date and a guardian's telephone.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::error::ErrorCode;
use domain::registration::Confirmation;
use serde_json::Value;
use tumo_tests::forms::{born, email, guardian, iin, name, phone, written};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    by_number_whatever_else_is_written,
    by_name_birth_date_and_telephone,
    by_the_second_guardian,
    by_a_spelling_without_kazakh_letters,
    in_another_cohort_too,
    the_link_goes_to_the_first_address_once,
    without_an_address_no_letter_is_queued,
    who_only_resembles_is_somebody_else,
];

/// Refused, says nothing about the first registration, takes no seat.
async fn recognised(world: &World, first: &Confirmation, again: &ApplicationForm) {
    let calm = world.calm().await;
    let answer = world.api.apply(again).alone().send().await;
    answer.assert_refused(409, ErrorCode::AlreadyRegistered);
    assert_eq!(answer.body, r#"{"error":{"code":"already_registered"}}"#);
    assert!(!answer.headers.values().any(|value| value.to_str().is_ok_and(|text| text.contains(&first.reference))));
    calm.nothing_was_stored_but_in("outbox");
}

async fn by_number_whatever_else_is_written(world: Arc<World>) {
    let mut form = world.form();
    let day = born(&world.catalogue, 15);
    form.student.iin = iin(day);
    let first = world.applied(&form).await;
    let mut again = world.form();
    again.student.born_on = written(day.plus_days(200));
    again.student.iin = format!("{} {}", &form.student.iin[..6], &form.student.iin[6..]);
    recognised(&world, &first, &again).await;
}

async fn by_name_birth_date_and_telephone(world: Arc<World>) {
    let form = world.form();
    let first = world.applied(&form).await;
    let mut again = world.form();
    again.student.surname = form.student.surname.to_uppercase();
    again.student.given_name = format!("  {} ", form.student.given_name.to_lowercase());
    again.student.patronymic = "Нұрланқызы".into();
    again.student.iin = iin(born(&world.catalogue, 15));
    let digits: String = form.guardian.phone.chars().filter(char::is_ascii_digit).collect();
    again.guardian.phone = format!("+7 ({}) {}", &digits[1..4], &digits[4..]);
    recognised(&world, &first, &again).await;
}

async fn by_the_second_guardian(world: Arc<World>) {
    let mut form = world.form();
    form.second_guardian = Some(guardian("father"));
    let first = world.applied(&form).await;
    // The father applies alone ...
    let mut again = world.form();
    again.student = form.student.clone();
    again.guardian = form.second_guardian.clone().expect("a father");
    recognised(&world, &first, &again).await;
    // ... and the grandmother, naming the mother as the second.
    again.guardian = guardian("representative");
    again.second_guardian = Some(form.guardian.clone());
    recognised(&world, &first, &again).await;
}

async fn by_a_spelling_without_kazakh_letters(world: Arc<World>) {
    let mut form = world.form();
    form.student.surname = name("Қажығұл-Өтеген");
    form.student.given_name = name("Ұлжан Әсем Іңкәр Һауа Үміт");
    let first = world.applied(&form).await;
    let russian = |text: &str| {
        let kazakh = ["қ", "Қ", "ғ", "ө", "Ө", "ұ", "Ұ", "ү", "Ү", "ә", "Ә", "і", "І", "ң", "һ", "Һ", "-"];
        let near = ["к", "К", "г", "о", "О", "у", "У", "у", "У", "а", "А", "и", "И", "н", "х", "Х", " "];
        kazakh.iter().zip(near).fold(text.to_owned(), |text, (letter, typed)| text.replace(letter, typed))
    };
    let mut again = form.clone();
    again.student.surname = russian(&form.student.surname);
    again.student.given_name = russian(&form.student.given_name);
    assert_ne!(again.student, form.student);
    recognised(&world, &first, &again).await;
}

async fn in_another_cohort_too(world: Arc<World>) {
    let form = world.form();
    let first = world.applied(&form).await;
    let elsewhere = world.form_for("almaty-lab-music");
    let again = ApplicationForm { student: form.student, guardian: form.guardian, ..elsewhere };
    recognised(&world, &first, &again).await;
}

fn queued(world: &World, first: &Confirmation) -> Vec<Value> {
    world.database.rows(
        "SELECT o.event, CAST(o.queued_at / 86400000 AS INTEGER) AS day FROM outbox AS o
            JOIN applications AS a ON a.id = o.application_id WHERE a.reference = ?1 AND o.kind = 'link_again'",
        [&first.reference],
    )
}

/// Asking often doesn't fill anybody's mailbox: one letter a day, to the address given at first, never to the one given now.
async fn the_link_goes_to_the_first_address_once(world: Arc<World>) {
    let mut form = world.form();
    form.guardian.email = email();
    let first = world.applied(&form).await;
    let mut again = form.clone();
    again.guardian.email = email();
    for _ in 0..3 {
        recognised(&world, &first, &again).await;
    }
    let queued = queued(&world, &first);
    let mut days: Vec<&Value> = queued.iter().map(|row| &row["day"]).collect();
    let letters = days.len();
    days.dedup();
    assert!(letters >= 1 && letters == days.len(), "{letters} letters on {} days", days.len());

    let letters = world.letters_to(&form.guardian.email, 1 + letters).await;
    assert!(letters.iter().all(|letter| letter.text.contains(&first.token)));
    assert!(world.letters().iter().all(|letter| letter.to != again.guardian.email));
}

async fn without_an_address_no_letter_is_queued(world: Arc<World>) {
    let form = world.form();
    let first = world.applied(&form).await;
    let mut again = form.clone();
    again.guardian.email = email();
    recognised(&world, &first, &again).await;
    assert_eq!(queued(&world, &first), Vec::<Value>::new());
}

async fn who_only_resembles_is_somebody_else(world: Arc<World>) {
    let form = world.form();
    world.applied(&form).await;
    let mut brother = form.clone();
    brother.student.given_name = name("Арман");
    let mut namesake = form.clone();
    namesake.guardian.phone = phone();
    let mut younger = form.clone();
    younger.student.born_on = written(born(&world.catalogue, 15).plus_days(1));
    for other in [brother, namesake, younger] {
        world.applied(&other).await;
    }
}
