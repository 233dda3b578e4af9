//! The roll call with the network cut: after one opening it works, and every mark arrives.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use domain::staff::attendance::MarkStatus;
use domain::staff::cohort::MarkCounts;
use serde_json::json;

use super::trainer::{Group, Trainer};
use crate::stage::{Stage, journeys};

journeys![
    without_network_marks_are_kept_through_a_reload_and_sent_afterwards,
    a_session_that_ended_meanwhile_keeps_the_marks_for_their_member,
    signing_out_lets_go_of_the_names_and_keeps_the_marks,
    signing_out_without_network_leaves_no_names_and_is_finished_later,
    a_mark_that_cannot_be_kept_is_told_and_not_lost,
    another_version_of_the_console_takes_over_and_works_without_network,
];

use MarkStatus::{Absent, Late, Present};

async fn without_network_marks_are_kept_through_a_reload_and_sent_afterwards(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-sat-mon", 5).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let device = &trainer.colleague.device;
    trainer.says(group.registration(0), Present).await;
    trainer.has_nothing_waiting().await;
    trainer.has_everything().await;

    trainer.network.dies();
    trainer.says(group.registration(1), Absent).await;
    trainer.says(group.registration(2), Present).await;
    trainer.has_waiting(2).await;
    device.reads("[data-test=state-line]", "интернетті күтіп тұр").await;
    trainer.colleague.looks_at("roll-call-offline").await;

    // The tab is closed and another one opened: the page comes from the phone, with everything that was tapped.
    device.closes_the_tab().await;
    trainer.opens(&group.path()).await;
    trainer.sees_as(group.registration(0), Present).await;
    trainer.sees_as(group.registration(1), Absent).await;
    trainer.has_waiting(2).await;
    device.sees("[data-test=from-phone]").await;
    // A correction made without network is one more mark.
    trainer.says(group.registration(1), Late).await;
    trainer.taps("[data-test=minutes-15]").await;
    trainer.taps("[data-test=rest-present]").await;
    trainer.has_waiting(5).await;
    assert_eq!(trainer.counted(&group).await, MarkCounts { present: 1, ..MarkCounts::default() }, "the server knows of none");
    trainer.opens(&group.path()).await;
    trainer.has_waiting(5).await;
    trainer.sees_as(group.registration(1), Late).await;

    trainer.network.recovers();
    trainer.has_nothing_waiting().await;
    let called = trainer.on_the_server(&group).await;
    assert_eq!(called.session.marks, MarkCounts { present: 4, late: 1, ..MarkCounts::default() });
    assert_eq!(called.session.conflicts, 0);
    let marks: usize = called.students.iter().map(|student| student.marks.len()).sum();
    assert_eq!(marks, 6, "every mark is kept, the corrected one too");
    trainer.leaves().await;
}

async fn a_session_that_ended_meanwhile_keeps_the_marks_for_their_member(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-sat-tue", 2).await;
    let mut trainer = Trainer::of(&group, &stage, Language::Russian).await;
    trainer.has_everything().await;
    trainer.network.dies();
    trainer.says(group.registration(0), Absent).await;
    trainer.has_waiting(1).await;
    let end = "DELETE FROM staff_sessions WHERE staff_id = ?1";
    stage.world.change(end, &[json!(trainer.colleague.staff.id)]).await;

    trainer.network.recovers();
    trainer.colleague.device.sees("[data-test=sign-in-again]").await;
    trainer.has_waiting(1).await;
    trainer.colleague.looks_at("roll-call-signed-out").await;

    // Somebody else signs in on the same phone: the marks aren't theirs.
    let other = stage.world.staff(Role::Trainer, Some("almaty")).await;
    trainer.has_the_session_of(&other).await;
    trainer.opens(&group.path()).await;
    trainer.colleague.device.sees("[data-test=others-wait]").await;
    trainer.has_waiting(0).await;
    trainer.sees_as(group.registration(0), MarkStatus::Cleared).await;
    trainer.says(group.registration(1), Present).await;
    trainer.has_nothing_waiting().await;
    assert_eq!(other.calls(&group.session).await.session.marks, MarkCounts { present: 1, ..MarkCounts::default() });

    // Whoever made them signs in again, and they are sent.
    let now = stage.world.now();
    trainer.colleague.staff.session = stage.world.session_of(&trainer.colleague.staff, now).await;
    trainer.has_the_session_of(&trainer.colleague.staff).await;
    trainer.opens(&group.path()).await;
    trainer.has_nothing_waiting().await;
    trainer.sees_as(group.registration(0), Absent).await;
    let called = trainer.on_the_server(&group).await;
    assert_eq!(called.session.marks, MarkCounts { present: 1, absent: 1, ..MarkCounts::default() });
    let name = "SELECT w.name FROM marks AS m JOIN staff_members AS w ON w.id = m.marked_by WHERE m.registration_id = ?1";
    let own = "SELECT name FROM staff_members WHERE id = ?1";
    assert_eq!(
        stage.world.database.row(name, [group.registration(0)])["name"],
        stage.world.database.row(own, [&trainer.colleague.staff.id])["name"]
    );
    trainer.leaves().await;
}

/// What the phone keeps that can be shown, and how many marks wait on it.
const KEPT: &str = "
    const done = arguments[arguments.length - 1];
    const asked = indexedDB.open('tumo-staff');
    asked.onsuccess = () => {
        const reading = asked.result.transaction(['kept', 'marks']);
        const [kept, marks] = ['kept', 'marks'].map(store => reading.objectStore(store).getAll());
        reading.oncomplete = () => { asked.result.close(); done([JSON.stringify(kept.result), marks.result.length]); };
    };";

async fn signing_out_lets_go_of_the_names_and_keeps_the_marks(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-sat-wed", 1).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let device = &trainer.colleague.device;
    trainer.says(group.registration(0), Present).await;
    trainer.has_nothing_waiting().await;
    let surname = trainer.on_the_server(&group).await.students[0].surname.clone();
    let (kept, _): (String, usize) = device.asks_and_waits(KEPT, vec![]).await;
    assert!(kept.contains(&surname), "the roll call is on the phone");

    // A mark that the server can't take now: it has too much to do.
    trainer.network.will_be_busy();
    trainer.says(group.registration(0), Absent).await;
    trainer.has_waiting(1).await;
    trainer.opens("/staff/account").await;
    device.presses("[data-test=sign-out]").await;
    device.reads("dialog[open]", trainer.colleague.words("queue.leave_text")).await;
    device.presses("dialog [data-test=submit]").await;
    trainer.colleague.reads_the_heading("sign_in.title").await;
    let (kept, marks): (String, usize) = device.asks_and_waits(KEPT, vec![]).await;
    assert_eq!((kept.as_str(), marks), ("[]", 1));
    trainer.leaves().await;
}

async fn signing_out_without_network_leaves_no_names_and_is_finished_later(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-tue-thu-0900", 1).await;
    let trainer = Trainer::of(&group, &stage, Language::Russian).await;
    let device = &trainer.colleague.device;
    let sessions = || {
        let sql = "SELECT count(*) AS n FROM staff_sessions WHERE staff_id = ?1";
        stage.world.database.row(sql, [&trainer.colleague.staff.id])["n"].clone()
    };
    trainer.has_everything().await;
    trainer.network.dies();
    trainer.opens("/staff/account").await;
    device.presses("[data-test=sign-out]").await;
    trainer.colleague.reads_the_heading("sign_in.title").await;
    device.reads(".toast", trainer.colleague.words("account.left_offline")).await;
    let (kept, _): (String, usize) = device.asks_and_waits(KEPT, vec![]).await;
    assert_eq!((kept.as_str(), sessions()), ("[]", json!(1)), "the server doesn't know yet");
    // The session is still good for the server, and shows nothing here any more.
    trainer.opens(&group.path()).await;
    assert!(!device.shows("[data-test=student]").await);

    trainer.network.recovers();
    trainer.opens(&group.path()).await;
    trainer.colleague.reads_the_heading("sign_in.title").await;
    assert_eq!(sessions(), json!(0));
    trainer.leaves().await;
}

async fn another_version_of_the_console_takes_over_and_works_without_network(stage: Arc<Stage>) {
    const OTHER: &str = "
        const done = arguments[arguments.length - 1];
        const look = async () => (await caches.has('staff-files other')) ? done(true) : setTimeout(look, 25);
        look();";
    let group = Group::of(&stage.world, "almaty-mon-thu-1100", 1).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let device = &trainer.colleague.device;
    trainer.has_everything().await;
    trainer.network.has_another_worker();
    trainer.opens(&group.path()).await;
    assert!(device.asks_and_waits::<bool>(OTHER, vec![]).await);
    // And the next version, over an open page.
    trainer.network.recovers();
    trainer.opens(&group.path()).await;
    trainer.says(group.registration(0), Present).await;
    trainer.has_everything().await;
    trainer.has_nothing_waiting().await;

    trainer.network.dies();
    trainer.opens(&group.path()).await;
    trainer.sees_as(group.registration(0), Present).await;
    trainer.leaves().await;
}

async fn a_mark_that_cannot_be_kept_is_told_and_not_lost(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-sat-thu", 2).await;
    let trainer = Trainer::of(&group, &stage, Language::Russian).await;
    trainer.has_everything().await;
    trainer.network.dies();
    trainer.says(group.registration(0), Absent).await;
    trainer.has_waiting(1).await;
    // Meanwhile the session turns out to be none.
    stage.world.change("DELETE FROM session_changes WHERE cohort_id = ?1", &[json!(group.session.cohort)]).await;
    trainer.network.recovers();
    let refused = "[data-test=refused]";
    trainer.colleague.device.reads(refused, trainer.colleague.words("queue.no_session")).await;
    trainer.opens(&group.path()).await;
    trainer.colleague.device.reads(refused, trainer.colleague.words("queue.no_session")).await;
    trainer.taps("[data-test=let-go]").await;
    trainer.has_waiting(0).await;
    assert!(!trainer.colleague.device.shows(refused).await);
    trainer.leaves().await;
}
