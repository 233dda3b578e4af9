//! Signing in: password, code, and what has to be set up first.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use tumo_tests::staff::Making;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![
    a_coordinator_signs_in_with_password_and_code_at_a_desk,
    a_coordinator_signs_in_with_password_and_code_on_a_phone,
    signing_in_needs_no_pointer,
    signing_in_leads_back_to_where_one_wanted_to_be,
    a_trainer_begins_with_the_roll_call,
    a_wrong_password_is_said_and_nothing_is_lost,
    somebody_elses_password_has_to_be_changed_first,
    a_new_administrator_sets_up_an_authenticator_app,
    a_session_that_is_over_asks_to_sign_in_again,
];

async fn a_coordinator_signs_in_with_password_and_code_at_a_desk(stage: Arc<Stage>) {
    signs_in(&stage, Screen::Desk, Language::Kazakh).await;
}

async fn a_coordinator_signs_in_with_password_and_code_on_a_phone(stage: Arc<Stage>) {
    signs_in(&stage, Screen::Phone, Language::Russian).await;
}

async fn signs_in(stage: &Stage, screen: Screen, language: Language) {
    let colleague =
        Colleague::unknown_at("/staff/sign-in", stage, Role::Coordinator, Making::default(), screen, language).await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.looks_at("sign-in").await;
    colleague.knocks().await;
    colleague.reads_the_heading("sign_in.code_title").await;
    colleague.device.has_the_focus_on("h1").await;
    colleague.looks_at("code").await;
    colleague.shows_the_code().await;
    colleague.reads_the_heading("nav.overview").await;
    assert!(colleague.device.link().await.ends_with("/staff"));
    // The session is the browser's: another visit needs no sign-in.
    colleague.opens("/staff").await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

/// Also not on a phone, with its menu, nor when the password was wrong.
async fn signing_in_needs_no_pointer(stage: Arc<Stage>) {
    for screen in [Screen::Desk, Screen::Phone] {
        let mut colleague =
            Colleague::unknown_at("/staff/sign-in", &stage, Role::Coordinator, Making::default(), screen, Language::Kazakh)
                .await;
        colleague.device.uses_the_keyboard_alone();
        let right = std::mem::replace(&mut colleague.staff.password, "not the password".into());
        colleague.knocks().await;
        colleague.device.has_the_focus_on("#sign-in-errors").await;
        colleague.staff.password = right;
        colleague.knocks().await;
        colleague.reads_the_heading("sign_in.code_title").await;
        colleague.device.has_the_focus_on("h1").await;
        colleague.shows_the_code().await;
        colleague.reads_the_heading("nav.overview").await;
        if screen == Screen::Phone {
            colleague.device.presses("[data-test=menu]").await;
        }
        colleague.device.presses(".side-list a[href='/staff/cohorts']").await;
        colleague.reads_the_heading("nav.cohorts").await;
        colleague.device.has_the_focus_on("h1").await;
        colleague.leaves().await;
    }
}

async fn signing_in_leads_back_to_where_one_wanted_to_be(stage: Arc<Stage>) {
    let wanted = "/staff/account";
    let making = Making { without_app: true, ..Making::default() };
    let colleague = Colleague::unknown_at(wanted, &stage, Role::Trainer, making, Screen::Phone, Language::Kazakh).await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.knocks().await;
    colleague.reads_the_heading("nav.account").await;
    assert!(colleague.device.link().await.ends_with(wanted));
    colleague.leaves().await;
}

async fn a_trainer_begins_with_the_roll_call(stage: Arc<Stage>) {
    let making = Making { without_app: true, ..Making::default() };
    let colleague =
        Colleague::unknown_at("/staff/sign-in", &stage, Role::Trainer, making, Screen::Phone, Language::Kazakh).await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.knocks().await;
    colleague.reads_the_heading("nav.roll_call").await;
    colleague.opens("/staff").await;
    colleague.reads_the_heading("nav.roll_call").await;
    colleague.opens("/staff/overview").await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

async fn a_wrong_password_is_said_and_nothing_is_lost(stage: Arc<Stage>) {
    let mut colleague =
        Colleague::unknown_at("/staff", &stage, Role::Trainer, Making::default(), Screen::Phone, Language::Kazakh).await;
    colleague.staff.password = "not the password".into();
    colleague.knocks().await;
    colleague.device.has_the_focus_on("#sign-in-errors").await;
    colleague.device.reads("#sign-in-errors", colleague.words("error.wrong_credentials")).await;
    assert_eq!(colleague.device.value("sign-in-email").await, colleague.staff.email);
    colleague.looks_at("sign-in-refused").await;
    colleague.leaves().await;
}

async fn somebody_elses_password_has_to_be_changed_first(stage: Arc<Stage>) {
    let making = Making { without_app: true, first_password: true };
    let colleague = Colleague::unknown_at("/staff", &stage, Role::Viewer, making, Screen::Phone, Language::Kazakh).await;
    colleague.knocks().await;
    colleague.reads_the_heading("password.forced_title").await;
    colleague.looks_at("password").await;
    let device = &colleague.device;
    device.types("password-current", &colleague.staff.password).await;
    device.types("password-new", "қысқа").await;
    device.presses("#password [type=submit]").await;
    device.reads("#password-new-error", colleague.words("fault.too_short")).await;
    device.types("password-new", "менің жаңа құпиясөзім").await;
    device.types("password-again", "менің басқа құпиясөзім").await;
    device.presses("#password [type=submit]").await;
    device.reads("#password-again-error", colleague.words("password.differs")).await;
    device.types("password-again", "менің жаңа құпиясөзім").await;
    device.presses("#password [type=submit]").await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

async fn a_new_administrator_sets_up_an_authenticator_app(stage: Arc<Stage>) {
    let making = Making { without_app: true, ..Making::default() };
    let mut colleague =
        Colleague::unknown_at("/staff", &stage, Role::Administrator, making, Screen::Desk, Language::Russian).await;
    colleague.knocks().await;
    colleague.reads_the_heading("second_factor.title").await;
    colleague.device.sees(".qr").await;
    colleague.looks_at("second-factor").await;
    let secret = colleague.device.texts("[data-test=secret]").await.concat();
    colleague.staff.learns_the_secret(&secret);
    let code = colleague.staff.code_at(colleague.world.now());
    colleague.device.types("second-factor-code", &code).await;
    colleague.device.presses("#second-factor [type=submit]").await;
    colleague.reads_the_heading("recovery.title").await;
    colleague.device.has_the_focus_on("h1").await;
    assert_eq!(colleague.device.texts("[data-test=codes] li").await.len(), 10);
    colleague.looks_at("recovery-codes").await;
    colleague.device.presses("[data-test=done]").await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

async fn a_session_that_is_over_asks_to_sign_in_again(stage: Arc<Stage>) {
    let colleague =
        Colleague::at("/staff/account", &stage, Role::Trainer, Some("almaty"), Screen::Phone, Language::Kazakh).await;
    colleague.staff.post("/api/staff/sign-out").send().await;
    colleague.device.presses("[data-test=sign-out]").await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.leaves().await;
}
