//! Cohorts from a file: all of them at once or none, each as if a coordinator had made it.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::staff::Acted;
use domain::staff::access::Role;
use domain::staff::cohort::StaffCohorts;
use serde_json::json;
use tumo_tests::api::fresh_key;
use tumo_tests::forms::name;
use tumo_tests::import::{COHORT_HEADINGS, Row, csv, report, sent, tried};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    every_faulty_row_is_listed_and_nothing_is_made,
    a_good_file_is_made_once_and_each_cohort_can_be_taken_back,
    a_label_that_exists_is_named,
    nobody_makes_cohorts_at_another_centre,
];

fn row(centre: &str, label: &str) -> Row {
    [centre, label, "12", "", "сб", "9:00", "11.00"].map(str::to_owned).to_vec()
}

fn file(rows: &[Row]) -> String {
    csv(&COHORT_HEADINGS, rows)
}

async fn every_faulty_row_is_listed_and_nothing_is_made(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let mut rows: Vec<Row> = (0..4).map(|_| row("astana", &name("Таң"))).collect();
    rows[1][2] = "тридцать".into();
    rows[1][4] = "когда-нибудь".into();
    rows[2][3] = "вязание".into();
    rows[3][1] = rows[0][1].to_uppercase();
    let expected = [
        (3, "seats", FaultCode::WrongType),
        (3, "day_1", FaultCode::UnknownChoice),
        (4, "tracks", FaultCode::UnknownChoice),
        (5, "label", FaultCode::Taken),
    ];
    let expected = expected.map(|(row, column, code)| (row, column.to_owned(), code));
    for request in [tried(&staff, "cohorts", file(&rows)), sent(&staff, "cohorts", &fresh_key(), file(&rows))] {
        let (report, faults) = report(&world.refused(request).await);
        assert_eq!(faults, expected);
        assert_eq!((report.rows, report.ready, report.stored), (4, 1, 0));
    }
}

async fn a_good_file_is_made_once_and_each_cohort_can_be_taken_back(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let (labels, key) = ([name("Ұя"), name("Ңұр")], fresh_key());
    let file = file(&labels.each_ref().map(|label| row("Астана", label)));
    let (dry, _) = report(&world.refused(tried(&staff, "cohorts", file.clone())).await);
    assert_eq!((dry.rows, dry.ready, dry.stored, dry.seats), (2, 2, 0, 24));
    let (done, _) = report(&sent(&staff, "cohorts", &key, file.clone()).send().await);
    assert_eq!((done.stored, done.seats), (2, 24));
    let again = world.refused(sent(&staff, "cohorts", &key, file.clone())).await;
    assert_eq!(report(&again).0, done, "the same key gets the same answer");
    let other = world.refused(sent(&staff, "cohorts", &key, file.replace("12", "13"))).await;
    other.assert_refused(422, ErrorCode::KeyReused);

    let here: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    let made: Vec<_> =
        here.cohorts.iter().filter(|one| one.label.as_ref().is_some_and(|label| labels.contains(label))).collect();
    assert_eq!(made.len(), 2);
    assert_eq!((made[0].seats, made[0].tracks.len(), made[0].slots.len()), (12, here.tracks.len(), 1));
    let entry = "SELECT cast(entry AS TEXT) FROM journal WHERE act = 'cohort_added' AND subject = ?1";
    let entry = world.database.column(entry, [format!("cohort:{}", made[0].id)]);
    let undone = staff
        .post(&format!("/api/staff/journal/{}/undo", entry[0].as_str().expect("a number")))
        .json(&json!({ "reason": "қате файл" }))
        .send()
        .await;
    undone.json::<Acted>();
    let here: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    assert_eq!(here.cohorts.iter().filter(|one| one.label.as_ref().is_some_and(|label| labels.contains(label))).count(), 1);
}

async fn a_label_that_exists_is_named(world: Arc<World>) {
    let (staff, label) = (world.staff(Role::Administrator, None).await, name("Бәйтерек"));
    let made = sent(&staff, "cohorts", &fresh_key(), file(&[row("astana", &label)])).send().await;
    assert_eq!(report(&made).0.stored, 1);
    // The file once more, with a key of its own, as when somebody has forgotten that it was imported.
    let again = world.refused(sent(&staff, "cohorts", &fresh_key(), file(&[row("astana", &label)]))).await;
    assert_eq!(report(&again).1, [(2, "label".to_owned(), FaultCode::Taken)]);
    assert_eq!(report(&tried(&staff, "cohorts", file(&[row("almaty", &label)])).send().await).0.ready, 1);
}

async fn nobody_makes_cohorts_at_another_centre(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let answer = world.refused(sent(&staff, "cohorts", &fresh_key(), file(&[row("almaty", &name("Көк"))]))).await;
    assert_eq!(report(&answer).1, [(2, "centre".to_owned(), FaultCode::UnknownChoice)]);
}
