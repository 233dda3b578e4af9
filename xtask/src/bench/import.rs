//! Ten thousand students from one file: how long the whole import takes, and the slowest of its requests.

use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use domain::application::Relation;
use domain::language::Language;
use domain::staff::exchange::columns::StudentColumn;
use domain::staff::exchange::import::ROWS_MAX;
use domain::staff::exchange::{ImportReport, wording};

use super::Figures;
use super::load::{Catalogue, Connection, letters};
use super::site::Site;
use super::surge::catalogue;
use crate::build_app::build_app;
use crate::build_worker::build_worker;
use crate::demo::staff::{ADMINISTRATOR, signed_in};
use crate::progress::Step;
use crate::setup;

/// A file of as many rows as one may have, beside its headings.
const ROWS: usize = ROWS_MAX - 1;

/// Fills a database with half a year of data, starts the Worker on it, looks a file through and takes it in.
///
/// # Errors
/// When a row is refused, or the file isn't taken in whole.
pub fn measure() -> Result<()> {
    let npm = setup::npm()?;
    setup::wasm_target()?;
    build_app(&npm)?;
    build_worker(&npm)?;
    let mut secret = None;
    let site = Site::worker_on_story(|database, plan| {
        secret = Some(signed_in(database, ADMINISTRATOR, plan.now)?);
        Ok(())
    })?;
    let secret = secret.context("no story was told")?;
    let file = file(&catalogue(&site)?)?;
    let server = site.server()?;
    let mut connection = Connection::to(server);
    let mut sent = |dry: bool| {
        let begun = Instant::now();
        let answer = connection.exchange(&request(&secret, &file, dry))?;
        let seconds = begun.elapsed().as_secs_f64();
        ensure!(answer.status == 200, "answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        let report: ImportReport = serde_json::from_slice(&answer.body)?;
        ensure!(report.faults.is_empty() && report.file.is_none(), "refused: {:?} {:?}", report.file, report.faults.first());
        Ok((report, seconds))
    };
    let (foretold, dry_seconds) = sent(true)?;
    ensure!(usize::try_from(foretold.ready)? == ROWS, "{} rows are ready", foretold.ready);
    let mut step = Step::begin("one file");
    let (mut stored, mut requests, mut seconds, mut slowest) = (0, 0_u32, 0.0, 0.0_f64);
    while stored < foretold.rows {
        let (report, took) = sent(false)?;
        ensure!(report.stored > stored, "nothing more was stored after {stored} rows");
        stored = report.stored;
        requests += 1;
        seconds += took;
        slowest = slowest.max(took);
        step.now(&format!("{stored} of {} rows", foretold.rows));
    }
    step.done(&format!("{stored} rows in {seconds:.1} s"));
    let figures = [
        ("import_rows", f64::from(stored)),
        ("import_mb", file.len() as f64 / 1e6),
        ("import_dry_run_seconds", dry_seconds),
        ("import_seconds", seconds),
        ("import_requests", f64::from(requests)),
        ("import_slowest_request_ms", slowest * 1000.0),
    ];
    for (name, value) in figures {
        println!("{name} {value:.1}");
    }
    super::write("import", &Figures::from(figures.map(|(name, value)| (name.to_owned(), value))))
}

/// The students, spread over all cohorts, as text with columns.
fn file(catalogue: &Catalogue) -> Result<String> {
    let headings: Vec<&str> = StudentColumn::ALL.iter().map(|column| column.heading(Language::Kazakh)).collect();
    let mut file = format!("\u{feff}{}\r\n", headings.join(";"));
    let year: usize = catalogue.first_session_on.get(..4).and_then(|year| year.parse().ok()).context("a year")?;
    let mother = wording::relation(Relation::Mother, Language::Kazakh);
    for number in 0..ROWS {
        let (cohort, _, tracks) = catalogue.cohorts.get(number % catalogue.cohorts.len()).context("a cohort")?;
        let track = tracks.first().context("a track")?;
        let (name, month, born) = (letters(number), number % 12 + 1, year - 13 - number % 4);
        let phone = format!("+7702{:07}", number);
        write!(
            file,
            "{cohort};Иманғали{name};Айша{name};Серікқызы;{:02}.{month:02}.{born};№ 7 мектеп;8 Б;{track};Иманғали{name};Гүлнар{name};\
            Маратқызы;{mother};{phone};import{number}@mail.example\r\n",
            number % 28 + 1,
        )?;
    }
    Ok(file)
}

/// The file as the page sends it; every request with the same key goes on where the last one ended.
fn request(secret: &str, file: &str, dry: bool) -> Vec<u8> {
    let head = format!(
        "POST /api/staff/import?kind=students&dry_run={dry}&language=kk&consent_on_paper=true HTTP/1.1\r\nHost: localhost\r\n\
         Cookie: __Host-staff={secret}\r\nContent-Type: application/octet-stream\r\nIdempotency-Key: bench-import-of-everybody\r\n\
         Content-Length: {}\r\n\r\n",
        file.len(),
    );
    [head.as_bytes(), file.as_bytes()].concat()
}
