//! What a cohort is called, everywhere the same: first the label staff gave it, then its centre and hours; a laboratory last by its
//! one track.

use crate::console::Console;
use crate::session::Session;
use app::app::Loaded;
use app::el::{El, el};
use domain::catalogue::Cohort;
use domain::schedule::Slot;
use domain::staff::attendance::SessionCohort;
use domain::staff::cohort::{StaffCohort, StaffCohorts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of a cohort.
pub struct CohortName {
    label: Option<String>,
    /// “TUMO Astana · Mon, Wed · 09:00–11:00”.
    place: String,
}

impl CohortName {
    /// On one line: “Alatau · TUMO Astana · Mon, Wed · 09:00–11:00”.
    pub fn line(&self) -> String {
        match &self.label {
            Some(label) => [label, "\u{a0}· ", &self.place].concat(),
            None => self.place.clone(),
        }
    }

    /// What stands out, and what stands below it.
    pub fn parts(&self) -> (&str, Option<&str>) {
        match &self.label {
            Some(label) => (label, Some(&self.place)),
            None => (&self.place, None),
        }
    }

    /// The same below each other, read out as one line; `link` takes in what stands out.
    pub fn below_each_other(&self, link: El) -> El {
        let (name, place) = self.parts();
        let Some(place) = place else { return el("span").child(whole_parts(link, name)) };
        let dot = el("span").class("visually-hidden").text("\u{a0}· ");
        el("span").child(link.text(name)).child(whole_parts(el("span").class("name-place").child(dot), place))
    }
}

/// Puts a text between whose dots no line is broken.
fn whole_parts(into: El, text: &str) -> El {
    let parts = text.split("· ").count();
    text.split("· ").enumerate().fold(into, |into, (place, part)| {
        let part = if place + 1 < parts { [part, "·"].concat() } else { part.to_owned() };
        let into = if place > 0 { into.text(" ") } else { into };
        into.child(el("span").class("whole").text(&part))
    })
}

impl Console {
    /// What staff call a cohort, if anything.
    pub fn label(self, cohort: &str) -> Option<String> {
        self.labels.with_untracked(|labels| labels.as_ref()?.get(cohort).cloned())
    }

    /// Takes cohorts into the catalogue as they were just read, and what they are called: one made a moment ago is not in it. Nothing
    /// that can name them already is shown anew for that.
    pub fn learns(self, cohorts: &[StaffCohort]) {
        self.catalogue.update_untracked(|catalogue| {
            let Loaded::Ready(catalogue) = catalogue else { return };
            let known = &mut Arc::make_mut(catalogue).cohorts;
            for StaffCohort { id, centre, slots, tracks, closed, .. } in cohorts {
                let place = known.iter().position(|cohort| cohort.id == *id);
                let first_session = place.and_then(|place| known.get(place)?.first_session);
                let (id, centre, slots, tracks) = (id.clone(), centre.clone(), slots.clone(), tracks.clone());
                let cohort = Cohort { id, centre, slots, tracks, closed: *closed, first_session };
                match place.and_then(|place| known.get_mut(place)) {
                    Some(before) => *before = cohort,
                    None => known.push(cohort),
                }
            }
        });
        let named = cohorts.iter().filter_map(|cohort| Some((cohort.id.clone(), cohort.label.clone()?))).collect();
        if self.labels.with_untracked(Option::is_some) {
            self.labels.update_untracked(|labels| *labels = Some(named));
        } else {
            self.labels.set(Some(named));
        }
    }
}

impl Session {
    /// Whether cohorts can be named by their identifiers alone; if not, asks for what that takes. A page that names them so waits for
    /// it.
    pub fn can_name_cohorts(self) -> bool {
        let labels = self.console().labels;
        if labels.with_untracked(Option::is_some) {
            return true;
        }
        spawn_local(async move {
            match self.get::<StaffCohorts>("/api/staff/cohorts").await {
                Ok(all) => self.console().learns(&all.cohorts),
                // A page without labels is better than none.
                Err(_) => labels.set(Some(BTreeMap::new())),
            }
        });
        false
    }

    /// The name of a cohort that is at hand.
    pub fn cohort(self, id: &str, label: Option<&str>, centre: &str, slots: &[Slot]) -> CohortName {
        let tracks = self.in_catalogue(|catalogue| Some(catalogue.cohort(id)?.tracks.clone()));
        self.named(label, centre, slots, &tracks.unwrap_or_default())
    }

    fn named(self, label: Option<&str>, centre: &str, slots: &[Slot], tracks: &[String]) -> CohortName {
        let track = if let [only] = tracks { Some(self.track_name(only)) } else { None };
        let place = [Some(self.centre_name(centre)), Some(app::format::slots(slots)), track];
        let place = place.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        CohortName { label: label.map(str::to_owned), place }
    }

    /// The name of the cohort that a session brings along.
    pub fn cohort_met(self, cohort: &SessionCohort) -> CohortName {
        self.named(cohort.label.as_deref(), &cohort.centre, &cohort.slots, &cohort.tracks)
    }

    /// The same of one with everything that coordinators look at.
    pub fn cohort_of(self, cohort: &StaffCohort) -> CohortName {
        self.cohort(&cohort.id, cohort.label.as_deref(), &cohort.centre, &cohort.slots)
    }

    /// The name of a cohort of which nothing but the identifier is at hand.
    pub fn cohort_known(self, id: &str) -> CohortName {
        let found = self.in_catalogue(|catalogue| {
            let cohort = catalogue.cohort(id)?;
            Some((cohort.centre.clone(), cohort.slots.clone()))
        });
        match found {
            Some((centre, slots)) => self.cohort(id, self.console().label(id).as_deref(), &centre, &slots),
            None => CohortName { label: None, place: id.to_owned() },
        }
    }

    /// The same on one line.
    pub fn cohort_name(self, id: &str) -> String {
        self.cohort_known(id).line()
    }
}
