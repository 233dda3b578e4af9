//! Families who all come at once, and come again with the same key until they have an answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::application::ApplicationForm;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tumo_tests::api::fresh_key;
use tumo_tests::personal;
use tumo_tests::world::World;

/// Connections at a time.
const CLIENTS: usize = 48;

/// How long a family without an answer waits for another server to be up before it asks the same one again.
const PAUSE: Duration = Duration::from_millis(250);

/// Tries of one family until somebody has to look why it gets no answer: minutes, at the pause above.
const PATIENCE: u32 = 1_000;

/// What one family sends, always under the same key.
pub struct Errand {
    key: String,
    form: ApplicationForm,
}

impl Errand {
    /// The errand of these answers.
    pub fn of(form: ApplicationForm) -> Self {
        personal::note(&form);
        Self { key: fresh_key(), form }
    }

    /// Sends it once; none when no answer came.
    pub async fn is_sent(&self, world: &World) -> Option<tumo_tests::api::Answer> {
        world.api.apply(&self.form).key(&self.key).attempt().await.ok()
    }
}

/// A family that has its answer.
pub struct Acknowledged {
    /// What it sent.
    pub errand: Errand,
    /// Its reference number.
    pub reference: String,
    /// Whether a try that was never answered had been stored: the answer came to a repeated request, and was the one of before.
    pub from_before: bool,
}

/// A surge under way.
pub struct Surge {
    clients: JoinSet<Vec<Acknowledged>>,
    answers: watch::Receiver<usize>,
}

impl Surge {
    /// Sends all errands over connections beside each other, to whatever server `worlds` names at the time.
    pub fn begins(errands: Vec<Errand>, worlds: &watch::Receiver<Arc<World>>) -> Self {
        let errands = Arc::new(Mutex::new(VecDeque::from(errands)));
        let (count, answers) = watch::channel(0);
        let count = Arc::new(count);
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let (errands, count, mut worlds) = (Arc::clone(&errands), Arc::clone(&count), worlds.clone());
            clients.spawn(async move {
                let mut done = Vec::new();
                loop {
                    let next = errands.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let Some(errand) = next else { return done };
                    done.push(acknowledged(errand, &mut worlds).await);
                    count.send_modify(|answers| *answers += 1);
                }
            });
        }
        Self { clients, answers }
    }

    /// Waits until so many families have their answer.
    pub async fn has_answers(&mut self, wanted: usize) {
        self.answers.wait_for(|answers| *answers >= wanted).await.expect("families that are still at it");
    }

    /// Waits until every family has its answer.
    pub async fn ends(self) -> Vec<Acknowledged> {
        self.clients.join_all().await.into_iter().flatten().collect()
    }
}

async fn acknowledged(errand: Errand, worlds: &mut watch::Receiver<Arc<World>>) -> Acknowledged {
    for _ in 0..PATIENCE {
        let world = Arc::clone(&worlds.borrow_and_update());
        match errand.is_sent(&world).await {
            Some(answer) if matches!(answer.status, 200 | 201) => {
                let from_before = answer.status == 200;
                return Acknowledged { reference: reference(&answer.body), errand, from_before };
            }
            // What the app takes for a reason to try again.
            Some(answer) if answer.status >= 500 => {}
            Some(answer) => panic!("{} for {:?}: {}", answer.status, errand.form.cohort, answer.body),
            None => {}
        }
        // Time over is as good as a new server: the next try will tell.
        timeout(PAUSE, worlds.changed()).await.ok();
    }
    panic!("a family tried {PATIENCE} times and has no answer");
}

/// The reference number in a confirmation.
pub fn reference(body: &str) -> String {
    let confirmation: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    confirmation["reference"].as_str().expect("a reference number").to_owned()
}
