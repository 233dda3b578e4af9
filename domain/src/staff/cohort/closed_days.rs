//! Days on which a centre, or every centre, is closed.

use crate::date::Date;
use crate::error::FieldFault;
use crate::language::Localized;
use crate::staff::reason;
use serde::{Deserialize, Serialize};

/// Body of `POST /api/staff/closed-days`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosedDayForm {
    /// The day.
    pub date: Date,
    /// The centre it concerns; none for all, which only who reaches every centre may say.
    pub centre: Option<String>,
    /// Why, as families read it.
    pub reason: Localized,
}

impl ClosedDayForm {
    /// The reason as it is kept, or its faults by the fields of the form: none of the languages may be missing.
    ///
    /// # Errors
    /// As said.
    pub fn reason(&self) -> Result<Localized, Vec<FieldFault>> {
        Self::reason_of(&self.reason)
    }

    /// The same before the form has a day.
    ///
    /// # Errors
    /// As said.
    pub fn reason_of(typed: &Localized) -> Result<Localized, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut kept = |field: &str, typed: &str| match reason(typed) {
            Ok(kept) => kept,
            Err(code) => {
                faults.push(FieldFault { field: field.into(), code });
                String::new()
            }
        };
        let Localized { kk, ru, en } = typed;
        let reason = Localized { kk: kept("reason.kk", kk), ru: kept("reason.ru", ru), en: kept("reason.en", en) };
        if faults.is_empty() { Ok(reason) } else { Err(faults) }
    }
}

/// A closed day in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffClosedDay {
    /// Identifier.
    pub id: u64,
    /// The day.
    pub date: Date,
    /// The centre it concerns; none for all.
    pub centre: Option<String>,
    /// Why.
    pub reason: Localized,
    /// How many sessions it calls off.
    pub sessions: u32,
}
