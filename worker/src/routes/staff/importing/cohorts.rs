//! Cohorts from a file: made in one batch, each with its entry in the journal, by which it can be taken back.

use super::{Import, TRIES};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::store::capacity::cohorts::all;
use crate::store::staff::Act;
use crate::store::{catalogue, imports};
use domain::error::ErrorCode;
use domain::staff::exchange::ImportReport;
use domain::staff::exchange::cohorts::cohorts;

pub(super) async fn run<P: Platform>(import: &Import<'_, P>) -> Result<ImportReport, Refusal> {
    let (platform, scope) = (&import.backend.platform, import.signed.scope());
    for _ in 0..TRIES {
        let now = platform.now();
        let catalogue = catalogue::current(platform, now).await?;
        let here = all(platform, &scope, now).await?;
        let mine = made_before(import).await?;
        let others: Vec<_> = here.cohorts.into_iter().filter(|cohort| !mine.contains(&cohort.id)).collect();
        let (mut report, ready) = cohorts(&import.rows, &catalogue, &here.centres, &others);
        if !mine.is_empty() {
            report.stored = u32::try_from(mine.len()).unwrap_or(u32::MAX);
            return Ok(report);
        }
        let Some(key) = import.key.as_ref().filter(|_| report.is_clean()) else { return Ok(report) };
        let forms = ready.into_iter().map(|cohort| (import.cohort_id(key.as_str(), cohort.row).concat(), cohort.form));
        let act = Act { author: import.signed.author(), reason: "", now };
        if imports::make(platform, &catalogue.intake.id, forms.collect(), &scope, act).await? {
            report.stored = report.rows;
            return Ok(report);
        }
    }
    Err(ErrorCode::Busy.into())
}

/// The cohorts that an earlier request with this key has made.
async fn made_before<P: Platform>(import: &Import<'_, P>) -> Result<Vec<String>, Refusal> {
    let Some(key) = &import.key else { return Ok(Vec::new()) };
    let ids: Vec<[String; 2]> = import.rows.iter().map(|row| import.cohort_id(key.as_str(), row.number)).collect();
    let beginnings: Vec<&str> = ids.iter().map(|[beginning, _]| beginning.as_str()).collect();
    let made = imports::made(&import.backend.platform, &beginnings).await?;
    let is_mine = |id: &String| ids.iter().any(|parts| parts.concat() == *id);
    if made.iter().all(is_mine) { Ok(made) } else { Err(ErrorCode::KeyReused.into()) }
}

/// How many hexadecimal digits of a hash stand for it in the id of a cohort: 64 bits.
const DIGITS: usize = 16;

impl<P: Platform> Import<'_, P> {
    /// The id of the cohort of a row, in two parts: from the key, and from the file. Repeated, the request finds what it made; a file
    /// sent with the key of another one is noticed.
    fn cohort_id(&self, key: &str, row: u32) -> [String; 2] {
        let secrets = &self.backend.secrets;
        let hashes = [secrets.idempotency(&format!("{key}/{row}")), secrets.body(&self.digest)];
        hashes.map(|hash| hash.chars().take(DIGITS).collect())
    }
}
