//! Students from a file: as if somebody had added each by hand, once, however often the file is sent.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::error::{ErrorCode, FaultCode};
use domain::invariants::Invariants;
use domain::staff::access::Role;
use tumo_tests::api::fresh_key;
use tumo_tests::forms::{email, name};
use tumo_tests::import::{COHORT_HEADINGS, Row, STUDENT_HEADINGS, csv, report, sent, student, tried};
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    every_faulty_row_is_listed_and_nothing_is_stored,
    a_good_file_is_foretold_and_then_taken_in,
    the_same_file_again_stores_nothing_twice,
    a_file_that_is_sent_twice_at_the_same_time_comes_in_once,
    a_large_file_comes_in_pieces_and_goes_on_where_it_stopped,
    a_student_who_is_registered_is_named,
    nobody_comes_to_another_centre,
    without_consents_nobody_is_taken_in,
];

const FIRST: &str = "astana-mon-wed-0900";

async fn coordinator(world: &World) -> Staff {
    world.staff(Role::Coordinator, Some("astana")).await
}

fn file(forms: &[ApplicationForm]) -> String {
    csv(&STUDENT_HEADINGS, &forms.iter().map(student).collect::<Vec<_>>())
}

async fn every_faulty_row_is_listed_and_nothing_is_stored(world: Arc<World>) {
    let staff = coordinator(&world).await;
    let mut rows: Vec<Row> = (0..6).map(|_| student(&world.form())).collect();
    rows[1][4] = "31.02.2012".into();
    rows[2][1] = "=1+1".into();
    rows[2][12] = "12345".into();
    rows[3][0] = "вечерняя".into();
    rows[4] = rows[0].clone();
    rows[5][11] = String::new();
    let file = csv(&STUDENT_HEADINGS, &rows);
    let expected = [
        (3, "born_on", FaultCode::NotADate),
        (4, "surname", FaultCode::NameCharacters),
        (4, "phone", FaultCode::PhoneLength),
        (5, "cohort", FaultCode::UnknownCohort),
        (6, "given_name", FaultCode::SameStudent),
        (7, "relation", FaultCode::Required),
    ];
    let expected = expected.map(|(row, column, code)| (row, column.to_owned(), code));
    for request in [tried(&staff, "students", file.clone()), sent(&staff, "students", &fresh_key(), file)] {
        let (report, faults) = report(&world.refused(request).await);
        assert_eq!((report.file, report.rows, report.ready, report.stored), (None, 6, 1, 0));
        assert_eq!(faults, expected);
    }
}

async fn a_good_file_is_foretold_and_then_taken_in(world: Arc<World>) {
    let (staff, cohort) = (coordinator(&world).await, world.own_cohort());
    let mut forms: Vec<ApplicationForm> = [&cohort, &cohort, FIRST].map(|cohort| world.form_for(cohort)).to_vec();
    forms[0].student.school = "=СУММ(1;1)".into();
    forms[0].student.grade = "007".into();
    forms[0].guardian.email = email();
    forms[1].student.given_name = name("Ұлжан");
    let file = file(&forms);
    let told = |report: &domain::staff::exchange::ImportReport| {
        let one = report.outcomes.iter().find(|one| one.cohort == cohort).expect("the cohort");
        (report.outcomes.len(), one.enrolled, one.waiting)
    };
    let (dry, faults) = report(&world.refused(tried(&staff, "students", file.clone())).await);
    assert_eq!((dry.rows, dry.ready, dry.stored, faults), (3, 3, 0, Vec::new()));
    assert_eq!(told(&dry), (2, 1, 1));
    let (done, _) = report(&sent(&staff, "students", &fresh_key(), file).send().await);
    assert_eq!((done.rows, done.stored, told(&done)), (3, 3, (2, 1, 1)));
    // What looks like a formula or a number is a text, and stays one.
    let stored = "SELECT school || '|' || grade FROM students WHERE surname = ?1";
    assert_eq!(world.database.column(stored, [forms[0].student.surname.as_str()]), ["=СУММ(1;1)|007"]);
    let by = "SELECT j.act || ' ' || j.author FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id
        JOIN students AS s ON s.id = r.student_id WHERE s.surname = ?1";
    assert_eq!(world.database.column(by, [forms[1].student.surname.as_str()]), [format!("applied {}", staff.id)]);
    let told = "SELECT subject || ' ' || (details ->> 'rows') FROM journal WHERE act = 'imported' AND author = ?1";
    assert_eq!(world.database.column(told, [staff.id.as_str()]), ["import:students 3"]);
    let letters = world.letters_to(&forms[0].guardian.email, 1).await;
    assert!(letters[0].text.contains("/my#"), "a letter with the private link");
    tumo_tests::personal::note_secret(
        letters[0].text.split_once("/my#").expect("a link").1.split_whitespace().next().expect("a token"),
    );
    let invariants: Invariants = world.api.get("/api/invariants").send().await.json();
    assert!(invariants.holds, "{invariants:?}");
}

async fn the_same_file_again_stores_nothing_twice(world: Arc<World>) {
    let (staff, key) = (coordinator(&world).await, fresh_key());
    let forms = [world.form(), world.form()];
    let (first, _) = report(&sent(&staff, "students", &key, file(&forms)).send().await);
    assert_eq!((first.rows, first.stored), (2, 2));
    let again = world.refused(sent(&staff, "students", &key, file(&forms))).await;
    assert_eq!(report(&again).0, first, "the same key gets the same answer");
    let anew = world.refused(sent(&staff, "students", &fresh_key(), file(&forms))).await;
    let taken = |row| (row, "given_name".to_owned(), FaultCode::Taken);
    assert_eq!(report(&anew).1, [taken(2), taken(3)], "with another key every row is somebody registered");
    let other = world.refused(sent(&staff, "students", &key, file(&[world.form()]))).await;
    other.assert_refused(422, ErrorCode::KeyReused);
}

async fn a_file_that_is_sent_twice_at_the_same_time_comes_in_once(world: Arc<World>) {
    let (staff, colleague) = (coordinator(&world).await, coordinator(&world).await);
    let stored = |forms: &[ApplicationForm]| {
        let named = "SELECT count(*) AS number FROM students WHERE surname = ?1";
        forms.iter().map(|form| world.database.row(named, [&form.student.surname])["number"].clone()).collect::<Vec<_>>()
    };
    // By one who taps twice: both are told that everything is there. Again and again, for they meet in many ways.
    for _ in 0..12 {
        let (forms, key) = ([world.form(), world.form(), world.form()], fresh_key());
        let twice = || sent(&staff, "students", &key, file(&forms)).send();
        let (one, other) = tokio::join!(twice(), twice());
        for (report, faults) in [report(&one), report(&other)] {
            assert_eq!((report.stored, faults), (3, Vec::new()));
        }
        assert_eq!(stored(&forms), [1, 1, 1]);
    }
    // By two who don't know of each other: the second one is told who is registered already.
    let forms = [world.form(), world.form(), world.form()];
    let of = |staff| sent(staff, "students", &fresh_key(), file(&forms)).send();
    let (one, other) = tokio::join!(of(&staff), of(&colleague));
    let mut told = [report(&one), report(&other)].map(|(report, faults)| (report.stored, faults.len()));
    told.sort_unstable();
    assert_eq!(told, [(0, 3), (3, 0)]);
    assert_eq!(stored(&forms), [1, 1, 1]);
    let entries = "SELECT author FROM journal WHERE act = 'imported' AND author IN (?1, ?2)";
    assert_eq!(world.database.column(entries, [&staff.id, &colleague.id]).len(), 13, "one file, one entry");
}

async fn a_large_file_comes_in_pieces_and_goes_on_where_it_stopped(world: Arc<World>) {
    let (staff, label) = (coordinator(&world).await, name("Үлкен"));
    let cohort = ["astana", &label, "150", "", "жұма", "18:00", "20:00"].map(str::to_owned).to_vec();
    let made = sent(&staff, "cohorts", &fresh_key(), csv(&COHORT_HEADINGS, &[cohort])).send().await;
    assert_eq!(report(&made).0.stored, 1);
    let track = world.catalogue.tracks[0].name.ru.clone();
    let form = || ApplicationForm { cohort: label.clone(), tracks: vec![track.clone()], ..world.form() };
    let forms: Vec<ApplicationForm> = (0..170).map(|_| form()).collect();
    let (file, key) = (file(&forms), fresh_key());
    let mut stored = Vec::new();
    let mut last = None;
    for _ in 0..3 {
        let (report, faults) = report(&sent(&staff, "students", &key, file.clone()).send().await);
        assert!(faults.is_empty(), "{faults:?}");
        stored.push(report.stored);
        last = report.outcomes.into_iter().next();
    }
    assert_eq!(stored, [80, 160, 170]);
    let outcome = last.expect("an outcome");
    assert_eq!((outcome.label, outcome.enrolled, outcome.waiting), (Some(label), 150, 20));
    let told = "SELECT subject FROM journal WHERE act = 'imported' AND author = ?1 AND subject = 'import:students'";
    assert_eq!(world.database.column(told, [staff.id.as_str()]).len(), 1, "one file, one entry");
}

async fn a_student_who_is_registered_is_named(world: Arc<World>) {
    let (staff, known) = (coordinator(&world).await, world.form());
    world.applied(&known).await;
    // Another spelling is the same child.
    let again = ApplicationForm { cohort: "astana-tue-thu-0900".into(), ..known };
    let file = file(&[world.form(), again]);
    for request in [tried(&staff, "students", file.clone()), sent(&staff, "students", &fresh_key(), file)] {
        let (report, faults) = report(&world.refused(request).await);
        assert_eq!(faults, [(3, "given_name".to_owned(), FaultCode::Taken)]);
        assert_eq!((report.ready, report.stored), (1, 0));
    }
}

async fn nobody_comes_to_another_centre(world: Arc<World>) {
    let staff = coordinator(&world).await;
    let file = file(&[world.form_for("almaty-mon-wed-0900")]);
    let answer = world.refused(sent(&staff, "students", &fresh_key(), file.clone())).await;
    assert_eq!(report(&answer).1, [(2, "cohort".to_owned(), FaultCode::UnknownCohort)]);
    let everywhere = world.staff(Role::Administrator, None).await;
    assert_eq!(report(&tried(&everywhere, "students", file).send().await).0.ready, 1);
}

async fn without_consents_nobody_is_taken_in(world: Arc<World>) {
    let staff = coordinator(&world).await;
    let path = "/api/staff/import?kind=students&dry_run=false&language=kk";
    let request = staff.post(path).key(&fresh_key()).file(file(&[world.form()]));
    let answer = world.refused(request).await;
    answer.assert_faults(400, ErrorCode::InvalidForm, &[("consent_on_paper", FaultCode::ConsentNeeded)]);
    let request = staff.post(&format!("{path}&consent_on_paper=true")).file(file(&[world.form()]));
    world.refused(request).await.assert_refused(400, ErrorCode::KeyMissing);
}
