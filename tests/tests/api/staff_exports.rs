//! Who may take files of attendance and rosters, what the journal says of them, and the settings that members keep.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::staff::access::Role;
use domain::staff::exchange::{
    EXPORT_COHORTS_MAX, ExportFormat, ExportKind, ExportQuery, Period, SavedExport, SavedExportForm,
};
use reqwest::Method;
use tumo_tests::exports::{file, query, request};
use tumo_tests::sheets::excel_of_russia;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    only_who_may_take_files_gets_one,
    a_page_of_another_site_has_nobody_take_a_file,
    a_coordinator_gets_the_own_centre_and_no_other,
    every_file_is_told_in_the_journal,
    faulty_queries_are_refused,
    settings_belong_to_who_saved_them,
];

async fn only_who_may_take_files_gets_one(world: Arc<World>) {
    let form = world.form_for("astana-mon-wed-1430");
    world.applied(&form).await;
    let query = query(&world, ExportKind::Roster, ExportFormat::Csv, &[]);
    for role in [Role::Viewer, Role::Trainer] {
        let member = world.staff(role, Some("astana")).await;
        let answer = world.refused(request(&member, &query)).await;
        answer.assert_refused(403, ErrorCode::NotAllowed);
        assert!(!answer.body.contains(&form.student.surname));
    }
    let address = request(&world.staff(Role::Administrator, None).await, &query).without("cookie");
    world.refused(address).await.assert_refused(401, ErrorCode::NotSignedIn);
}

async fn a_page_of_another_site_has_nobody_take_a_file(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let query = query(&world, ExportKind::Roster, ExportFormat::Csv, &["almaty-tue-thu-0900"]);
    let from = |site: &str| request(&administrator, &query).header("sec-fetch-site", site);
    for site in ["cross-site", "same-site"] {
        // Nothing is told in the journal either.
        world.refused(from(site)).await.assert_refused(403, ErrorCode::CrossSite);
    }
    for site in ["same-origin", "none"] {
        assert_eq!(from(site).send().await.status, 200, "{site}");
    }
}

async fn a_coordinator_gets_the_own_centre_and_no_other(world: Arc<World>) {
    let (here, there) = (world.seated("astana-tue-thu-1630").await, world.seated("almaty-mon-wed-1430").await);
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let every = query(&world, ExportKind::Roster, ExportFormat::Csv, &[]);
    let centres = |bytes: &[u8]| {
        let mut cities: Vec<String> = excel_of_russia(bytes).into_iter().skip(1).map(|row| row[0].clone()).collect();
        cities.sort();
        cities.dedup();
        cities
    };
    let own = file(&coordinator, &every).await;
    assert!(own.body.contains(&here.reference) && !own.body.contains(&there.reference));
    assert_eq!(centres(&own.bytes), ["Астана"]);
    let administrator = world.staff(Role::Administrator, None).await;
    assert_eq!(centres(&file(&administrator, &every).await.bytes), ["Алматы", "Астана"]);
    let one = ExportQuery { centre: Some("almaty".into()), ..every.clone() };
    assert_eq!(centres(&file(&administrator, &one).await.bytes), ["Алматы"]);
    let foreign = query(&world, ExportKind::Roster, ExportFormat::Csv, &["astana-tue-thu-1630", "almaty-mon-wed-1430"]);
    for out_of_reach in [one, foreign] {
        world.refused(request(&coordinator, &out_of_reach)).await.assert_refused(404, ErrorCode::Unknown);
    }
}

async fn every_file_is_told_in_the_journal(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let one = query(&world, ExportKind::Roster, ExportFormat::Csv, &["almaty-tue-thu-0900"]);
    file(&administrator, &one).await;
    let two = ["almaty-tue-thu-0900", "almaty-tue-fri-0900"];
    file(&administrator, &query(&world, ExportKind::Attendance, ExportFormat::Xlsx, &two)).await;
    let told = "SELECT subject, cohort_id AS cohort, details ->> 'format' AS format, details -> 'cohorts' AS cohorts
        FROM journal WHERE act = 'exported' AND author = ?1 ORDER BY entry";
    let expected = serde_json::json!([
        { "subject": "export:roster", "cohort": two[0], "format": "csv", "cohorts": format!("[\"{}\"]", two[0]) },
        { "subject": "export:attendance", "cohort": null, "format": "xlsx", "cohorts": format!("[\"{}\",\"{}\"]", two[0], two[1]) },
    ]);
    assert_eq!(serde_json::Value::from(world.database.rows(told, [&administrator.id])), expected);
}

async fn faulty_queries_are_refused(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    let whole = query(&world, ExportKind::Roster, ExportFormat::Csv, &[]);
    let back = ExportQuery { to: whole.from, from: whole.to, ..whole.clone() };
    let many = ExportQuery { cohorts: vec!["astana-mon-wed-0900".into(); EXPORT_COHORTS_MAX + 1], ..whole };
    for (query, field) in [(back, "to"), (many, "cohorts")] {
        let answer = world.refused(request(&administrator, &query)).await;
        answer.assert_faults(400, ErrorCode::BadQuery, &[(field, FaultCode::OutOfRange)]);
    }
    world.refused(administrator.get("/api/staff/export?kind=everything")).await.assert_refused(400, ErrorCode::BadQuery);
}

async fn settings_belong_to_who_saved_them(world: Arc<World>) {
    let (owner, other) = (world.staff(Role::Coordinator, Some("astana")).await, world.staff(Role::Administrator, None).await);
    let query = query(&world, ExportKind::Attendance, ExportFormat::Xlsx, &["astana-mon-wed-0900", "astana-mon-thu-0900"]);
    let form = |name: &str| SavedExportForm { name: name.into(), period: Period::LastMonth, query: query.clone() };
    let made = owner.post("/api/staff/exports/saved").json(&form("  Айлық   есеп ")).send().await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made: SavedExport = serde_json::from_str(&made.body).expect("saved settings");
    assert_eq!((made.name.as_str(), &made.query), ("Айлық есеп", &query));
    let all = async |staff: &Staff| staff.get("/api/staff/exports/saved").send().await.json::<Vec<SavedExport>>();
    assert_eq!((all(&owner).await, all(&other).await), (vec![made.clone()], Vec::new()));

    let path = format!("/api/staff/exports/saved/{}", made.id);
    let taken = owner.post("/api/staff/exports/saved").json(&form("Айлық есеп")).send().await;
    taken.assert_faults(400, ErrorCode::InvalidForm, &[("name", FaultCode::Taken)]);
    owner.put(&path).json(&form(" ")).send().await.assert_faults(400, ErrorCode::InvalidForm, &[("name", FaultCode::Required)]);
    let mut foreign = form("Алматы");
    foreign.query.centre = Some("almaty".into());
    owner.put(&path).json(&foreign).send().await.assert_refused(404, ErrorCode::Unknown);
    for request in [other.put(&path).json(&form("Менікі")), other.request(Method::DELETE, &path)] {
        world.refused(request).await.assert_refused(404, ErrorCode::Unknown);
    }
    let renamed: SavedExport = owner.put(&path).json(&form("Министрлікке")).send().await.json();
    assert_eq!(all(&owner).await, std::slice::from_ref(&renamed));
    assert_eq!((renamed.name.as_str(), renamed.id), ("Министрлікке", made.id));
    assert_eq!(owner.request(Method::DELETE, &path).send().await.status, 204);
    assert_eq!(all(&owner).await, []);
}
