//! Another schedule for one student: at once where a seat is free, otherwise on the list, with the present seat kept.

use super::{Private, TOLD, Told, make};
use crate::api::Change;
use crate::app::Loaded;
use crate::components::check_box::{CheckBox, put_track, track_list};
use crate::components::cohort_choice::CohortChoice;
use crate::components::heading::heading;
use crate::components::page_state::{failed, loading};
use crate::components::radio::{Choice, radio};
use crate::dom;
use crate::el::{El, div, el, p};
use crate::format;
use crate::text::{Text, fill, language, t};
use domain::application::TRACKS_MAX;
use domain::catalogue::{Catalogue, Cohort};
use domain::registration::{JoinForm, MyRegistration, MyStudent, RegistrationState};
use leptos::prelude::*;
use std::sync::Arc;

/// What is being chosen. A copy is a few numbers; all copies are one.
#[derive(Clone, Copy)]
struct Joining {
    centre: RwSignal<String>,
    tracks: RwSignal<Vec<String>>,
    cohorts: CohortChoice,
}

/// The page; none for a student who isn't in the application, or has no room for another cohort.
pub fn view(private: &Private, id: &str) -> Option<El> {
    let student = private.mine.students.iter().find(|student| student.id == id && student.can_join())?;
    let app = private.app;
    let catalogue = match app.catalogue.get_untracked() {
        Loaded::Loading => return Some(loading()),
        Loaded::Failed(failure) => return Some(failed(&failure, move || app.load_catalogue())),
        Loaded::Ready(catalogue) => catalogue,
    };
    // It begins with what was chosen last time.
    let before = student.registrations.first();
    let centre = before.map(|one| one.centre.id.clone()).unwrap_or_default();
    let tracks = before.map(|one| one.tracks.iter().map(|track| track.id.clone()).collect()).unwrap_or_default();
    let joining = Joining {
        centre: RwSignal::new(centre),
        tracks: RwSignal::new(tracks),
        // What was missing is there.
        cohorts: CohortChoice::new(app, catalogue.clone(), String::new(), move |_| app.told.set(None)),
    };
    let seat = seat(student).map(|one| format::slots(&one.cohort.slots));
    let rules = [
        p(t(if seat.is_some() { Text::MyJoinMoves } else { Text::MyJoinTakes })),
        p(t(if seat.is_some() { Text::MyJoinKeeps } else { Text::MyJoinWaits })),
        p(t(Text::MyJoinMost)),
    ];
    let title = fill(t(Text::MyJoinTitle), &[("name", &student.given_name)]);
    let (token, student_id) = (private.token.clone(), student.id.clone());
    let form = el("form")
        .attr("novalidate", "")
        .maybe((catalogue.centres.len() > 1).then(|| centres(joining, &catalogue)))
        .child(tracks_to_choose(joining, &catalogue))
        .child(schedules(joining, &catalogue, student))
        .child(outcome(joining, seat))
        .child(submit_button(joining))
        .on("submit", move |event| {
            event.prevent_default();
            match chosen(joining) {
                Ok(form) => make(app, token.clone(), Change::Join(student_id.clone(), form)),
                Err(said) => {
                    app.told.set(Some(Told::to_all(false, said)));
                    dom::later(0, || dom::focus_field(TOLD));
                }
            }
        });
    let page = div("question").child(private.back()).child(heading(&title)).child(private.told());
    Some(page.child(div("inset").all(rules.into())).child(form))
}

/// The seat a student has now.
fn seat(student: &MyStudent) -> Option<&MyRegistration> {
    student.registrations.iter().find(|one| one.state == RegistrationState::Enrolled)
}

/// What is sent, or what is missing.
fn chosen(joining: Joining) -> Result<JoinForm, Text> {
    let form = JoinForm { cohort: joining.cohorts.chosen.get_untracked(), tracks: joining.tracks.get_untracked() };
    match form.tracks.len() {
        0 => Err(Text::FaultTracksRequired),
        count if count > TRACKS_MAX => Err(Text::FaultTooManyTracks),
        _ if form.cohort.is_empty() => Err(Text::FaultCohortRequired),
        _ => Ok(form),
    }
}

fn centres(joining: Joining, catalogue: &Catalogue) -> El {
    let present = joining.centre.get_untracked();
    let cards = catalogue.centres.iter().map(|centre| {
        let choice = Choice::new(&centre.id, centre.city.get(language()), "");
        let kept = centre.id.clone();
        radio("centre", &choice, centre.id == present, move || joining.centre.set(kept.clone()))
    });
    group(Text::CentreLabel, div("choice-list").all(cards.collect()))
}

fn tracks_to_choose(joining: Joining, catalogue: &Catalogue) -> El {
    let present = joining.tracks.get_untracked();
    let cards = catalogue.tracks.iter().map(|track| {
        let kept = track.id.clone();
        let card = CheckBox {
            id: ["tracks-", &track.id].concat(),
            title: track.name.get(language()).to_owned(),
            note: String::new(),
            art: String::new(),
            checked: present.contains(&track.id),
        };
        card.view_with(move |input| joining.tracks.update(|tracks| put_track(joining.cohorts.app, tracks, &kept, &input)))
    });
    let list = el("div").live_class(move || track_list(joining.tracks.with(Vec::len))).all(cards.collect());
    let names = move || {
        let names = joining.tracks.with(|tracks| {
            let named = tracks.iter().filter_map(|id| joining.cohorts.catalogue().track(id).cloned());
            named.map(|track| track.name.get(language()).to_owned()).collect::<Vec<_>>()
        });
        [t(Text::TracksLabel), ": ", &names.join(", ")].concat()
    };
    // Eleven tracks are much to scroll past for who only wants another hour.
    el("details").class("details").child(el("summary").test("tracks").live_text(names)).child(group(Text::TracksHint, list))
}

fn schedules(joining: Joining, catalogue: &Arc<Catalogue>, student: &MyStudent) -> El {
    let live = student.registrations.iter().filter(|one| one.state.is_live());
    let taken: Vec<String> = live.map(|one| one.cohort.id.clone()).collect();
    let catalogue = Arc::clone(catalogue);
    let list = el("div").live(move || {
        let (centre, tracks) = (joining.centre.get(), joining.tracks.get());
        untrack(|| {
            let fits = |cohort: &&Cohort| cohort.centre == centre && cohort.offers(&tracks) && !taken.contains(&cohort.id);
            let offered: Vec<Cohort> = catalogue.cohorts.iter().filter(fits).cloned().collect();
            // What can't be seen any more isn't chosen any more.
            joining.cohorts.clear();
            if offered.is_empty() {
                return vec![div("empty").child(p(t(Text::TracksNone)))];
            }
            joining.cohorts.view(offered, tracks)
        })
    });
    group(Text::ScheduleLabel, list)
}

/// A group of answers under a name.
fn group(name: Text, answers: El) -> El {
    el("fieldset").class("field").child(el("legend").class("label").text(t(name))).child(answers)
}

/// What pressing the button will do, told as soon as a cohort is chosen.
fn outcome(joining: Joining, seat: Option<String>) -> El {
    el("div").attr("aria-live", "polite").live(move || {
        let chosen = joining.cohorts.chosen.get();
        if chosen.is_empty() {
            return Vec::new();
        }
        let text = match (joining.cohorts.is_full(&chosen), &seat) {
            (false, Some(_)) => Text::MyJoinWillMove,
            (false, None) => Text::MyJoinWillTake,
            (true, Some(_)) => Text::MyJoinWillKeep,
            (true, None) => Text::MyJoinWillWait,
        };
        let seat = seat.as_deref().unwrap_or_default();
        vec![div("notice").test("outcome").text(&fill(t(text), &[("schedule", seat)]))]
    })
}

fn submit_button(joining: Joining) -> El {
    let app = joining.cohorts.app;
    let words = move || {
        let full = joining.cohorts.is_full(&joining.cohorts.chosen.get());
        t(if full { Text::ScheduleJoin } else { Text::MyJoinTake }).to_owned()
    };
    let busy = move || app.changing.with(Option::is_some);
    let button = el("button").class("button button--primary").attr("type", "submit").test("submit");
    button.live_busy(busy).live_text(words)
}
