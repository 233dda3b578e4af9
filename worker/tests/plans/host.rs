//! A host whose platform notes what it is asked, and the ways of a family through it.

use axum::body::{Body, to_bytes};
use domain::application::{ApplicationForm, ConsentForm, DateForm, GuardianForm, SiblingForm, StudentForm};
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use domain::registration::{Confirmation, MyApplication};
use http::{Method, Request, StatusCode};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use tumo_worker::platform::native::Native;
use tumo_worker::platform::{DatabaseError, DeliveryError, Letter, Platform, RandomnessError, Statement};
use tumo_worker::store::offers;
use tumo_worker::{Backend, Secrets, routes, run_due_work};

/// A platform that notes what it is asked.
#[derive(Clone)]
pub struct Recording {
    native: Native,
    batches: Arc<Mutex<Vec<Vec<Statement>>>>,
}

impl Recording {
    /// What it was asked so far.
    pub fn batches(&self) -> Vec<Vec<Statement>> {
        self.batches.lock().expect("no panic").clone()
    }
}

impl Platform for Recording {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Option<String>>, DatabaseError> {
        self.batches.lock().expect("no panic").push(statements.clone());
        self.native.batch(statements).await
    }

    async fn published_catalogue(&self) -> Option<String> {
        self.native.published_catalogue().await
    }

    async fn publish_catalogue(&self, catalogue: &str) {
        self.native.publish_catalogue(catalogue).await;
    }

    fn now(&self) -> Timestamp {
        self.native.now()
    }

    fn randomise(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        self.native.randomise(buffer)
    }

    async fn send(&self, letter: &Letter) -> Result<(), DeliveryError> {
        self.native.send(letter).await
    }

    async fn allows(&self, contact: &str) -> bool {
        self.native.allows(contact).await
    }

    fn log(&self, line: &str) {
        self.native.log(line);
    }
}

/// A host of its own, with the demo's catalogue.
pub struct Host {
    /// The backend.
    pub backend: Backend<Recording>,
    /// Where its database is.
    pub folder: tempfile::TempDir,
}

impl Host {
    /// A fresh one.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let native = Native::open(folder.path(), &[include_str!("../../seed/demo.sql").to_owned()]).expect("a database");
        let platform = Recording { native, batches: Arc::default() };
        let secrets = Secrets::from_base64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").expect("keys");
        Self { backend: Backend::new(platform, secrets, "https://tumo.example"), folder }
    }

    async fn ask<T: DeserializeOwned>(&self, method: Method, path: &str, token: &str, body: String) -> T {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .header("idempotency-key", format!("key-of-a-test-{:0>8}", body.len()))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::from(body))
            .expect("a request");
        let response = routes::router(self.backend.clone()).oneshot(request).await.expect("an answer");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
        let told = String::from_utf8_lossy(&bytes);
        assert!(status == StatusCode::OK || status == StatusCode::CREATED, "{path}: {status} {told}");
        serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{path}: {error}: {told}"))
    }

    async fn apply(&self, form: &ApplicationForm) -> Confirmation {
        self.ask(Method::POST, "/api/applications", "", serde_json::to_string(form).expect("JSON")).await
    }

    async fn change(&self, token: &str, registration: &str, what: &str) -> MyApplication {
        self.ask(Method::POST, &format!("/api/my/registrations/{registration}/{what}"), token, String::new()).await
    }

    /// Runs a statement that is not noted.
    pub async fn run(&self, sql: &'static str) {
        self.backend.platform.native.batch(vec![Statement::new(sql)]).await.expect("made");
    }
}

/// Answers for one cohort of the demo; each name is another child.
fn form(catalogue: &Catalogue, cohort: usize, name: &str, siblings: &[&str]) -> ApplicationForm {
    let cohort = &catalogue.cohorts[cohort];
    let year = catalogue.intake.first_session_on.to_string()[..4].parse::<i32>().expect("a year") - 13;
    let student = |name: &str| StudentForm {
        born_on: DateForm { day: "1".into(), month: "1".into(), year: year.to_string() },
        surname: "Сыдықов".into(),
        given_name: name.into(),
        ..StudentForm::default()
    };
    let sibling = |name: &&str| SiblingForm {
        student: student(name),
        tracks: vec![cohort.tracks[0].clone()],
        cohort: cohort.id.clone(),
        student_accepts: true,
        ..SiblingForm::default()
    };
    ApplicationForm {
        language: "kk".into(),
        filled_by: "guardian".into(),
        tracks: vec![cohort.tracks[0].clone()],
        cohort: cohort.id.clone(),
        student: student(name),
        siblings: siblings.iter().map(sibling).collect(),
        together: !siblings.is_empty(),
        guardian: GuardianForm {
            surname: "Сыдықов".into(),
            given_name: "Нұрлан".into(),
            relation: "father".into(),
            phone: "8 701 123 45 67".into(),
            email: "family@example.kz".into(),
            ..GuardianForm::default()
        },
        consent: ConsentForm {
            version: catalogue.consent.version.clone(),
            purposes: vec!["enrolment".into()],
            student_accepts: true,
        },
        ..ApplicationForm::default()
    }
}

/// Goes every way a family and the minute's work go, and answers the texts of all statements that were sent.
pub async fn every_way(host: &Host) -> BTreeSet<String> {
    let nothing = String::new;
    let catalogue: Catalogue = host.ask(Method::GET, "/api/catalogue", "", nothing()).await;
    host.run("UPDATE cohorts SET seats = 1").await;
    let first = host.apply(&form(&catalogue, 0, "Әли", &[])).await;
    let second = host.apply(&form(&catalogue, 0, "Болат", &[])).await;
    host.apply(&form(&catalogue, 0, "Ғалым-Арман", &["Дана", "Еркін"])).await;
    let platform = &host.backend.platform;
    let before = platform.batches().len();
    host.apply(&form(&catalogue, 1, "Жанна-Мария-Әсем", &[])).await;
    assert_eq!(platform.batches().len() - before, 1, "an application is one way to the database");

    let _: serde_json::Value = host.ask(Method::GET, "/api/cohorts?tracks=programming", "", nothing()).await;
    let page: MyApplication = host.ask(Method::GET, "/api/my", &first.token, nothing()).await;
    let (student, wish) = (&page.students[0], &catalogue.cohorts[2]);
    let join = serde_json::json!({ "cohort": wish.id, "tracks": [wish.tracks[0]] }).to_string();
    // The seat moves along, and the second family is offered the old one.
    let path = format!("/api/my/students/{}/registrations", student.id);
    let _: MyApplication = host.ask(Method::POST, &path, &first.token, join).await;
    let offered = &second.registrations[0].registration;
    host.change(&second.token, offered, "accept").await;
    host.change(&second.token, offered, "withdraw").await;
    let settings = r#"{"take_at_once":true}"#.to_owned();
    let _: MyApplication = host.ask(Method::PUT, "/api/my/settings", &second.token, settings).await;
    let third = host.apply(&form(&catalogue, 1, "Зарина-Томирис-Айша", &[])).await;
    host.run("UPDATE cohorts SET seats = seats + 1 WHERE taken = seats AND waiting = 1").await;
    offers::end_preferences(platform, platform.now()).await.expect("turns");
    let held = Timestamp(platform.now().0 + 3_000_000_000);
    let run_out = offers::run_out(platform, held, 50).await.expect("units");
    assert!(!run_out.is_empty(), "somebody was offered a seat");
    for unit in run_out {
        offers::lapse(platform, &unit, held).await.expect("a lapse");
    }
    host.change(&third.token, &third.registrations[0].registration, "decline").await;
    run_due_work(&host.backend).await.expect("the minute's work");
    platform.batches().into_iter().flatten().map(|statement| statement.sql.into_owned()).collect()
}
