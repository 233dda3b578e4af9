//! The screen of staff members.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use tumo_tests::staff::Making;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![
    members_are_found_sorted_and_filtered,
    a_member_is_added_and_signs_in_with_the_password_handed_over,
    an_account_is_closed_and_opened_again,
    a_member_without_a_centre_is_refused_with_the_reason,
];

const MEMBERS: &str = "/staff/members";

async fn members_are_found_sorted_and_filtered(stage: Arc<Stage>) {
    let other = stage.world.staff_made(Role::Trainer, Some("astana"), Making::default()).await;
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = Colleague::at(MEMBERS, &stage, Role::Administrator, None, screen, language).await;
        colleague.device.sees(".table tbody tr").await;
        colleague.looks_at("members").await;
        colleague.device.types("members-search", &other.email).await;
        colleague.device.has_rows(1).await;
        colleague.device.types("members-search", "нет таких людей").await;
        colleague.device.has_rows(0).await;
        colleague.looks_at("members-none").await;
        colleague.device.presses("[data-test=clear]").await;
        colleague.device.sees(".table tbody tr").await;
        assert_eq!(colleague.device.value("members-search").await, "");
        colleague.leaves().await;
    }
}

async fn a_member_is_added_and_signs_in_with_the_password_handed_over(stage: Arc<Stage>) {
    let colleague = Colleague::at(MEMBERS, &stage, Role::Administrator, None, Screen::Phone, Language::Kazakh).await;
    let email = "zhana.tarbieshi@tumo.example";
    colleague.device.presses("[data-test=add]").await;
    colleague.device.sees("dialog[open]").await;
    colleague.looks_at("member-form").await;
    colleague.device.types("member-name", "Жаңагүл Тәрбиеші").await;
    colleague.device.types("member-email", email).await;
    colleague.device.ticks("member-role-trainer").await;
    colleague.device.chooses("member-centre", "almaty").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.sees("dialog [data-test=password]").await;
    colleague.looks_at("member-password").await;
    let password = colleague.device.texts("[data-test=password]").await.concat();
    colleague.device.presses("dialog [data-test=done]").await;
    colleague.device.reads(".table", "Жаңагүл Тәрбиеші").await;

    let mut newcomer =
        Colleague::unknown_at("/staff", &stage, Role::Trainer, Making::default(), Screen::Phone, Language::Kazakh).await;
    (newcomer.staff.email, newcomer.staff.password) = (email.to_owned(), password);
    newcomer.knocks().await;
    newcomer.reads_the_heading("password.forced_title").await;
    newcomer.leaves().await;
    colleague.leaves().await;
}

async fn an_account_is_closed_and_opened_again(stage: Arc<Stage>) {
    let other = stage.world.staff(Role::Viewer, None).await;
    let colleague = Colleague::at(MEMBERS, &stage, Role::Administrator, None, Screen::Desk, Language::Kazakh).await;
    colleague.device.types("members-search", &other.email).await;
    colleague.device.has_rows(1).await;
    colleague.device.presses("[data-test=change]").await;
    colleague.looks_at("member-change").await;
    colleague.device.presses("dialog [data-test=disable]").await;
    colleague.device.reads("dialog[open]", colleague.words("members.disable_text")).await;
    colleague.device.presses("dialog [data-test=submit]").await;
    colleague.device.reads(".table tbody", colleague.words("members.disabled")).await;
    other.get("/api/staff/me").send().await.assert_refused(401, domain::error::ErrorCode::NotSignedIn);
    colleague.looks_at("member-closed").await;
    colleague.device.presses("[data-test=change]").await;
    colleague.device.presses("dialog [data-test=enable]").await;
    colleague.device.presses("dialog [data-test=submit]").await;
    colleague.device.reads(".table tbody", colleague.words("members.active")).await;
    colleague.leaves().await;
}

async fn a_member_without_a_centre_is_refused_with_the_reason(stage: Arc<Stage>) {
    let colleague = Colleague::at(MEMBERS, &stage, Role::Administrator, None, Screen::Desk, Language::Russian).await;
    colleague.device.presses("[data-test=add]").await;
    colleague.device.types("member-name", "Без центра").await;
    colleague.device.types("member-email", "net@tumo.example").await;
    colleague.device.ticks("member-role-coordinator").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads("#member-centre-error", colleague.words("fault.required")).await;
    colleague.device.has_the_focus_on("#member-errors").await;
    colleague.looks_at("member-form-refused").await;
    colleague.device.presses("#member-errors a").await;
    colleague.device.has_the_focus_on("#member-centre").await;
    colleague.leaves().await;
}
