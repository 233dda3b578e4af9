//! The same write in a plain JavaScript Worker (`tests/peers`), side by side with ours: both in workerd, on the same bindings, in
//! alternating rounds. The rounds are short, so that a machine that grows slower or faster does so for both. Both are started anew
//! several times, on fresh data: one process differs from the next by some hundredths for as long as it lives. The warm-up is long:
//! the engine goes on compiling wasm for speed over some ten thousand applications, JavaScript over some hundred.
//!
//! The JavaScript Worker gets its SQL texts from ours, overheard at the start, so it can't lag behind. Afterwards both databases
//! must be filled alike, column by column: a peer that stores less is no peer.

mod filled;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Map, Value, json};

use super::Figures;
use super::ledger::Wrongs;
use super::load::{Answer, Connection, Families, Family, Outcome, send_all};
use super::site::Site;
use super::surge::{catalogue, others, reference};
use super::values::median;
use crate::build_app::build_app;
use crate::build_worker::build_worker;
use crate::progress::Step;
use crate::{layout, setup};
use filled::Filled;

/// Overhears the database of the Worker beside it.
const CAPTURE: &str = include_str!("peers/capture.mjs");

/// How large the comparison is.
#[derive(Args)]
pub struct Peers {
    /// How often both are started
    #[arg(long, default_value_t = 3)]
    starts: usize,
    /// Rounds of each start
    #[arg(long, default_value_t = 200)]
    rounds: usize,
    /// Distinct applications each Worker gets in a round
    #[arg(long, default_value_t = 100)]
    applications: usize,
    /// Distinct applications each Worker gets before the first round, to warm both up
    #[arg(long, default_value_t = 20_000)]
    warm_up: usize,
    /// Connections they come over
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

/// Builds ours, overhears it, and lets both take the same families.
///
/// # Errors
/// When a Worker doesn't start, an application isn't confirmed, or the two don't do the same work.
pub fn measure(asked: &Peers) -> Result<()> {
    ensure!(asked.starts > 0 && asked.rounds > 0 && asked.applications > 0, "nothing asked, nothing measured");
    setup::wasm_target()?;
    let npm = setup::npm()?;
    build_app(&npm)?;
    build_worker(&npm)?;
    let mut step = Step::begin("what ours sends");
    step.now("overhearing");
    let statements = overhear()?;
    step.done("overheard");

    let mut rates: Vec<[f64; 2]> = Vec::new();
    println!("{:>7} {:>7} {:>14} {:>14} {:>12}", "start", "round", "Rust a minute", "JS a minute", "Rust over JS");
    for start in 1..=asked.starts {
        rates.extend(one_start(asked, start, &statements)?);
    }

    let column = |value: fn(&[f64; 2]) -> f64| median(rates.iter().map(value).collect());
    let figures = Figures::from([
        ("rust_over_js".to_owned(), column(|rate| rate[0] / rate[1])),
        ("rust_confirmed_per_minute".to_owned(), column(|rate| rate[0])),
        ("js_confirmed_per_minute".to_owned(), column(|rate| rate[1])),
    ]);
    for (name, value) in &figures {
        println!("{name} {value:.3}");
    }
    super::write("peers", &figures)
}

/// Starts both, and gives back what ours and theirs confirmed a minute in each round that counts.
fn one_start(asked: &Peers, start: usize, statements: &Value) -> Result<Vec<[f64; 2]>> {
    let mut step = Step::begin("both Workers");
    step.now("starting");
    let more = Map::from_iter([("STATEMENTS".to_owned(), statements.clone())]);
    let sites = [Site::worker()?, Site::workerd(&layout::root().join("tests/peers"), "index.mjs", more)?];
    step.done("started");

    let catalogues = [catalogue(&sites[0])?, catalogue(&sites[1])?];
    let [ours, theirs] = &sites;
    let mut crowds = [Families::new(&catalogues[0]), Families::new(&catalogues[1])];
    let firsts = [crowds[0].take(1)?, crowds[1].take(1)?];
    ensure_alike(&send_one(ours, &firsts[0])?, &send_one(theirs, &firsts[1])?)?;

    let mut confirmed = [HashSet::new(), HashSet::new()];
    let mut rates = Vec::new();
    for round in 0..=asked.rounds {
        let mut rate = [f64::NAN; 2];
        let (name, applications) =
            if round == 0 { ("warm-up".to_owned(), asked.warm_up) } else { (round.to_string(), asked.applications) };
        // Who comes first changes, so that it favours nobody.
        for turn in 0..2 {
            let who = (start + round + turn) % 2;
            let families = crowds[who].take(applications)?;
            let mut step = Step::begin(["Rust", "JavaScript"][who]);
            let outcome = send_all(&sites[who].base_url, &families, asked.connections, &mut step)?;
            rate[who] = outcome.confirmed_per_minute();
            step.done(&format!("{:.0} a minute", rate[who]));
            confirmed[who].extend(references(&outcome, applications)?);
        }
        println!("{start:>7} {name:>7} {:>14.0} {:>14.0} {:>12.3}", rate[0], rate[1], rate[0] / rate[1]);
        if round > 0 {
            rates.push(rate);
        }
    }

    for (site, confirmed) in sites.iter().zip(&confirmed) {
        let wrongs = Wrongs::find(&site.database, confirmed)?;
        ensure!(wrongs.none(), "{}: {wrongs:?}", site.database.display());
    }
    let differences = Filled::read(&ours.database)?.differences(&Filled::read(&theirs.database)?);
    ensure!(differences.is_empty(), "the two are not filled alike (ours, theirs):\n  {}", differences.join("\n  "));
    Ok(rates)
}

/// What ours sends to its database for a catalogue, an application, and the same application again, by the names that
/// `tests/peers` knows them by.
fn overhear() -> Result<Value> {
    let scripts = tempfile::tempdir()?;
    copy(&layout::worker(), scripts.path())?;
    fs::write(scripts.path().join("capture.mjs"), CAPTURE)?;
    let site = Site::workerd(scripts.path(), "capture.mjs", Map::new())?;
    let catalogue = catalogue(&site)?;
    let family = Families::new(&catalogue).take(1)?;
    send_one(&site, &family)?;
    let again = exchange(&site, &family[0].request)?;
    ensure!(again.status == 200, "the same application again was answered {}", again.status);
    let recorded = exchange(&site, b"GET /recorded HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let batches: Vec<Vec<String>> = serde_json::from_slice(&recorded.body).context("what was overheard")?;
    let alone = |batch: Option<&Vec<String>>| batch.filter(|batch| batch.len() == 1).and_then(|batch| batch.first().cloned());
    Ok(json!({
        "catalogue": alone(batches.first()).context("the catalogue isn't read first, in one statement")?,
        "application": batches.iter().max_by_key(|batch| batch.len()).context("nothing was sent")?,
        "decided_before": alone(batches.last()).context("an earlier decision isn't read last, in one statement")?,
    }))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn exchange(site: &Site, request: &[u8]) -> Result<Answer> {
    Ok(Connection::to(site.server()?).exchange(request)?)
}

/// The confirmation of the first of these families.
fn send_one(site: &Site, families: &[Family]) -> Result<Value> {
    let family = families.first().context("no family")?;
    let answer = exchange(site, &family.request)?;
    ensure!(answer.status == 201, "answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).context("a confirmation is no JSON")
}

/// The references of a round in which everybody has to be confirmed.
fn references(outcome: &Outcome, sent: usize) -> Result<Vec<String>> {
    let found = outcome.confirmed().map(|answered| reference(&answered.body)).collect::<Result<Vec<_>>>()?;
    ensure!(found.len() == sent, "not everybody was confirmed: {}", others(outcome));
    Ok(found)
}

/// The same family, first on either side, gets the same answer but for what is random, secret or a moment.
fn ensure_alike(ours: &Value, theirs: &Value) -> Result<()> {
    ensure!(shape(ours) == shape(theirs), "the answers differ:\nours {ours}\ntheirs {theirs}");
    Ok(())
}

/// The names in an answer, with the length of each text and number.
fn shape(answer: &Value) -> Value {
    match answer {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), shape(value))).collect(),
        Value::Array(values) => values.iter().map(shape).collect(),
        Value::Null => Value::Null,
        Value::Bool(_) => json!("bool"),
        Value::Number(number) => json!(["number", number.to_string().len()]),
        Value::String(text) => json!(["text", text.len()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_alike_by_names_and_lengths() {
        let answer =
            |receipt: &str| json!({ "reference": "TM-1", "registrations": [{ "receipt": receipt, "position": null }] });
        assert!(ensure_alike(&answer("a.b"), &answer("c.d")).is_ok());
        assert!(ensure_alike(&answer("a.b"), &answer("c.dd")).is_err());
        assert!(ensure_alike(&answer("a.b"), &json!({ "reference": "TM-1" })).is_err());
    }
}
