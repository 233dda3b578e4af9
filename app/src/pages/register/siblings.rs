//! Brothers and sisters on the check page: what was answered about each, one more, one less, and what all want of a waiting list.

use crate::app::Loaded;
use crate::clock;
use crate::components::check_box::CheckBox;
use crate::components::page_state::{button, button_link};
use crate::components::question::{Question, whom};
use crate::components::summary::{Row, summary_list};
use crate::dom;
use crate::draft::put_first;
use crate::el::{El, div, el, p};
use crate::pages::register::check::iin_warning;
use crate::pages::register::rows;
use crate::router::Page;
use crate::step::{Step, Way};
use crate::text::{Text, fill, language, t};
use domain::application::{ApplicationForm, STUDENTS_MAX, SiblingForm, iin_disagrees};
use domain::catalogue::LiveSeats;
use leptos::prelude::*;
use web_sys::Element;

/// The sibling who was taken out last, and from which place, as long as the page stands: a slip of the finger loses nothing.
pub type Removed = RwSignal<Option<(usize, SiblingForm)>>;

/// Id of the line that says who was taken out.
const REMOVED: &str = "sibling-removed";

/// A part of the page that changes with the siblings.
pub fn changing(question: Question, build: impl Fn(&Element, Removed) + 'static) -> El {
    let removed: Removed = RwSignal::new(None);
    let count = Memo::new(move |_| question.app.draft.with(|draft| draft.form.siblings.len()));
    el("div").class("question").live_with(move |element| {
        let _ = count.get();
        untrack(|| build(element, removed));
    })
}

/// Each sibling's answers with a way to take it out, how they go together, and a way to add one.
pub fn lists(question: Question, removed: Removed) -> Vec<El> {
    let catalogue = question.catalogue();
    let form = question.read(ApplicationForm::clone);
    let mut lists = Vec::new();
    for place in 1..=form.siblings.len() {
        let mut form = form.clone();
        put_first(&mut form, place);
        let name = whom(&form.student);
        lists.extend(summary_list(&name, rows::sibling(&form, &catalogue, place)));
        if iin_disagrees(&form.student) {
            lists.push(iin_warning());
        }
        let whose = el("span").class("visually-hidden").text(": ").text(&name);
        let test = ["remove-", &(place + 1).to_string()].concat();
        let remove = button("button button--quiet", &test, t(Text::SiblingRemove), move || {
            let place = place - 1;
            let taken = question.app.draft.try_update(|draft| draft.remove_sibling(place)).flatten();
            if let Some(sibling) = taken {
                removed.set(Some((place, sibling)));
                question.app.sending.update(|sending| sending.faults.clear());
                dom::later(0, || dom::focus_field(REMOVED));
            }
        });
        lists.push(remove.child(whose));
    }
    let add = Page::Question { step: Step::BirthDate, student: form.siblings.len() + 1, change: false };
    let alone = !Way { form: &form, student: 1, now: clock::now() }.has(Step::BirthDate);
    if alone && form.siblings.is_empty() {
        return lists;
    }
    let together = if form.together { Text::SiblingTogetherYes } else { Text::SiblingTogetherNo };
    let row = Row { label: Text::SiblingTogether, lines: vec![t(together).to_owned()], step: Step::Together, student: 1 };
    let [title, list] = summary_list(t(Text::SiblingTitle), vec![row]);
    lists.push(title);
    lists.extend((!form.siblings.is_empty()).then_some(list));
    lists.push(el("div").attr("role", "status").live(move || undo(question, removed).into_iter().collect()));
    if form.siblings.len() + 1 < STUDENTS_MAX {
        lists.push(el("p").class("hint").text(t(Text::SiblingAddText)));
        lists.push(button_link("button button--secondary", "add-sibling", t(Text::SiblingAdd), &add.path(language())));
    }
    lists
}

/// Who was taken out a moment ago, and the way back.
fn undo(question: Question, removed: Removed) -> Option<El> {
    let name = removed.with(|removed| removed.as_ref().map(|(_, sibling)| whom(&sibling.student)))?;
    let back = button("button button--quiet", "undo", t(Text::SiblingUndo), move || {
        if let Some((place, sibling)) = removed.try_update(Option::take).flatten() {
            question.write(|form| form.siblings.insert(place.min(form.siblings.len()), sibling));
            dom::later(0, dom::begin_page);
        }
    });
    let said = p(&fill(t(Text::SiblingRemoved), &[("name", &name)]));
    Some(div("notice").id(REMOVED).attr("tabindex", "-1").child(said).child(back))
}

/// What is to happen when a seat becomes free; asked when there are not enough seats now.
pub fn take_at_once(question: Question) -> El {
    let short = Memo::new(move |_| {
        question.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => question.app.draft.with(|draft| is_short(&draft.form, seats)),
            Loaded::Loading | Loaded::Failed(_) => false,
        })
    });
    el("div").live(move || {
        if !short.get() {
            return Vec::new();
        }
        let hours = question.catalogue().intake.offer_hours.to_string();
        let card = CheckBox {
            id: "take_at_once".to_owned(),
            title: t(Text::WaitAtOnce).to_owned(),
            note: fill(t(Text::WaitAtOnceNote), &[("n", &hours)]),
            art: String::new(),
            checked: question.read(|form| form.take_at_once),
        };
        let card = card.view(move |ticked| question.write(|form| form.take_at_once = ticked));
        let said = question.read(who_waits);
        vec![el("h2").text(t(Text::WaitTitle)), el("p").class("hint").text(t(said)), div("choice-list").child(card)]
    })
}

/// Who joins the waiting list when seats are short: the one, all, or some of them.
fn who_waits(form: &ApplicationForm) -> Text {
    match (form.siblings.is_empty(), form.together) {
        (true, _) => Text::WaitOne,
        (false, true) => Text::WaitAll,
        (false, false) => Text::WaitText,
    }
}

/// Whether a cohort has fewer seats than students of this application want there.
fn is_short(form: &ApplicationForm, live: &LiveSeats) -> bool {
    let wanted = || std::iter::once(&form.cohort).chain(form.siblings.iter().map(|sibling| &sibling.cohort));
    wanted().any(|cohort| {
        let open = live.of(cohort).map_or(u32::MAX, |seats| seats.open());
        wanted().filter(|other| *other == cohort).count() > open as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::catalogue::{CohortSeats, Odds};
    use domain::date::Timestamp;
    use domain::language::Language;

    #[test]
    fn one_seat_is_enough_for_one_and_short_for_two() {
        let seats = |taken, waiting| {
            let odds = Odds { waited: 0, seated: 0 };
            let cohort = CohortSeats { id: "astana-1".into(), seats: 10, taken, waiting, odds };
            LiveSeats { at: Timestamp(0), cohorts: vec![cohort] }
        };
        let mut form = ApplicationForm { cohort: "astana-1".into(), ..ApplicationForm::default() };
        assert!(!is_short(&form, &seats(9, 0)));
        assert!(is_short(&form, &seats(9, 1)), "a free seat belongs to whoever waits");
        form.siblings = vec![SiblingForm { cohort: "astana-1".into(), ..SiblingForm::default() }];
        assert!(is_short(&form, &seats(9, 0)));
        assert!(!is_short(&form, &seats(8, 0)));
        form.siblings[0].cohort = "astana-2".into();
        assert!(!is_short(&form, &seats(9, 0)));
    }

    #[test]
    fn one_child_is_not_told_of_several() {
        speak(Language::Kazakh);
        let mut form = ApplicationForm { together: true, ..ApplicationForm::default() };
        assert_eq!(t(who_waits(&form)), "Бос орын жоқ: оқушы күту тізіміне тұрады.");
        form.siblings = vec![SiblingForm::default()];
        assert_eq!(who_waits(&form), Text::WaitAll);
        form.together = false;
        assert_eq!(who_waits(&form), Text::WaitText);
    }
}
