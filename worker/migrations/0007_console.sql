-- What coordinators run: labels, closing, trainers, sessions that take place otherwise than planned, messages, saved exports.

ALTER TABLE centres ADD COLUMN workstations INTEGER CHECK (workstations > 0);  -- how many students can sit there at a time

ALTER TABLE cohorts ADD COLUMN label TEXT CHECK (label <> '');                 -- a short name for staff
ALTER TABLE cohorts ADD COLUMN closed_at INTEGER;                              -- since when it takes no newcomers
ALTER TABLE cohorts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;             -- grows with every edit
-- The slots hold from this day on; sessions before it are rows of session_changes. None: from the first day of the intake.
ALTER TABLE cohorts ADD COLUMN slots_from TEXT CHECK (date(slots_from) IS slots_from);

-- Freed seats of a closed cohort still go to its waiting list; staff may add somebody by hand.
CREATE TRIGGER closed_cohorts_take_no_newcomers BEFORE INSERT ON registrations WHEN NEW.author = 'family' BEGIN
    SELECT RAISE(ABORT, 'cohort_is_closed') FROM cohorts WHERE id = NEW.cohort_id AND closed_at IS NOT NULL;
END;

CREATE TABLE cohort_trainers (
    cohort_id TEXT NOT NULL REFERENCES cohorts (id),
    staff_id  TEXT NOT NULL REFERENCES staff_members (id),
    PRIMARY KEY (cohort_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohorts_of_a_trainer ON cohort_trainers (staff_id);

-- Sessions that differ from what slots and closed days say. A session is named for good by its cohort and its time as first
-- planned; marks refer to that name.
CREATE TABLE session_changes (
    cohort_id   TEXT NOT NULL REFERENCES cohorts (id),
    day         TEXT NOT NULL CHECK (date(day) IS day),
    starts      INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    state       TEXT NOT NULL CHECK (state IN ('kept', 'moved', 'cancelled')),  -- kept: planned by slots that hold no more
    held_on     TEXT NOT NULL CHECK (date(held_on) IS held_on),
    held_starts INTEGER NOT NULL CHECK (held_starts BETWEEN 0 AND 1439),
    held_ends   INTEGER NOT NULL CHECK (held_ends BETWEEN 1 AND 1440),
    sequence    INTEGER NOT NULL DEFAULT 1,  -- how often it was changed: SEQUENCE of RFC 5545
    reason      TEXT CHECK (reason <> ''),
    author      TEXT NOT NULL CHECK (author <> ''),
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (cohort_id, day, starts),
    CHECK (held_starts < held_ends)
) STRICT, WITHOUT ROWID;
CREATE INDEX changed_sessions_by_day ON session_changes (held_on);

-- What staff wrote to the families of a cohort. The outbox holds a letter an address.
CREATE TABLE messages (
    id        TEXT PRIMARY KEY,  -- drawn by the client: sent twice is one
    cohort_id TEXT NOT NULL REFERENCES cohorts (id),
    subject   TEXT NOT NULL CHECK (subject <> ''),
    body      TEXT NOT NULL CHECK (body <> ''),
    author    TEXT NOT NULL REFERENCES staff_members (id),
    sent_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_exports (
    id         TEXT PRIMARY KEY,
    staff_id   TEXT NOT NULL REFERENCES staff_members (id),
    name       TEXT NOT NULL CHECK (name <> ''),
    query      TEXT NOT NULL CHECK (json_valid(query)),
    created_at INTEGER NOT NULL,
    UNIQUE (staff_id, name)
) STRICT, WITHOUT ROWID;
