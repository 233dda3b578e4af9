//! Students from a file: each row is an application like one that was added by hand, with a key of its own that follows from the
//! request's key and the row's number. So a row that is stored is known again, and is stored once.

use super::{Import, TRIES};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::applications::{Added, Keys, identities};
use crate::store::applications::{Outcome, apply_all};
use crate::store::capacity::cohorts::all;
use crate::store::imports::{self, StoredRow};
use crate::store::staff::Act;
use domain::application::Application;
use domain::catalogue::Catalogue;
use domain::error::{ErrorCode, FaultCode};
use domain::registration::RegistrationState;
use domain::staff::cohort::StaffCohort;
use domain::staff::exchange::columns::StudentColumn;
use domain::staff::exchange::import::foretold;
use domain::staff::exchange::students::{ImportedStudent, students};
use domain::staff::exchange::{ImportKind, ImportOutcome, ImportReport};
use std::collections::{BTreeSet, HashSet};

/// How many rows are stored at once. Each takes eight statements, and a Worker may send a thousand to D1 for one request.
const ROWS_AT_ONCE: usize = 80;

pub(super) async fn run<P: Platform>(import: &Import<'_, P>) -> Result<ImportReport, Refusal> {
    let platform = &import.backend.platform;
    let now = platform.now();
    // What was changed a moment ago counts: students often follow the cohorts that were made for them.
    let catalogue = crate::store::catalogue::current(platform, now).await?;
    let cohorts = all(platform, &import.signed.scope(), now).await?.cohorts;
    let (report, ready) = students(&import.rows, &catalogue, &cohorts, import.query.language, now);
    let ready: Vec<Row> = ready.into_iter().map(|student| import.row(student)).collect();
    let mut went_on = false;
    for _ in 0..TRIES {
        let stored = import.stored(&ready).await?;
        let known: HashSet<usize> = stored.iter().map(|row| row.place).collect();
        let fresh: Vec<&Row> =
            ready.iter().enumerate().filter(|(place, _)| !known.contains(place)).map(|(_, row)| row).collect();
        let registered = import.registered(&fresh, &catalogue).await?;
        // The same request, sent twice, may have stored its own rows between the two looks: they are nobody else's.
        if !registered.is_empty() && import.stored(&ready).await?.len() > stored.len() {
            continue;
        }
        let report = import.report(&report, &fresh, &stored, &registered, &cohorts);
        if import.key.is_none() || went_on || fresh.is_empty() || !report.is_clean() {
            return Ok(report);
        }
        went_on = import.go_on(&fresh, stored.is_empty().then_some(report.rows), &catalogue).await?;
    }
    Err(ErrorCode::Busy.into())
}

/// A row without a fault, with what it is recognised by.
struct Row {
    number: u32,
    application: Application,
    keys: Keys,
    identities: Vec<String>,
}

impl Row {
    fn cohort(&self) -> &str {
        self.application.students.first().map_or("", |applicant| &applicant.cohort)
    }
}

impl<P: Platform> Import<'_, P> {
    fn row(&self, ImportedStudent { row, application }: ImportedStudent) -> Row {
        let (secrets, key) = (&self.backend.secrets, self.key.as_ref().map_or("", |key| key.as_str()));
        let of_row = |student| identities(self.backend, &application.guardians, student);
        Row {
            number: row,
            // No key of a request has a stroke in it.
            keys: Keys { key_digest: secrets.idempotency(&format!("{key}/{row}")), body_digest: secrets.body(&self.digest) },
            identities: application.students.iter().flat_map(|applicant| of_row(&applicant.student)).collect(),
            application,
        }
    }

    /// Which of the rows earlier requests with this key have stored.
    async fn stored(&self, ready: &[Row]) -> Result<Vec<StoredRow>, Refusal> {
        if self.key.is_none() {
            return Ok(Vec::new());
        }
        let keys: Vec<&str> = ready.iter().map(|row| row.keys.key_digest.as_str()).collect();
        let stored = imports::stored(&self.backend.platform, &keys, &self.backend.secrets.body(&self.digest)).await?;
        if stored.iter().all(|row| row.same) { Ok(stored) } else { Err(ErrorCode::KeyReused.into()) }
    }

    /// The numbers of the rows whose student has a seat or waits already.
    async fn registered(&self, fresh: &[&Row], catalogue: &Catalogue) -> Result<BTreeSet<u32>, Refusal> {
        let of_row = |row: &&Row| row.identities.iter().map(|digest| (row.number, digest.clone())).collect::<Vec<_>>();
        let identities: Vec<(u32, String)> = fresh.iter().flat_map(of_row).collect();
        let registered = imports::registered(&self.backend.platform, &catalogue.intake.id, &identities).await?;
        Ok(registered.into_iter().collect())
    }

    /// The report, with what only the store knows.
    fn report(
        &self,
        read: &ImportReport,
        fresh: &[&Row],
        stored: &[StoredRow],
        registered: &BTreeSet<u32>,
        cohorts: &[StaffCohort],
    ) -> ImportReport {
        let mut report = read.clone();
        for row in registered {
            report.refuse(*row, StudentColumn::GivenName.as_str(), FaultCode::Taken);
        }
        report.stored = u32::try_from(stored.len()).unwrap_or(u32::MAX);
        report.outcomes = if self.key.is_some() {
            told(cohorts, stored)
        } else {
            foretold(cohorts, fresh.iter().filter(|row| !registered.contains(&row.number)).map(|row| row.cohort()))
        };
        report
    }

    /// Stores the next rows; false when somebody came in between and they have to be looked at again. `rows` is the number of all, as
    /// long as none is stored.
    async fn go_on(&self, fresh: &[&Row], rows: Option<u32>, catalogue: &Catalogue) -> Result<bool, Refusal> {
        let (backend, author, now) = (self.backend, self.signed.author(), self.backend.platform.now());
        if now < catalogue.intake.opens_at {
            return Err(ErrorCode::NotOpenYet.into());
        }
        let next = fresh.iter().take(ROWS_AT_ONCE);
        let added = next.map(|row| Ok((*row, Added::to(backend, &row.application)?)));
        let added = added.collect::<Result<Vec<_>, Refusal>>()?;
        let joined =
            added.iter().map(|(row, added)| added.joined(&row.application, &catalogue.intake.id, &row.keys, author, now));
        let act = Act { author, reason: "", now };
        let told = rows.map(|rows| imports::told(ImportKind::Students, rows, &self.signed.scope(), act));
        match apply_all(&backend.platform, told, &joined.collect::<Vec<_>>()).await? {
            None => Ok(true),
            Some(Outcome::NotOffered | Outcome::CohortClosed) => Err(ErrorCode::Closed.into()),
            Some(_) => Ok(false),
        }
    }
}

/// What came of the rows that are stored, in the order of display.
fn told(cohorts: &[StaffCohort], stored: &[StoredRow]) -> Vec<ImportOutcome> {
    let mut outcomes: Vec<ImportOutcome> = cohorts.iter().map(ImportOutcome::of).collect();
    for row in stored {
        if let Some(outcome) = outcomes.iter_mut().find(|outcome| outcome.cohort == row.cohort) {
            let waits = row.state == RegistrationState::Waiting;
            if waits { outcome.waiting += 1 } else { outcome.enrolled += 1 }
        }
    }
    outcomes.retain(|outcome| outcome.enrolled + outcome.waiting > 0);
    outcomes
}
