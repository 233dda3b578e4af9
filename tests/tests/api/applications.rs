//! `POST /api/applications`, accepted: every answer is where it belongs.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::registration::{Confirmation, RegistrationState, Warning};
use serde_json::{Value, json};
use tumo_tests::api::OneStudent;
use tumo_tests::forms::{born, email, guardian, iin, phone, written};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    everything_a_family_said_is_stored,
    what_was_left_out_is_nothing,
    the_number_is_sealed,
    a_number_of_another_birth_date_warns_and_never_refuses,
    telephones_are_normalised_and_kept_as_typed,
    consent_is_a_row_for_each_who_gave_it,
    who_is_of_age_consents_alone,
    a_letter_waits_only_where_there_is_an_address,
    the_link_is_stored_as_a_hash_only,
    a_body_of_sixty_four_kibibytes_is_taken,
    json_may_be_declared_in_more_than_one_way,
    a_page_of_the_site_itself_may_apply,
];

/// The rows that belong to a decided application, by a query over the application's `?1`.
fn rows(world: &World, told: &Confirmation, sql: &str) -> Vec<Value> {
    let id = world.database.row("SELECT id FROM applications WHERE reference = ?1", [&told.reference])["id"].clone();
    world.database.rows(sql, [id.as_str().expect("an identifier")])
}

const STUDENT: &str = "SELECT surname, given_name, patronymic, born_on, school, grade, iin_sealed IS NOT NULL AS has_iin
    FROM students WHERE application_id = ?1";
const GUARDIANS: &str = "SELECT place, surname, given_name, patronymic, relation, phone, phone_typed, email
    FROM guardians WHERE application_id = ?1 ORDER BY place";
const IDENTITIES: &str = "SELECT d.intake_id FROM student_identities AS d JOIN students AS s ON s.id = d.student_id
    WHERE s.application_id = ?1 AND length(digest) = 64";
const REGISTRATION: &str = "SELECT intake_id, cohort_id, state, decided_at FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id WHERE s.application_id = ?1";
const TRACKS: &str = "SELECT t.place, t.cohort_id, t.track_id FROM registration_tracks AS t
    JOIN registrations AS r ON r.id = t.registration_id JOIN students AS s ON s.id = r.student_id
    WHERE s.application_id = ?1 ORDER BY t.place";
const CONSENTS: &str = "SELECT purpose, given_by, version, language, given_at FROM consents
    WHERE student_id IN (SELECT id FROM students WHERE application_id = ?1) ORDER BY purpose, given_by";
const JOURNAL: &str = "SELECT j.at, j.author, j.act, j.cohort_id, j.state, j.position FROM journal AS j
    JOIN registrations AS r ON r.id = j.registration_id JOIN students AS s ON s.id = r.student_id
    WHERE s.application_id = ?1";
const OUTBOX: &str = "SELECT event, kind, queued_at FROM outbox WHERE application_id = ?1";

async fn everything_a_family_said_is_stored(world: Arc<World>) {
    let cohort = world.own_cohort();
    let mut form = world.form_for(&cohort);
    form.language = "ru".into();
    form.filled_by = "student".into();
    form.tracks = ["music", "animation", "3d-modeling"].map(str::to_owned).to_vec();
    form.student.patronymic = "Нұрланқызы".into();
    form.student.school = "№ 17  лицей,  Астана".into();
    form.student.grade = "9 «Ә»".into();
    form.student.iin = iin(born(&world.catalogue, 15));
    form.guardian.patronymic = "Серікқызы".into();
    form.guardian.email = email();
    form.second_guardian = Some(guardian("father"));
    form.consent.purposes = ["photos", "enrolment"].map(str::to_owned).to_vec();
    let told = world.applied(&form).await;
    assert_eq!((told.one().state, told.one().position, told.warnings.as_slice()), (RegistrationState::Enrolled, None, &[][..]));

    let at = told.decided_at;
    let version = &world.catalogue.consent.version;
    let application = "SELECT reference, language, filled_by, received_at FROM applications WHERE id = ?1";
    assert_eq!(
        rows(&world, &told, application),
        [json!({ "reference": told.reference, "language": "ru", "filled_by": "student", "received_at": at })]
    );
    assert_eq!(
        rows(&world, &told, STUDENT),
        [json!({
            "surname": form.student.surname, "given_name": form.student.given_name, "patronymic": "Нұрланқызы",
            "born_on": born(&world.catalogue, 15), "school": "№ 17 лицей, Астана", "grade": "9 «Ә»", "has_iin": 1,
        })]
    );
    let second = form.second_guardian.as_ref().expect("a father");
    assert_eq!(
        rows(&world, &told, GUARDIANS),
        [
            json!({
                "place": 1, "surname": form.guardian.surname, "given_name": form.guardian.given_name,
                "patronymic": "Серікқызы", "relation": "mother", "phone": e164(&form.guardian.phone),
                "phone_typed": form.guardian.phone, "email": form.guardian.email,
            }),
            json!({
                "place": 2, "surname": second.surname, "given_name": second.given_name, "patronymic": null,
                "relation": "father", "phone": e164(&second.phone), "phone_typed": second.phone, "email": null,
            }),
        ]
    );
    assert_eq!(rows(&world, &told, IDENTITIES), vec![json!({ "intake_id": "demo" }); 3], "a number and two telephones");
    assert_eq!(
        rows(&world, &told, REGISTRATION),
        [json!({ "intake_id": "demo", "cohort_id": cohort, "state": "enrolled", "decided_at": at })]
    );
    let tracks = [(1, "music"), (2, "animation"), (3, "3d-modeling")];
    let tracks = tracks.map(|(place, track)| json!({ "place": place, "cohort_id": cohort, "track_id": track }));
    assert_eq!(rows(&world, &told, TRACKS), tracks, "in the order of choice");
    let consent = |purpose: &str, given_by: &str| json!({ "purpose": purpose, "given_by": given_by, "version": version, "language": "ru", "given_at": at });
    assert_eq!(
        rows(&world, &told, CONSENTS),
        [consent("enrolment", "guardian"), consent("enrolment", "student"), consent("photos", "guardian")]
    );
    assert_eq!(
        rows(&world, &told, JOURNAL),
        [json!({ "at": at, "author": "family", "act": "applied", "cohort_id": cohort, "state": "enrolled", "position": null })]
    );
    let outbox = rows(&world, &told, OUTBOX);
    assert_eq!((outbox.len(), &outbox[0]["kind"], &outbox[0]["queued_at"]), (1, &json!("registered"), &json!(at)));
}

/// The machine's form of a number written as `8 707 …`.
fn e164(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    format!("+7{}", &digits[1..])
}

async fn what_was_left_out_is_nothing(world: Arc<World>) {
    let mut form = world.form();
    form.centre = String::new();
    let told = world.applied(&form).await;
    let student = rows(&world, &told, STUDENT).remove(0);
    for column in ["patronymic", "school", "grade"] {
        assert_eq!(student[column], Value::Null, "{column}");
    }
    assert_eq!(student["has_iin"], 0);
    let guardians = rows(&world, &told, GUARDIANS);
    assert_eq!((guardians.len(), &guardians[0]["patronymic"], &guardians[0]["email"]), (1, &Value::Null, &Value::Null));
    assert_eq!(rows(&world, &told, IDENTITIES).len(), 1);
}

async fn the_number_is_sealed(world: Arc<World>) {
    let mut form = world.form();
    form.student.iin = iin(born(&world.catalogue, 15));
    world.applied(&form).await;
    // The search finds what is stored openly ...
    assert!(world.database.places_of(&form.student.surname).contains(&"students.surname".to_owned()));
    // ... and the number nowhere, nor its base64.
    assert_eq!(world.database.places_of(&form.student.iin), Vec::<String>::new());
    let encoded = data_encoding::BASE64_NOPAD.encode(form.student.iin.as_bytes());
    assert_eq!(world.database.places_of(&encoded), Vec::<String>::new());
    // What is kept has a version, a nonce and a tag.
    let sealed = world.database.column("SELECT iin_sealed FROM students WHERE iin_sealed IS NOT NULL", []);
    assert!(sealed.iter().all(|text| text.as_str().is_some_and(|text| text.starts_with("1.") && text.len() > 60)));
}

async fn a_number_of_another_birth_date_warns_and_never_refuses(world: Arc<World>) {
    let mut form = world.form();
    form.student.iin = iin(born(&world.catalogue, 14));
    let request = world.api.apply(&form);
    assert_eq!(request.clone().send().await.created().warnings, [Warning::IinBirthDate]);
    assert_eq!(request.send().await.repeated().warnings, [Warning::IinBirthDate]);
}

async fn telephones_are_normalised_and_kept_as_typed(world: Arc<World>) {
    let digits: String = phone().chars().filter(char::is_ascii_digit).skip(1).collect();
    let (code, rest) = digits.split_at(3);
    let styles = [
        format!("8 {code} {rest}"),
        format!("8{digits}"),
        digits.clone(),
        format!("+7 ({code}) {}-{}-{}", &rest[..3], &rest[3..5], &rest[5..]),
        format!("  7-{code}-{rest} "),
    ];
    for typed in styles {
        let mut form = world.form();
        form.guardian.phone.clone_from(&typed);
        let told = world.applied(&form).await;
        let stored = rows(&world, &told, "SELECT phone, phone_typed FROM guardians WHERE application_id = ?1");
        assert_eq!(stored, [json!({ "phone": format!("+7{digits}"), "phone_typed": typed.trim() })]);
    }
}

const GIVEN: &str = "SELECT purpose, given_by FROM consents
    WHERE student_id IN (SELECT id FROM students WHERE application_id = ?1) ORDER BY given_by";

async fn consents_of(world: &World, form: &ApplicationForm) -> Vec<Value> {
    let told = world.applied(form).await;
    rows(world, &told, GIVEN)
}

async fn consent_is_a_row_for_each_who_gave_it(world: Arc<World>) {
    let by = |who: &str| json!({ "purpose": "enrolment", "given_by": who });
    let mut child = world.form();
    child.student.born_on = written(born(&world.catalogue, 12));
    child.consent.student_accepts = false;
    assert_eq!(consents_of(&world, &child).await, [by("guardian")]);
    assert_eq!(consents_of(&world, &world.form()).await, [by("guardian"), by("student")]);
}

async fn who_is_of_age_consents_alone(world: Arc<World>) {
    let mut form = world.form();
    form.filled_by = "student".into();
    // Eighteen since yesterday, here, and not yet nineteen on the first session date.
    let today = world.api.get("/api/cohorts").send().await.json::<domain::catalogue::LiveSeats>().at.local_date();
    let born = domain::date::Date::new(today.year() - 18, today.month(), today.day().min(28)).expect("a day");
    form.student.born_on = written(born);
    form.guardian.surname.clone_from(&form.student.surname);
    form.guardian.given_name.clone_from(&form.student.given_name);
    form.guardian.relation = "self".into();
    assert_eq!(consents_of(&world, &form).await, [json!({ "purpose": "enrolment", "given_by": "student" })]);
}

async fn a_letter_waits_only_where_there_is_an_address(world: Arc<World>) {
    let without = world.form();
    let mut with = world.form();
    with.second_guardian = Some(guardian("father"));
    with.second_guardian.as_mut().expect("a father").email = email();
    for (form, letters) in [(without, 0), (with, 1)] {
        let told = world.applied(&form).await;
        assert_eq!(rows(&world, &told, OUTBOX).len(), letters);
    }
}

async fn the_link_is_stored_as_a_hash_only(world: Arc<World>) {
    let told = world.applied(&world.form()).await;
    assert!(told.token.len() >= 27, "160 bits at least");
    assert_eq!(world.database.places_of(&told.token), Vec::<String>::new());
}

async fn a_body_of_sixty_four_kibibytes_is_taken(world: Arc<World>) {
    let mut body = serde_json::to_vec(&world.form()).expect("JSON");
    body.resize(64 * 1024, b' ');
    world.api.post(body).send().await.created();
}

async fn json_may_be_declared_in_more_than_one_way(world: Arc<World>) {
    for declared in ["application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"] {
        world.api.apply(&world.form()).header("content-type", declared).send().await.created();
    }
}

async fn a_page_of_the_site_itself_may_apply(world: Arc<World>) {
    world.api.apply(&world.form()).header("sec-fetch-site", "same-origin").send().await.created();
    world.api.apply(&world.form()).header("origin", &world.base_url).send().await.created();
}
