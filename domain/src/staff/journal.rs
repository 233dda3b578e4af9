//! The journal as staff read it: who, what, when, why; and undoing.

use crate::date::Timestamp;
use crate::registration::RegistrationState;
use crate::schedule::Slot;
use crate::staff::access::Right;
use crate::staff::cohort::{MarkCounts, Named};
use crate::word::words;
use serde::{Deserialize, Serialize};

/// For how long a staff act can be undone, in hours.
pub const UNDO_HOURS: i64 = 24;

/// Entries in one answer.
pub const ENTRIES_A_PAGE: usize = 100;

words! {
    /// What an entry of the journal tells.
    Act {
        /// A family applied.
        Applied = "applied",
        /// A family joined one more cohort.
        Joined = "joined",
        /// A seat was held for a family.
        Offered = "offered",
        /// A family got a seat from the waiting list at once, as it had asked.
        Seated = "seated",
        /// A family took an offered seat.
        Accepted = "accepted",
        /// A family gave an offered seat up.
        Declined = "declined",
        /// A seat was given up for one in another cohort.
        Moved = "moved",
        /// A family gave its seat or place up.
        Withdrawn = "withdrawn",
        /// An offer ran out and came back to the list.
        Returned = "returned",
        /// An offer ran out for good.
        Lapsed = "lapsed",
        /// Deadlines moved with a clock that had jumped.
        ClockJumped = "clock_jumped",
        /// Staff registered a student by hand.
        Added = "added",
        /// Staff ended a registration.
        Removed = "removed",
        /// A registration that staff had ended lives again.
        Restored = "restored",
        /// Staff moved a student to another cohort.
        Transferred = "transferred",
        /// Staff changed the order of a waiting list.
        Reordered = "reordered",
        /// Staff wrote down other tracks for a student.
        TracksChanged = "tracks_changed",
        /// Staff changed the seats of a cohort.
        SeatsChanged = "seats_changed",
        /// A cohort was made.
        CohortAdded = "cohort_added",
        /// A cohort's label, slots, tracks or trainers were changed.
        CohortChanged = "cohort_changed",
        /// A cohort that nobody had joined was taken back.
        CohortDropped = "cohort_dropped",
        /// A cohort takes no newcomers any more.
        CohortClosed = "cohort_closed",
        /// A cohort takes newcomers again.
        CohortReopened = "cohort_reopened",
        /// A session was moved or called off, or that was taken back.
        SessionChanged = "session_changed",
        /// A closed day was added.
        ClosedDayAdded = "closed_day_added",
        /// A closed day was taken away.
        ClosedDayRemoved = "closed_day_removed",
        /// A roll call's marks were kept.
        Marked = "marked",
        /// Somebody looked at a family's contacts.
        ContactsSeen = "contacts_seen",
        /// A message to a cohort's families.
        MessageSent = "message_sent",
        /// A file was taken out.
        Exported = "exported",
        /// A file was taken in.
        Imported = "imported",
        /// Export settings were saved or dropped.
        ExportSaved = "export_saved",
        /// A staff member was added.
        MemberAdded = "member_added",
        /// A staff member's name, role or centre was changed.
        MemberChanged = "member_changed",
        /// A staff member can't sign in any more.
        MemberDisabled = "member_disabled",
        /// A staff member can sign in again.
        MemberEnabled = "member_enabled",
        /// A staff member's password or second factor was reset.
        MemberReset = "member_reset",
        /// A staff member chose another password.
        PasswordChanged = "password_changed",
        /// A staff member set up an authenticator app.
        SecondFactorSet = "second_factor_set",
        /// A staff member signed in with a recovery code.
        RecoveryCodeUsed = "recovery_code_used",
        /// A staff member ended all sessions of their own.
        SignedOutEverywhere = "signed_out_everywhere",
    }
}

words! {
    /// Kinds of acts, by which the journal is searched.
    ActGroup {
        /// What families and the waiting list decided.
        Families = "families",
        /// What staff did about registrations.
        Registrations = "registrations",
        /// Capacity: cohorts, seats, closed days.
        Cohorts = "cohorts",
        /// Sessions and roll calls.
        Sessions = "sessions",
        /// Who saw, sent, took out or brought in data.
        Data = "data",
        /// Accounts of staff members; only administrators see these.
        Members = "members",
    }
}

impl ActGroup {
    /// The acts of this kind.
    pub fn acts(self) -> impl Iterator<Item = Act> {
        Act::ALL.iter().copied().filter(move |act| act.group() == self)
    }
}

impl Act {
    /// Whether it can be undone within [`UNDO_HOURS`]: it changed something inside, told nobody outside, and its opposite is an act too.
    pub const fn is_reversible(self) -> bool {
        self.undo_right().is_some()
    }

    /// What undoing it takes, beside the journal: the right of whoever did it. None when it can't be undone.
    pub const fn undo_right(self) -> Option<Right> {
        match self {
            Self::Removed | Self::Transferred | Self::Reordered | Self::TracksChanged => Some(Right::ManageRegistrations),
            Self::SeatsChanged
            | Self::CohortAdded
            | Self::CohortChanged
            | Self::CohortClosed
            | Self::CohortReopened
            | Self::SessionChanged
            | Self::ClosedDayAdded
            | Self::ClosedDayRemoved => Some(Right::ManageCohorts),
            Self::Marked => Some(Right::MarkAttendance),
            _ => None,
        }
    }

    /// Whether a staff member did it, and neither a family nor the program.
    pub const fn is_of_staff(self) -> bool {
        !matches!(self.group(), ActGroup::Families)
    }

    /// What kind of thing it tells of.
    pub const fn group(self) -> ActGroup {
        match self {
            Self::Applied
            | Self::Joined
            | Self::Offered
            | Self::Seated
            | Self::Accepted
            | Self::Declined
            | Self::Moved
            | Self::Withdrawn
            | Self::Returned
            | Self::Lapsed
            | Self::ClockJumped => ActGroup::Families,
            Self::Added | Self::Removed | Self::Restored | Self::Transferred | Self::Reordered | Self::TracksChanged => {
                ActGroup::Registrations
            }
            Self::SeatsChanged
            | Self::CohortAdded
            | Self::CohortChanged
            | Self::CohortDropped
            | Self::CohortClosed
            | Self::CohortReopened
            | Self::ClosedDayAdded
            | Self::ClosedDayRemoved => ActGroup::Cohorts,
            Self::SessionChanged | Self::Marked => ActGroup::Sessions,
            Self::ContactsSeen | Self::MessageSent | Self::Exported | Self::Imported | Self::ExportSaved => ActGroup::Data,
            Self::MemberAdded
            | Self::MemberChanged
            | Self::MemberDisabled
            | Self::MemberEnabled
            | Self::MemberReset
            | Self::PasswordChanged
            | Self::SecondFactorSet
            | Self::RecoveryCodeUsed
            | Self::SignedOutEverywhere => ActGroup::Members,
        }
    }
}

/// Until when an act of this moment can be undone.
pub const fn undo_until(act: Act, at: Timestamp) -> Option<Timestamp> {
    if act.is_reversible() { Some(Timestamp(at.0 + UNDO_HOURS * 3_600_000)) } else { None }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalEntry {
    /// Number: the order of decisions.
    pub entry: u64,
    /// The moment.
    pub at: Timestamp,
    /// `family`, `system`, or a staff member's name.
    pub author: String,
    /// What was done.
    pub act: Act,
    /// What it was done to, such as `session:COHORT/2026-11-24/540` or `export:attendance`; none when registration or cohort say it.
    pub subject: Option<String>,
    /// Reference number of the registration it concerns.
    pub reference: Option<String>,
    /// The registration it concerns.
    pub registration: Option<String>,
    /// The cohort it concerns.
    pub cohort: Option<String>,
    /// State of the registration after it.
    pub state: Option<RegistrationState>,
    /// Place on the waiting list after it.
    pub position: Option<u32>,
    /// Seats of the cohort after it.
    pub seats: Option<u32>,
    /// Seats of the cohort before it.
    pub seats_before: Option<u32>,
    /// Identifiers of the registration's tracks after it, in the order of choice.
    pub tracks: Option<Vec<String>>,
    /// Those before it.
    pub tracks_before: Option<Vec<String>>,
    /// The centre it concerns.
    pub centre: Option<String>,
    /// The staff member it was done to: a name.
    pub member: Option<String>,
    /// The marks it brought.
    pub marks: Option<MarkCounts>,
    /// Why.
    pub reason: Option<String>,
    /// Until when it can be undone; none when it can't, or not any more.
    pub undo_until: Option<Timestamp>,
    /// The entry by which it was undone.
    pub undone_by: Option<u64>,
    /// The entry it undid.
    pub undoes: Option<u64>,
}

/// A cohort as the journal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalCohort {
    /// Identifier.
    pub id: String,
    /// The centre.
    pub centre: String,
    /// Label.
    pub label: Option<String>,
    /// Weekly meetings.
    pub slots: Vec<Slot>,
}

/// The answer of `GET /api/staff/journal?before=&centre=&group=&act=&author=&cohort=&registration=&from=&to=`: the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalPage {
    /// The server's clock.
    pub at: Timestamp,
    /// The entries within reach.
    pub entries: Vec<JournalEntry>,
    /// Give this as `before` for the next page; none at the end.
    pub next: Option<u64>,
    /// Staff members within reach, by whom the journal can be searched.
    pub authors: Vec<Named>,
    /// Cohorts within reach, by which it can be searched.
    pub cohorts: Vec<JournalCohort>,
}
