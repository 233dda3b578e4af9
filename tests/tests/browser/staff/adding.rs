//! A student registered by hand.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use tumo_tests::forms::{email, name, phone};
use tumo_tests::personal::note_secret;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![a_student_is_added_on_one_page, brothers_and_sisters_are_added_along, what_is_missing_is_said_beside_its_field,];

/// A calendar is typed into differently in every browser and language.
const SET_DAY: &str = "
    const input = document.getElementById(arguments[0]);
    input.value = arguments[1];
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return null";

async fn at(stage: &Stage, cohort: &str, screen: Screen, language: Language) -> Colleague {
    let path = format!("/staff/cohorts/{cohort}/add");
    Colleague::at(&path, stage, Role::Coordinator, Some("astana"), screen, language).await
}

async fn a_student_is_added_on_one_page(stage: Arc<Stage>) {
    const COHORT: &str = "astana-sat-fri";
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = at(&stage, COHORT, screen, language).await;
        let born: String = {
            let first = stage.world.catalogue.intake.first_session_on;
            format!("{}-01-15", first.year() - 15)
        };
        let (surname, address) = (name("Қолменұлы"), email());
        note_secret(&surname);
        note_secret(&address);
        for (id, text) in [
            ("student-surname", surname.as_str()),
            ("student-given_name", "Ержан"),
            ("guardian-surname", "Қолменова"),
            ("guardian-given_name", "Гүлнәр"),
            ("guardian-phone", &phone()),
            ("guardian-email", &address),
        ] {
            colleague.device.types(&format!("adding-{id}"), text).await;
        }
        colleague.device.asks::<()>(SET_DAY, vec!["adding-student-born_on".into(), born.into()]).await;
        colleague.device.ticks("adding-tracks-robotics").await;
        colleague.device.chooses("adding-guardian-relation", "mother").await;
        colleague.device.ticks("adding-consent-purposes-enrolment").await;
        colleague.device.ticks("adding-consent-student_accepts").await;
        colleague.looks_at("adding").await;
        colleague.device.presses("#adding [type=submit]").await;
        colleague.device.reads(".toast", "TM-").await;
        colleague.device.reads("h1", "TUMO").await;
        colleague.device.types("students-search", &surname).await;
        colleague.device.has_rows(1).await;
        let author = "SELECT j.author FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id
            JOIN students AS s ON s.id = r.student_id WHERE s.surname = ?1 AND j.act = 'applied'";
        assert_eq!(stage.world.database.column(author, [surname.as_str()]), std::slice::from_ref(&colleague.staff.id));
        let letters = stage.world.letters_to(&address, 1).await;
        let link = letters[0].text.split_whitespace().find_map(|word| word.split_once("/my#")).expect("a link");
        note_secret(link.1);
        colleague.leaves().await;
    }
}

async fn brothers_and_sisters_are_added_along(stage: Arc<Stage>) {
    for (screen, language, cohort, other) in [
        (Screen::Desk, Language::Russian, "astana-mon-wed-1630", "astana-lab-3d-modeling"),
        (Screen::Phone, Language::Kazakh, "astana-mon-thu-0900", "astana-tue-thu-0900"),
    ] {
        let colleague = at(&stage, cohort, screen, language).await;
        let first_session = stage.world.catalogue.intake.first_session_on;
        let born = |age: i32| format!("{}-01-15", first_session.year() - age);
        let surname = name("Бауыржанов");
        note_secret(&surname);
        colleague.device.types("adding-student-surname", &surname).await;
        colleague.device.types("adding-student-given_name", "Ержан").await;
        colleague.device.asks::<()>(SET_DAY, vec!["adding-student-born_on".into(), born(15).into()]).await;
        colleague.device.ticks("adding-tracks-robotics").await;
        colleague.device.ticks("adding-consent-student_accepts").await;
        for (place, given_name) in ["Дана", "Артық"].into_iter().enumerate() {
            colleague.device.presses("[data-test=add-sibling]").await;
            colleague.device.has_the_focus_on(&format!("#adding-siblings-{place}-student-given_name")).await;
            assert_eq!(colleague.device.value(&format!("adding-siblings-{place}-student-surname")).await, surname);
            colleague.device.types(&format!("adding-siblings-{place}-student-given_name"), given_name).await;
        }
        colleague.device.presses("[data-test=leave-out-1]").await;
        colleague.device.has_the_focus_on("#adding-student-given_name").await;
        colleague.device.asks::<()>(SET_DAY, vec!["adding-siblings-0-student-born_on".into(), born(13).into()]).await;
        colleague.device.types("adding-guardian-surname", "Бауыржанова").await;
        colleague.device.types("adding-guardian-given_name", "Гүлнәр").await;
        colleague.device.types("adding-guardian-phone", &phone()).await;
        colleague.device.chooses("adding-guardian-relation", "mother").await;
        colleague.device.ticks("adding-consent-purposes-enrolment").await;
        // Everything but the sister's tracks: a lab leaves no choice.
        colleague.device.chooses("adding-siblings-0-cohort", other).await;
        if !other.contains("lab") {
            colleague.device.presses("#adding [type=submit]").await;
            colleague.device.reads("#adding-siblings-0-tracks-error", colleague.words("fault.required")).await;
            colleague.device.ticks("adding-siblings-0-tracks-music").await;
        }
        colleague.device.ticks("adding-together").await;
        colleague.looks_at("adding-siblings").await;
        colleague.device.presses("#adding [type=submit]").await;
        colleague.device.reads(".toast", "Дана").await;
        let both = "SELECT r.cohort_id FROM registrations AS r JOIN students AS s ON s.id = r.student_id
            WHERE s.surname = ?1 AND r.state = 'enrolled' ORDER BY s.place";
        assert_eq!(stage.world.database.column(both, [surname.as_str()]), [cohort, other]);
        colleague.leaves().await;
    }
}

async fn what_is_missing_is_said_beside_its_field(stage: Arc<Stage>) {
    let colleague = at(&stage, "astana-lab-robotics", Screen::Phone, Language::Kazakh).await;
    colleague.device.types("adding-guardian-phone", "12").await;
    colleague.device.presses("#adding [type=submit]").await;
    colleague.device.has_the_focus_on("#adding-errors").await;
    for (field, fault) in [
        ("student-surname", "fault.required"),
        ("student-born_on", "fault.required"),
        ("guardian-phone", "fault.phone"),
        ("guardian-relation", "fault.required"),
        ("consent-purposes", "fault.consent_needed"),
    ] {
        colleague.device.reads(&format!("#adding-{field}-error"), colleague.words(fault)).await;
    }
    // Beside others of its kind a fault says whose it is.
    for whose in ["adding.student", "adding.guardian"] {
        let named = [colleague.words(whose), " · ", colleague.words("adding.surname"), ": "].concat();
        colleague.device.reads("#adding-errors", &named).await;
    }
    colleague.looks_at("adding-refused").await;
    colleague.device.presses("#adding-errors a").await;
    colleague.device.has_the_focus_on("#adding-student-surname").await;
    colleague.leaves().await;
}
