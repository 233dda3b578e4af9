//! Opening day: twenty thousand families at once, on either home, and what the database says afterwards.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use super::Figures;
use super::ledger::Wrongs;
use super::load::{Catalogue, Connection, Families, Outcome, send_all};
use super::site::Site;
use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::build_worker::build_worker;
use crate::progress::Step;
use crate::server::Home;
use crate::setup;

/// How large the surge is.
#[derive(Args)]
pub struct Surge {
    /// Distinct applications
    #[arg(long, default_value_t = 20_000)]
    applications: usize,
    /// Connections they come over
    #[arg(long, default_value_t = 256)]
    connections: usize,
}

/// Builds both homes as they are deployed, and sends the surge to each.
///
/// # Errors
/// When a home doesn't start, an application isn't confirmed, or the database shows a broken promise.
pub fn measure(asked: &Surge) -> Result<()> {
    setup::wasm_target()?;
    let npm = setup::npm()?;
    build_app(&npm)?;
    build_worker(&npm)?;
    build_native(true)?;
    let mut figures = Figures::new();
    let mut all_kept = true;
    println!(
        "{:<8} {:>10} {:>12} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>5} {:>12}",
        "home", "confirmed", "a minute", "p50 ms", "p95 ms", "p99 ms", "refused", "broken", "oversold", "lost", "out of order"
    );
    for home in [Home::Workerd, Home::Native] {
        let (outcome, wrongs) = surge(home, asked)?;
        let confirmed = outcome.confirmed().count();
        let per_minute = outcome.confirmed_per_minute();
        let [p50, p95, p99] = outcome.percentiles([0.50, 0.95, 0.99]);
        println!(
            "{:<8} {confirmed:>10} {per_minute:>12.0} {p50:>8.1} {p95:>8.1} {p99:>8.1} {:>8} {:>8} {:>8} {:>5} {:>12}",
            home.name(),
            outcome.refused,
            outcome.broken,
            wrongs.oversold,
            wrongs.lost,
            wrongs.out_of_order,
        );
        if !wrongs.none() {
            eprintln!("{}: {wrongs:?}", home.name());
            all_kept = false;
        }
        let mut own = |name: &str, value: f64| figures.insert(format!("{}_{name}", home.name()), value);
        own("confirmed", confirmed as f64);
        own("confirmed_per_minute", per_minute);
        own("p50_ms", p50);
        own("p95_ms", p95);
        own("p99_ms", p99);
        own("refused", outcome.refused as f64);
        own("broken_connections", outcome.broken as f64);
        own("reopened_connections", outcome.reopened as f64);
        for (name, count) in [
            ("oversold", wrongs.oversold),
            ("lost", wrongs.lost),
            ("out_of_order", wrongs.out_of_order),
            ("miscounted", wrongs.miscounted),
        ] {
            *figures.entry(name.into()).or_default() += f64::from(count);
        }
    }
    super::write("surge", &figures)?;
    ensure!(all_kept, "a promise was broken");
    Ok(())
}

fn surge(home: Home, asked: &Surge) -> Result<(Outcome, Wrongs)> {
    let mut step = Step::begin(home.name());
    step.now("starting");
    let site = match home {
        Home::Workerd => Site::worker()?,
        Home::Native => Site::native()?,
    };
    let catalogue = catalogue(&site)?;
    let families = Families::new(&catalogue).take(asked.applications)?;
    let outcome = send_all(&site.base_url, &families, asked.connections, &mut step)?;
    step.now("reading the database");
    let confirmed = outcome.confirmed().map(|answered| reference(&answered.body)).collect::<Result<HashSet<String>>>()?;
    let wrongs = Wrongs::find(&site.database, &confirmed)?;
    step.done("ok");
    ensure!(confirmed.len() == asked.applications, "{}: not everybody was confirmed: {}", home.name(), others(&outcome));
    Ok((outcome, wrongs))
}

/// What the site offers, without the labs, whose seats are few.
pub fn catalogue(site: &Site) -> Result<Catalogue> {
    let answer = Connection::to(site.server()?).exchange(b"GET /api/catalogue HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    Catalogue::read(&answer.body, |cohort| !cohort.contains("-lab"))
}

/// The reference of a confirmation.
pub fn reference(confirmation: &[u8]) -> Result<String> {
    let confirmation: Value = serde_json::from_slice(confirmation).context("a confirmation is no JSON")?;
    confirmation["reference"].as_str().map(str::to_owned).context("a confirmation without a reference")
}

/// The answers that confirm nothing, by status, with an example of each.
pub fn others(outcome: &Outcome) -> String {
    let mut by_status: BTreeMap<Option<u16>, (usize, String)> = BTreeMap::new();
    for answered in outcome.answered.iter().filter(|answered| !matches!(answered.status, Some(200 | 201))) {
        let body = String::from_utf8_lossy(&answered.body).into_owned();
        by_status.entry(answered.status).or_insert((0, body)).0 += 1;
    }
    format!("{by_status:?}")
}
