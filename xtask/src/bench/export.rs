//! Two hundred thousand marks in one workbook: how long it takes, and how much memory workerd takes more than before.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use domain::date::Timestamp;
use rusqlite::Connection;

use super::Figures;
use super::site::Site;
use crate::build_worker::build_worker;
use crate::demo::staff::{ADMINISTRATOR, signed_in};
use crate::progress::Step;
use crate::setup;

/// How many marks the file holds at least.
const MARKS: i64 = 200_000;

/// How much memory an isolate has, in MB: what the whole process takes more than before may be no more than that.
const BAR_MB: f64 = 128.0;

/// The longest silence, between two pieces too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A second session beside each of the story's, a minute later, with the marks of the first.
const TWICE: &str = "
    INSERT INTO session_changes (cohort_id, day, starts, state, held_on, held_starts, held_ends, author, changed_at)
    SELECT cohort_id, day, starts + 1, 'kept', day, starts + 1, starts + 121, 'bench', 1 FROM session_counts;
    INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, reason, marked_by, marked_at, received_at)
    SELECT printf('%026d', m.sequence), a.cohort_id, a.day, a.starts + 1, a.registration_id, m.status, m.minutes, m.reason,
        m.marked_by, m.marked_at, m.received_at
    FROM attendance AS a JOIN marks AS m ON m.id = a.mark_id;";

/// Fills a database with the story twice over, starts the Worker on it, and takes everything in one file.
///
/// # Errors
/// When the file doesn't come whole, or memory grows above the bar.
pub fn measure() -> Result<()> {
    let npm = setup::npm()?;
    setup::wasm_target()?;
    build_worker(&npm)?;
    let mut told = None;
    let site = Site::worker_on_story(|database, plan| {
        told = Some((signed_in(database, ADMINISTRATOR, plan.now)?, doubled(database)?, plan.now));
        Ok(())
    })?;
    let (secret, marks, now) = told.context("no story was told")?;
    ensure!(marks >= MARKS, "there are {marks} marks only");
    let server = site.server()?;
    // Compiles the code, so that what is measured is the file.
    take(server, &secret, now, 1)?;
    let workerd = workerd()?;
    let before = memory(workerd, "VmRSS")?;
    // From here on the kernel's highest mark is the highest of this file.
    fs::write(format!("/proc/{workerd}/clear_refs"), "5").context("the kernel keeps its mark")?;
    let step = Step::begin("one workbook");
    let begun = Instant::now();
    let (bytes, first) = take(server, &secret, now, 400)?;
    let seconds = begun.elapsed().as_secs_f64();
    let peak = memory(workerd, "VmHWM")?;
    step.done(&format!("{marks} marks, {:.1} MB in {seconds:.1} s", bytes as f64 / 1e6));
    println!("workerd held {before:.0} MB before, {peak:.0} MB at most: {:.0} MB for the file", peak - before);
    let figures = [
        ("export_marks", marks as f64),
        ("export_mb", bytes as f64 / 1e6),
        ("export_seconds", seconds),
        ("export_first_byte_ms", first.as_secs_f64() * 1000.0),
        ("export_before_mb", before),
        ("export_peak_mb", peak),
        ("export_growth_mb", peak - before),
    ];
    super::write("export", &Figures::from(figures.map(|(name, value)| (name.to_owned(), value))))?;
    ensure!(peak - before <= BAR_MB, "the bar is {BAR_MB} MB");
    Ok(())
}

/// Marks everything once more: how many marks there are then.
fn doubled(database: &Path) -> Result<i64> {
    let mut database = Connection::open(database)?;
    database.pragma_update(None, "synchronous", "OFF")?;
    let all = database.transaction()?;
    all.execute_batch(TWICE)?;
    let marks = all.query_row("SELECT count(*) FROM attendance", [], |row| row.get(0))?;
    all.commit()?;
    database.pragma_update(None, "wal_checkpoint", "TRUNCATE").ok();
    Ok(marks)
}

/// Takes the attendance of so many days before this moment: how many bytes, and when the first was here.
fn take(server: SocketAddr, secret: &str, now: Timestamp, days: i64) -> Result<(u64, Duration)> {
    let today = now.local_date();
    let from = Timestamp(now.0 - days * 24 * 60 * 60 * 1000).local_date();
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /api/staff/export?kind=attendance&format=xlsx&from={from}&to={today}&language=kk HTTP/1.1\r\nHost: localhost\r\n\
        Cookie: __Host-staff={secret}\r\nConnection: close\r\n\r\n"
    )?;
    let begun = Instant::now();
    let (mut bytes, mut first, mut end, mut part) = (0, None, Vec::new(), vec![0; 64 * 1024]);
    loop {
        let length = match stream.read(&mut part) {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let piece = part.get(..length).unwrap_or_default();
        if first.is_none() {
            first = Some(begun.elapsed());
            ensure!(piece.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(piece));
        }
        if piece.is_empty() {
            break;
        }
        bytes += u64::try_from(length)?;
        end.extend_from_slice(piece);
        end.drain(..end.len().saturating_sub(5));
    }
    // An answer in chunks that was broken off has no last one.
    ensure!(end == b"0\r\n\r\n", "the file broke off after {bytes} bytes");
    Ok((bytes, first.unwrap_or_default()))
}

/// The workerd among the processes that we have started.
fn workerd() -> Result<u32> {
    let ours = std::process::id();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").context("only Linux tells the memory of a process")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        if name.trim() == "workerd" && descends(id, ours) {
            found.push(id);
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        other => bail!("there are {} workerds of ours", other.len()),
    }
}

fn descends(mut id: u32, from: u32) -> bool {
    while id > 1 {
        if id == from {
            return true;
        }
        let Ok(parent) = told(id, "PPid") else { return false };
        id = u32::try_from(parent).unwrap_or(0);
    }
    false
}

/// A number the kernel tells of a process.
fn told(process: u32, name: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.and_then(|value| value.split_whitespace().next()?.parse().ok()).with_context(|| format!("no {name}"))
}

fn memory(process: u32, name: &str) -> Result<f64> {
    Ok(told(process, name)? as f64 / 1024.0)
}
