//! A session that lies ahead: nobody can be marked yet, and nothing looks as if.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::attendance::MarkStatus;
use serde_json::json;

use super::trainer::{Group, Trainer};
use crate::stage::{Stage, journeys};

journeys![before_a_session_nobody_can_be_marked_until_its_moment_comes, a_refused_mark_is_told_with_its_student_and_group,];

/// What marks students.
const MARKING: &str = "[data-says], [data-test=rest-present], [data-test=scan]";

const DAY_MS: i64 = 24 * 3_600_000;

/// A group whose session begins at this time tomorrow.
async fn tomorrows(stage: &Stage, start: u16) -> Group {
    let cohort = "astana-tue-fri-1430";
    let tomorrow = Timestamp(stage.world.now()).local_date().plus_days(1);
    Group { students: vec![stage.world.seated(cohort).await], session: stage.world.session_at(cohort, tomorrow, start).await }
}

async fn before_a_session_nobody_can_be_marked_until_its_moment_comes(stage: Arc<Stage>) {
    for (language, start, opens) in [(Language::Kazakh, 600, "09:45"), (Language::Russian, 780, "12:45")] {
        let group = tomorrows(&stage, start).await;
        let trainer = Trainer::of(&group, &stage, language).await;
        let device = &trainer.colleague.device;
        device.reads("[data-test=early]", opens).await;
        device.has_only(MARKING, ":disabled").await;
        trainer.colleague.looks_at("roll-call-ahead").await;

        // Nothing is loaded anew when the moment comes.
        trainer.network.dies();
        trainer.clock_goes_ahead(2 * DAY_MS).await;
        device.has_only(MARKING, ":enabled").await;
        assert!(!device.shows("[data-test=early]").await);
        trainer.says(group.registration(0), MarkStatus::Present).await;
        trainer.has_waiting(1).await;
        trainer.leaves().await;
    }
}

/// By a phone whose clock is wrong, as the buttons of a right one are off.
async fn a_refused_mark_is_told_with_its_student_and_group(stage: Arc<Stage>) {
    for (language, start) in [(Language::Kazakh, 610), (Language::Russian, 790)] {
        let group = tomorrows(&stage, start).await;
        let trainer = Trainer::of(&group, &stage, language).await;
        let device = &trainer.colleague.device;
        device.sees("[data-test=student]").await;
        trainer.network.dies();
        trainer.clock_goes_ahead(2 * DAY_MS).await;
        device.has_only(MARKING, ":enabled").await;
        trainer.says(group.registration(0), MarkStatus::Present).await;
        trainer.has_waiting(1).await;

        trainer.network.recovers();
        let refused = "[data-test=refused]";
        device.reads(refused, trainer.colleague.words("queue.future")).await;
        let called = trainer.on_the_server(&group).await;
        let student = &called.students.iter().find(|one| one.registration == group.registration(0)).expect("a student");
        device.reads(refused, &format!("{} {}", student.surname, student.given_name)).await;
        device.reads(refused, device.texts("[data-test=group]").await.first().expect("a group")).await;
        assert!(!device.shows("[data-test=undo-tap]").await, "there is nothing to take back");
        assert!(!device.shows(".call-state--good").await, "nothing is well as long as a mark is refused");
        trainer.colleague.looks_at("roll-call-refused").await;
        trainer.taps("[data-test=let-go]").await;
        trainer.has_nothing_waiting().await;
        trainer.sees_as(group.registration(0), MarkStatus::Cleared).await;
        // The server's answers have set the clock right.
        device.has_only(MARKING, ":disabled").await;
        let marks = stage.world.database.row("SELECT count(*) AS n FROM marks WHERE cohort_id = ?1", [&group.session.cohort]);
        assert_eq!(marks["n"], json!(0));
        trainer.leaves().await;
    }
}
