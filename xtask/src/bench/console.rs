//! What every screen of the staff console asks the server, on half a year of data in workerd.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use super::Figures;
use super::load::{Answer, Connection};
use super::site::Site;
use super::values::percentile;
use crate::build_app::build_app;
use crate::build_worker::build_worker;
use crate::demo::staff::{ADMINISTRATOR, COORDINATOR, signed_in};
use crate::progress::Step;
use crate::setup;

mod questions;

use questions::{NOT_OF_A_SCREEN, Question};

/// How thoroughly is asked.
#[derive(Args)]
pub struct Console {
    /// How often each question is asked by each member
    #[arg(long, default_value_t = 60)]
    times: usize,
}

/// How long the slowest question may take, 95 times of a hundred, in milliseconds.
const BAR_MS: f64 = 300.0;

/// Asked before the clock counts: what is kept for some seconds is then at hand, and code is compiled.
const WARM_UP: usize = 5;

/// Fills a database with the whole story, starts the Worker on it, and asks.
///
/// # Errors
/// When the Worker doesn't start or answer, or a question is slower than the bar.
pub fn measure(asked: &Console) -> Result<()> {
    setup::wasm_target()?;
    let npm = setup::npm()?;
    build_app(&npm)?;
    build_worker(&npm)?;
    let mut members = Vec::new();
    let mut questions = Vec::new();
    let site = Site::worker_on_story(|database, plan| {
        for email in [ADMINISTRATOR, COORDINATOR] {
            members.push(signed_in(database, email, plan.now)?);
        }
        questions = questions::all(database)?;
        Ok(())
    })?;
    let server = site.server()?;
    let mut connection = Connection::to(server);
    nothing_is_forgotten(&mut connection, &questions)?;
    println!("{:<26} {:>8} {:>8} {:>10}", "question", "p50 ms", "p95 ms", "bytes");
    let mut figures = Figures::new();
    let mut slowest = 0f64;
    let mut step = Step::begin("asking");
    for question in &questions {
        step.now(question.name);
        let (mut times, mut bytes) = (Vec::new(), 0);
        // The administrator is the first of them.
        let may = if question.administrators_only { 1 } else { members.len() };
        for secret in members.iter().take(may) {
            let request = question.request(secret);
            for turn in 0..WARM_UP + asked.times {
                let begun = Instant::now();
                let answer = connection.exchange(&request)?;
                let time = begun.elapsed().as_secs_f64() * 1000.0;
                ensure!(answer.status == 200, "{}: {} {}", question.name, answer.status, String::from_utf8_lossy(&answer.body));
                bytes = bytes.max(answer.body.len());
                if turn >= WARM_UP {
                    times.push(time);
                }
            }
        }
        let [p50, p95] = [0.50, 0.95].map(|share| percentile(&mut times, share));
        println!("{:<26} {p50:>8.1} {p95:>8.1} {bytes:>10}", question.name);
        figures.insert(format!("{}_p50_ms", question.name), p50);
        figures.insert(format!("{}_p95_ms", question.name), p95);
        slowest = slowest.max(p95);
    }
    step.done(&format!("the slowest takes {slowest:.1} ms"));
    figures.insert("slowest_p95_ms".into(), slowest);
    super::write("console", &figures)?;
    ensure!(slowest <= BAR_MS, "the bar is {BAR_MS} ms");
    Ok(())
}

/// Every route a screen reads from is among the questions: the description of the API knows them all.
fn nothing_is_forgotten(connection: &mut Connection, questions: &[Question]) -> Result<()> {
    let answer: Answer = connection.exchange(b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let description: Value = serde_json::from_slice(&answer.body).context("the description is no JSON")?;
    let paths = description["paths"].as_object().context("the description has no paths")?;
    let read = paths.iter().filter(|(path, methods)| path.starts_with("/api/staff/") && methods.get("get").is_some());
    let read: BTreeSet<&str> = read.map(|(path, _)| path.as_str()).collect();
    let asked: BTreeSet<&str> = questions.iter().map(|question| question.route).chain(NOT_OF_A_SCREEN).collect();
    let forgotten: Vec<&&str> = read.difference(&asked).collect();
    ensure!(forgotten.is_empty(), "no question asks {forgotten:?}: add one to bench/console/questions.rs");
    Ok(())
}
