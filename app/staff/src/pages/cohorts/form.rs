//! The form of a cohort: what is typed, and its fields.

use super::slots::Slots;
use super::{Cohorts, loaded};
use crate::components::form::Form;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::{El, el};
use domain::staff::cohort::{
    CohortChange, CohortForm, CohortWarning, Named, StaffCohort, StaffCohorts, trainer_clashes, warnings,
};
use leptos::prelude::*;

/// What is typed. A copy is a few numbers.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    centre: RwSignal<String>,
    label: RwSignal<String>,
    slots: Slots,
    tracks: RwSignal<Vec<String>>,
    seats: RwSignal<String>,
    trainers: RwSignal<Vec<String>>,
    reason: RwSignal<String>,
}

impl Answers {
    /// As this cohort is; without one all tracks, and the centre that is looked at.
    pub fn new(session: Session, like: Option<&StaffCohort>) -> Self {
        let centre = like.map(|cohort| cohort.centre.clone()).or_else(|| untrack(|| session.centre()));
        let tracks = like.map(|cohort| cohort.tracks.clone());
        let tracks = tracks.unwrap_or_else(|| session.tracks().into_iter().map(|(id, _)| id).collect());
        Self {
            centre: RwSignal::new(centre.unwrap_or_default()),
            label: RwSignal::new(like.and_then(|cohort| cohort.label.clone()).unwrap_or_default()),
            slots: Slots::new(like.map_or(&[], |cohort| &cohort.slots)),
            tracks: RwSignal::new(tracks),
            seats: RwSignal::new(like.map(|cohort| cohort.seats.to_string()).unwrap_or_default()),
            trainers: RwSignal::new(like.map(ids).unwrap_or_default()),
            reason: RwSignal::new(String::new()),
        }
    }

    /// The body of a new cohort; none without a number of seats.
    pub fn made(self) -> Option<CohortForm> {
        Some(CohortForm {
            centre: self.centre.get_untracked(),
            label: self.label.get_untracked(),
            slots: untrack(|| self.slots.read()),
            tracks: self.tracks.get_untracked(),
            seats: self.seats.get_untracked().trim().parse().ok()?,
            trainers: self.trainers.get_untracked(),
        })
    }

    /// The body of a change from this version.
    pub fn changed(self, version: u32) -> CohortChange {
        CohortChange {
            version,
            label: self.label.get_untracked(),
            slots: untrack(|| self.slots.read()),
            tracks: self.tracks.get_untracked(),
            trainers: self.trainers.get_untracked(),
            reason: self.reason.get_untracked(),
        }
    }

    /// The fields of a new cohort.
    pub fn fields_of_new(self, session: Session, cohorts: Cohorts, form: Form) -> Vec<El> {
        let own = session.me().centre.is_some();
        let centres = [(String::new(), t(Text::CohortsChoose).to_owned())].into_iter().chain(session.centres()).collect();
        let centre = (!own).then(|| form.field("centre", Text::FieldCentre).select(self.centre, centres));
        let seats = form.field("seats", Text::CohortsSeats).digits(self.seats);
        let [label, slots, tracks, trainers] = self.fields(session, cohorts, form);
        centre.into_iter().chain([label, slots, seats, tracks, trainers, self.foreseen(session, cohorts, None)]).collect()
    }

    /// The fields of a cohort there is.
    pub fn fields_of_change(self, session: Session, cohorts: Cohorts, form: Form, of: &StaffCohort) -> Vec<El> {
        let reason = form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(self.reason);
        let foreseen = self.foreseen(session, cohorts, Some(of.clone()));
        self.fields(session, cohorts, form).into_iter().chain([foreseen, reason]).collect()
    }

    fn fields(self, session: Session, cohorts: Cohorts, form: Form) -> [El; 4] {
        let label = form.field("label", Text::CohortsLabel).hint(t(Text::CohortsLabelHint)).optional().input(self.label);
        let tracks = form.field("tracks", Text::CohortsTracks).checks(self.tracks, session.tracks());
        // Who can be assigned depends on the centre.
        let trainers = el("div").live(move || {
            let centre = self.centre.get();
            let chosen = self.trainers.get_untracked();
            let people = loaded(cohorts, |shown| {
                let here = shown.all.trainers.iter().filter(|trainer| trainer.centre == centre);
                let here: Vec<(String, String)> = here.map(|trainer| (trainer.id.clone(), trainer.name.clone())).collect();
                // Who teaches already may stay, whatever became of them.
                let assigned = shown.all.cohorts.iter().flat_map(|cohort| &cohort.trainers);
                let mut all = here;
                for trainer in assigned.filter(|trainer| chosen.contains(&trainer.id)) {
                    if all.iter().all(|(id, _)| *id != trainer.id) {
                        all.push((trainer.id.clone(), trainer.name.clone()));
                    }
                }
                all
            });
            let people = people.unwrap_or_default();
            let field = form.field("trainers", Text::CohortsTrainers).optional();
            let field = if people.is_empty() { field.hint(t(Text::CohortsNoTrainers)) } else { field };
            vec![untrack(|| field.checks(self.trainers, people))]
        });
        [label, self.slots.view(form), tracks, trainers]
    }

    /// What would be worth a warning about the cohort as it is typed. It forbids nothing.
    fn foreseen(self, session: Session, cohorts: Cohorts, of: Option<StaffCohort>) -> El {
        el("div").attr("role", "status").live(move || {
            let (chosen, slots) = (self.trainers.get(), self.slots.read());
            let (centre, seats) = (self.centre.get(), self.seats.get().trim().parse().ok());
            let lines = loaded(cohorts, |shown| {
                let known = shown.all.trainers.iter().map(|trainer| (&trainer.id, &trainer.name));
                let known =
                    known.chain(shown.all.cohorts.iter().flat_map(|cohort| &cohort.trainers).map(|one| (&one.id, &one.name)));
                let mut trainers: Vec<Named> = Vec::new();
                for (id, name) in known.filter(|(id, _)| chosen.contains(id)) {
                    if trainers.iter().all(|trainer| trainer.id != *id) {
                        trainers.push(Named { id: id.clone(), name: name.clone() });
                    }
                }
                let seats = of.as_ref().map(|cohort| cohort.seats).or(seats).unwrap_or_default();
                let base = of.clone().unwrap_or_default();
                said(
                    session,
                    &StaffCohort { centre: centre.clone(), slots: slots.clone(), trainers, seats, ..base },
                    &shown.all,
                )
            });
            let lines: Vec<El> = lines.unwrap_or_default().iter().map(|line| el("li").text(line)).collect();
            let list = (!lines.is_empty()).then(|| el("ul").class("warned").test("foreseen").all(lines));
            list.into_iter().collect()
        })
    }
}

/// A sentence for each clash and for a centre that gets too full.
fn said(session: Session, cohort: &StaffCohort, all: &StaffCohorts) -> Vec<String> {
    let mut with = all.cohorts.clone();
    match with.iter_mut().find(|other| other.id == cohort.id) {
        Some(before) => before.clone_from(cohort),
        None => with.push(cohort.clone()),
    }
    let found = warnings(&with, &all.centres);
    let place = with.iter().position(|other| other.id == cohort.id);
    let found = place.and_then(|place| found.get(place)).cloned().unwrap_or_default();
    let clashes = trainer_clashes(cohort, &with).into_iter().map(|(trainer, other)| {
        let name = session.cohort_of(other).line();
        fill(t(Text::CohortsForeseenClash), &[("trainer", &trainer.name), ("cohort", &name)])
    });
    let crowded = found.contains(&CohortWarning::OverWorkstations).then(|| t(Text::CohortsForeseenCrowded).to_owned());
    clashes.chain(crowded).collect()
}

fn ids(cohort: &StaffCohort) -> Vec<String> {
    cohort.trainers.iter().map(|trainer| trainer.id.clone()).collect()
}
