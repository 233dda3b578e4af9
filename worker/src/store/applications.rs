//! Stores an application and decides about its seat, in one batch.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::receipt::Decision;
use crate::refusal::Refusal;
use crate::store::{outbox, read};
use domain::application::{Application, Guardian};
use domain::date::Timestamp;
use serde_json::json;

/// An acceptable application with everything the backend adds to it.
#[derive(Debug)]
pub struct NewApplication<'a> {
    /// The family's answers.
    pub application: &'a Application,
    /// The intake of its cohort.
    pub intake: &'a str,
    /// Keyed hash of the request's key.
    pub key_digest: &'a str,
    /// Keyed hash of the answers.
    pub body_digest: &'a str,
    /// The application's id.
    pub id: &'a str,
    /// The student's id.
    pub student_id: &'a str,
    /// The registration's id.
    pub registration_id: &'a str,
    /// Reference number.
    pub reference: &'a str,
    /// Hash of the private link's secret.
    pub link_digest: &'a str,
    /// The sealed identification number.
    pub iin_sealed: Option<&'a str>,
    /// Keyed hashes by which the student is recognised again.
    pub identities: &'a [String],
    /// The moment.
    pub now: Timestamp,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    /// Stored and decided.
    Decided(Decision),
    /// The key was used before.
    KeyUsed,
    /// The reference number was drawn before; draw again.
    ReferenceUsed,
    /// The same student is registered already.
    AlreadyRegistered,
    /// The intake isn't open, or the cohort or its tracks have changed since the catalogue was read.
    NotOffered,
}

const APPLICATION: &str = "
    INSERT INTO applications (id, key_digest, body_digest, reference, link_digest, language, filled_by, received_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

const GUARDIANS: &str = "
    INSERT INTO guardians (application_id, place, surname, given_name, patronymic, relation, phone, phone_typed, email)
    SELECT ?1, key + 1, value ->> 'surname', value ->> 'given_name', value ->> 'patronymic', value ->> 'relation',
        value ->> 'phone', value ->> 'phone_typed', value ->> 'email'
    FROM json_each(?2)";

const STUDENT: &str = "
    INSERT INTO students (id, application_id, surname, given_name, patronymic, born_on, school, grade, iin_sealed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

const IDENTITIES: &str = "
    INSERT INTO student_identities (intake_id, digest, student_id) SELECT ?1, value, ?2 FROM json_each(?3)";

/// The decision: the INSERT itself reads the seats, so nobody can come between looking and taking. Nobody passes the waiting
/// list, and nothing is written outside the open time.
#[cfg(not(feature = "unguarded"))]
const REGISTRATION: &str = "
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, decided_at)
    SELECT ?1, ?2, c.intake_id, c.id, iif(c.waiting = 0 AND c.taken < c.seats, 'enrolled', 'waiting'), ?4
    FROM cohorts AS c JOIN intakes AS i ON i.id = c.intake_id
    WHERE c.id = ?3 AND i.opens_at <= ?4 AND ?4 < i.closes_at";

/// What the race test must catch: the state was decided by an earlier look (?5).
#[cfg(feature = "unguarded")]
const REGISTRATION: &str = "
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, decided_at)
    SELECT ?1, ?2, c.intake_id, c.id, ?5, ?4
    FROM cohorts AS c JOIN intakes AS i ON i.id = c.intake_id
    WHERE c.id = ?3 AND i.opens_at <= ?4 AND ?4 < i.closes_at";

const TRACKS: &str = "
    INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id)
    SELECT ?1, key + 1, ?2, value FROM json_each(?3)";

const CONSENTS: &str = "
    INSERT INTO consents (application_id, purpose, given_by, version, language, given_at)
    SELECT ?1, value ->> 'purpose', value ->> 'given_by', ?2, ?3, ?4 FROM json_each(?5)";

const JOURNAL: &str = "
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position)
    SELECT r.decided_at, 'family', 'applied', r.id, r.cohort_id, r.state, iif(r.state = 'waiting', c.waiting, NULL)
    FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id WHERE r.id = ?1";

/// The decision about an application, from the journal. What follows names the application.
macro_rules! decision_sql {
    ($condition:literal) => {
        concat!(
            "SELECT json_object('application_id', a.id, 'reference', a.reference, 'body_digest', a.body_digest,
                'intake', r.intake_id, 'cohort', j.cohort_id, 'entry', j.entry, 'state', j.state, 'position', j.position,
                'decided_at', j.at)
            FROM applications AS a
            JOIN students AS s ON s.application_id = a.id
            JOIN registrations AS r ON r.student_id = s.id
            JOIN journal AS j ON j.registration_id = r.id AND j.act = 'applied'
            WHERE ",
            $condition
        )
    };
}

const DECISION_BY_ID: &str = decision_sql!("a.id = ?1");
const DECISION_BY_KEY: &str = decision_sql!("a.key_digest = ?1");

/// Stores the application and decides about the seat: enrolled while there are seats and nobody waits, waiting otherwise.
///
/// # Errors
/// When the database refuses for a reason that isn't an [`Outcome`]; nothing was stored then.
pub async fn apply(platform: &impl Platform, new: &NewApplication<'_>) -> Result<Outcome, Refusal> {
    let batch = vec![
        application(new),
        Statement::new(STUDENT)
            .bind(new.student_id)
            .bind(new.id)
            .bind(new.application.student.name.surname.as_str())
            .bind(new.application.student.name.given_name.as_str())
            .bind(new.application.student.name.patronymic.as_ref().map(|name| name.as_str()))
            .bind(new.application.student.born_on.to_string())
            .bind(new.application.student.school.as_ref().map(|line| line.as_str()))
            .bind(new.application.student.grade.as_ref().map(|line| line.as_str()))
            .bind(new.iin_sealed),
        Statement::new(IDENTITIES).bind(new.intake).bind(new.student_id).bind(serde_json::to_string(new.identities)?),
        Statement::new(GUARDIANS).bind(new.id).bind(guardians(&new.application.guardians)),
        registration(platform, new).await?,
        Statement::new(TRACKS)
            .bind(new.registration_id)
            .bind(new.application.cohort.as_str())
            .bind(serde_json::to_string(&new.application.tracks)?),
        consents(new),
        Statement::new(JOURNAL).bind(new.registration_id),
        outbox::registered(new.id, new.now),
        Statement::new(DECISION_BY_ID).bind(new.id),
    ];
    let refused = match platform.batch(batch).await {
        Ok(rows) => {
            let decision = rows.into_iter().next_back().flatten();
            let decision = decision.ok_or_else(|| Refusal::internal("the batch left no decision"))?;
            return Ok(Outcome::Decided(serde_json::from_str(&decision)?));
        }
        Err(DatabaseError::Constraint(refused)) => refused,
        Err(other) => return Err(other.into()),
    };
    // SQLite names the columns of the constraint; the first statement that fails is the one told.
    if refused.contains("applications.key_digest") {
        Ok(Outcome::KeyUsed)
    } else if refused.contains("applications.reference") {
        Ok(Outcome::ReferenceUsed)
    } else if refused.contains("student_identities.") {
        Ok(Outcome::AlreadyRegistered)
    } else if refused.contains("FOREIGN KEY") {
        Ok(Outcome::NotOffered)
    } else {
        Err(Refusal::internal(refused))
    }
}

fn application(new: &NewApplication<'_>) -> Statement {
    Statement::new(APPLICATION)
        .bind(new.id)
        .bind(new.key_digest)
        .bind(new.body_digest)
        .bind(new.reference)
        .bind(new.link_digest)
        .bind(new.application.language.as_str())
        .bind(new.application.filled_by.as_str())
        .bind(new.now)
}

fn guardians(guardians: &[Guardian]) -> String {
    let row = |guardian: &Guardian| {
        json!({
            "surname": guardian.name.surname.as_str(),
            "given_name": guardian.name.given_name.as_str(),
            "patronymic": guardian.name.patronymic.as_ref().map(|name| name.as_str()),
            "relation": guardian.relation.as_str(),
            "phone": guardian.phone.e164(),
            "phone_typed": guardian.phone.typed(),
            "email": guardian.email.as_ref().map(|email| email.as_str()),
        })
    };
    serde_json::Value::from_iter(guardians.iter().map(row)).to_string()
}

/// The guardian's consent to each purpose, and beside it the student's own acceptance of the required one. Somebody of age who
/// registers alone consents for themselves.
fn consents(new: &NewApplication<'_>) -> Statement {
    use domain::application::Relation;
    let consent = &new.application.consent;
    let alone = new.application.guardians.first().is_some_and(|guardian| guardian.relation == Relation::Myself);
    let given_by = if alone { "student" } else { "guardian" };
    let mut rows: Vec<_> = consent.purposes.iter().map(|purpose| json!({ "purpose": purpose, "given_by": given_by })).collect();
    if consent.student_accepts && !alone {
        rows.extend(consent.purposes.first().map(|purpose| json!({ "purpose": purpose, "given_by": "student" })));
    }
    Statement::new(CONSENTS)
        .bind(new.id)
        .bind(consent.version.as_str())
        .bind(new.application.language.as_str())
        .bind(new.now)
        .bind(serde_json::Value::from(rows).to_string())
}

#[cfg(not(feature = "unguarded"))]
async fn registration(_: &impl Platform, new: &NewApplication<'_>) -> Result<Statement, Refusal> {
    Ok(insert_registration(new))
}

#[cfg(feature = "unguarded")]
async fn registration(platform: &impl Platform, new: &NewApplication<'_>) -> Result<Statement, Refusal> {
    let look = "SELECT json_quote(iif(waiting = 0 AND taken < seats, 'enrolled', 'waiting')) FROM cohorts WHERE id = ?1";
    let state: Option<String> = read(platform, Statement::new(look).bind(new.application.cohort.as_str())).await?;
    Ok(insert_registration(new).bind(state))
}

fn insert_registration(new: &NewApplication<'_>) -> Statement {
    Statement::new(REGISTRATION)
        .bind(new.registration_id)
        .bind(new.student_id)
        .bind(new.application.cohort.as_str())
        .bind(new.now)
}

/// The decision an earlier request with this key got.
///
/// # Errors
/// When the database can't be read.
pub async fn decided_before(platform: &impl Platform, key_digest: &str) -> Result<Option<Decision>, Refusal> {
    read(platform, Statement::new(DECISION_BY_KEY).bind(key_digest)).await
}

/// The decision about an application.
///
/// # Errors
/// When the database can't be read.
pub async fn decision(platform: &impl Platform, application_id: &str) -> Result<Option<Decision>, Refusal> {
    read(platform, Statement::new(DECISION_BY_ID).bind(application_id)).await
}
