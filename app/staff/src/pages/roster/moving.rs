//! A seat or place in another cohort for that in this one.

use super::lists::name;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::names::sort_cohorts;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::{El, el, p};
use domain::application::chosen_tracks;
use domain::catalogue::{Cohort, CohortSeats, LiveSeats};
use domain::error::FaultCode;
use domain::registration::RegistrationState;
use domain::schedule::clash;
use domain::staff::Acted;
use domain::staff::roster::{MoveForm, Roster, RosterRow, SearchForm};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

/// What the dialog needs to know beside the catalogue. A copy is a few numbers.
#[derive(Clone, Copy)]
struct Known {
    session: Session,
    /// The seats of all cohorts.
    seats: Remote<LiveSeats>,
    /// Other cohorts in which the student waits, is offered a seat, or has one.
    others: RwSignal<Vec<String>>,
}

impl Known {
    fn cohort(self, id: &str) -> Option<Cohort> {
        self.session.in_catalogue(|catalogue| catalogue.cohort(id).cloned())
    }

    /// What a cohort is called in the list: its hours, its seats or who waits for them, and what they would clash with.
    fn choice(self, cohort: &Cohort, seats: &CohortSeats) -> String {
        use app::text::Text as Family;
        let here = self.session.cohort_name(&cohort.id);
        let seats = match seats.open() {
            0 => fill(app::text::t(Family::SeatsWaiting), &[("n", &app::format::number(seats.waiting))]),
            open => app::text::plural(Family::SeatsFree, open),
        };
        let clashes = self.others.with(|others| {
            let other = |id: &String| self.cohort(id).is_some_and(|other| clash(&other.slots, &cohort.slots));
            others.iter().any(other)
        });
        let clashes = if clashes { [" · ", t(Text::MovingClash)].concat() } else { String::new() };
        [here.as_str(), " · ", &seats, &clashes].concat()
    }

    /// The cohorts a student of this row can be moved to: who waits can wait elsewhere.
    fn choices(self, row: &RosterRow, live: &LiveSeats) -> Vec<(String, String)> {
        let reach = self.session.me().centre.as_ref();
        let others = self.others.get();
        let fits = |seats: &&CohortSeats| waits(row) || seats.open() > 0;
        let other = live.cohorts.iter().filter(|seats| seats.id != row.cohort && !others.contains(&seats.id)).filter(fits);
        let known = other.filter_map(|seats| Some((self.cohort(&seats.id)?, seats)));
        let near = known.filter(|(cohort, _)| reach.is_none_or(|centre| *centre == cohort.centre));
        let mut near: Vec<_> = near.collect();
        sort_cohorts(&mut near, |(cohort, _)| (cohort.centre.clone(), self.session.console().label(&cohort.id)));
        near.into_iter().map(|(cohort, seats)| (cohort.id.clone(), self.choice(&cohort, seats))).collect()
    }
}

fn waits(row: &RosterRow) -> bool {
    row.state == RegistrationState::Waiting
}

/// Asks to which cohort.
pub(super) fn ask<T>(session: Session, rows: Remote<T>, row: RosterRow)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    dialog::open(session.console(), move |dialog| {
        let known = Known { session, seats: Remote::get(session, "/api/cohorts"), others: RwSignal::new(Vec::new()) };
        look_for_others(known, &row);
        let (form, cohort) = (Form::new("move"), RwSignal::new(String::new()));
        let (tracks, reason) = (RwSignal::new(Vec::<String>::new()), RwSignal::new(String::new()));
        let which = {
            let row = row.clone();
            known.seats.view(move |live| {
                let choices = known.choices(&row, live);
                if choices.is_empty() {
                    return vec![p(t(if waits(&row) { Text::MovingNoneWaiting } else { Text::MovingNone })).class("note")];
                }
                let first = (String::new(), t(Text::MovingChoose).to_owned());
                let choices = [first].into_iter().chain(choices).collect();
                vec![form.field("cohort", Text::MovingTo).select(cohort, choices)]
            })
        };
        let own = row.tracks.clone();
        let carried = el("div")
            .class("field")
            .attr("role", "status")
            .live(move || known.cohort(&cohort.get()).map(|to| carried(known, form, &to, &own, tracks)).unwrap_or_default());
        let why = form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason);
        let (path, whose) = (["/api/staff/registrations/", &row.registration, "/move"].concat(), name(&row));
        let own = row.tracks.clone();
        let form =
            form.view_with(vec![which, carried, why], Text::MovingAct, Weight::Main, vec![dialog.cancel_button()], move || {
                let (path, cohort) = (path.clone(), cohort.get_untracked());
                let said = fill(t(Text::MovingDone), &[("name", &whose), ("cohort", &session.cohort_name(&cohort))]);
                let to = known.cohort(&cohort);
                // Those that are carried over are the server's to find; named are they only where none can be.
                let named = to.as_ref().is_some_and(|to| own.iter().all(|track| !to.tracks.contains(track)));
                let tracks = if named { tracks.get_untracked() } else { Vec::new() };
                let body = MoveForm { cohort, tracks, reason: reason.get_untracked() };
                async move {
                    if to.is_none() {
                        form.refuse("cohort", FaultCode::UnknownChoice);
                        return Ok(());
                    }
                    if named && let Err(code) = chosen_tracks(&body.tracks, |_| true) {
                        form.refuse("tracks", code);
                        return Ok(());
                    }
                    let acted: Acted = session.post(&path, &body).await?;
                    rows.reload();
                    session.acted(&said, acted);
                    dialog.close();
                    Ok(())
                }
            });
        let title = fill(t(Text::MovingTitle), &[("name", &name(&row))]);
        let from = if waits(&row) { Text::MovingTextWaiting } else { Text::MovingText };
        let from = p(&fill(t(from), &[("cohort", &session.cohort_name(&row.cohort))]));
        let party = (waits(&row) && row.party).then(|| p(t(Text::MovingParty)).class("note"));
        [dialog.title(&title), from].into_iter().chain(party).chain([form]).collect()
    });
}

/// The tracks that go along, or the choice of others where none can.
fn carried(known: Known, form: Form, to: &Cohort, own: &[String], tracks: RwSignal<Vec<String>>) -> Vec<El> {
    let (kept, lost): (Vec<String>, Vec<String>) = own.iter().cloned().partition(|track| to.tracks.contains(track));
    if kept.is_empty() {
        let choices = to.tracks.iter().map(|track| (track.clone(), known.session.track_name(track))).collect();
        return vec![form.field("tracks", Text::RosterTracks).hint(t(Text::MovingTracksNone)).checks(tracks, choices)];
    }
    let said = |text: Text, tracks: &[String]| p(&fill(t(text), &[("tracks", &known.session.track_names(tracks))]));
    let lost = (!lost.is_empty()).then(|| said(Text::MovingTracksLost, &lost));
    [said(Text::MovingTracks, &kept)].into_iter().chain(lost).collect()
}

/// Finds where else the student waits, by the number of the application.
fn look_for_others(known: Known, row: &RosterRow) {
    let form = SearchForm { search: row.reference.clone(), centre: None };
    let (student, own) = (row.student.clone(), row.registration.clone());
    spawn_local(async move {
        // Without the answer the list only says less.
        if let Ok(found) = known.session.post::<Roster>("/api/staff/students/search", &form).await {
            let others = found.rows.into_iter().filter(|row| row.student == student && row.registration != own);
            let others = others.filter(|row| row.state.is_live()).map(|row| row.cohort);
            let _ = known.others.try_set(others.collect());
        }
    });
}
