//! A receipt before the camera. Chromium's camera is a file that the test writes: the code as the server draws it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use domain::language::Language;
use domain::registration::Confirmation;
use domain::staff::attendance::MarkStatus;
use serde_json::Value;
use tumo_tests::api::OneStudent;
use tumo_tests::code::Code;
use tumo_tests::world::World;

use super::trainer::{Group, Trainer};
use crate::inspection::picture;
use crate::page::Page;
use crate::stage::{Stage, journeys};

journeys![
    a_scanned_receipt_marks_its_student_present,
    what_is_no_receipt_of_the_group_is_told_apart,
    a_family_shows_its_receipt_as_a_code,
];

/// The receipt of a student as the server draws it.
async fn drawn(world: &World, told: &Confirmation) -> Code {
    let path = format!("/api/my/registrations/{}/receipt.svg", told.one().registration);
    Code::drawn(&world.api.get(&path).token(&told.token).send().await.body)
}

/// A browser whose camera shows this file.
fn flags(film: &Path) -> Vec<String> {
    let camera = format!("--use-file-for-fake-video-capture={}", film.display());
    vec!["--use-fake-device-for-media-stream".into(), "--use-fake-ui-for-media-stream".into(), camera]
}

async fn a_scanned_receipt_marks_its_student_present(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-sat-fri", 3).await;
    let folder = tempfile::tempdir().expect("a folder");
    let film = folder.path().join("camera.y4m");
    fs::write(&film, drawn(&stage.world, &group.students[1]).await.film()).expect("a film");
    let trainer = Trainer::with_flags(&group, &stage, Language::Kazakh, &flags(&film)).await;
    let device = &trainer.colleague.device;
    // The camera, its reader and the key of receipts are there without network too.
    trainer.has_everything().await;
    trainer.network.dies();
    trainer.taps("[data-test=scan]").await;
    trainer.sees_as(group.registration(1), MarkStatus::Present).await;
    let surname =
        trainer.on_the_server(&group).await.students.into_iter().find(|one| one.registration == group.registration(1));
    device.reads("[data-test=scanned]", &surname.expect("a student").surname).await;
    assert!(!device.texts("[data-test=scanned]").await.concat().contains(trainer.colleague.words("scan.unchecked")));
    trainer.colleague.looks_at("roll-call-scan").await;
    trainer.taps("[data-test=close-scan]").await;
    trainer.has_waiting(1).await;
    trainer.network.recovers();
    trainer.has_nothing_waiting().await;
    assert_eq!(trainer.counted(&group).await.present, 1);

    // Held before it again, nothing is marked anew.
    trainer.taps("[data-test=scan]").await;
    device.reads("[data-test=scanned]", trainer.colleague.words("call.present")).await;
    trainer.taps("[data-test=close-scan]").await;
    assert_eq!(trainer.on_the_server(&group).await.students.iter().map(|student| student.marks.len()).sum::<usize>(), 1);
    trainer.leaves().await;
}

async fn what_is_no_receipt_of_the_group_is_told_apart(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-wed-fri-1430", 1).await;
    let elsewhere = stage.world.seated("astana-wed-fri-1100").await;
    let folder = tempfile::tempdir().expect("a folder");
    let film = folder.path().join("camera.y4m");
    fs::write(&film, drawn(&stage.world, &elsewhere).await.film()).expect("a film");
    let trainer = Trainer::with_flags(&group, &stage, Language::Russian, &flags(&film)).await;
    let forged = {
        let receipt = &group.students[0].one().receipt;
        let mut parts: Vec<String> = receipt.split('.').map(str::to_owned).collect();
        let claims = BASE64URL_NOPAD.decode(parts[1].as_bytes()).expect("base64url");
        let mut claims: Value = serde_json::from_slice(&claims).expect("claims");
        claims["entry"] = 1.into();
        parts[1] = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
        parts.join(".")
    };
    for (code, said, name) in [
        (None, "scan.other_cohort", "roll-call-scan-other"),
        (Some(forged.as_str()), "scan.forged", "roll-call-scan-forged"),
        (Some("https://tumo.example"), "scan.no_receipt", "roll-call-scan-nothing"),
    ] {
        if let Some(text) = code {
            fs::write(&film, Code::of(text).film()).expect("a film");
        }
        trainer.taps("[data-test=scan]").await;
        trainer.colleague.device.reads("[data-test=scanned]", trainer.colleague.words(said)).await;
        trainer.colleague.looks_at(name).await;
        trainer.taps("[data-test=close-scan]").await;
    }
    trainer.sees_as(group.registration(0), MarkStatus::Cleared).await;
    trainer.leaves().await;
}

async fn a_family_shows_its_receipt_as_a_code(stage: Arc<Stage>) {
    let told = stage.world.seated("astana-wed-fri-0900").await;
    for language in [Language::Kazakh, Language::Russian] {
        let phone = stage.phone(language).await;
        phone.opens(&format!("{}#{}", Page::Ticket.path(language), told.token)).await;
        phone.arrives_at(Page::Ticket).await;
        phone.presses("[data-test=code]").await;
        phone.sees("[data-test=receipt-code] img").await;
        let shown: String =
            phone.asks("return decodeURIComponent(document.querySelector('[data-test=receipt-code] img').src)", vec![]).await;
        let drawing = shown.split_once(',').expect("a drawing").1;
        assert_eq!(Code::drawn(drawing).text(), told.one().receipt);
        picture(&phone, "90-receipt-code").await;
        phone.presses("[data-test=code]").await;
        phone
            .waits_for("the code to be put away", "return document.querySelector('[data-test=receipt-code]') === null", vec![])
            .await;
        assert_eq!(phone.complaints().await, Vec::<String>::new());
        phone.closes().await;
    }
}
