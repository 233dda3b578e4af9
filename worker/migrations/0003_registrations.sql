-- Every decision: registrations, what keeps their counters right, and the journal.

-- Students of one application who want seats together or not at all.
CREATE TABLE parties (
    sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    application_id TEXT NOT NULL UNIQUE REFERENCES applications (id),
    overtaken      INTEGER NOT NULL DEFAULT 0 CHECK (overtaken >= 0),       -- seats that went to those behind it
    preferred      INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),  -- overtaken often enough: seats are kept for it
    preferred_at   INTEGER,                                                 -- since when
    CONSTRAINT preference_has_a_beginning CHECK (preferred = (preferred_at IS NOT NULL))
) STRICT;

CREATE INDEX preferred_parties ON parties (preferred_at) WHERE preferred = 1;

-- One student in one cohort. What takes a seat together is one unit: a party, or a registration by itself.
--
-- act, author, changed_at and reason tell of the last change; the triggers copy them into the journal, so that no change can be
-- made without its entry.
CREATE TABLE registrations (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    student_id TEXT NOT NULL REFERENCES students (id),
    intake_id  TEXT NOT NULL,
    cohort_id  TEXT NOT NULL,
    party_id   TEXT REFERENCES parties (id),
    unit       TEXT NOT NULL GENERATED ALWAYS AS (coalesce(party_id, id)) VIRTUAL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'enrolled', 'withdrawn', 'lapsed', 'removed')),
    rank       INTEGER NOT NULL,              -- order of the waiting list; of equals the lower sequence comes first
    held_until INTEGER,                       -- deadline of the offer
    returned   INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)),  -- an unanswered offer has brought it back once
    decided_at INTEGER NOT NULL,              -- the first decision
    changed_at INTEGER NOT NULL,
    author     TEXT NOT NULL CHECK (author <> ''),  -- 'family', 'system' or a staff member's id
    act        TEXT NOT NULL CHECK (act <> ''),
    reason     TEXT CHECK (reason <> ''),
    FOREIGN KEY (cohort_id, intake_id) REFERENCES cohorts (id, intake_id),
    CONSTRAINT an_offer_has_a_deadline CHECK ((state = 'offered') = (held_until IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_live_seat ON registrations (student_id, intake_id) WHERE state = 'enrolled';
CREATE UNIQUE INDEX one_place_a_cohort ON registrations (student_id, cohort_id) WHERE state IN ('waiting', 'offered', 'enrolled');
CREATE INDEX waiting_list ON registrations (cohort_id, rank) WHERE state = 'waiting';
CREATE INDEX waiting_units ON registrations (unit) WHERE state = 'waiting';
CREATE INDEX waiting_parties ON registrations (cohort_id, rank) WHERE state = 'waiting' AND party_id IS NOT NULL;
CREATE INDEX offers ON registrations (held_until) WHERE state = 'offered';
CREATE INDEX offered_units ON registrations (unit) WHERE state = 'offered';
CREATE INDEX registrations_of_a_party ON registrations (party_id) WHERE party_id IS NOT NULL;
CREATE INDEX registrations_of_a_student ON registrations (student_id, intake_id);

CREATE TRIGGER registration_begins_rightly BEFORE INSERT ON registrations BEGIN
    SELECT RAISE(ABORT, 'a registration is never replaced') FROM registrations WHERE id = NEW.id OR sequence = NEW.sequence;
    SELECT RAISE(ABORT, 'a registration begins enrolled or waiting') WHERE NEW.state NOT IN ('enrolled', 'waiting');
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts
        WHERE id = NEW.cohort_id AND NEW.state = 'enrolled' AND taken >= seats;
    SELECT RAISE(ABORT, 'nobody passes the waiting list') FROM cohorts
        WHERE id = NEW.cohort_id AND NEW.state = 'enrolled' AND waiting > 0;
    -- The seat, and waiting in up to three other cohorts.
    SELECT RAISE(ABORT, 'too many places') WHERE 4 <= (
        SELECT count(*) FROM registrations
        WHERE student_id = NEW.student_id AND intake_id = NEW.intake_id AND state IN ('waiting', 'offered', 'enrolled'));
    -- Every registration leaves rows and letters for ever: joining and leaving in turns has an end.
    SELECT RAISE(ABORT, 'too many places') WHERE 20 <= (
        SELECT count(*) FROM registrations WHERE student_id = NEW.student_id AND intake_id = NEW.intake_id);
    SELECT RAISE(ABORT, 'the student is registered elsewhere') WHERE NOT EXISTS (
        SELECT 1 FROM student_identities WHERE student_id = NEW.student_id AND intake_id = NEW.intake_id);
END;

CREATE TRIGGER registration_changes_rightly BEFORE UPDATE OF state, cohort_id, student_id ON registrations BEGIN
    SELECT RAISE(ABORT, 'a registration keeps its student and cohort')
        WHERE NEW.cohort_id <> OLD.cohort_id OR NEW.student_id <> OLD.student_id;
    SELECT RAISE(ABORT, 'what is over stays over') WHERE NEW.state <> OLD.state AND NOT (
        OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled', 'withdrawn', 'removed')
        OR OLD.state = 'offered' AND NEW.state IN ('enrolled', 'withdrawn', 'removed')
        OR OLD.state = 'offered' AND NEW.state = 'waiting' AND OLD.returned = 0 AND NEW.returned = 1
        OR OLD.state = 'offered' AND NEW.state = 'lapsed' AND OLD.returned = 1
        OR OLD.state = 'enrolled' AND NEW.state IN ('withdrawn', 'removed'));
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts
        WHERE id = NEW.cohort_id AND taken >= seats
            AND NEW.state IN ('offered', 'enrolled') AND OLD.state NOT IN ('offered', 'enrolled');
END;

CREATE TRIGGER registrations_are_never_deleted BEFORE DELETE ON registrations BEGIN
    SELECT RAISE(ABORT, 'a registration ends by its state');
END;

CREATE TRIGGER registration_counted AFTER INSERT ON registrations BEGIN
    UPDATE cohorts
    SET taken = taken + (NEW.state = 'enrolled'),
        waiting = waiting + (NEW.state = 'waiting'),
        waited = waited + (NEW.state = 'waiting')
    WHERE id = NEW.cohort_id;
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason)
    SELECT NEW.changed_at, NEW.author, NEW.act, NEW.id, NEW.cohort_id, NEW.state, iif(NEW.state = 'waiting', c.waiting, NULL), NEW.reason
    FROM cohorts AS c WHERE c.id = NEW.cohort_id;
END;

CREATE TRIGGER registration_recounted AFTER UPDATE OF state ON registrations WHEN NEW.state <> OLD.state BEGIN
    UPDATE cohorts
    SET taken = taken - (OLD.state IN ('offered', 'enrolled')) + (NEW.state IN ('offered', 'enrolled')),
        waiting = waiting - (OLD.state = 'waiting') + (NEW.state = 'waiting'),
        seated = seated + (OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled') AND OLD.returned = 0)
    WHERE id = NEW.cohort_id;
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason)
    SELECT NEW.changed_at, NEW.author, NEW.act, NEW.id, NEW.cohort_id, NEW.state, iif(NEW.state = 'waiting', (
            SELECT count(*) FROM registrations AS ahead
            WHERE ahead.cohort_id = NEW.cohort_id AND ahead.state = 'waiting'
                AND (ahead.rank, ahead.sequence) <= (NEW.rank, NEW.sequence)), NULL), NEW.reason;
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

-- Every change, without personal data, for ever as it was written.
CREATE TABLE journal (
    entry           INTEGER PRIMARY KEY AUTOINCREMENT,
    at              INTEGER NOT NULL,
    author          TEXT NOT NULL CHECK (author <> ''),   -- 'family', 'system' or a staff member's id
    act             TEXT NOT NULL CHECK (act <> ''),
    registration_id TEXT REFERENCES registrations (id),
    cohort_id       TEXT REFERENCES cohorts (id),
    state           TEXT,
    position        INTEGER,                              -- place on the waiting list at that moment
    seats           INTEGER,                              -- of the cohort, after a change of seats
    reason          TEXT CHECK (reason <> ''),
    -- Whoever changes what a family was promised says why.
    CONSTRAINT staff_give_a_reason CHECK (act NOT IN ('reordered', 'removed', 'seats_changed') OR reason IS NOT NULL)
) STRICT;
CREATE INDEX journal_by_registration ON journal (registration_id);
CREATE UNIQUE INDEX one_decision_a_registration ON journal (registration_id) WHERE act IN ('applied', 'joined');
-- Who got a seat without waiting: read when the order is proved.
CREATE INDEX entered_without_waiting ON journal (cohort_id, entry) WHERE act IN ('applied', 'joined') AND state = 'enrolled';

-- REPLACE fires no delete trigger, so it is met here. An entry that isn't given reads as -1 before the insert.
CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
WHEN NEW.entry <> -1 OR (NEW.act IN ('applied', 'joined')
    AND EXISTS (SELECT 1 FROM journal WHERE registration_id = NEW.registration_id AND act IN ('applied', 'joined'))) BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
