-- Enrolment: what is offered, who applied, and every decision.
--
-- Moments are milliseconds since 1970 (UTC); days are 'YYYY-MM-DD'; identifiers are ULIDs or short names. Texts families see
-- are in three columns, one a language. The rules that must never break are constraints and triggers here, so that no route,
-- tool or hand can get past them.

CREATE TABLE centres (
    id          TEXT PRIMARY KEY,
    place       INTEGER NOT NULL UNIQUE,  -- order of display
    name_kk     TEXT NOT NULL CHECK (name_kk <> ''),
    name_ru     TEXT NOT NULL CHECK (name_ru <> ''),
    name_en     TEXT NOT NULL CHECK (name_en <> ''),
    city_kk     TEXT NOT NULL CHECK (city_kk <> ''),
    city_ru     TEXT NOT NULL CHECK (city_ru <> ''),
    city_en     TEXT NOT NULL CHECK (city_en <> ''),
    address_kk  TEXT NOT NULL CHECK (address_kk <> ''),
    address_ru  TEXT NOT NULL CHECK (address_ru <> ''),
    address_en  TEXT NOT NULL CHECK (address_en <> ''),
    provisional INTEGER NOT NULL CHECK (provisional IN (0, 1))
) STRICT;

CREATE TABLE tracks (
    id         TEXT PRIMARY KEY,
    place      INTEGER NOT NULL UNIQUE,
    name_kk    TEXT NOT NULL CHECK (name_kk <> ''),
    name_ru    TEXT NOT NULL CHECK (name_ru <> ''),
    name_en    TEXT NOT NULL CHECK (name_en <> ''),
    summary_kk TEXT NOT NULL CHECK (summary_kk <> ''),
    summary_ru TEXT NOT NULL CHECK (summary_ru <> ''),
    summary_en TEXT NOT NULL CHECK (summary_en <> '')
) STRICT;

CREATE TABLE intakes (
    id               TEXT PRIMARY KEY,
    name_kk          TEXT NOT NULL CHECK (name_kk <> ''),
    name_ru          TEXT NOT NULL CHECK (name_ru <> ''),
    name_en          TEXT NOT NULL CHECK (name_en <> ''),
    opens_at         INTEGER NOT NULL,
    closes_at        INTEGER NOT NULL,
    min_age          INTEGER NOT NULL,
    max_age          INTEGER NOT NULL,
    first_session_on TEXT NOT NULL CHECK (date(first_session_on) IS first_session_on),
    last_session_on  TEXT NOT NULL CHECK (date(last_session_on) IS last_session_on),
    seat_target      INTEGER NOT NULL CHECK (seat_target > 0),
    CHECK (opens_at < closes_at),
    CHECK (0 < min_age AND min_age <= max_age),
    CHECK (first_session_on <= last_session_on)
) STRICT;

-- `taken` and `waiting` are kept by the triggers on registrations; the CHECK makes overselling impossible, and the triggers below
-- hold also against statements that say OR IGNORE or OR REPLACE, which a CHECK doesn't.
CREATE TABLE cohorts (
    id        TEXT PRIMARY KEY,
    place     INTEGER NOT NULL UNIQUE,
    intake_id TEXT NOT NULL REFERENCES intakes (id),
    centre_id TEXT NOT NULL REFERENCES centres (id),
    seats     INTEGER NOT NULL CHECK (seats >= 0),
    taken     INTEGER NOT NULL DEFAULT 0,
    waiting   INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    CONSTRAINT taken_within_seats CHECK (taken BETWEEN 0 AND seats),
    UNIQUE (id, intake_id)
) STRICT;

CREATE TABLE cohort_tracks (
    cohort_id TEXT NOT NULL REFERENCES cohorts (id),
    track_id  TEXT NOT NULL REFERENCES tracks (id),
    PRIMARY KEY (cohort_id, track_id)
) STRICT, WITHOUT ROWID;

-- Weekly meetings: weekday 1 (Monday) to 7, minutes after local midnight.
CREATE TABLE slots (
    cohort_id TEXT NOT NULL REFERENCES cohorts (id),
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts    INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    ends      INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
    PRIMARY KEY (cohort_id, weekday, starts),
    CHECK (starts < ends)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_days (
    id        INTEGER PRIMARY KEY,
    day       TEXT NOT NULL CHECK (date(day) IS day),
    centre_id TEXT REFERENCES centres (id),  -- none: every centre
    reason_kk TEXT NOT NULL CHECK (reason_kk <> ''),
    reason_ru TEXT NOT NULL CHECK (reason_ru <> ''),
    reason_en TEXT NOT NULL CHECK (reason_en <> ''),
    UNIQUE (day, centre_id)
) STRICT;

-- Versions are never changed once shown; the newest one published is in force.
CREATE TABLE consent_texts (
    version      TEXT PRIMARY KEY,
    published_at INTEGER NOT NULL UNIQUE,
    body_kk      TEXT NOT NULL CHECK (body_kk <> ''),
    body_ru      TEXT NOT NULL CHECK (body_ru <> ''),
    body_en      TEXT NOT NULL CHECK (body_en <> '')
) STRICT;

CREATE TABLE consent_purposes (
    version  TEXT NOT NULL REFERENCES consent_texts (version),
    purpose  TEXT NOT NULL,
    place    INTEGER NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    text_kk  TEXT NOT NULL CHECK (text_kk <> ''),
    text_ru  TEXT NOT NULL CHECK (text_ru <> ''),
    text_en  TEXT NOT NULL CHECK (text_en <> ''),
    PRIMARY KEY (version, purpose),
    UNIQUE (version, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER consent_texts_are_never_changed BEFORE UPDATE ON consent_texts BEGIN
    SELECT RAISE(ABORT, 'a consent text is never changed: publish a new version');
END;

CREATE TRIGGER consent_purposes_are_never_changed BEFORE UPDATE ON consent_purposes BEGIN
    SELECT RAISE(ABORT, 'a consent text is never changed: publish a new version');
END;

-- What a family sent. The private link's secret is derived from the id by a key outside the database; only its hash is here.
CREATE TABLE applications (
    id              TEXT PRIMARY KEY,
    key_digest      TEXT NOT NULL,          -- keyed hash of the Idempotency-Key: who reads this table can't repeat a request
    body_digest     TEXT NOT NULL,          -- keyed hash of the answers: a key reused with other answers is noticed
    reference       TEXT NOT NULL,
    link_digest     TEXT NOT NULL,
    language        TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    filled_by       TEXT NOT NULL CHECK (filled_by IN ('student', 'guardian')),
    received_at     INTEGER NOT NULL,
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
    surname        TEXT NOT NULL CHECK (surname <> ''),
    given_name     TEXT NOT NULL CHECK (given_name <> ''),
    patronymic     TEXT CHECK (patronymic <> ''),
    born_on        TEXT NOT NULL CHECK (date(born_on) IS born_on),
    school         TEXT CHECK (school <> ''),
    grade          TEXT CHECK (grade <> ''),
    iin_sealed     TEXT CHECK (iin_sealed <> '')   -- encrypted; the key is not in the database
) STRICT, WITHOUT ROWID;
CREATE INDEX students_by_application ON students (application_id);

-- By what the same student is recognised again in an intake: keyed hashes of the identification number, and of name, birth
-- date and each guardian's telephone. One row a hash, so a second student record for the same child can't be stored.
CREATE TABLE student_identities (
    intake_id  TEXT NOT NULL REFERENCES intakes (id),
    digest     TEXT NOT NULL,
    student_id TEXT NOT NULL REFERENCES students (id),
    CONSTRAINT one_student_an_identity PRIMARY KEY (intake_id, digest)
) STRICT, WITHOUT ROWID;

-- One student in one cohort. `sequence` numbers the decisions: it is the order of the waiting list.
CREATE TABLE registrations (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    student_id TEXT NOT NULL REFERENCES students (id),
    intake_id  TEXT NOT NULL,
    cohort_id  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'enrolled', 'withdrawn', 'lapsed', 'removed')),
    decided_at INTEGER NOT NULL,
    FOREIGN KEY (cohort_id, intake_id) REFERENCES cohorts (id, intake_id)
) STRICT;
CREATE UNIQUE INDEX one_live_seat ON registrations (student_id, intake_id) WHERE state IN ('offered', 'enrolled');
CREATE UNIQUE INDEX one_place_a_cohort ON registrations (student_id, cohort_id) WHERE state IN ('waiting', 'offered', 'enrolled');
CREATE INDEX waiting_list ON registrations (cohort_id, sequence) WHERE state = 'waiting';

CREATE TRIGGER seat_is_free_on_insert BEFORE INSERT ON registrations
WHEN NEW.state IN ('offered', 'enrolled') BEGIN
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts WHERE id = NEW.cohort_id AND taken >= seats;
END;

CREATE TRIGGER seat_is_free_on_update BEFORE UPDATE OF state, cohort_id ON registrations
WHEN NEW.state IN ('offered', 'enrolled') AND (OLD.state NOT IN ('offered', 'enrolled') OR OLD.cohort_id <> NEW.cohort_id) BEGIN
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts WHERE id = NEW.cohort_id AND taken >= seats;
END;

CREATE TRIGGER registrations_are_never_replaced BEFORE INSERT ON registrations
WHEN EXISTS (SELECT 1 FROM registrations WHERE id = NEW.id OR sequence = NEW.sequence) BEGIN
    SELECT RAISE(ABORT, 'a registration is never replaced');
END;

CREATE TRIGGER cohorts_are_never_replaced BEFORE INSERT ON cohorts
WHEN EXISTS (SELECT 1 FROM cohorts WHERE id = NEW.id) OR NEW.taken <> 0 OR NEW.waiting <> 0 BEGIN
    SELECT RAISE(ABORT, 'a cohort is never replaced, and begins empty');
END;

CREATE TRIGGER registration_counted AFTER INSERT ON registrations BEGIN
    UPDATE cohorts
    SET taken = taken + (NEW.state IN ('offered', 'enrolled')), waiting = waiting + (NEW.state = 'waiting')
    WHERE id = NEW.cohort_id;
END;

CREATE TRIGGER registration_recounted AFTER UPDATE OF state, cohort_id ON registrations BEGIN
    UPDATE cohorts
    SET taken = taken - (OLD.state IN ('offered', 'enrolled')), waiting = waiting - (OLD.state = 'waiting')
    WHERE id = OLD.cohort_id;
    UPDATE cohorts
    SET taken = taken + (NEW.state IN ('offered', 'enrolled')), waiting = waiting + (NEW.state = 'waiting')
    WHERE id = NEW.cohort_id;
END;

CREATE TRIGGER registration_uncounted AFTER DELETE ON registrations BEGIN
    UPDATE cohorts
    SET taken = taken - (OLD.state IN ('offered', 'enrolled')), waiting = waiting - (OLD.state = 'waiting')
    WHERE id = OLD.cohort_id;
END;

-- The student's choice inside the cohort; only what the cohort offers can be chosen.
CREATE TABLE registration_tracks (
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    place           INTEGER NOT NULL CHECK (place BETWEEN 1 AND 3),
    cohort_id       TEXT NOT NULL,
    track_id        TEXT NOT NULL,
    PRIMARY KEY (registration_id, place),
    UNIQUE (registration_id, track_id),
    FOREIGN KEY (cohort_id, track_id) REFERENCES cohort_tracks (cohort_id, track_id)
) STRICT, WITHOUT ROWID;

-- Who agreed to what, when: can be confirmed later, as the law asks. The student's own acceptance is a row of its own.
CREATE TABLE consents (
    application_id TEXT NOT NULL REFERENCES applications (id),
    purpose        TEXT NOT NULL,
    given_by       TEXT NOT NULL CHECK (given_by IN ('guardian', 'student')),
    version        TEXT NOT NULL,
    language       TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    given_at       INTEGER NOT NULL,
    PRIMARY KEY (application_id, purpose, given_by),
    FOREIGN KEY (version, purpose) REFERENCES consent_purposes (version, purpose)
) STRICT, WITHOUT ROWID;

-- Every change, without personal data, for ever as it was written.
CREATE TABLE journal (
    entry           INTEGER PRIMARY KEY AUTOINCREMENT,
    at              INTEGER NOT NULL,
    author          TEXT NOT NULL CHECK (author <> ''),   -- 'family', 'system' or a staff member's id
    act             TEXT NOT NULL CHECK (act <> ''),
    registration_id TEXT REFERENCES registrations (id),
    cohort_id       TEXT REFERENCES cohorts (id),
    state           TEXT,
    position        INTEGER                               -- place on the waiting list at that moment
) STRICT;
CREATE INDEX journal_by_registration ON journal (registration_id);
CREATE UNIQUE INDEX one_decision_a_registration ON journal (registration_id) WHERE act = 'applied';

-- REPLACE fires no delete trigger, so it is met here. An entry that isn't given reads as -1 before the insert.
CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
WHEN NEW.entry <> -1 OR (NEW.act = 'applied'
    AND EXISTS (SELECT 1 FROM journal WHERE registration_id = NEW.registration_id AND act = 'applied')) BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Letters to be sent, written in the batch that gives the reason. One letter an event and guardian.
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY,
    event          TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL CHECK (kind IN ('registered', 'link_again')),
    application_id TEXT NOT NULL,
    guardian       INTEGER NOT NULL,                      -- place of the guardian it goes to
    queued_at      INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER,
    FOREIGN KEY (application_id, guardian) REFERENCES guardians (application_id, place)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL;
