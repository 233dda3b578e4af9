//! Stores an application and decides about its seats, in one batch.

mod rows;

use crate::platform::{DatabaseError, Platform, Statement};
use crate::receipt::Decision;
use crate::refusal::Refusal;
use crate::store::{read, turns};
use domain::application::{Applicant, Application};
use domain::date::Timestamp;

/// An acceptable application with everything the backend adds to it.
#[derive(Debug)]
pub struct NewApplication<'a> {
    /// The family's answers.
    pub application: &'a Application,
    /// The intake of its cohorts.
    pub intake: &'a str,
    /// Keyed hash of the request's key.
    pub key_digest: &'a str,
    /// Keyed hash of the answers.
    pub body_digest: &'a str,
    /// The application's id; its party, if it is one, bears it too.
    pub id: &'a str,
    /// What is added to each student, in the order of the answers.
    pub students: &'a [NewStudent],
    /// Reference number.
    pub reference: &'a str,
    /// Hash of the private link's secret.
    pub link_digest: &'a str,
    /// The moment.
    pub now: Timestamp,
    /// Who registers: [`FAMILY`], or a staff member's id. Staff may after the closing time too, as long as there are sessions, and in
    /// a closed cohort; the waiting list holds for them as for everybody.
    pub author: &'a str,
}

/// The author of what families do.
pub const FAMILY: &str = "family";

/// What the backend adds to a student.
#[derive(Debug, Clone)]
pub struct NewStudent {
    /// The student's id.
    pub id: String,
    /// The registration's id.
    pub registration: String,
    /// The sealed identification number.
    pub iin_sealed: Option<String>,
    /// Keyed hashes by which the student is recognised again.
    pub identities: Vec<String>,
}

impl<'a> NewApplication<'a> {
    fn students(&self) -> impl Iterator<Item = (&'a Applicant, &'a NewStudent)> {
        self.application.students.iter().zip(self.students)
    }
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
    /// One of the students is registered already.
    AlreadyRegistered,
    /// A cohort takes no newcomers any more.
    CohortClosed,
    /// The intake isn't open, or a cohort or its tracks have changed since the catalogue was read.
    NotOffered,
}

const APPLICATION: &str = "
    INSERT INTO applications (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

const STUDENTS: &str = "
    INSERT INTO students (id, application_id, place, surname, given_name, patronymic, born_on, school, grade, iin_sealed, search)
    SELECT value ->> 'id', ?1, key + 1, value ->> 'surname', value ->> 'given_name', value ->> 'patronymic', value ->> 'born_on',
        value ->> 'school', value ->> 'grade', value ->> 'iin_sealed', value ->> 'search'
    FROM json_each(?2)";

const IDENTITIES: &str = "
    INSERT INTO student_identities (intake_id, digest, student_id)
    SELECT ?1, value ->> 'digest', value ->> 'student' FROM json_each(?2)";

const GUARDIANS: &str = "
    INSERT INTO guardians (application_id, place, surname, given_name, patronymic, relation, phone, phone_typed, email)
    SELECT ?1, key + 1, value ->> 'surname', value ->> 'given_name', value ->> 'patronymic', value ->> 'relation',
        value ->> 'phone', value ->> 'phone_typed', value ->> 'email'
    FROM json_each(?2)";

const PARTY: &str = "INSERT INTO parties (id, application_id) VALUES (?1, ?1)";

/// The decision: the INSERT itself reads the seats, so nobody can come between looking and taking. Nobody passes the waiting list,
/// a party (?3) gets all its seats or none, and nothing is written outside the open time. All rows are decided by what there was
/// before the first: `before` counts the brothers and sisters ahead in the same cohort.
#[cfg(not(feature = "unguarded"))]
const REGISTRATIONS: &str = "
    INSERT INTO registrations
        (id, student_id, intake_id, cohort_id, party_id, state, rank, decided_at, changed_at, author, act)
    SELECT e.value ->> 'registration', e.value ->> 'student', c.intake_id, c.id, ?3,
        iif(iif(?3 IS NULL,
                c.waiting = 0 AND c.taken + (e.value ->> 'before') < c.seats,
                NOT EXISTS (
                    SELECT 1 FROM json_each(?1) AS o JOIN cohorts AS d ON d.id = o.value ->> 'cohort'
                    WHERE d.waiting > 0 OR d.taken + (o.value ->> 'before') >= d.seats)),
            'enrolled', 'waiting'),
        coalesce((SELECT max(w.rank) FROM registrations AS w WHERE w.cohort_id = c.id AND w.state = 'waiting'), 0)
            + 1 + (e.value ->> 'before'),
        ?2, ?2, ?4, 'applied'
    FROM json_each(?1) AS e CROSS JOIN cohorts AS c ON c.id = e.value ->> 'cohort' JOIN intakes AS i ON i.id = c.intake_id
    WHERE i.opens_at <= ?2 AND (?2 < i.closes_at OR ?4 <> 'family' AND ?5 <= i.last_session_on)
    ORDER BY e.key";

/// What the race test must catch: the state was decided by an earlier look (?6).
#[cfg(feature = "unguarded")]
const REGISTRATIONS: &str = "
    INSERT INTO registrations
        (id, student_id, intake_id, cohort_id, party_id, state, rank, decided_at, changed_at, author, act)
    SELECT e.value ->> 'registration', e.value ->> 'student', c.intake_id, c.id, ?3, ?6, 1, ?2, ?2, ?4, 'applied'
    FROM json_each(?1) AS e CROSS JOIN cohorts AS c ON c.id = e.value ->> 'cohort' JOIN intakes AS i ON i.id = c.intake_id
    WHERE i.opens_at <= ?2 AND (?2 < i.closes_at OR ?4 <> 'family' AND ?5 <= i.last_session_on)
    ORDER BY e.key";

const TRACKS: &str = "
    INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id)
    SELECT value ->> 'registration', value ->> 'place', value ->> 'cohort', value ->> 'track' FROM json_each(?1)";

const CONSENTS: &str = "
    INSERT INTO consents (student_id, purpose, given_by, version, language, given_at)
    SELECT value ->> 'student', value ->> 'purpose', value ->> 'given_by', ?1, ?2, ?3 FROM json_each(?4)";

/// The decision about an application, from the journal. What follows names the application.
macro_rules! decision_sql {
    ($condition:literal) => {
        concat!(
            "SELECT json_object('application_id', a.id, 'reference', a.reference, 'body_digest', a.body_digest,
                'decided_at', a.received_at,
                'registrations', json((SELECT json_group_array(json_object('registration', r.id, 'intake', r.intake_id,
                        'cohort', j.cohort_id, 'entry', j.entry, 'state', j.state, 'position', j.position, 'decided_at', j.at))
                    FROM (SELECT id FROM students WHERE application_id = a.id ORDER BY place) AS s
                    CROSS JOIN registrations AS r ON r.student_id = s.id
                    CROSS JOIN journal AS j ON j.registration_id = r.id AND j.act = 'applied')))
            FROM applications AS a WHERE ",
            $condition
        )
    };
}

const DECISION_BY_ID: &str = decision_sql!("a.id = ?1");
const DECISION_BY_KEY: &str = decision_sql!("a.key_digest = ?1");

/// Stores the application and decides about the seats: enrolled while there are seats and nobody waits, waiting otherwise. A
/// newcomer who waits beside a free seat, which a party could not use, is served at once.
///
/// # Errors
/// When the database refuses for a reason that isn't an [`Outcome`]; nothing was stored then.
pub async fn apply(platform: &impl Platform, new: &NewApplication<'_>) -> Result<Outcome, Refusal> {
    let mut batch = decided(platform, new).await?;
    batch.push(Statement::new(DECISION_BY_ID).bind(new.id));
    match platform.batch(batch).await {
        Ok(rows) => {
            let decision = rows.into_iter().next_back().flatten();
            let decision = decision.ok_or_else(|| Refusal::internal("the batch left no decision"))?;
            Ok(Outcome::Decided(serde_json::from_str(&decision)?))
        }
        Err(error) => refused(error),
    }
}

/// Stores applications one after the other, as [`apply`] does, all or none, together with what is `told` of them. None when that was
/// done.
///
/// # Errors
/// As [`apply`].
pub async fn apply_all(
    platform: &impl Platform,
    told: Option<Statement>,
    all: &[NewApplication<'_>],
) -> Result<Option<Outcome>, Refusal> {
    let mut batch: Vec<Statement> = told.into_iter().collect();
    for new in all {
        batch.extend(decided(platform, new).await?);
    }
    match platform.batch(batch).await {
        Ok(_) => Ok(None),
        Err(error) => refused(error).map(Some),
    }
}

/// What stores an application and decides about its seats.
async fn decided(platform: &impl Platform, new: &NewApplication<'_>) -> Result<Vec<Statement>, Refusal> {
    let party = new.application.together.then_some(new.id);
    let cohorts: Vec<&str> = new.application.students.iter().map(|student| student.cohort.as_str()).collect();
    let mut batch = vec![
        application(new),
        Statement::new(STUDENTS).bind(new.id).bind(rows::students(new)),
        Statement::new(IDENTITIES).bind(new.intake).bind(rows::identities(new)),
        Statement::new(GUARDIANS).bind(new.id).bind(rows::guardians(new)),
    ];
    batch.extend(party.map(|party| Statement::new(PARTY).bind(party)));
    batch.extend([
        registrations(platform, new, party).await?,
        Statement::new(TRACKS).bind(rows::tracks(new)),
        consents(new),
        turns::of_cohorts(&cohorts, new.now)?,
    ]);
    Ok(batch)
}

/// What a batch means that was not done.
fn refused(error: DatabaseError) -> Result<Outcome, Refusal> {
    let DatabaseError::Constraint(refused) = error else { return Err(error.into()) };
    // SQLite names the columns of the constraint; the first statement that fails is the one told.
    if refused.contains("applications.key_digest") {
        Ok(Outcome::KeyUsed)
    } else if refused.contains("applications.reference") {
        Ok(Outcome::ReferenceUsed)
    } else if refused.contains("student_identities.") {
        Ok(Outcome::AlreadyRegistered)
    } else if refused.contains("cohort_is_closed") {
        Ok(Outcome::CohortClosed)
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
        .bind(i64::from(new.application.take_at_once))
        .bind(new.now)
}

fn consents(new: &NewApplication<'_>) -> Statement {
    Statement::new(CONSENTS)
        .bind(new.application.consent.version.as_str())
        .bind(new.application.language.as_str())
        .bind(new.now)
        .bind(rows::consents(new))
}

#[cfg(not(feature = "unguarded"))]
async fn registrations(_: &impl Platform, new: &NewApplication<'_>, party: Option<&str>) -> Result<Statement, Refusal> {
    Ok(insert_registrations(new, party))
}

/// Families that have looked, in this build that decides by an earlier look.
#[cfg(feature = "unguarded")]
static LOOKED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

/// Looks, and writes only after a second family has looked too: both see what was free before either of them wrote, however quick
/// the machine is. A family that is alone would wait for ever, and in a race nobody is.
#[cfg(feature = "unguarded")]
async fn registrations(platform: &impl Platform, new: &NewApplication<'_>, party: Option<&str>) -> Result<Statement, Refusal> {
    use std::sync::atomic::Ordering::SeqCst;

    let look = "SELECT json_quote(iif(waiting = 0 AND taken < seats, 'enrolled', 'waiting')) FROM cohorts WHERE id = ?1";
    let cohort = new.application.students.first().map(|student| student.cohort.as_str());
    let state: Option<String> = read(platform, Statement::new(look).bind(cohort)).await?;
    LOOKED.fetch_add(1, SeqCst);
    while LOOKED.load(SeqCst) < 2 {
        // What is seen here is thrown away: reading lets the others come to their own look.
        read::<String>(platform, Statement::new(look).bind(cohort)).await?;
    }
    Ok(insert_registrations(new, party).bind(state))
}

fn insert_registrations(new: &NewApplication<'_>, party: Option<&str>) -> Statement {
    let day = new.now.local_date().to_string();
    Statement::new(REGISTRATIONS).bind(rows::registrations(new)).bind(new.now).bind(party).bind(new.author).bind(day)
}

/// The decision an earlier request with this key got.
///
/// # Errors
/// When the database can't be read.
pub async fn decided_before(platform: &impl Platform, key_digest: &str) -> Result<Option<Decision>, Refusal> {
    read(platform, Statement::new(DECISION_BY_KEY).bind(key_digest)).await
}
