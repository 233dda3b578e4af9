//! The fields about the students: the first one, and the brothers and sisters who are registered along.

use super::answers::{Answers, StudentAnswers};
use super::title;
use crate::components::button::{Weight, button, button_saying};
use crate::components::choose::focus_soon;
use crate::components::form::Form;
use crate::names::sort_cohorts;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::{El, div, el};
use domain::application::STUDENTS_MAX;
use domain::catalogue::Catalogue;
use leptos::prelude::*;
use std::rc::Rc;

/// What the fields need to know. A copy is two numbers and a pointer.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) session: Session,
    pub(super) form: Form,
    pub(super) catalogue: Rc<Catalogue>,
}

impl Known {
    /// The cohorts a brother or sister can be put into.
    fn cohorts(&self) -> Vec<(String, String)> {
        let reach = self.session.me().centre.as_ref();
        let near = self.catalogue.cohorts.iter().filter(|cohort| reach.is_none_or(|centre| *centre == cohort.centre));
        let mut near: Vec<_> = near.collect();
        sort_cohorts(&mut near, |cohort| (cohort.centre.clone(), self.session.console().label(&cohort.id)));
        near.into_iter().map(|cohort| (cohort.id.clone(), self.session.cohort_name(&cohort.id))).collect()
    }
}

/// The first student.
pub(super) fn first(known: &Known, answers: Answers) -> Vec<El> {
    let mut fields = vec![title(t(Text::AddingStudent))];
    let whose = t(Text::AddingStudent);
    fields.extend(person(known.form, answers.student, "", whose));
    fields.push(tracks(known, answers.student, "tracks".to_owned(), whose));
    fields
}

/// Brothers and sisters, as many as the rules allow, and whether they want seats together.
pub(super) fn siblings(known: &Known, answers: Answers) -> Vec<El> {
    let (blocks, form) = (known.clone(), known.form);
    let blocks = el("div").live(move || {
        let siblings = answers.siblings.get();
        let block = |(place, sibling): (usize, &StudentAnswers)| sibling_block(&blocks, answers, place, *sibling);
        siblings.iter().enumerate().flat_map(block).collect()
    });
    let add = el("div").live(move || {
        let place = answers.siblings.with(Vec::len);
        let add = button(Text::AddingAddSibling, Weight::Plain, "add-sibling", move || {
            answers.add_sibling();
            focus_soon(form.id(&sibling_path(place, "student.given_name")));
        });
        (place + 1 < STUDENTS_MAX).then_some(add).into_iter().collect()
    });
    let together = el("div").live(move || {
        let some = answers.siblings.with(|siblings| !siblings.is_empty());
        some.then(|| form.field("together", Text::AddingTogether).check(answers.together)).into_iter().collect()
    });
    vec![blocks, add, together]
}

fn sibling_path(place: usize, answer: &str) -> String {
    ["siblings.", &place.to_string(), ".", answer].concat()
}

fn sibling_block(known: &Known, answers: Answers, place: usize, sibling: StudentAnswers) -> Vec<El> {
    let form = known.form;
    let number = fill(t(Text::AddingStudentNumber), &[("n", &(place + 2).to_string())]);
    let test = ["leave-out-", &place.to_string()].concat();
    let leave_out = button_saying(t(Text::AddingLeaveOut), Weight::Quiet, &test, move || {
        answers.siblings.update(|siblings| {
            siblings.remove(place);
        });
        // What was said about the ones behind is about others now.
        form.forgets_faults();
        focus_soon("adding-student-given_name".to_owned());
    });
    let leave_out = leave_out.child(el("span").class("visually-hidden").text(": ").text(&number));
    let mut fields = vec![div("part-head").child(title(&number)).child(leave_out)];
    fields.extend(person(form, sibling, &sibling_path(place, ""), &number));
    let cohort = form.field(sibling_path(place, "cohort"), Text::RosterCohort).of(&number);
    let cohort = cohort.select(sibling.cohort, known.cohorts());
    let (of_cohort, whose) = (known.clone(), number.clone());
    let chosen = el("div").live(move || {
        sibling.cohort.track();
        vec![tracks(&of_cohort, sibling, sibling_path(place, "tracks"), &whose)]
    });
    let accepts = form.field(sibling_path(place, "student_accepts"), Text::AddingAccepts).of(&number).check(sibling.accepts);
    fields.extend([cohort, chosen, accepts]);
    fields
}

/// The fields about one person; `before` is what the contract puts before their names, `whose` what the page calls them.
fn person(form: Form, answers: StudentAnswers, before: &str, whose: &str) -> Vec<El> {
    let field = |answer: &str, label: Text| form.field([before, "student.", answer].concat(), label).of(whose);
    vec![
        field("surname", Text::AddingSurname).name(answers.surname),
        field("given_name", Text::AddingGivenName).name(answers.given_name),
        field("patronymic", Text::AddingPatronymic).optional().name(answers.patronymic),
        field("born_on", Text::RosterBorn).date(answers.born_on),
        field("school", Text::RosterSchool).optional().input(answers.school),
        field("grade", Text::RosterGrade).optional().input(answers.grade),
        field("iin", Text::AddingIin).optional().digits(answers.iin),
    ]
}

/// The tracks of the student's cohort; one that has but one leaves no choice.
fn tracks(known: &Known, answers: StudentAnswers, path: String, whose: &str) -> El {
    let cohort = answers.cohort.get_untracked();
    let offered = known.catalogue.cohort(&cohort).map(|cohort| cohort.tracks.clone()).unwrap_or_default();
    if let [only] = offered.as_slice() {
        answers.tracks.set(vec![only.clone()]);
    } else {
        answers.tracks.update(|tracks| tracks.retain(|track| offered.contains(track)));
    }
    let choices = offered.into_iter().map(|track| (track.clone(), known.session.track_name(&track))).collect();
    known.form.field(path, Text::RosterTracks).of(whose).hint(t(Text::AddingTracksHint)).checks(answers.tracks, choices)
}
