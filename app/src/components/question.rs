//! The frame of a question page: back, progress, what is wrong, the form, one Continue.

use crate::app::App;
use crate::clock;
use crate::components::date_fields::YEAR;
use crate::components::heading::{heading, name_tab};
use crate::components::page_fault::{PageFault, SUMMARY, error_summary};
use crate::components::text_field::Slot;
use crate::dom;
use crate::draft::put_first;
use crate::el::{El, div, el};
use crate::fault_text;
use crate::router::Page;
use crate::step::{Step, Way};
use crate::text::{Text, fill, language, t};
use domain::application::{ApplicationForm, Fault, FilledBy, StudentForm, check};
use domain::catalogue::Catalogue;
use domain::error::FieldFault;
use leptos::prelude::*;
use std::sync::Arc;

/// One question page at work. A copy is a few numbers; all copies are one.
#[derive(Clone, Copy)]
pub struct Question {
    /// The app.
    pub app: App,
    /// Which question.
    pub step: Step,
    /// About whom: 0 is the first student, 1 the first sibling.
    pub student: usize,
    /// Whether Continue leads back to the check page.
    pub change: bool,
    /// What is wrong with the answers of this page, as of the last Continue.
    faults: RwSignal<Vec<PageFault>>,
    catalogue: StoredValue<Arc<Catalogue>>,
    title: StoredValue<String>,
}

impl Question {
    /// Begins the page; what the server found wrong with its answers is shown from the start.
    pub fn new(app: App, step: Step, student: usize, change: bool, catalogue: Arc<Catalogue>) -> Self {
        let faults = app.sending.with_untracked(|sending| {
            let known = sending.faults.iter().filter_map(fault_text::read);
            known.filter(|fault| is_of(fault, student, step)).map(|fault| PageFault::of(fault.field, fault.code)).collect()
        });
        Self {
            app,
            step,
            student,
            change,
            faults: RwSignal::new(faults),
            catalogue: StoredValue::new(catalogue),
            title: StoredValue::new(String::new()),
        }
    }

    /// What families choose from.
    pub fn catalogue(self) -> Arc<Catalogue> {
        self.catalogue.get_value()
    }

    /// Reads from the answers; those about the student whom the page is about stand where the first one's do.
    pub fn read<T>(self, read: impl FnOnce(&ApplicationForm) -> T) -> T {
        read(&self.form())
    }

    // A copy, so that the code around it is there once and not for each of the many questions.
    #[inline(never)]
    fn form(self) -> ApplicationForm {
        self.app.draft.with_untracked(|draft| draft.about(self.student))
    }

    #[inline(never)]
    fn keep(self, form: ApplicationForm) {
        self.app.draft.update(|draft| draft.keep(self.student, form));
    }

    /// What is shown as wrong. Reactive; a copy, so that the code that reads the signal is there once.
    #[inline(never)]
    fn shown(self) -> Vec<PageFault> {
        self.faults.get()
    }

    /// Shows these faults and no others; the tab says whether there are any.
    #[inline(never)]
    pub fn shows(self, faults: Vec<PageFault>) {
        let any = !faults.is_empty();
        self.faults.set(faults);
        self.title.with_value(|title| name_tab(title, any));
    }

    /// What is kept in one place of the answers.
    pub fn answer(self, slot: Slot) -> String {
        slot(&mut self.form()).clone()
    }

    /// Writes into the answers, as [`Question::read`] reads them; not while they are on their way.
    pub fn write(self, write: impl FnOnce(&mut ApplicationForm)) {
        let mut form = self.form();
        write(&mut form);
        self.keep(form);
    }

    /// Whether the teenager holds the phone whom the page is about.
    pub fn by_student(self) -> bool {
        self.student == 0 && self.read(|form| FilledBy::parse(&form.filled_by) == Some(FilledBy::Student))
    }

    /// The wording for whoever holds the phone.
    pub fn wording(self, student: Text, guardian: Text) -> &'static str {
        t(if self.by_student() { student } else { guardian })
    }

    /// The wording for whoever holds the phone; about a sibling, with whom nobody is addressed, just what the answer is called.
    pub fn wording_of(self, student: Text, guardian: Text, sibling: Text) -> &'static str {
        if self.student == 0 { self.wording(student, guardian) } else { t(sibling) }
    }

    /// The heading of the page; about a sibling it says about whom.
    pub fn heading(self, title: &str) -> El {
        let heading = heading(title);
        let about = self.student > 0 && self.step != Step::Together;
        let whom = about.then(|| self.read(|form| whom(&form.student)));
        // The tab says it too: the same is asked about each child.
        let named = whom.as_ref().map_or_else(|| title.to_owned(), |whom| [whom, ": ", title].concat());
        name_tab(&named, false);
        self.title.set_value(named);
        match whom {
            Some(whom) => heading.first(el("span").class("question-whom").text(&whom)),
            None => heading,
        }
    }

    /// What is wrong with the answers of this page, by the rules the server goes by.
    pub fn check(self) -> Vec<PageFault> {
        let mut form = self.form();
        // Back in their places: the order decides whose fault it is to be the same as another one.
        put_first(&mut form, self.student);
        let found = check(&form, &self.catalogue(), clock::now()).err().unwrap_or_default();
        let here = found.into_iter().filter(|fault| is_of(fault, self.student, self.step));
        here.map(|fault| PageFault::of(fault.field, fault.code)).collect()
    }

    /// Continue: goes on when the answers of this page are acceptable, shows what is wrong when they aren't.
    pub fn proceed(self) {
        let faults = self.check();
        if faults.is_empty() { self.pass() } else { self.refuse(faults) }
    }

    /// Shows what is wrong, and puts the focus on the list of it.
    pub fn refuse(self, faults: Vec<PageFault>) {
        self.shows(faults);
        // The list appears when the effects of `set` have run.
        dom::later(0, || dom::focus_field(SUMMARY));
    }

    /// Goes on to the following page, or back to the check page when only this answer was to be changed.
    pub fn pass(self) {
        let (now, student) = (clock::now(), self.student);
        if student == 0 {
            self.app.draft.update(|draft| draft.pass(self.step, now));
        }
        let mended = |fault: &FieldFault| fault_text::read(fault).is_some_and(|fault| is_of(&fault, student, self.step));
        self.app.sending.update(|sending| sending.faults.retain(|fault| !mended(fault)));
        let step = self.app.draft.with_untracked(|draft| {
            if self.change {
                draft.first_unanswered(student, &self.catalogue(), now)
            } else {
                Way { form: &draft.form, student, now }.next(self.step)
            }
        });
        let student = if step == Step::Check { 0 } else { student };
        self.app.router.go(Page::Question { step, student, change: self.change && step != Step::Check });
    }

    /// The words beside an answer that say what is wrong with it.
    pub fn error(self, target: &str) -> El {
        let target = target.to_owned();
        el("div").live(move || {
            let wrong = self.shown().into_iter().find(|fault| fault.target == target);
            let said = wrong.map(|fault| {
                let prefix = [t(Text::SiteErrorPrefix), ": "].concat();
                let prefix = el("span").class("visually-hidden").text(&prefix);
                el("span").class("error-text").id(&error_id(&fault.target)).child(prefix).text(&fault.message)
            });
            said.into_iter().collect()
        })
    }

    /// Whether something is wrong with this answer. Reactive.
    pub fn has_error(self, target: &str) -> bool {
        self.has_error_in(target, true)
    }

    /// The same of one line of a date: where only the year is wrong, the other lines are right.
    #[inline(never)]
    fn has_error_in(self, target: &str, year: bool) -> bool {
        self.shown().iter().any(|fault| fault.target == target && (year || !fault.year))
    }

    /// Keeps an element's description up to date: its hint when it has one, and its error when there is one.
    pub fn described(self, element: El, target: &str, hint: bool) -> El {
        let target = target.to_owned();
        element.live_attr("aria-describedby", move || {
            let error = self.has_error(&target).then(|| error_id(&target));
            let hint = hint.then(|| hint_id(&target));
            match (hint, error) {
                (Some(hint), Some(error)) => Some([hint, error].join(" ")),
                (hint, error) => hint.or(error),
            }
        })
    }

    /// Marks the surroundings of an answer while something is wrong with it.
    pub fn marked(self, element: El, target: &str, class: &'static str, class_with_error: &'static str) -> El {
        let target = target.to_owned();
        element.live_class(move || if self.has_error(&target) { class_with_error } else { class })
    }

    /// Tells screen readers that an input holds an unacceptable answer; `year` says that it is all the answer, or the year of it.
    pub fn invalid(self, input: El, target: &str, year: bool) -> El {
        let target = target.to_owned();
        input.live_attr("aria-invalid", move || self.has_error_in(&target, year).then(|| "true".to_owned()))
    }

    /// A group of answers whose legend is the heading of the page.
    pub fn group(self, target: &str, title: &str, hint: &str, answers: Vec<El>) -> El {
        let hinted = !hint.is_empty();
        let hint = hinted.then(|| el("p").class("hint").id(&hint_id(target)).text(hint));
        let body = el("div").maybe(hint).child(self.error(target)).all(answers);
        let group = el("fieldset").id(target).child(el("legend").child(self.heading(title)));
        self.described(group, target, hinted).child(self.marked(body, target, "", "field--error"))
    }

    /// A group of answers inside a page with more questions.
    pub fn inner_group(self, target: &str, legend: El, hint: Option<Text>, answers: Vec<El>) -> El {
        let hint = hint.map(|hint| el("p").class("hint").id(&hint_id(target)).text(t(hint)));
        let hinted = hint.is_some();
        let group = el("fieldset").id(target).child(legend).maybe(hint).child(self.error(target)).all(answers);
        self.described(self.marked(group, target, "field", "field field--error"), target, hinted)
    }

    /// The whole page around the answers; `submit` is what Continue does.
    pub fn page(self, answers: Vec<El>, submit: impl Fn() + 'static) -> El {
        self.page_with(answers, continue_button().text(t(Text::ActionContinue)), submit)
    }

    /// The whole page with another button.
    pub fn page_with(self, answers: Vec<El>, button: El, submit: impl Fn() + 'static) -> El {
        let form = el("form").attr("novalidate", "").all(answers).child(button).on("submit", move |event| {
            event.prevent_default();
            submit();
        });
        div("question").all(self.way()).child(self.summary()).child(form)
    }

    /// Back link and progress.
    pub fn way(self) -> Vec<El> {
        let (back, (place, count)) = self.app.draft.with_untracked(|draft| {
            let way = Way { form: &draft.form, student: self.student, now: clock::now() };
            let back = match way.previous(self.step) {
                Some(step) if !self.change => Page::Question { step, student: self.student, change: false },
                None if self.student == 0 && !self.change => Page::Home,
                _ => Page::question(Step::Check),
            };
            (back.path(language()), way.place(self.step))
        });
        let (place, count) = (place.to_string(), count.to_string());
        let said = fill(t(Text::StepProgress), &[("n", &place), ("count", &count)]);
        vec![
            el("a").class("back-link").attr("href", &back).test("back").text(t(Text::ActionBack)),
            el("progress").class("progress").attr("max", &count).attr("value", &place).attr("aria-label", &said),
        ]
    }

    fn summary(self) -> El {
        el("div").live(move || {
            let faults = self.shown();
            if faults.is_empty() {
                return Vec::new();
            }
            let link = |fault: PageFault| (["#", &fault.target, if fault.year { YEAR } else { "" }].concat(), fault.message);
            let links = faults.into_iter().map(link).collect();
            vec![error_summary(t(Text::SiteErrorTitle), links)]
        })
    }
}

/// Whether a fault is mended on this page of this student's part.
fn is_of(fault: &Fault, student: usize, step: Step) -> bool {
    fault.student == student && step.fields().contains(&fault.field)
}

/// How a sibling is called: by name, once it is known.
pub fn whom(student: &StudentForm) -> String {
    let name = student.given_name.trim();
    if name.is_empty() { t(Text::SiblingWhom).to_owned() } else { name.to_owned() }
}

/// The button that goes on, still without its words.
pub fn continue_button() -> El {
    el("button").class("button button--primary").attr("type", "submit").test("continue")
}

/// Id of the hint of an answer.
pub fn hint_id(target: &str) -> String {
    [target, "-hint"].concat()
}

fn error_id(target: &str) -> String {
    [target, "-error"].concat()
}
