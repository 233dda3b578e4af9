//! Other tracks for a student who stays in the cohort, and what the family sees of them.

use std::sync::Arc;

use domain::language::Language;
use domain::registration::Confirmation;

use super::acts::undoes;
use super::coordinator;
use crate::page::Page;
use crate::phone::{Phone, Screen};
use crate::staff::Colleague;
use crate::staff::cohorts::own_cohort;
use crate::stage::{Stage, journeys};
use crate::words::staff_filled;

journeys![tracks_are_changed_and_changed_back, a_laboratory_has_no_other_track];

/// A student of this cohort, registered for one track.
async fn student(stage: &Stage, cohort: &str, track: &str, surname: &str) -> Confirmation {
    let mut form = stage.world.form_for(cohort);
    (form.student.surname, form.student.given_name, form.student.patronymic) = (surname.into(), "Асан".into(), String::new());
    form.tracks = vec![track.to_owned()];
    stage.world.applied(&form).await
}

/// The family looks at its private page and finds these tracks.
async fn finds(phone: &Phone, family: &Confirmation, tracks: &str) {
    phone.opens("/").await;
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
    const ROW: &str =
        "return [...document.querySelectorAll('.ticket dd')].some(row => row.textContent.trim() === arguments[0])";
    phone.waits_for(tracks, ROW, vec![tracks.into()]).await;
}

async fn opens_the_dialog(colleague: &Colleague) {
    colleague.device.presses("[data-test=open]").await;
    colleague.device.sees("dialog [data-test=tracks]").await;
    colleague.looks_at("student-with-acts").await;
    colleague.device.presses("dialog [data-test=tracks]").await;
    colleague.device.sees("#tracks-tracks-music:checked").await;
}

async fn tracks_are_changed_and_changed_back(stage: Arc<Stage>) {
    for (screen, language, label, [music, both]) in [
        (Screen::Phone, Language::Kazakh, "Бағыт", ["Музыка", "Музыка, Анимация"]),
        (Screen::Desk, Language::Russian, "Бағыт 2", ["Музыка", "Музыка, Анимация"]),
    ] {
        let cohort = own_cohort(&stage, label, 2, &[]).await;
        let told = student(&stage, &cohort, "music", "Қайғы").await;
        let family = stage.phone(language).await;
        let colleague = coordinator(&stage, &cohort, screen, language).await;
        opens_the_dialog(&colleague).await;
        colleague.looks_at("tracks").await;
        // Nothing is sent that is as it was, that is none, or that is too much.
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#tracks-tracks-error", colleague.words("tracks.same")).await;
        colleague.device.presses("dialog label:has(#tracks-tracks-music)").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#tracks-tracks-error", colleague.words("fault.required")).await;
        for track in ["music", "robotics", "animation", "programming"] {
            colleague.device.presses(&format!("dialog label:has(#tracks-tracks-{track})")).await;
        }
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#tracks-tracks-error", colleague.words("fault.too_many_tracks")).await;
        colleague.looks_at("tracks-refused").await;
        for track in ["robotics", "programming"] {
            colleague.device.presses(&format!("dialog label:has(#tracks-tracks-{track})")).await;
        }
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#tracks-reason-error", colleague.words("fault.required")).await;
        colleague.device.types("tracks-reason", "Отбасы сұрады").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toast", &staff_filled(language, "tracks.done", &[("name", "Қайғы Асан")])).await;
        colleague.device.reads(".table tbody", both).await;
        colleague.looks_at("tracks-changed").await;
        finds(&family, &told, both).await;
        undoes(&colleague).await;
        finds(&family, &told, music).await;
        colleague.opens(&format!("/staff/journal?cohort={cohort}")).await;
        for (before, after) in [(music, both), (both, music)] {
            let sentence = staff_filled(language, "act.tracks_changed", &[("tracks_before", before), ("tracks", after)]);
            colleague.device.reads(".table tbody", &sentence).await;
        }
        colleague.device.reads(".table tbody", "Отбасы сұрады").await;
        colleague.looks_at("journal-tracks").await;
        family.closes().await;
        colleague.leaves().await;
    }
}

async fn a_laboratory_has_no_other_track(stage: Arc<Stage>) {
    student(&stage, "almaty-lab-music", "music", "Қорқыт").await;
    let colleague = coordinator(&stage, "almaty-lab-music", Screen::Phone, Language::Kazakh).await;
    colleague.device.types("students-search", "Қорқыт").await;
    colleague.device.has_rows(1).await;
    colleague.device.presses("[data-test=open]").await;
    colleague.device.sees("dialog [data-test=remove]").await;
    assert!(!colleague.device.shows("dialog [data-test=tracks]").await);
    colleague.leaves().await;
}
