//! Cohorts as coordinators run them: capacity, slots, sessions, closed days, and what is worth a warning.

mod bulk;
mod closed_days;

use crate::catalogue::{Catalogue, Centre, Intake, Track};
use crate::date::Timestamp;
use crate::error::{FaultCode, FieldFault};
use crate::schedule::{Slot, clash};
use crate::staff::Acted;
use crate::word::words;
use serde::{Deserialize, Serialize};

pub use bulk::{BULK_MAX, BulkAnswer, BulkChange, BulkForm, BulkLine};
pub use closed_days::{ClosedDayForm, StaffClosedDay};

/// The most seats of one cohort; the network's largest schedule has 200.
pub const SEATS_MAX: u32 = 500;

/// The longest label, in characters.
pub const LABEL_MAX: usize = 40;

/// The most weekly meetings of one cohort.
pub const SLOTS_MAX: usize = 7;

/// The earliest and the latest minute of a day at which a centre meets: 7:00 and 22:00.
pub const OPEN_MINUTES: std::ops::RangeInclusive<u16> = 420..=1320;

/// Somebody or something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
}

/// How attendance stands: numbers of marks by status. What is not marked is in none of the first four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkCounts {
    /// There from the beginning.
    pub present: u32,
    /// There, but late.
    pub late: u32,
    /// Away with a reason.
    pub excused: u32,
    /// Away.
    pub absent: u32,
}

impl MarkCounts {
    /// Marks in all.
    pub const fn marked(self) -> u32 {
        self.present + self.late + self.excused + self.absent
    }

    /// The share of those marked who were there, in whole per cent; none when nobody was marked.
    pub const fn rate(self) -> Option<u32> {
        ((self.present + self.late) * 100 + self.marked() / 2).checked_div(self.marked())
    }
}

words! {
    /// Something about a cohort that a coordinator should look at. None of them forbids anything.
    CohortWarning {
        /// No trainer is assigned.
        NoTrainer = "no_trainer",
        /// One of its trainers has another cohort at the same time.
        TrainerClash = "trainer_clash",
        /// All cohorts that meet at the same time have more seats than the centre has workstations.
        OverWorkstations = "over_workstations",
        /// Somebody waits while seats are free: a party that doesn't fit.
        FreeWhileWaiting = "free_while_waiting",
        /// Less than half of the seats are taken and nobody waits.
        HalfEmpty = "half_empty",
    }
}

/// A cohort in the console; by default one of which nothing is known yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffCohort {
    /// Identifier.
    pub id: String,
    /// The centre's identifier.
    pub centre: String,
    /// A short name that staff gave it, to tell groups with the same hours apart.
    pub label: Option<String>,
    /// Weekly meetings, in order of weekday and time.
    pub slots: Vec<Slot>,
    /// Identifiers of the tracks on offer.
    pub tracks: Vec<String>,
    /// Seats in all.
    pub seats: u32,
    /// Enrolled.
    pub enrolled: u32,
    /// Held for families that have an offer.
    pub offered: u32,
    /// On the waiting list.
    pub waiting: u32,
    /// Whether newcomers are no longer taken.
    pub closed: bool,
    /// Who teaches it.
    pub trainers: Vec<Named>,
    /// Attendance since its beginning.
    pub marks: MarkCounts,
    /// Changes with every edit; an edit names the version it was made from.
    pub version: u32,
}

impl StaffCohort {
    /// Seats that are enrolled or held.
    pub const fn taken(&self) -> u32 {
        self.enrolled + self.offered
    }

    /// Seats nobody has.
    pub const fn free(&self) -> u32 {
        self.seats.saturating_sub(self.taken())
    }
}

/// The answer of `GET /api/staff/cohorts`: everything the screens of one intake need to name things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffCohorts {
    /// The moment of the count.
    pub at: Timestamp,
    /// The intake.
    pub intake: Intake,
    /// Centres within reach.
    pub centres: Vec<StaffCentre>,
    /// All tracks.
    pub tracks: Vec<Track>,
    /// Cohorts within reach, in the order of display.
    pub cohorts: Vec<StaffCohort>,
    /// Who can be assigned: trainers within reach.
    pub trainers: Vec<Trainer>,
}

/// A centre in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffCentre {
    /// The centre as families see it.
    pub centre: Centre,
    /// How many students can sit there at a time; none: not known.
    pub workstations: Option<u32>,
}

/// A trainer who can be assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trainer {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// The centre.
    pub centre: String,
}

/// What is worth a warning about each cohort, in the order of `all`.
pub fn warnings(all: &[StaffCohort], centres: &[StaffCentre]) -> Vec<Vec<CohortWarning>> {
    all.iter().map(|cohort| warnings_of(cohort, all, centres)).collect()
}

/// Trainers of a cohort who have another one at the same time, each with that other cohort.
pub fn trainer_clashes<'a>(cohort: &'a StaffCohort, all: &'a [StaffCohort]) -> Vec<(&'a Named, &'a StaffCohort)> {
    let beside = all.iter().filter(|other| other.id != cohort.id && clash(&other.slots, &cohort.slots));
    let shared = |other: &'a StaffCohort| {
        let teaches = |trainer: &&Named| other.trainers.iter().any(|one| one.id == trainer.id);
        cohort.trainers.iter().filter(teaches).map(move |trainer| (trainer, other))
    };
    beside.flat_map(shared).collect()
}

fn warnings_of(cohort: &StaffCohort, all: &[StaffCohort], centres: &[StaffCentre]) -> Vec<CohortWarning> {
    let workstations = centres.iter().find(|one| one.centre.id == cohort.centre).and_then(|one| one.workstations);
    let crowded = workstations.is_some_and(|most| {
        // Cohorts of the same moment, slot by slot: those that meet Monday don't stand in the way of those of Tuesday.
        cohort.slots.iter().any(|slot| {
            let together = all.iter().filter(|other| other.centre == cohort.centre && clash(&other.slots, &[*slot]));
            together.map(|other| other.seats).sum::<u32>() > most
        })
    });
    let found = [
        (cohort.trainers.is_empty(), CohortWarning::NoTrainer),
        (!trainer_clashes(cohort, all).is_empty(), CohortWarning::TrainerClash),
        (crowded, CohortWarning::OverWorkstations),
        (cohort.waiting > 0 && cohort.free() > 0, CohortWarning::FreeWhileWaiting),
        (!cohort.closed && cohort.waiting == 0 && cohort.taken() * 2 < cohort.seats, CohortWarning::HalfEmpty),
    ];
    found.into_iter().filter_map(|(is, warning)| is.then_some(warning)).collect()
}

/// Body of `POST /api/staff/cohorts`. A copy is the same with the values of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortForm {
    /// The centre.
    pub centre: String,
    /// Label; empty for none.
    pub label: String,
    /// Weekly meetings.
    pub slots: Vec<Slot>,
    /// Tracks on offer.
    pub tracks: Vec<String>,
    /// Seats.
    pub seats: u32,
    /// Identifiers of its trainers.
    pub trainers: Vec<String>,
}

/// The answer to a new cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortMade {
    /// Its identifier.
    pub id: String,
    /// The entry it left.
    pub acted: Acted,
}

/// Body of `PUT /api/staff/cohorts/{cohort}`: everything but centre and seats. Other slots hold from today on; what has taken place
/// stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortChange {
    /// The version the change was made from.
    pub version: u32,
    /// Label; empty for none.
    pub label: String,
    /// Weekly meetings.
    pub slots: Vec<Slot>,
    /// Tracks on offer; one that somebody has chosen can't go.
    pub tracks: Vec<String>,
    /// Identifiers of its trainers.
    pub trainers: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Faults of a cohort's slots, tracks, seats and label, by the fields of [`CohortForm`].
pub fn check(form: &CohortForm, catalogue: &Catalogue) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field: String, code| faults.push(FieldFault { field, code });
    if catalogue.centre(&form.centre).is_none() {
        fault("centre".into(), FaultCode::UnknownChoice);
    }
    if form.label.chars().count() > LABEL_MAX {
        fault("label".into(), FaultCode::TooLong);
    } else if form.label.chars().any(char::is_control) {
        fault("label".into(), FaultCode::LineCharacters);
    }
    if form.slots.is_empty() {
        fault("slots".into(), FaultCode::Required);
    } else if form.slots.len() > SLOTS_MAX {
        fault("slots".into(), FaultCode::OutOfRange);
    }
    for (place, slot) in form.slots.iter().enumerate() {
        let within = (1..=7).contains(&slot.weekday) && OPEN_MINUTES.contains(&slot.start) && OPEN_MINUTES.contains(&slot.end);
        if !within || slot.start >= slot.end {
            fault(format!("slots.{place}"), FaultCode::OutOfRange);
        } else if form.slots.iter().take(place).any(|other| other.overlaps(*slot)) {
            fault(format!("slots.{place}"), FaultCode::Clash);
        }
    }
    if form.tracks.is_empty() {
        fault("tracks".into(), FaultCode::Required);
    } else if form.tracks.iter().any(|id| catalogue.track(id).is_none()) {
        fault("tracks".into(), FaultCode::UnknownChoice);
    }
    if form.seats > SEATS_MAX {
        fault("seats".into(), FaultCode::OutOfRange);
    }
    faults
}

/// The fault of trainers who can't be assigned.
pub fn check_trainers(chosen: &[String], assignable: &[String]) -> Option<FieldFault> {
    let known = chosen.iter().all(|id| assignable.contains(id));
    (!known).then(|| FieldFault { field: "trainers".into(), code: FaultCode::UnknownChoice })
}

/// The label as it is kept.
pub fn label(typed: &str) -> Option<String> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Body of `PUT /api/staff/cohorts/{cohort}/seats`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeatsForm {
    /// Seats from now on; no less than are taken.
    pub seats: u32,
    /// Why.
    pub reason: String,
}
