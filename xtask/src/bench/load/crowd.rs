//! Sends what many families send at once, and notes what became of each.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::connection::{Answer, Connection};
use super::families::Family;
use crate::bench::values::percentile;
use crate::progress::Step;

/// How often one application is tried before its family gives up.
const TRIES: u32 = 50;

/// The first pause of a client that got no answer; the next one is twice as long, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause between two tries, whatever the server asks for: a bench ends sooner than a day.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What became of one application.
#[derive(Debug)]
pub struct Answered {
    /// From the first byte sent at the first try to the last byte received, pauses between tries included: what a family waits.
    pub took: Duration,
    /// Status of the last answer; none when there was none.
    pub status: Option<u16>,
    /// Body of the last answer.
    pub body: Vec<u8>,
}

/// What became of all of them.
#[derive(Debug)]
pub struct Outcome {
    /// Every application, in no order.
    pub answered: Vec<Answered>,
    /// From the first request to the last answer.
    pub took: Duration,
    /// Answers 503: the client came back with the same key.
    pub refused: usize,
    /// Connections that broke before the answer: the client came back with the same key.
    pub broken: usize,
    /// Connections the server closed between two answers, opened again at once: see [`Connection::reopened`].
    pub reopened: usize,
}

impl Outcome {
    /// The applications that were accepted.
    pub fn confirmed(&self) -> impl Iterator<Item = &Answered> {
        self.answered.iter().filter(|answered| matches!(answered.status, Some(200 | 201)))
    }

    /// Accepted applications a minute.
    pub fn confirmed_per_minute(&self) -> f64 {
        self.confirmed().count() as f64 * 60.0 / self.took.as_secs_f64()
    }

    /// How long these shares (0 to 1) of the accepted ones waited at most, in milliseconds.
    pub fn percentiles<const N: usize>(&self, shares: [f64; N]) -> [f64; N] {
        let mut waits: Vec<f64> = self.confirmed().map(|answered| answered.took.as_secs_f64() * 1000.0).collect();
        shares.map(|share| percentile(&mut waits, share))
    }
}

/// Sends every family's application over `connections` connections, and shows how it goes.
///
/// # Errors
/// When the server's address isn't one, or a thread can't be started.
pub fn send_all(server: &str, families: &[Family], connections: usize, step: &mut Step) -> Result<Outcome> {
    ensure!(connections > 0, "a crowd needs a connection");
    let server: SocketAddr = server.strip_prefix("http://").unwrap_or(server).parse().context("the server's address")?;
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let started = Instant::now();
    let clients: Vec<Client> = thread::scope(|scope| {
        let mut threads = Vec::with_capacity(connections);
        for _ in 0..connections {
            let client = Client { connection: Connection::to(server), answered: Vec::new(), refused: 0, broken: 0 };
            let (next, done) = (&next, &done);
            threads.push(
                thread::Builder::new().stack_size(128 << 10).spawn_scoped(scope, move || client.run(families, next, done))?,
            );
        }
        while done.load(Ordering::Relaxed) < families.len() && !threads.iter().all(thread::ScopedJoinHandle::is_finished) {
            step.now(&format!("{} of {}", done.load(Ordering::Relaxed), families.len()));
            thread::sleep(Duration::from_millis(250));
        }
        // A client that panicked has nothing to add; what it did not answer for is missed afterwards.
        Ok::<_, anyhow::Error>(threads.into_iter().filter_map(|thread| thread.join().ok()).collect())
    })?;
    let took = clients.iter().filter_map(|client| client.answered.last().map(|last| last.1)).max();
    let took = took.map_or(Duration::ZERO, |end| end.duration_since(started));
    let sum = |of: fn(&Client) -> usize| clients.iter().map(of).sum();
    let (refused, broken, reopened) =
        (sum(|client| client.refused), sum(|client| client.broken), sum(|client| client.connection.reopened()));
    let answered = clients.into_iter().flat_map(|client| client.answered).map(|(answered, _)| answered).collect();
    Ok(Outcome { answered, took, refused, broken, reopened })
}

struct Client {
    connection: Connection,
    answered: Vec<(Answered, Instant)>,
    refused: usize,
    broken: usize,
}

impl Client {
    fn run(mut self, families: &[Family], next: &AtomicUsize, done: &AtomicUsize) -> Self {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(family) = families.get(place) else { return self };
            let started = Instant::now();
            let answer = self.insist(&family.request);
            let ended = Instant::now();
            let (status, body) = answer.map_or((None, Vec::new()), |answer| (Some(answer.status), answer.body));
            self.answered.push((Answered { took: ended - started, status, body }, ended));
            done.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Tries as a phone does: comes back when told to, and with the same key when there was no answer at all.
    fn insist(&mut self, request: &[u8]) -> Option<Answer> {
        let mut pause = FIRST_PAUSE;
        let mut last = None;
        for _ in 0..TRIES {
            match self.connection.exchange(request) {
                Ok(answer) if answer.status == 503 => {
                    self.refused += 1;
                    pause = answer.retry_after.unwrap_or(pause);
                    last = Some(answer);
                }
                Ok(answer) => return Some(answer),
                Err(_) => self.broken += 1,
            }
            thread::sleep(pause.min(LONGEST_PAUSE));
            pause *= 2;
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_waits_that_happened() {
        let answered = |ms| Answered { took: Duration::from_millis(ms), status: Some(201), body: Vec::new() };
        let mut outcome = Outcome {
            answered: (1..=100).rev().map(answered).collect(),
            took: Duration::from_secs(2),
            refused: 0,
            broken: 0,
            reopened: 0,
        };
        assert_eq!(outcome.percentiles([0.5, 0.95, 0.99, 1.0]), [50.0, 95.0, 99.0, 100.0]);
        outcome.answered.push(Answered { took: Duration::from_secs(9), status: Some(503), body: Vec::new() });
        assert_eq!(outcome.percentiles([1.0]), [100.0]);
        assert!((outcome.confirmed_per_minute() - 3000.0).abs() < 1e-9);
    }
}
