use super::*;
use crate::store::catalogue;
use crate::store::outbox::stage::{COHORT, Family, START, Stage, registration};

/// The Monday of the week in which the tests begin, and the one after.
const MONDAYS: [&str; 2] = ["2026-11-23", "2026-11-30"];

/// In the first week `a` gets the seat, `b` and `c` wait, and `c` gets a seat in Almaty; in the second one `a` leaves, and `b` is offered
/// the seat.
async fn stage() -> Stage {
    let stage = Stage::open();
    for name in ["a", "b", "c"] {
        stage.apply(Family::new(name)).await;
    }
    stage
        .run(&[
            &registration("c", "almaty-mon-wed-0900", "joined", START),
            "INSERT INTO registration_tracks VALUES ('a', 1, 'astana-mon-wed-0900', 'music')",
            "INSERT INTO registration_tracks VALUES ('b', 1, 'astana-mon-wed-0900', 'robotics')",
            "INSERT INTO registration_tracks VALUES ('b', 2, 'astana-mon-wed-0900', 'music')",
            "INSERT INTO registration_tracks VALUES ('almaty-mon-wed-0900', 1, 'almaty-mon-wed-0900', 'music')",
            "UPDATE centres SET workstations = 150 WHERE id = 'astana'",
            "INSERT INTO staff_members (id, email, name, role, language, password_hash, must_change_password, created_at)
            VALUES ('staff', 'staff@tumo.example', 'Ж', 'administrator', 'kk', '$argon2id$', 0, 1)",
        ])
        .await;
    stage.pass(7 * 24);
    stage.withdraw("a").await;
    stage
}

async fn figures(stage: &Stage, centre: Option<&str>) -> Overview {
    let catalogue = catalogue::current(stage, Timestamp(START)).await.expect("a catalogue");
    overview(stage, &catalogue, &Scope::of(centre), stage.now()).await.expect("figures")
}

#[tokio::test]
async fn progress_tells_seats_by_what_became_of_them() {
    let figures = figures(&stage().await, None).await;
    let told = |one: &CentreProgress| (one.centre.clone(), one.enrolled, one.offered, one.waiting);
    let expected = [("astana".to_owned(), 0, 1, 1), ("almaty".to_owned(), 1, 0, 0)];
    assert_eq!(figures.progress.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(figures.centres.iter().map(|centre| centre.workstations).collect::<Vec<_>>(), [Some(150), None]);
    let cohort = figures.cohorts.iter().find(|cohort| cohort.id == COHORT).expect("the cohort");
    assert_eq!((cohort.seats, cohort.taken, cohort.waiting, cohort.slots.len()), (1, 1, 1, 2));
}

#[tokio::test]
async fn a_seat_counts_in_the_week_it_was_taken_and_in_the_week_it_was_given_up() {
    let stage = stage().await;
    let told = |week: &WeekFigures| (week.monday.to_string(), week.centre.clone(), week.enrolled, week.left);
    let weeks: Vec<_> = figures(&stage, None).await.weeks.iter().map(told).collect();
    let week = |place: usize, centre: &str, enrolled, left| (MONDAYS[place].to_owned(), centre.to_owned(), enrolled, left);
    assert_eq!(weeks, [week(0, "almaty", 1, 0), week(0, "astana", 1, 0), week(1, "astana", 0, 1)]);
    // Sunday evening in the cities is still the week before; Monday morning isn't, whatever day it is in Greenwich.
    let monday = "SELECT group_concat(date(at / 1000, 'unixepoch', '+5 hours', 'weekday 0', '-6 days')) FROM (
        SELECT 1795978799000 AS at UNION ALL SELECT 1795978800000)";
    assert_eq!(stage.run(&[monday]).await.as_deref(), Some("2026-11-23,2026-11-30"));
}

#[tokio::test]
async fn marks_count_in_their_session_week() {
    let stage = stage().await;
    let mark = |number: u32, day: &str, status: &str, minutes: &str| {
        format!(
            "INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, marked_by, marked_at, received_at)
            VALUES ('0123456789ABCDEFGHJKMNPQ{number:02}', '{COHORT}', '{day}', 540, 'b', '{status}', {minutes}, 'staff', 1, 1)"
        )
    };
    let marks =
        [mark(1, "2026-11-23", "present", "NULL"), mark(2, "2026-11-29", "late", "5"), mark(3, "2026-12-02", "absent", "NULL")];
    stage.run(&marks.each_ref().map(String::as_str)).await;
    let figures = figures(&stage, Some("astana")).await;
    let rates: Vec<_> = figures.weeks.iter().map(|week| (week.marks.marked(), week.marks.rate())).collect();
    assert_eq!(rates, [(2, Some(100)), (1, Some(0))]);
    let whole = figures.progress.first().expect("a centre").marks;
    assert_eq!((whole.present, whole.late, whole.absent), (1, 1, 1));
    assert_eq!(figures.cohorts.iter().find(|cohort| cohort.id == COHORT).map(|cohort| cohort.marks), Some(whole));
}

#[tokio::test]
async fn demand_counts_who_has_a_seat_or_waits() {
    let figures = figures(&stage().await, None).await;
    let told = |one: &TrackDemand| (one.track.clone(), one.centre.clone(), one.first, one.chosen, one.waiting);
    let track =
        |track: &str, centre: &str, first, chosen, waiting| (track.to_owned(), centre.to_owned(), first, chosen, waiting);
    // `a` has left; `b` has an offer, and doesn't wait any more.
    let expected = [track("music", "almaty", 1, 1, 0), track("music", "astana", 0, 1, 0), track("robotics", "astana", 1, 1, 0)];
    assert_eq!(figures.demand.iter().map(told).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn nothing_of_another_centre_is_counted() {
    let figures = figures(&stage().await, Some("almaty")).await;
    let text = serde_json::to_string(&(&figures.centres, &figures.progress, &figures.weeks, &figures.demand, &figures.cohorts));
    assert!(!text.expect("JSON").contains("astana"));
    assert_eq!((figures.progress.len(), figures.weeks.len(), figures.demand.len()), (1, 1, 1));
}
