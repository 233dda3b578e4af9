//! What a screen reader is told on the main pages, in Kazakh: the texts in `tests/snapshots`.

use std::sync::Arc;

use domain::application::{ApplicationForm, GuardianForm};
use domain::catalogue::Cohort;
use domain::language::Language;

use crate::family::Family;
use crate::inspection::is_told_as_reviewed;
use crate::page::Page;
use crate::stage::{Stage, journeys};

journeys![the_main_pages_are_told_as_reviewed,];

/// On a server of its own, where nobody else takes seats.
async fn the_main_pages_are_told_as_reviewed(stage: Arc<Stage>) {
    let (calm, server) = stage.elsewhere("one-seat.sql").await;
    let mut family = calm.family(Language::Kazakh, "astana-mon-wed-0900").await;
    family.answers.filled_by = "student".into();
    family.opens_the_site().await;
    family.phone.sees(".centre-card .count strong").await;
    is_told(&family, "front-page").await;
    family.begins().await;
    is_told(&family, "first-question").await;
    family.presses_continue().await;
    family.phone.has_the_focus_on("#error-summary").await;
    is_told(&family, "first-question-with-faults").await;
    family.comes_to(Page::Schedule).await;
    family.chooses_a_schedule().await;
    // Cards and answers come by and by.
    const WHOLE: &str = "return document.querySelectorAll('#cohort [data-test^=cohort-]').length === arguments[0]";
    let fits = |cohort: &&Cohort| cohort.centre == family.answers.centre && cohort.offers(&family.answers.tracks);
    let cards = calm.world.catalogue.cohorts.iter().filter(fits).count();
    family.phone.waits_for("all cards", WHOLE, vec![cards.into()]).await;
    is_told(&family, "schedule").await;
    family.comes_to(Page::Check).await;
    family.phone.sees("[data-test=change-consent]").await;
    is_told(&family, "check").await;
    family.sends().await;
    is_told(&family, "receipt").await;
    family.phone.reloads().await;
    family.gets_the_ticket().await;
    is_told(&family, "private-page").await;

    let mut waiting = calm.family(Language::Kazakh, "astana-mon-wed-0900").await;
    waiting.comes_to(Page::Check).await;
    waiting.sends().await;
    is_told(&waiting, "private-page-waiting").await;

    family.phone.presses("[data-test=withdraw]").await;
    family.phone.arrives_at(Page::Withdraw).await;
    is_told(&family, "withdraw").await;
    family.phone.presses("[data-test=yes]").await;
    family.phone.sees("[data-test=done]").await;
    waiting.phone.reloads().await;
    waiting.phone.sees("[data-test=offer]").await;
    is_told(&waiting, "private-page-offered").await;
    waiting.phone.closes().await;
    family.phone.closes().await;
    server.stop();
}

async fn is_told(family: &Family, name: &str) {
    let reference = family.reference().await;
    let ApplicationForm { student, guardian, .. } = &family.answers;
    let GuardianForm { surname, given_name, phone, .. } = guardian;
    let mut replaced = vec![
        (student.surname.as_str(), "student’s surname"),
        (&student.given_name, "student’s name"),
        (surname, "guardian’s surname"),
        (given_name, "guardian’s name"),
        (phone, "phone"),
    ];
    if !reference.is_empty() {
        replaced.push((&reference, "number"));
    }
    is_told_as_reviewed(&family.phone, name, &replaced).await;
}
