//! Days on which a centre, or every centre, is closed. Sessions of such a day don't take place; their rows stay, so that a day that is
//! taken back brings them back.

use super::sessions::{self, Within};
use super::telling::{Telling, number, told, told_apart_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::catalogue::localized;
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Date;
use domain::error::{ErrorCode, FaultCode};
use domain::language::Localized;
use domain::staff::attendance::{SessionState, StaffSession};
use domain::staff::cohort::{ClosedDayForm, StaffClosedDay};
use domain::staff::{Acted, journal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// Within reach: those of every centre and of this one.
const LIST: &str = concat!(
    "SELECT json_group_array(json_object('id', id, 'date', day, 'centre', centre_id, 'reason', ",
    localized!("reason"),
    ", 'sessions', 0))
    FROM (SELECT * FROM closed_days WHERE ?1 IS NULL OR centre_id IS NULL OR centre_id = ?1 ORDER BY day, centre_id)"
);

/// The closed days within reach, with the number of sessions there that each calls off.
///
/// # Errors
/// When the database can't be read.
pub async fn all(platform: &impl Platform, scope: &Scope) -> Result<Vec<StaffClosedDay>, Refusal> {
    let days: Option<Vec<StaffClosedDay>> = read(platform, Statement::new(LIST).bind(scope)).await?;
    let mut days = days.unwrap_or_default();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(days) };
    let Within { sessions, cohorts } = sessions::within(platform, first.date..=last.date, None, scope).await?;
    let centres: BTreeMap<&str, &str> = cohorts.iter().map(|cohort| (&*cohort.id, &*cohort.centre)).collect();
    for day in &mut days {
        let here = |session: &StaffSession| {
            day.centre.as_deref().is_none_or(|closed| centres.get(&*session.key.cohort) == Some(&closed))
        };
        let off = sessions
            .iter()
            .filter(|session| session.state == SessionState::Closed && session.date == day.date && here(session));
        day.sessions = u32::try_from(off.count()).unwrap_or(u32::MAX);
    }
    Ok(days)
}

/// A day as the journal keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Details {
    date: Date,
    centre: Option<String>,
    reason: Localized,
}

impl Details {
    fn telling(&self, what: journal::Act, undoes: Option<u64>) -> Telling<'static> {
        Telling::about(what, format!("closed_day:{}", self.date), json!(self), undoes)
    }

    fn statement(&self, sql: &'static str) -> Statement {
        Statement::new(sql).bind(self.date.to_string()).bind(self.centre.as_deref())
    }
}

const ADDED_TOLD: &str =
    told_apart_sql!("NOT EXISTS (SELECT 1 FROM closed_days WHERE day = ?10 AND (centre_id IS NULL OR centre_id = ?11))");

const ADD: &str = "INSERT INTO closed_days (day, centre_id, reason_kk, reason_ru, reason_en) VALUES (?1, ?2, ?3, ?4, ?5)";

/// Closes a centre, or every centre, on a day.
///
/// # Errors
/// [`ErrorCode::Unknown`] for a centre out of reach, [`ErrorCode::NotAllowed`] when every centre is more than the scope,
/// [`ErrorCode::WrongState`] when a session of that day has marks already, [`ErrorCode::InvalidForm`] when the day is closed already.
pub async fn add(platform: &impl Platform, form: ClosedDayForm, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    if form.centre.is_none() && scope.centre().is_some() {
        return Err(ErrorCode::NotAllowed.into());
    }
    let there = scope.narrowed(form.centre.as_deref())?;
    let Within { sessions: held, .. } = sessions::within(platform, form.date..=form.date, None, &there).await?;
    if held.iter().any(|session| session.state.takes_place() && session.marks.marked() > 0) {
        return Err(ErrorCode::WrongState.into());
    }
    let details = Details { date: form.date, centre: form.centre, reason: form.reason };
    added(platform, &details, None, act).await.map_err(|refusal| match refusal.code {
        ErrorCode::ChangedMeanwhile => Refusal::field(ErrorCode::InvalidForm, "date".to_owned(), FaultCode::Taken),
        _ => refusal,
    })
}

async fn added(platform: &impl Platform, day: &Details, undoes: Option<u64>, act: Act<'_>) -> Result<Acted, Refusal> {
    let telling = day.telling(journal::Act::ClosedDayAdded, undoes);
    let told = telling.statement(ADDED_TOLD, act).bind(day.date.to_string()).bind(day.centre.as_deref());
    let Localized { kk, ru, en } = &day.reason;
    let row = day.statement(ADD).bind(kk.as_str()).bind(ru.as_str()).bind(en.as_str());
    telling.run(platform, vec![told, row], act).await
}

const REMOVED_TOLD: &str = told_apart_sql!("EXISTS (SELECT 1 FROM closed_days WHERE day = ?10 AND centre_id IS ?11)");

const REMOVE: &str = "DELETE FROM closed_days WHERE day = ?1 AND centre_id IS ?2";

const ONE: &str = concat!(
    "SELECT json_object('date', day, 'centre', centre_id, 'reason', ",
    localized!("reason"),
    ") FROM closed_days WHERE id = ?1 AND (?2 IS NULL OR centre_id IS NULL OR centre_id = ?2)"
);

/// Opens again on a closed day: its sessions are back.
///
/// # Errors
/// [`ErrorCode::Unknown`], or [`ErrorCode::NotAllowed`] when every centre is more than the scope.
pub async fn remove(platform: &impl Platform, id: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let day: Option<Details> = read(platform, Statement::new(ONE).bind(number(id)).bind(scope)).await?;
    let day = day.ok_or(ErrorCode::Unknown)?;
    if day.centre.is_none() && scope.centre().is_some() {
        return Err(ErrorCode::NotAllowed.into());
    }
    removed(platform, &day, None, act).await
}

async fn removed(platform: &impl Platform, day: &Details, undoes: Option<u64>, act: Act<'_>) -> Result<Acted, Refusal> {
    let telling = day.telling(journal::Act::ClosedDayRemoved, undoes);
    let told = telling.statement(REMOVED_TOLD, act).bind(day.date.to_string()).bind(day.centre.as_deref());
    telling.run(platform, vec![told, day.statement(REMOVE)], act).await
}

/// Takes adding or removing back.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when the day is as it was before, or a session of it has got marks.
pub async fn undo(
    platform: &impl Platform,
    entry: u64,
    what: journal::Act,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let day = told::<Details>(platform, entry, what, scope).await?.details;
    if what == journal::Act::ClosedDayAdded {
        return removed(platform, &day, Some(entry), act).await;
    }
    let there = scope.narrowed(day.centre.as_deref())?;
    let Within { sessions: held, .. } = sessions::within(platform, day.date..=day.date, None, &there).await?;
    if held.iter().any(|session| session.state.takes_place() && session.marks.marked() > 0) {
        return Err(ErrorCode::NotUndoable.into());
    }
    added(platform, &day, Some(entry), act).await
}
