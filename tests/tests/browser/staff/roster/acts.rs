//! What is done for the students of a cohort: their families are called and written to, they are moved, placed and removed.

use std::sync::Arc;

use domain::language::Language;
use domain::registration::RegistrationState;
use tumo_tests::api::OneStudent;
use tumo_tests::forms::email;

use super::{cohort, coordinator, surnames};
use crate::phone::Screen;
use crate::staff::Colleague;
use crate::staff::cohorts::own_cohort;
use crate::stage::{Stage, journeys};
use crate::words::{filled, staff_filled};

journeys![
    contacts_are_one_tap_away_and_the_tap_is_kept,
    a_registration_is_ended_with_a_reason,
    a_student_is_moved_with_the_tracks_there_are,
    a_move_is_undone,
    who_waits_is_moved_to_another_list_and_back,
    a_place_on_the_list_is_changed,
    families_are_written_to_and_who_has_no_address_is_counted,
];

async fn contacts_are_one_tap_away_and_the_tap_is_kept(stage: Arc<Stage>) {
    for (screen, language, cohort) in
        [(Screen::Phone, Language::Kazakh, "almaty-mon-thu-1630"), (Screen::Desk, Language::Russian, "almaty-mon-thu-1100")]
    {
        let mut form = stage.world.form_for(cohort);
        form.guardian.email = email();
        let told = stage.world.applied(&form).await;
        let colleague = coordinator(&stage, cohort, screen, language).await;
        colleague.device.types("students-search", &told.reference).await;
        colleague.device.has_rows(1).await;
        let page: String = colleague.device.asks("return document.body.textContent", vec![]).await;
        assert!(!page.contains(&form.guardian.email), "an address is there before it is asked for");
        colleague.device.presses("[data-test=contacts]").await;
        colleague.device.sees(&format!("dialog a[href='mailto:{}']", form.guardian.email)).await;
        colleague.device.sees("dialog a[href^='tel:+7707']").await;
        colleague.device.reads("dialog", colleague.words("roster.contacts_note")).await;
        colleague.looks_at("contacts").await;
        let looks = "SELECT author FROM journal WHERE act = 'contacts_seen' AND registration_id = ?1";
        let registration = told.one().registration.as_str();
        assert_eq!(stage.world.database.column(looks, [registration]), std::slice::from_ref(&colleague.staff.id));
        colleague.leaves().await;
    }
}

async fn a_registration_is_ended_with_a_reason(stage: Arc<Stage>) {
    for (screen, language, id) in
        [(Screen::Desk, Language::Kazakh, "almaty-tue-thu-1630"), (Screen::Phone, Language::Russian, "almaty-mon-wed-1100")]
    {
        let told = cohort(&stage, id, 1, &[("Жұмабаев", "Мағжан"), ("Шоқанова", "Үміт")]).await;
        let colleague = coordinator(&stage, id, screen, language).await;
        colleague.device.presses("[data-test=open]").await;
        colleague.device.reads("dialog", &told[0].reference).await;
        colleague.looks_at("student").await;
        colleague.device.presses("dialog [data-test=remove]").await;
        colleague.device.reads("dialog", colleague.words("roster.remove_seat")).await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#question-reason-error", colleague.words("fault.required")).await;
        colleague.looks_at("remove-refused").await;
        colleague.device.types("question-reason", "Отбасы көшіп кетті").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toast", "Жұмабаев").await;
        colleague.device.has_rows(0).await;
        colleague.looks_at("removed").await;
        colleague.device.presses("#cohort-tab-waiting").await;
        colleague.device.reads(".table tbody", colleague.words("state.offered")).await;
        colleague.device.presses("#cohort-tab-ended").await;
        colleague.device.reads(".table tbody", colleague.words("state.removed")).await;
        let reason = "SELECT reason FROM journal WHERE act = 'removed' AND registration_id = ?1";
        assert_eq!(stage.world.database.column(reason, [told[0].one().registration.as_str()]), ["Отбасы көшіп кетті"]);
        // The seat is promised to the next family already: whoever comes back stands in front of the list.
        undoes(&colleague).await;
        colleague.device.presses("#cohort-tab-waiting").await;
        colleague.device.has_rows(2).await;
        assert_eq!(surnames(&colleague).await, ["Шоқанова", "Жұмабаев"]);
        colleague.looks_at("undone").await;
        colleague.leaves().await;
    }
}

/// Takes back what was just done, from the line that says so.
pub(super) async fn undoes(colleague: &Colleague) {
    colleague.device.presses(".toast [data-test=undo]").await;
    colleague.device.types("question-reason", "Қате басылды").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads(".toast", colleague.words("toast.undone")).await;
}

async fn a_student_is_moved_with_the_tracks_there_are(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-tue-fri-1630";
    let told = cohort(&stage, COHORT, 5, &[("Сейфуллин", "Сәкен"), ("Майлин", "Бейімбет")]).await;
    let colleague = coordinator(&stage, COHORT, Screen::Phone, Language::Russian).await;
    colleague.device.types("students-search", "Сакен").await;
    colleague.device.has_rows(1).await;
    colleague.device.presses("[data-test=open]").await;
    colleague.device.presses("dialog [data-test=move]").await;
    colleague.device.sees("#move-cohort").await;
    // A laboratory has one track, and it isn't this student's.
    colleague.device.chooses("move-cohort", "almaty-lab-music").await;
    colleague.device.reads("dialog", colleague.words("moving.tracks_none")).await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads("#move-tracks-error", colleague.words("fault.required")).await;
    colleague.device.chooses("move-cohort", "almaty-wed-fri-0900").await;
    let kept = staff_filled(Language::Russian, "moving.tracks", &[("tracks", "Программирование")]);
    colleague.device.reads("dialog", &kept).await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads("#move-reason-error", colleague.words("fault.required")).await;
    colleague.device.types("move-reason", "По просьбе семьи").await;
    colleague.looks_at("move").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads(".toast", "Сейфуллин").await;
    colleague.device.has_rows(0).await;
    colleague.opens("/staff/cohorts/almaty-wed-fri-0900").await;
    colleague.device.types("students-search", &told[0].reference).await;
    colleague.device.has_rows(1).await;
    colleague.leaves().await;
}

async fn a_move_is_undone(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-mon-wed-0900";
    let told = cohort(&stage, COHORT, 200, &[("Дулатов", "Міржақып")]).await;
    let colleague = coordinator(&stage, COHORT, Screen::Desk, Language::Kazakh).await;
    colleague.device.types("students-search", &told[0].reference).await;
    colleague.device.has_rows(1).await;
    colleague.device.presses("[data-test=open]").await;
    colleague.device.presses("dialog [data-test=move]").await;
    colleague.device.sees("#move-cohort").await;
    colleague.device.chooses("move-cohort", "almaty-tue-thu-1100").await;
    colleague.device.types("move-reason", "Отбасының өтініші").await;
    colleague.looks_at("move").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.has_rows(0).await;
    // The message names the new group by its hours.
    colleague.device.reads(".toast", "11:00").await;
    undoes(&colleague).await;
    colleague.device.has_rows(1).await;
    assert_eq!(surnames(&colleague).await, ["Дулатов"]);
    colleague.leaves().await;
}

async fn who_waits_is_moved_to_another_list_and_back(stage: Arc<Stage>) {
    for (screen, language, label) in
        [(Screen::Phone, Language::Kazakh, "Көктем"), (Screen::Desk, Language::Russian, "Көктем 2")]
    {
        let id = &own_cohort(&stage, label, 1, &[]).await;
        let full = own_cohort(&stage, &format!("{label} толық"), 1, &[]).await;
        cohort(&stage, id, 1, &[("Абаев", "А"), ("Бөкеев", "Б"), ("Ғабдуллин", "Ғ")]).await;
        for _ in 0..2 {
            stage.world.applied(&stage.world.form_for(&full)).await;
        }
        let colleague = coordinator(&stage, id, screen, language).await;
        colleague.device.presses("#cohort-tab-waiting").await;
        colleague.device.has_rows(2).await;
        colleague.device.types("waiting-search", "Бөкеев").await;
        colleague.device.has_rows(1).await;
        colleague.device.presses("[data-test=open]").await;
        colleague.device.presses("dialog [data-test=move]").await;
        colleague.device.sees("#move-cohort").await;
        colleague.device.chooses("move-cohort", &full).await;
        colleague.device.reads("#move-cohort", &filled(language, "seats.waiting", &[("n", "1")])).await;
        colleague.device.types("move-reason", "Отбасының өтініші").await;
        colleague.looks_at("move-waiting").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toast", "Бөкеев").await;
        colleague.device.types("waiting-search", "").await;
        colleague.device.has_rows(1).await;
        assert_eq!(surnames(&colleague).await, ["Ғабдуллин"]);
        undoes(&colleague).await;
        colleague.device.has_rows(2).await;
        assert_eq!(surnames(&colleague).await, ["Бөкеев", "Ғабдуллин"]);
        colleague.leaves().await;
    }
}

async fn a_place_on_the_list_is_changed(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Kazakh, "Кезек"), (Screen::Phone, Language::Russian, "Кезек 2")]
    {
        let id = &own_cohort(&stage, label, 1, &[]).await;
        cohort(&stage, id, 1, &[("Абаев", "А"), ("Бөкеев", "Б"), ("Ғабдуллин", "Ғ"), ("Дулатов", "Д")]).await;
        let colleague = coordinator(&stage, id, screen, language).await;
        colleague.device.presses("#cohort-tab-waiting").await;
        colleague.device.has_rows(3).await;
        assert_eq!(surnames(&colleague).await, ["Бөкеев", "Ғабдуллин", "Дулатов"]);
        colleague.device.types("waiting-search", "Дулатов").await;
        colleague.device.has_rows(1).await;
        colleague.device.presses("[data-test=open]").await;
        colleague.device.presses("dialog [data-test=place]").await;
        colleague.device.reads("dialog", &staff_filled(language, "placing.now_of", &[("n", "3"), ("all", "3")])).await;
        colleague.device.types("place-place", "1").await;
        colleague.device.types("place-reason", "Қате тіркелген еді").await;
        colleague.looks_at("place").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toast", "Дулатов").await;
        colleague.device.types("waiting-search", "").await;
        colleague.device.has_rows(3).await;
        assert_eq!(surnames(&colleague).await, ["Дулатов", "Бөкеев", "Ғабдуллин"]);
        colleague.leaves().await;
    }
}

async fn families_are_written_to_and_who_has_no_address_is_counted(stage: Arc<Stage>) {
    for (screen, language, id) in
        [(Screen::Phone, Language::Kazakh, "almaty-mon-wed-1430"), (Screen::Desk, Language::Russian, "almaty-lab-filmmaking")]
    {
        cohort(&stage, id, 1, &[("Поштасыз", "Айбек")]).await;
        let mut form = stage.world.form_for(id);
        form.guardian.email = email();
        stage.world.applied(&form).await;
        stage.world.letters_to(&form.guardian.email, 1).await;
        let colleague = coordinator(&stage, id, screen, language).await;
        let said = |key: &str, number: &str| staff_filled(language, key, &[("n", number)]);
        let counts = |text: String, form: usize| text.split('|').nth(form).unwrap_or(&text).to_owned();
        colleague.device.presses("[data-test=write]").await;
        colleague.device.reads("[data-test=counted]", colleague.words("message.none")).await;
        colleague.device.reads("[data-test=counted]", &counts(said("message.without", "1"), 0)).await;
        // Nobody is chosen.
        let seated = format!("dialog label:has(#message-states-{})", RegistrationState::Enrolled.as_str());
        colleague.device.presses(&seated).await;
        colleague.device.reads("[data-test=counted]", colleague.words("message.unchosen")).await;
        colleague.device.presses(&seated).await;
        colleague.device.ticks(&format!("message-states-{}", RegistrationState::Waiting.as_str())).await;
        colleague.device.reads("[data-test=counted]", &counts(said("message.count", "1"), 0)).await;
        // News is for those who agreed to it, and neither of the two did.
        colleague.device.ticks("message-news").await;
        colleague.device.reads("[data-test=counted]", colleague.words("message.nobody_agreed")).await;
        colleague.looks_at("news").await;
        colleague.device.presses("dialog label:has(#message-news)").await;
        colleague.device.reads("[data-test=counted]", &counts(said("message.count", "1"), 0)).await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#message-subject-error", colleague.words("fault.required")).await;
        colleague.device.types("message-subject", "Зал ауысты").await;
        colleague.device.types("message-body", "Ертең 2-залда кездесеміз.").await;
        colleague.device.presses("dialog summary").await;
        colleague.device.reads("[data-test=preview]", "Ертең 2-залда кездесеміз.").await;
        colleague.looks_at("message").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toast", &counts(said("message.sent", "1"), 0)).await;
        let letters = stage.world.letters_to(&form.guardian.email, 2).await;
        assert!(letters.iter().any(|letter| letter.text.contains("Ертең 2-залда кездесеміз.")));
        colleague.leaves().await;
    }
}
