//! The overview of the console: its figures are those of the rows, within reach, and without a name.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::registration::MyApplication;
use domain::staff::access::Role;
use domain::staff::attendance::MarkStatus;
use domain::staff::overview::Overview;
use reqwest::Method;
use tumo_tests::api::OneStudent;
use tumo_tests::roll_call::mark;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![its_figures_are_those_of_the_rows, each_sees_the_own_centre, nobody_is_named];

async fn figures(staff: &Staff) -> Overview {
    staff.get("/api/staff/overview").send().await.json()
}

/// Some of everything: a seat, a place on a list, a seat given up; and a session of this cohort in Astana, with a mark.
async fn something_happens(world: &World, attended: &str) {
    let cohort = world.own_cohort();
    let (first, second) = (world.applied(&world.form_for(&cohort)).await, world.applied(&world.form_for(&cohort)).await);
    world.applied(&world.form_for(&cohort)).await;
    for told in [&first, &second] {
        let path = format!("/api/my/registrations/{}/withdraw", told.one().registration);
        world.api.request(Method::POST, &path).token(&told.token).send().await.json::<MyApplication>();
    }
    let told = world.seated(attended).await;
    let session = world.begins(attended).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    trainer.sends(&[mark(&session, &told.one().registration, MarkStatus::Late)]).await;
}

async fn its_figures_are_those_of_the_rows(world: Arc<World>) {
    something_happens(&world, "astana-mon-thu-0900").await;
    let viewer = world.staff(Role::Viewer, None).await;
    // Until the rows have been counted as well.
    let _calm = world.calm().await;
    let figures = figures(&viewer).await;
    let number = |sql: &str, centre: &str| {
        let row = world.database.row(&format!("SELECT ({sql}) AS number"), [centre]);
        row["number"].as_i64().and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
    };
    const OF: &str =
        "FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id WHERE c.centre_id = ?1 AND c.intake_id = 'demo'";
    assert_eq!(figures.progress.len(), 2);
    for centre in &figures.progress {
        let state = |state: &str| number(&format!("SELECT count(*) {OF} AND r.state = '{state}'"), &centre.centre);
        let told = (centre.enrolled, centre.offered, centre.waiting);
        assert_eq!(told, (state("enrolled"), state("offered"), state("waiting")), "{}", centre.centre);
        let net: i64 = figures
            .weeks
            .iter()
            .filter(|week| week.centre == centre.centre)
            .map(|week| i64::from(week.enrolled) - i64::from(week.left))
            .sum();
        assert_eq!(net, i64::from(centre.enrolled), "{}: what the weeks come to", centre.centre);
        let marks = number(
            "SELECT count(*) FROM attendance AS a JOIN cohorts AS c ON c.id = a.cohort_id
            WHERE c.centre_id = ?1 AND c.intake_id = 'demo' AND a.status <> 'cleared'",
            &centre.centre,
        );
        assert_eq!(centre.marks.marked(), marks);
    }
    let live = "r.state IN ('enrolled', 'offered', 'waiting')";
    for one in &figures.demand {
        let chosen = format!(
            "SELECT count(*) {OF} AND {live} AND EXISTS (
                SELECT 1 FROM registration_tracks AS t WHERE t.registration_id = r.id AND t.track_id = '{}')",
            one.track
        );
        assert_eq!(one.chosen, number(&chosen, &one.centre), "{one:?}");
        assert!(one.first <= one.chosen && one.waiting <= one.chosen, "{one:?}");
    }
    let monday = |week: &domain::staff::overview::WeekFigures| week.monday.weekday() == 1;
    assert!(figures.weeks.iter().all(monday));
    let this_week = figures.weeks.iter().map(|week| week.monday).max().expect("a week");
    assert!(this_week <= Timestamp(world.now()).local_date() && Timestamp(world.now()).local_date() < this_week.plus_days(7));
}

async fn each_sees_the_own_centre(world: Arc<World>) {
    something_happens(&world, "astana-mon-thu-1100").await;
    for role in [Role::Coordinator, Role::Trainer, Role::Viewer] {
        let figures = figures(&world.staff(role, Some("almaty")).await).await;
        let centres: Vec<&str> = figures.centres.iter().map(|centre| centre.centre.id.as_str()).collect();
        assert_eq!(centres, ["almaty"]);
        assert!(figures.progress.iter().all(|one| one.centre == "almaty"));
        assert!(figures.weeks.iter().all(|one| one.centre == "almaty"));
        assert!(figures.demand.iter().all(|one| one.centre == "almaty"));
        assert!(figures.cohorts.iter().all(|one| one.centre == "almaty"));
    }
}

async fn nobody_is_named(world: Arc<World>) {
    let form = world.form();
    world.applied(&form).await;
    let answer = world.staff(Role::Viewer, None).await.get("/api/staff/overview").send().await;
    for name in [&form.student.surname, &form.student.given_name, &form.guardian.surname] {
        assert!(!answer.body.contains(name.as_str()), "{name}");
    }
}
