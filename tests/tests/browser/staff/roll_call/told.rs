//! What a screen reader is told of a roll call, in Kazakh: the text in `tests/snapshots`.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::attendance::MarkStatus;

use super::trainer::{Group, Trainer, row};
use crate::inspection::is_told_as_reviewed;
use crate::stage::{Stage, journeys};

journeys![a_roll_call_is_told_as_reviewed,];

async fn a_roll_call_is_told_as_reviewed(stage: Arc<Stage>) {
    let (calm, server) = stage.elsewhere("begun.sql").await;
    let group = Group::of(&calm.world, "astana-tue-fri-1630", 2).await;
    let trainer = Trainer::of(&group, &calm, Language::Kazakh).await;
    trainer.says(group.registration(0), MarkStatus::Present).await;
    trainer.has_nothing_waiting().await;
    // Below one student the question of a button, with the other's marks folded.
    trainer.says(group.registration(1), MarkStatus::Late).await;
    trainer.colleague.device.sees(&format!("{} [data-test=minutes-5]", row(group.registration(1)))).await;
    let students = trainer.on_the_server(&group).await.students;
    let start = group.session.start;
    let time = format!("{:02}:{:02}", start / 60, start % 60);
    let named = "SELECT name FROM staff_members WHERE id = ?1";
    let trainers = calm.world.database.column(named, [&trainer.colleague.staff.id]);
    let replaced = [
        (students[0].surname.as_str(), "surname of the first"),
        (&students[0].given_name, "name of the first"),
        (&students[1].surname, "surname of the second"),
        (&students[1].given_name, "name of the second"),
        (trainers[0].as_str().expect("a name"), "trainer"),
        (&format!(", {time}"), ", time"),
    ];
    is_told_as_reviewed(&trainer.colleague.device, "roll-call", &replaced).await;
    trainer.leaves().await;
    server.stop();
}
