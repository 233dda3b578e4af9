//! Looking for a student in all cohorts.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use tumo_tests::forms::name;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![a_student_is_found_by_name_number_and_telephone_and_leads_to_the_cohort, nobody_is_found_and_that_is_said];

const STUDENTS: &str = "/staff/students";

async fn a_student_is_found_by_name_number_and_telephone_and_leads_to_the_cohort(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-sat-tue";
    let mut form = stage.world.form_for(COHORT);
    form.student.surname = name("Ізтілеуұлы");
    let told = stage.world.applied(&form).await;
    let plain = form.student.surname.replace('І', "И").replace('і', "и").replace('ұ', "у").to_uppercase();
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::English)] {
        let colleague = Colleague::at(STUDENTS, &stage, Role::Administrator, None, screen, language).await;
        colleague.device.has_the_focus_on("#students-search").await;
        colleague.looks_at("students").await;
        for typed in [plain.as_str(), &told.reference.to_lowercase(), &form.guardian.phone] {
            colleague.device.types("students-search", typed).await;
            colleague.device.has_rows(1).await;
            colleague.device.reads(".table tbody", &told.reference).await;
        }
        colleague.looks_at("students-found").await;
        // Names are in no address.
        assert!(!colleague.device.link().await.contains('?'));
        colleague.device.presses(&format!(".table a[href='/staff/cohorts/{COHORT}']")).await;
        colleague.device.reads("h1", "TUMO").await;
        colleague.device.goes_back().await;
        colleague.reads_the_heading("nav.students").await;
        colleague.device.has_rows(1).await;
        assert_eq!(
            colleague.device.value("students-search").await,
            form.guardian.phone,
            "the way back leads to what was found"
        );
        colleague.leaves().await;
    }
}

async fn nobody_is_found_and_that_is_said(stage: Arc<Stage>) {
    let colleague = Colleague::at(STUDENTS, &stage, Role::Trainer, Some("astana"), Screen::Phone, Language::Russian).await;
    // Telephones are found by who may see contacts.
    colleague.device.reads("main label", colleague.words("students.search_names")).await;
    colleague.device.types("students-search", "Ы").await;
    assert!(!colleague.device.shows(".table").await, "one letter is nothing to look for");
    colleague.device.types("students-search", "Ыыыыыы Ъъъ").await;
    colleague.device.reads(".state", colleague.words("students.none")).await;
    colleague.looks_at("students-none").await;
    colleague.leaves().await;
}
