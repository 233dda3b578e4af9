//! Before the opening and after the closing.

use std::sync::Arc;

use domain::language::Language;

use crate::inspection::{is_for_everybody, picture};
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![before_the_opening_the_day_and_hour_are_told, after_the_closing_it_says_so];

async fn before_the_opening_the_day_and_hour_are_told(stage: Arc<Stage>) {
    nothing_can_be_filled_in(&stage, "not-open.sql", "home.opens_title", "60-not-open").await;
}

async fn after_the_closing_it_says_so(stage: Arc<Stage>) {
    nothing_can_be_filled_in(&stage, "closed.sql", "home.closed_title", "61-closed").await;
}

/// The front door and the form say the same; there is no button that would lead to a refusal.
async fn nothing_can_be_filled_in(stage: &Stage, seed: &str, title: &str, picture_name: &str) {
    const ASKED: &str =
        "return performance.getEntriesByType('resource').some((answer) => answer.name.endsWith('/api/cohorts'))";
    let (other, server) = stage.elsewhere(seed).await;
    for language in [Language::Kazakh, Language::Russian, Language::English] {
        let phone = other.phone(language).await;
        phone.opens(&format!("/{}", language.as_str())).await;
        phone.reads("main", words(language, title)).await;
        assert!(!phone.shows("[data-test=start], [data-test=start-hero]").await);
        picture(&phone, &format!("{picture_name}-start")).await;
        is_for_everybody(&phone, &format!("{picture_name}-start")).await;

        phone.opens(&format!("/{}/register/who", language.as_str())).await;
        phone.reads("h1", words(language, title)).await;
        assert!(!phone.shows("form").await);
        // The moment comes from an answer that nobody may keep.
        phone.waits_for("the server's own time", ASKED, vec![]).await;
        picture(&phone, &format!("{picture_name}-register")).await;
        is_for_everybody(&phone, &format!("{picture_name}-register")).await;
        phone.closes().await;
    }
    server.stop();
}
