//! The store, told in the numbers of the model: an intake of its own with a few cohorts, and what is in it.

use crate::rule::{HELD, HOUR, OVERTAKES_MAX, RETURN_PLACE};
use domain::application::{Application, ApplicationForm, ConsentForm, DateForm, GuardianForm, SiblingForm, StudentForm, check};
use domain::date::Timestamp;
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use tumo_worker::platform::native::Native;
use tumo_worker::platform::{Platform, Statement};
use tumo_worker::store::applications::{FAMILY, NewApplication, NewStudent};
use tumo_worker::store::scope::Scope;
use tumo_worker::store::{catalogue, invariants, sign_in};

/// The moment at which every story begins.
pub const BEGIN: i64 = 1_800_000_000_000;

const SEED: &str = "
    INSERT INTO centres VALUES ('c', 1, 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 1, NULL);
    INSERT INTO tracks VALUES ('t', 1, 't', 't', 't', 't', 't', 't');
    INSERT INTO consent_texts VALUES ('1', 1, 'c', 'c', 'c');
    INSERT INTO consent_purposes VALUES ('1', 'enrolment', 1, 1, 'e', 'e', 'e');
    INSERT INTO intakes VALUES ('first', 'i', 'i', 'i', 1, 4000000000000, 12, 18, '2027-02-01', '2090-01-01', 1, 48, 12, 10, 5);
    INSERT INTO cohorts (id, place, intake_id, centre_id, seats) VALUES ('first-0', 0, 'first', 'c', 1);
    INSERT INTO cohort_tracks VALUES ('first-0', 't');
    INSERT INTO staff_members (id, email, name, role, language, password_hash, must_change_password, created_at)
    VALUES ('staff', 'staff@tumo.example', 's', 'administrator', 'kk', '$argon2id$', 0, 1);
    INSERT INTO staff_sessions VALUES ('session', 'staff', 'password', 1, 1800000000000, 1800000000000);";

/// A database for many stories, one after another.
pub struct Base {
    /// The platform.
    pub platform: Native,
    /// An acceptable application of three students; each story changes what it needs.
    pub template: Application,
    /// The rights of somebody who may everywhere.
    pub scope: Scope,
    _folder: tempfile::TempDir,
}

/// A folder in memory where there is one: nothing here has to survive, and each batch waits for its disk.
fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder")
}

impl Base {
    /// A fresh database.
    pub async fn open() -> Self {
        let folder = folder();
        let platform = Native::open(folder.path(), &[SEED.to_owned()]).expect("a database");
        let catalogue = catalogue::of_intake(&platform, "first", Timestamp(0)).await.expect("a catalogue");
        let student = |name: &str| StudentForm {
            born_on: DateForm { day: "1".into(), month: "9".into(), year: "2012".into() },
            surname: "Қуанышева".into(),
            given_name: name.into(),
            ..StudentForm::default()
        };
        let sibling = |name: &str| SiblingForm {
            student: student(name),
            tracks: vec!["t".into()],
            cohort: "first-0".into(),
            student_accepts: true,
            ..SiblingForm::default()
        };
        let form = ApplicationForm {
            language: "kk".into(),
            filled_by: "guardian".into(),
            tracks: vec!["t".into()],
            cohort: "first-0".into(),
            student: student("Әйгерім"),
            siblings: vec![sibling("Нұрлан"), sibling("Дана")],
            guardian: GuardianForm {
                surname: "Қуанышев".into(),
                given_name: "Нұрлан".into(),
                relation: "father".into(),
                phone: "8 701 123 45 67".into(),
                ..GuardianForm::default()
            },
            consent: ConsentForm { version: "1".into(), purposes: vec!["enrolment".into()], student_accepts: true },
            ..ApplicationForm::default()
        };
        let member = sign_in::used(&platform, "session", Timestamp(BEGIN)).await.expect("a session");
        let template = check(&form, &catalogue, Timestamp(BEGIN)).expect("acceptable answers");
        Self { platform, template, scope: member.scope(), _folder: folder }
    }

    /// Fails unless everything that must never happen has not happened, by the backend's own count.
    pub async fn must_hold(&self) {
        let counted = invariants::count(&self.platform, Timestamp(BEGIN)).await.expect("counts");
        assert!(counted.holds, "{counted:#?}");
    }
}

/// What a story's intake holds. Read by one statement, so of one moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// Cohorts.
    pub cohorts: Vec<SeenCohort>,
    /// Registrations in the order of their coming.
    pub registrations: Vec<SeenRegistration>,
    /// Of each party: its application's id, how many seats passed it, whether seats are kept for it.
    pub parties: Vec<(String, usize, u8)>,
}

/// A cohort.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeenCohort {
    /// Seats.
    pub seats: usize,
    /// Counted as taken.
    pub taken: usize,
    /// Counted as waiting.
    pub waiting: usize,
    /// Counted as ever waiting.
    pub waited: usize,
    /// Counted as seated from the list.
    pub seated: usize,
    /// The waiting list.
    pub list: Vec<String>,
    /// Whether somebody could have a seat now.
    pub somebody_eligible: u8,
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeenRegistration {
    /// Id.
    pub id: String,
    /// The student.
    pub student: String,
    /// The party, if any.
    pub party: Option<String>,
    /// The cohort.
    pub cohort: String,
    /// State.
    pub state: String,
    /// Deadline.
    pub held_until: Option<i64>,
    /// State by the newest entry of the journal.
    pub journalled: String,
}

const SEEN: &str = "
    SELECT json_object(
        'cohorts', json((SELECT json_group_array(json_object('seats', seats, 'taken', taken, 'waiting', waiting, 'waited', waited,
            'seated', seated,
            'list', json((SELECT json_group_array(id) FROM (SELECT id FROM registrations
                WHERE cohort_id = c.id AND state = 'waiting' ORDER BY rank, sequence))),
            'somebody_eligible', taken < seats AND EXISTS (SELECT 1 FROM eligible WHERE cohort_id = c.id)))
            FROM (SELECT * FROM cohorts WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY place) AS c)),
        'registrations', json((SELECT json_group_array(json_object('id', id, 'student', student_id, 'party', party_id,
            'cohort', cohort_id, 'state', state, 'held_until', held_until,
            'journalled', (SELECT state FROM journal WHERE registration_id = r.id AND state IS NOT NULL ORDER BY entry DESC LIMIT 1)))
            FROM (SELECT * FROM registrations WHERE student_id IN (SELECT value FROM json_each(?2)) ORDER BY sequence) AS r)),
        'parties', json((SELECT json_group_array(json_array(id, overtaken, preferred))
            FROM (SELECT * FROM parties WHERE id IN (SELECT value FROM json_each(?3)) ORDER BY sequence))))";

/// What is left of a story may not be in the way of the next.
const CLOSE: &str = "
    UPDATE registrations SET state = 'removed', held_until = NULL, act = 'removed', author = 'test', reason = 'the end'
    WHERE student_id IN (SELECT value FROM json_each(?1)) AND state IN ('waiting', 'offered', 'enrolled')";

/// Numbers are never used twice in a database: what a story leaves behind bears others than the next one's.
static STORIES: AtomicUsize = AtomicUsize::new(0);

/// The world of one story.
pub struct World<'a> {
    /// The database.
    pub base: &'a Base,
    /// The intake's id; every id of the story begins with it.
    pub intake: String,
    /// Cohorts' ids.
    pub cohorts: Vec<String>,
    /// Applications' ids, which are also their keys.
    pub applications: Vec<String>,
    /// Students' ids.
    pub students: Vec<String>,
    /// Registrations' ids.
    pub registrations: Vec<String>,
}

fn list(ids: &[String]) -> String {
    serde_json::to_string(ids).expect("texts")
}

fn owned(sql: String) -> Statement {
    Statement { sql: sql.into(), parameters: vec![] }
}

impl<'a> World<'a> {
    /// An intake with so many seats in its cohorts.
    pub async fn open(base: &'a Base, seats: &[usize]) -> Self {
        let story = STORIES.fetch_add(1, Ordering::Relaxed);
        let intake = format!("i{story}");
        let cohorts: Vec<String> = (0..seats.len()).map(|cohort| format!("{intake}-{cohort}")).collect();
        let mut batch = vec![owned(format!(
            "INSERT INTO intakes VALUES ('{intake}', 'i', 'i', 'i', 1, 4000000000000, 12, 18, '2027-02-01', '2090-01-01', 1,
                {}, 1, {RETURN_PLACE}, {OVERTAKES_MAX})",
            HELD / HOUR
        ))];
        for (number, (cohort, seats)) in cohorts.iter().zip(seats).enumerate() {
            let place = (story + 1) * 16 + number;
            batch.push(owned(format!(
                "INSERT INTO cohorts (id, place, intake_id, centre_id, seats) VALUES ('{cohort}', {place}, '{intake}', 'c', {seats})"
            )));
            batch.push(owned(format!("INSERT INTO cohort_tracks VALUES ('{cohort}', 't')")));
        }
        base.platform.batch(batch).await.expect("an intake");
        Self { base, intake, cohorts, applications: vec![], students: vec![], registrations: vec![] }
    }

    /// Runs `apply` for students of these identities and cohorts, under the key of the application of this number.
    pub fn application(&self, students: &[(usize, usize)], together: bool, at_once: bool) -> Application {
        let mut application = self.base.template.clone();
        application.students.truncate(students.len());
        for (applicant, (_, cohort)) in application.students.iter_mut().zip(students) {
            applicant.cohort.clone_from(&self.cohorts[*cohort]);
        }
        Application { together, take_at_once: at_once, ..application }
    }

    /// What is added to an application's students; numbers go on from the last ones.
    pub fn added(&self, students: &[(usize, usize)]) -> Vec<NewStudent> {
        let added = students.iter().enumerate().map(|(place, (identity, _))| NewStudent {
            id: format!("{}s{}", self.intake, self.students.len() + place),
            registration: format!("{}r{}", self.intake, self.registrations.len() + place),
            iin_sealed: None,
            identities: vec![format!("{}d{identity}", self.intake)],
        });
        added.collect()
    }

    /// The application as the store takes it.
    pub fn new_application<'b>(
        &'b self,
        application: &'b Application,
        students: &'b [NewStudent],
        id: &'b str,
        key: &'b str,
        now: i64,
    ) -> NewApplication<'b> {
        NewApplication {
            application,
            intake: &self.intake,
            key_digest: key,
            body_digest: key,
            id,
            students,
            reference: id,
            link_digest: id,
            now: Timestamp(now),
            author: FAMILY,
        }
    }

    /// What is there now.
    pub async fn see(&self) -> Seen {
        let statement =
            Statement::new(SEEN).bind(list(&self.cohorts)).bind(list(&self.students)).bind(list(&self.applications));
        let rows = self.base.platform.batch(vec![statement]).await.expect("rows");
        serde_json::from_str(rows[0].as_deref().expect("a row")).expect("what was asked")
    }

    /// Ends whatever is live.
    pub async fn close(self) {
        let statement = Statement::new(CLOSE).bind(list(&self.students));
        self.base.platform.batch(vec![statement]).await.expect("closed");
    }
}
