use super::*;
use crate::store::outbox::stage::{COHORT, Family, Stage, registration};

/// A seat, an offer, somebody who waits, and somebody who gave up.
async fn stage() -> Stage {
    let stage = Stage::open();
    for name in ["a", "b", "c", "d"] {
        stage.apply(Family::new(name)).await;
    }
    stage.withdraw("a").await;
    stage.run(&[&registration("d", "almaty-mon-wed-0900", "joined", stage.now().0)]).await;
    stage
}

#[tokio::test]
async fn what_the_backend_did_holds() {
    let stage = stage().await;
    let counted = count(&stage, stage.now()).await.expect("counts");
    assert!(counted.holds, "{counted:?}");
    let names: Vec<Check> = counted.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, Check::ALL);
    let Totals { enrolled, offered, waiting, registrations, journal_entries, .. } = counted.totals;
    assert_eq!((enrolled, offered, waiting, registrations, journal_entries), (1, 1, 2, 5, 7));
}

/// Breaks the tables by hand, past every guard, and sees exactly this check notice.
async fn noticed(name: Check, violations: u32, hand: &[&str]) {
    let stage = stage().await;
    let guards =
        stage.run(&["SELECT json_group_array(name) FROM sqlite_schema WHERE type = 'trigger' AND sql NOT LIKE '%INSTEAD OF%'"]);
    let guards: Vec<String> = serde_json::from_str(&guards.await.expect("names")).expect("a list");
    let guards: Vec<String> = guards.into_iter().map(|guard| format!("DROP TRIGGER {guard}")).collect();
    let breaking: Vec<&str> = ["PRAGMA ignore_check_constraints = true"]
        .into_iter()
        .chain(guards.iter().map(String::as_str))
        .chain(hand.iter().copied())
        .collect();
    stage.run(&breaking).await;
    let counted = count(&stage, stage.now()).await.expect("counts");
    let broken: Vec<(Check, u32)> =
        counted.checks.iter().filter(|c| c.violations > 0).map(|c| (c.name, c.violations)).collect();
    assert_eq!(broken, [(name, violations)]);
    assert!(!counted.holds);
}

#[tokio::test]
async fn a_wrong_count_of_seats_is_noticed() {
    noticed(Check::TakenEqualsRows, 1, &["UPDATE cohorts SET taken = 3 WHERE id = 'almaty-mon-wed-0900'"]).await;
}

#[tokio::test]
async fn a_wrong_count_of_the_waiting_is_noticed() {
    noticed(Check::WaitingEqualsRows, 1, &["UPDATE cohorts SET waiting = 0 WHERE id = 'astana-mon-wed-0900'"]).await;
}

#[tokio::test]
async fn a_cohort_without_its_seats_is_noticed() {
    noticed(Check::TakenWithinSeats, 1, &["UPDATE cohorts SET seats = 0 WHERE id = 'astana-mon-wed-0900'"]).await;
}

#[tokio::test]
async fn two_seats_of_a_student_are_noticed() {
    noticed(
        Check::OneSeatAStudent,
        1,
        &[
            "DROP INDEX one_live_seat",
            "INSERT INTO registrations
                (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
            VALUES ('z', 'd', 'demo', 'almaty-sat-mon', 'enrolled', 1, 1, 1, 'family', 'joined')",
            "UPDATE cohorts SET taken = 1 WHERE id = 'almaty-sat-mon'",
            "INSERT INTO journal (at, author, act, registration_id, cohort_id, state)
            VALUES (1, 'family', 'joined', 'z', 'almaty-sat-mon', 'enrolled')",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_change_without_its_entry_is_noticed() {
    noticed(
        Check::EveryRegistrationIsJournalled,
        1,
        &[
            "UPDATE registrations SET state = 'withdrawn' WHERE id = 'd'",
            "UPDATE cohorts SET waiting = waiting - 1 WHERE id = 'astana-mon-wed-0900'",
        ],
    )
    .await;
    noticed(Check::EveryRegistrationIsJournalled, 1, &["DELETE FROM journal WHERE registration_id = 'd' AND act = 'applied'"])
        .await;
}

#[tokio::test]
async fn an_application_that_was_lost_is_noticed() {
    noticed(
        Check::EveryApplicationIsDecided,
        1,
        &["INSERT INTO applications
            (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
        VALUES ('lost', 'lost', 'x', 'lost', 'lost', 'en', 'guardian', 0, 1)"],
    )
    .await;
}

#[tokio::test]
async fn a_seat_left_free_while_somebody_waits_is_noticed() {
    noticed(Check::NobodyEligibleWaits, 1, &["UPDATE cohorts SET seats = 2 WHERE id = 'astana-mon-wed-0900'"]).await;
}

#[tokio::test]
async fn who_came_later_and_was_enrolled_is_noticed() {
    let entered = [
        "UPDATE cohorts SET seats = 2, taken = 2 WHERE id = 'astana-mon-wed-0900'",
        "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
        VALUES ('z', 'a', 'demo', 'astana-mon-wed-0900', 'enrolled', 1, 1, 1, 'family', 'joined')",
        "INSERT INTO journal (at, author, act, registration_id, cohort_id, state)
        VALUES (1, 'family', 'joined', 'z', 'astana-mon-wed-0900', 'enrolled')",
    ];
    // Those who wait now; the one who has an offer has been served.
    noticed(Check::NobodyPassedTheList, 2, &entered).await;
}

#[tokio::test]
async fn two_with_one_place_are_noticed() {
    noticed(Check::RanksAreDistinct, 1, &["UPDATE registrations SET rank = 5 WHERE state = 'waiting'"]).await;
}

#[tokio::test]
async fn an_offer_without_end_is_noticed() {
    noticed(Check::OffersHaveDeadlines, 1, &["UPDATE registrations SET held_until = NULL WHERE state = 'offered'"]).await;
}

#[tokio::test]
async fn a_letter_that_was_not_queued_is_noticed() {
    noticed(Check::LettersAreTold, 1, &["DELETE FROM outbox WHERE kind = 'offered'"]).await;
    let untold = "INSERT INTO journal (at, author, act, registration_id, cohort_id, details)
        VALUES (1, 'staff', 'tracks_changed', 'd', 'astana-mon-wed-0900', '{\"after\":[]}')";
    noticed(Check::LettersAreTold, 1, &[untold]).await;
}

/// Twenty thousand applications, half of them waiting: the table is counted well within a second also by a build for tests.
#[tokio::test]
async fn a_full_opening_day_is_counted_in_time() {
    let stage = stage().await;
    let numbers = "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 20000)";
    let rows = [
        "UPDATE cohorts SET seats = 200 WHERE id <> 'astana-mon-wed-0900'".to_owned(),
        format!(
            "INSERT INTO applications
                (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
            {numbers} SELECT 'n' || n, 'n' || n, 'x', 'n' || n, 'n' || n, 'kk', 'guardian', 0, n FROM n"
        ),
        format!(
            "INSERT INTO guardians (application_id, place, surname, given_name, relation, phone, phone_typed, email)
            {numbers} SELECT 'n' || n, 1, 'A', 'B', 'mother', '+77010000000', 'x', 'n' || n || '@mail.example' FROM n"
        ),
        format!(
            "INSERT INTO students (id, application_id, place, surname, given_name, born_on)
            {numbers} SELECT 'n' || n, 'n' || n, 1, 'A', 'B', '2011-01-01' FROM n"
        ),
        format!("INSERT INTO student_identities {numbers} SELECT 'demo', 'n' || n, 'n' || n FROM n"),
        // One by one, as they come: the cohort's counts are those of the moment.
        format!(
            "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
            {numbers} SELECT 'n' || n, 'n' || n, 'demo', c.id, iif(n <= 200 * c.cohorts, 'enrolled', 'waiting'), n, n, n, 'family',
                'applied'
            FROM n JOIN (
                SELECT id, count(*) OVER () AS cohorts, row_number() OVER (ORDER BY id) - 1 AS place
                FROM cohorts WHERE intake_id = 'demo' AND id NOT IN ('{COHORT}', 'almaty-mon-wed-0900')) AS c ON c.place = n % c.cohorts
            ORDER BY n"
        ),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    stage.run(&rows).await;
    let start = std::time::Instant::now();
    let counted = count(&stage, stage.now()).await.expect("counts");
    let took = start.elapsed();
    assert!(counted.holds, "{counted:?}");
    assert!(counted.totals.registrations > 20_000 && counted.totals.waiting > 5_000, "{counted:?}");
    assert!(took.as_secs() < 3, "{took:?}");
    eprintln!("counted {} registrations in {took:?}", counted.totals.registrations);
}
