//! A family on its way through the app, with its answers in mind.

mod answers;
mod siblings;

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::catalogue::Cohort;
use domain::schedule::sessions;
use tumo_tests::personal;
use tumo_tests::world::World;

use crate::inspection::{Inspection, inspect};
use crate::page::Page;
use crate::phone::Phone;
use crate::records::Records;
use crate::words::{filled, words};

/// The button that goes on.
const CONTINUE: &str = "[data-test=continue]";

/// The button that sends the application.
const SUBMIT: &str = "[data-test=submit]";

/// The page of an application without an answer.
const UNSENT: &str = ".page-state [data-test=retry]";

/// A family.
pub struct Family {
    /// What it holds in its hands.
    pub phone: Phone,
    /// What it answers.
    pub answers: ApplicationForm,
    /// Where it is.
    pub page: Page,
    world: Arc<World>,
    inspections: Vec<Inspection>,
}

impl Family {
    /// A family with these answers, about to open the site.
    pub fn new(phone: Phone, answers: ApplicationForm, world: Arc<World>) -> Self {
        Self { phone, answers, page: Page::Home, world, inspections: Vec::new() }
    }

    /// On every page it passes this is looked at, before and after it answers.
    pub fn looks_for(&mut self, inspection: Inspection) {
        self.inspections.push(inspection);
    }

    /// Opens the site at its front door.
    pub async fn opens_the_site(&mut self) {
        self.phone.opens(&Page::Home.path(self.phone.language)).await;
        self.arrives_at(Page::Home).await;
    }

    /// Presses the big button.
    pub async fn begins(&mut self) {
        self.phone.presses("[data-test=start]").await;
        self.arrives_at(Page::Who).await;
    }

    /// Presses Continue and comes to the next question.
    pub async fn continues(&mut self) {
        self.is_inspected("-answered").await;
        let next = self.page.next(&self.answers);
        self.presses_continue().await;
        self.arrives_at(next).await;
    }

    /// Presses Continue, whatever comes of it.
    pub async fn presses_continue(&self) {
        self.phone.presses(CONTINUE).await;
    }

    /// Continues in spite of the warning that the number and the birth date say different things.
    pub async fn continues_in_spite_of_the_warning(&mut self) {
        self.presses_continue().await;
        self.phone.has_the_focus_on("#iin-warning").await;
        self.phone.reads("#iin-warning", words(self.phone.language, "iin.warning")).await;
        self.continues().await;
    }

    /// Answers and continues, from the front door or any question, until this page.
    pub async fn comes_to(&mut self, page: Page) {
        if self.page == Page::Home {
            self.opens_the_site().await;
            self.begins().await;
        }
        while self.page != page {
            self.answers_the_page().await;
            self.continues().await;
        }
    }

    /// Sends the application and gets its registration.
    pub async fn sends(&mut self) {
        self.is_inspected("-answered").await;
        self.presses_send().await;
        self.gets_the_ticket().await;
    }

    /// Presses the button that sends, whatever comes of it.
    pub async fn presses_send(&self) {
        personal::note(&self.answers);
        self.phone.presses(SUBMIT).await;
    }

    /// Taps that button twice.
    pub async fn taps_send_twice(&self) {
        personal::note(&self.answers);
        self.phone.taps_twice(SUBMIT).await;
    }

    /// Is told that no answer came, and that nothing is lost.
    pub async fn is_told_to_wait(&self) {
        self.phone.sees(UNSENT).await;
        self.phone.reads(".page-state h1", words(self.phone.language, "send.lost_title")).await;
        self.phone.reads(".page-state", words(self.phone.language, "send.locked")).await;
    }

    /// Presses the button that tries again.
    pub async fn tries_again(&self) {
        self.phone.presses(UNSENT).await;
    }

    /// Waits for the page of its registration.
    pub async fn gets_the_ticket(&mut self) {
        self.arrives_at(Page::Ticket).await;
    }

    /// Waits for a page.
    pub async fn arrives_at(&mut self, page: Page) {
        self.phone.arrives_at(page).await;
        self.page = page;
        self.is_inspected("").await;
    }

    async fn is_inspected(&self, moment: &str) {
        for inspection in &self.inspections {
            inspect(&self.phone, self.page, moment, *inspection).await;
        }
    }

    /// The number of the application, which every ticket shows.
    pub async fn reference(&self) -> String {
        self.phone.texts("[data-test=reference]").await.into_iter().next().unwrap_or_default()
    }

    /// The machine word of the state the ticket shows.
    pub async fn state(&self) -> String {
        self.phone.asks("return document.querySelector('[data-test=state]').dataset.state", vec![]).await
    }

    /// Everything the ticket says.
    pub async fn ticket(&self) -> String {
        self.phone.texts(".ticket").await.concat()
    }

    /// What the server has written down about this family's student.
    pub fn records(&self) -> Records<'_> {
        Records::of(&self.world.database, &self.answers.student)
    }

    /// Its registration is stored, once, as it was typed, in this state; and its seat or place is counted.
    pub async fn finds_itself_stored(&self, state: &str) {
        let records = self.records();
        assert_eq!(records.count(), 1, "one student, one registration");
        records.hold(&self.answers, self.phone.language, &self.reference().await, state);
        records.are_counted(&self.answers.cohort);
    }

    /// Nothing about its student is stored.
    pub fn finds_nothing_stored(&self) {
        assert_eq!(self.records().count(), 0, "nothing was sent");
    }

    /// Saves the calendar file; it has every session of the cohort.
    pub async fn saves_the_calendar(&self) {
        self.phone.presses("[data-test=calendar]").await;
        let name = format!("{}.ics", self.reference().await);
        let file = self.phone.finds_among_downloads(&name, |text| text.ends_with("END:VCALENDAR\r\n")).await;
        let cohort = self.world.catalogue.cohort(&self.answers.cohort).expect("its cohort");
        let sessions = self.sessions(cohort);
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n"), "{file}");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), sessions, "{file}");
        let centre = self.world.catalogue.centre(&cohort.centre).expect("its centre");
        assert!(file.contains(centre.name.get(self.phone.language)), "{file}");
    }

    /// How many sessions the cohort has: its slots, without the closed days.
    fn sessions(&self, cohort: &Cohort) -> usize {
        let closed = "SELECT day FROM closed_days WHERE centre_id IS NULL OR centre_id = ?1";
        let closed = self.world.database.column(closed, [&cohort.centre]);
        let intake = &self.world.catalogue.intake;
        let planned = sessions(&cohort.slots, intake.first_session_on, intake.last_session_on);
        planned.iter().filter(|session| closed.iter().all(|day| *day != session.date.to_string())).count()
    }

    /// Reads on the check page what it has typed.
    pub async fn reads_its_answers(&self) {
        let student = &self.answers.student;
        let guardians = [Some(&self.answers.guardian), self.answers.second_guardian.as_ref()];
        let people = guardians.into_iter().flatten().flat_map(|person| [&person.surname, &person.given_name, &person.phone]);
        for said in [&student.surname, &student.given_name, &student.school].into_iter().chain(people) {
            self.phone.reads("main", said).await;
        }
        if let Some(digits) = student.iin.get(..8) {
            assert!(!self.phone.texts("main").await.concat().contains(digits), "the whole number is on the screen");
        }
    }

    /// Is told what its place on the waiting list would be.
    pub async fn would_wait_at(&self, place: u32) {
        let said = filled(self.phone.language, "schedule.full_text", &[("n", &place.to_string())]);
        self.phone.reads(".alternatives", &said).await;
    }

    /// The button that goes on says this.
    pub async fn reads_on_the_button(&self, key: &str) {
        self.phone.reads(CONTINUE, words(self.phone.language, key)).await;
    }
}
