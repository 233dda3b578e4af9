-- Who applied: applications, guardians, students, their identities and consents.

-- What a family sent. The private link's secret is derived from the id by a key outside the database; only its hash is here.
CREATE TABLE applications (
    id           TEXT PRIMARY KEY,
    key_digest   TEXT NOT NULL,          -- keyed hash of the Idempotency-Key: who reads this table can't repeat a request
    body_digest  TEXT NOT NULL,          -- keyed hash of the answers: a key reused with other answers is noticed
    reference    TEXT NOT NULL,
    link_digest  TEXT NOT NULL,
    language     TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    filled_by    TEXT NOT NULL CHECK (filled_by IN ('student', 'guardian')),
    take_at_once INTEGER NOT NULL CHECK (take_at_once IN (0, 1)),  -- a seat from the waiting list is taken without asking first
    received_at  INTEGER NOT NULL,
    CONSTRAINT one_application_a_key UNIQUE (key_digest),
    CONSTRAINT one_application_a_reference UNIQUE (reference),
    CONSTRAINT one_application_a_link UNIQUE (link_digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE guardians (
    application_id TEXT NOT NULL REFERENCES applications (id),
    place          INTEGER NOT NULL CHECK (place IN (1, 2)),  -- 1: the main contact
    surname        TEXT NOT NULL CHECK (surname <> ''),
    given_name     TEXT NOT NULL CHECK (given_name <> ''),
    patronymic     TEXT CHECK (patronymic <> ''),
    relation       TEXT NOT NULL CHECK (relation IN ('mother', 'father', 'representative', 'self')),
    phone          TEXT NOT NULL CHECK (phone GLOB '+[1-9]*' AND length(phone) BETWEEN 9 AND 16),
    phone_typed    TEXT NOT NULL,
    email          TEXT CHECK (email LIKE '%_@_%._%'),
    PRIMARY KEY (application_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE students (
    id             TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    place          INTEGER NOT NULL CHECK (place > 0),  -- 1, 2, … in the order of the application
    surname        TEXT NOT NULL CHECK (surname <> ''),
    given_name     TEXT NOT NULL CHECK (given_name <> ''),
    patronymic     TEXT CHECK (patronymic <> ''),
    born_on        TEXT NOT NULL CHECK (date(born_on) IS born_on),
    school         TEXT CHECK (school <> ''),
    grade          TEXT CHECK (grade <> ''),
    iin_sealed     TEXT CHECK (iin_sealed <> ''),  -- encrypted; the key is not in the database
    UNIQUE (application_id, place)
) STRICT, WITHOUT ROWID;

-- By what the same student is recognised again in an intake: keyed hashes of the identification number, and of name, birth
-- date and each guardian's telephone. One row a hash, so a second record of a child who has a seat or waits can't be stored.
CREATE TABLE student_identities (
    intake_id  TEXT NOT NULL REFERENCES intakes (id),
    digest     TEXT NOT NULL,
    student_id TEXT NOT NULL REFERENCES students (id),
    CONSTRAINT one_student_an_identity PRIMARY KEY (intake_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_of_a_student ON student_identities (student_id, intake_id);

-- Who gave up every seat and place may apply anew: the identity passes to the new record, whole, so that the old private page
-- can't bring the same child back a second time.
CREATE TRIGGER identity_of_nobody_passes_on BEFORE INSERT ON student_identities BEGIN
    DELETE FROM student_identities
    WHERE (student_id, intake_id) IN (
            SELECT student_id, intake_id FROM student_identities WHERE intake_id = NEW.intake_id AND digest = NEW.digest)
        AND student_id <> NEW.student_id
        AND NOT EXISTS (
            SELECT 1 FROM registrations AS r
            WHERE r.student_id = student_identities.student_id AND r.intake_id = NEW.intake_id
                AND r.state IN ('waiting', 'offered', 'enrolled'));
END;

-- Who agreed to what about which student, when: can be confirmed later, as the law asks. The student's own acceptance is a row
-- of its own.
CREATE TABLE consents (
    student_id TEXT NOT NULL REFERENCES students (id),
    purpose    TEXT NOT NULL,
    given_by   TEXT NOT NULL CHECK (given_by IN ('guardian', 'student')),
    version    TEXT NOT NULL,
    language   TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    given_at   INTEGER NOT NULL,
    PRIMARY KEY (student_id, purpose, given_by),
    FOREIGN KEY (version, purpose) REFERENCES consent_purposes (version, purpose)
) STRICT, WITHOUT ROWID;
