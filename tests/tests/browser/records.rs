//! What the server has written down about one student, read from its database.

use domain::application::{ApplicationForm, GuardianForm, StudentForm};
use domain::contact::Phone;
use domain::language::Language;
use serde_json::{Value, json};
use tumo_tests::database::Database;

/// The rows about one student.
pub struct Records<'a> {
    database: &'a Database,
    registrations: Vec<Value>,
}

/// Surname and given name are enough: no two families of a suite share them.
const REGISTRATIONS: &str = "
    SELECT s.id AS student, s.application_id AS application, r.id AS registration, r.cohort_id AS cohort, r.state
    FROM students AS s LEFT JOIN registrations AS r ON r.student_id = s.id
    WHERE s.surname = ?1 AND s.given_name = ?2";

const STUDENT: &str = "
    SELECT s.surname, s.given_name, s.patronymic, s.born_on, s.school, s.grade, s.iin_sealed IS NOT NULL AS has_iin,
        a.reference, a.language, a.filled_by
    FROM students AS s JOIN applications AS a ON a.id = s.application_id WHERE s.id = ?1";

const GUARDIANS: &str = "
    SELECT surname, given_name, patronymic, relation, phone, phone_typed, email
    FROM guardians WHERE application_id = ?1 ORDER BY place";

const TRACKS: &str = "SELECT track_id FROM registration_tracks WHERE registration_id = ?1 ORDER BY place";

const CONSENTS: &str = "
    SELECT c.given_by, c.purpose, c.version, c.language
    FROM consents AS c JOIN consent_purposes AS p ON p.version = c.version AND p.purpose = c.purpose
    WHERE c.student_id = ?1 ORDER BY c.given_by, p.place";

const COUNTED: &str = "
    SELECT c.taken, c.waiting,
        (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state IN ('offered', 'enrolled')) AS holding,
        (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state = 'waiting') AS queueing
    FROM cohorts AS c WHERE c.id = ?1";

impl<'a> Records<'a> {
    /// The records of this student.
    pub fn of(database: &'a Database, student: &StudentForm) -> Self {
        let registrations = database.rows(REGISTRATIONS, [&student.surname, &student.given_name]);
        Self { database, registrations }
    }

    /// How many registrations there are.
    pub fn count(&self) -> usize {
        self.registrations.len()
    }

    /// The one registration says what was typed, nothing else, and is in this state.
    pub fn hold(&self, typed: &ApplicationForm, language: Language, reference: &str, state: &str) {
        let [registration] = self.registrations.as_slice() else { panic!("{:?}", self.registrations) };
        assert_eq!((registration["cohort"].as_str(), registration["state"].as_str()), (Some(&*typed.cohort), Some(state)));

        let student = &typed.student;
        let born = student.born_on.date().expect("a day").to_string();
        let stored = self.database.row(STUDENT, [registration["student"].as_str()]);
        let expected = json!({
            "surname": student.surname,
            "given_name": student.given_name,
            "patronymic": unless_empty(&student.patronymic),
            "born_on": born,
            "school": unless_empty(&student.school),
            "grade": unless_empty(&student.grade),
            "has_iin": i32::from(!student.iin.is_empty()),
            "reference": reference,
            "language": language.as_str(),
            "filled_by": typed.filled_by,
        });
        assert_eq!(stored, expected);
        if !student.iin.is_empty() {
            assert_eq!(self.database.places_of(&student.iin), Vec::<String>::new(), "the number is readable in the database");
        }

        let application = registration["application"].as_str();
        let guardians: Vec<Value> =
            [Some(&typed.guardian), typed.second_guardian.as_ref()].into_iter().flatten().map(guardian).collect();
        assert_eq!(self.database.rows(GUARDIANS, [application]), guardians);
        assert_eq!(self.database.column(TRACKS, [registration["registration"].as_str()]), typed.tracks);
        assert_eq!(self.database.rows(CONSENTS, [registration["student"].as_str()]), consents(typed, language));
    }

    /// The counts kept for this cohort are those of its registrations, and ours is among them.
    pub fn are_counted(&self, cohort: &str) {
        let counted = self.database.row(COUNTED, [cohort]);
        assert_eq!((&counted["taken"], &counted["waiting"]), (&counted["holding"], &counted["queueing"]), "{counted}");
        assert!(counted["taken"].as_i64().max(counted["waiting"].as_i64()) >= Some(1), "{counted}");
    }
}

fn unless_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn guardian(typed: &GuardianForm) -> Value {
    let phone = Phone::parse(&typed.phone).expect("a telephone number");
    json!({
        "surname": typed.surname,
        "given_name": typed.given_name,
        "patronymic": unless_empty(&typed.patronymic),
        "relation": typed.relation,
        "phone": phone.e164(),
        "phone_typed": typed.phone,
        "email": unless_empty(&typed.email),
    })
}

/// A row for each purpose the guardian consented to, and one for the student's own consent.
fn consents(typed: &ApplicationForm, language: Language) -> Vec<Value> {
    let row = |given_by: &str, purpose: &String| json!({ "given_by": given_by, "purpose": purpose, "version": typed.consent.version, "language": language.as_str() });
    let by_guardian = typed.consent.purposes.iter().map(|purpose| row("guardian", purpose));
    let by_student =
        typed.consent.purposes.iter().take(usize::from(typed.consent.student_accepts)).map(|purpose| row("student", purpose));
    by_guardian.chain(by_student).collect()
}
