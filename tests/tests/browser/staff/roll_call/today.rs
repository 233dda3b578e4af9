//! The sessions of today, while the intake is under way: the demo's own begins in some weeks, so these run elsewhere.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::attendance::MarkStatus;
use serde_json::json;
use tumo_tests::roll_call::mark;

use super::trainer::{Group, Trainer};
use crate::stage::{Stage, journeys};

journeys![a_trainer_finds_their_own_groups_before_all_others];

/// A group that meets today at this time, besides its plan.
async fn meeting(stage: &Stage, cohort: &str, size: usize, start: u16) -> Group {
    let today = Timestamp(stage.world.now()).local_date();
    let mut students = Vec::new();
    for _ in 0..size {
        students.push(stage.world.seated(cohort).await);
    }
    Group { session: stage.world.session_at(cohort, today, start).await, students }
}

async fn a_trainer_finds_their_own_groups_before_all_others(stage: Arc<Stage>) {
    const SHOWN: &str = "return [...document.querySelectorAll('[data-test=session]')].map(card => card.getAttribute('href'))";
    let (begun, server) = stage.elsewhere("begun.sql").await;
    // The other group meets first, so that the clock alone would put it at the top. Whenever this runs, all have begun.
    let other = meeting(&begun, "astana-tue-thu-1100", 1, 0).await;
    let own = meeting(&begun, "astana-mon-wed-1430", 3, 1).await;
    let own_too = meeting(&begun, "astana-tue-thu-0900", 0, 2).await;
    for (language, half_marked) in [(Language::Kazakh, "1/3"), (Language::Russian, "1 из 3")] {
        let trainer = Trainer::of(&own, &begun, language).await;
        let device = &trainer.colleague.device;
        for group in [&own, &own_too] {
            let assigned = "INSERT INTO cohort_trainers (cohort_id, staff_id) VALUES (?1, ?2)";
            begun.world.change(assigned, &[json!(group.session.cohort), json!(trainer.colleague.staff.id)]).await;
        }
        if language == Language::Kazakh {
            let present = mark(&own.session, own.registration(0), MarkStatus::Present);
            assert_eq!(trainer.colleague.staff.sends(&[present]).await.refused, []);
        }
        trainer.opens("/staff/roll-call").await;
        let headings = [trainer.colleague.words("roll_call.own"), trainer.colleague.words("roll_call.others")];
        device.reads("h3", headings[0]).await;
        assert_eq!(device.texts("main h3").await, headings);
        let shown: Vec<String> = device.asks(SHOWN, vec![]).await;
        let place = |group: &Group| shown.iter().position(|path| *path == group.path()).expect("a card");
        assert!(place(&own) < place(&own_too), "in order of time");
        assert!(place(&own_too) < place(&other), "own groups come first: {shown:#?}");
        let card = format!("[data-test=session][href='{}']", own.path());
        device.reads(&card, half_marked).await;
        trainer.colleague.looks_at("roll-call-today").await;
        trainer.taps(&card).await;
        trainer.sees_as(own.registration(0), MarkStatus::Present).await;
        trainer.leaves().await;
    }
    server.stop();
}
