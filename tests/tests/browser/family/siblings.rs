//! Brothers and sisters in the application of a family.

use std::mem::swap;

use domain::application::SiblingForm;
use serde_json::{Value, json};

use super::Family;
use crate::inspection::{inspect, picture};
use crate::page::Page;

/// What one application has become: each student with the cohort, the state and whether it is in a party, in the order of the form.
const STUDENTS: &str = "
    SELECT s.given_name, r.cohort_id, r.state, r.party_id IS NOT NULL AS together
    FROM applications AS a JOIN students AS s ON s.application_id = a.id JOIN registrations AS r ON r.student_id = s.id
    WHERE a.reference = ?1 ORDER BY r.sequence";

const PARTIES: &str = "SELECT p.id FROM parties AS p JOIN applications AS a ON a.id = p.application_id WHERE a.reference = ?1";

impl Family {
    /// From the check page: adds one more child, up to the first page about it.
    pub async fn adds_a_sibling(&mut self, sibling: SiblingForm) {
        self.answers.siblings.push(sibling);
        self.phone.presses("[data-test=add-sibling]").await;
        self.is_asked_about(self.answers.siblings.len(), Page::BirthDate).await;
    }

    /// Waits for a page about the sibling at this place, counted from 1.
    pub async fn is_asked_about(&mut self, place: usize, page: Page) {
        let address = format!("/{}/register/{}/{}", self.phone.language.as_str(), place + 1, page.name());
        self.phone.arrives_at_address(&address, page.mark()).await;
        self.page = page;
        for inspection in &self.inspections {
            inspect(&self.phone, page, &format!("-of-child-{}", place + 1), *inspection).await;
        }
    }

    /// Answers these pages about the sibling at this place, one after the other, and continues from each.
    pub async fn answers_about(&mut self, place: usize, pages: &[Page]) {
        for page in pages {
            self.is_asked_about(place, *page).await;
            self.gives_the_answer_about(place).await;
            self.presses_continue().await;
        }
    }

    /// Answers the page it is at about the sibling at this place, with the same fingers as about the first child.
    pub async fn gives_the_answer_about(&mut self, place: usize) {
        self.exchanges(place);
        match self.page {
            Page::Consent => self.phone.ticks("consent-student_accepts-yes").await,
            _ => self.answers_the_page().await,
        }
        self.exchanges(place);
    }

    /// Chooses the first child's schedule at one tap, and comes to the tracks.
    pub async fn chooses_the_same_schedule(&mut self, place: usize) {
        self.is_asked_about(place, Page::Centre).await;
        self.phone.ticks("centre-same").await;
        picture(&self.phone, "70-sibling-same-schedule").await;
        self.presses_continue().await;
    }

    /// Answers whether the children want seats only together, and is back at the check page.
    pub async fn says_whether_together(&mut self) {
        self.is_asked_about(1, Page::Together).await;
        let choice = if self.answers.together { "together-yes" } else { "together-no" };
        self.phone.ticks(choice).await;
        picture(&self.phone, "71-together").await;
        self.presses_continue().await;
        self.arrives_at(Page::Check).await;
    }

    /// The application is stored with all its children, each in its cohort and in this state, and as a party when that was asked.
    pub async fn finds_all_its_children_stored(&self, state: &str) {
        let reference = self.reference_of_all().await;
        let stored = self.world.database.rows(STUDENTS, [&reference]);
        let together = self.answers.together && !self.answers.siblings.is_empty();
        let party = i32::from(together);
        let row =
            |name: &str, cohort: &str| json!({ "given_name": name, "cohort_id": cohort, "state": state, "together": party });
        let siblings = self.answers.siblings.iter().map(|sibling| row(&sibling.student.given_name, &sibling.cohort));
        let expected: Vec<Value> =
            [row(&self.answers.student.given_name, &self.answers.cohort)].into_iter().chain(siblings).collect();
        assert_eq!(stored, expected);
        assert_eq!(self.world.database.rows(PARTIES, [&reference]).len(), usize::from(together));
    }

    /// The number of the application, which each child's ticket shows.
    pub async fn reference_of_all(&self) -> String {
        let shown = self.phone.texts("[data-test=reference]").await;
        let first = shown.first().expect("a ticket");
        assert!(shown.iter().all(|other| other == first), "{shown:?}");
        first.clone()
    }

    fn exchanges(&mut self, place: usize) {
        let sibling = &mut self.answers.siblings[place - 1];
        swap(&mut self.answers.student, &mut sibling.student);
        swap(&mut self.answers.centre, &mut sibling.centre);
        swap(&mut self.answers.tracks, &mut sibling.tracks);
        swap(&mut self.answers.cohort, &mut sibling.cohort);
    }
}
