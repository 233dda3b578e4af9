-- Marks of attendance. A mark is never overwritten: a correction is one more row that names the one it replaces, and of those that
-- nothing replaces the last one made stands, whichever phone it comes from and whenever it arrives. Who has no mark is not marked,
-- which is never absent.

CREATE TABLE marks (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT NOT NULL UNIQUE CHECK (length(id) = 26),  -- drawn by the phone: sent twice is one
    cohort_id       TEXT NOT NULL REFERENCES cohorts (id),
    day             TEXT NOT NULL CHECK (date(day) IS day),        -- day and starts: the session's name
    starts          INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    status          TEXT NOT NULL CHECK (status IN ('present', 'late', 'excused', 'absent', 'cleared')),
    minutes         INTEGER CHECK (minutes BETWEEN 1 AND 240),
    reason          TEXT CHECK (reason <> ''),
    instead_of      TEXT,                                          -- the mark it replaces; that one may come later
    marked_by       TEXT NOT NULL REFERENCES staff_members (id),
    marked_at       INTEGER NOT NULL,                              -- by the phone's clock, set right by the server's
    received_at     INTEGER NOT NULL,
    CONSTRAINT late_has_minutes CHECK ((status = 'late') = (minutes IS NOT NULL)),
    CONSTRAINT excused_has_a_reason CHECK ((status = 'excused') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX marks_of_a_session ON marks (cohort_id, day, starts, registration_id, marked_at);

CREATE TRIGGER marks_are_never_changed BEFORE UPDATE ON marks BEGIN
    SELECT RAISE(ABORT, 'a mark is never changed: correct it by another one');
END;

CREATE TRIGGER marks_are_never_deleted BEFORE DELETE ON marks BEGIN
    SELECT RAISE(ABORT, 'a mark is never deleted: correct it by another one');
END;

-- Marks that no other mark of the same student and session replaces: `domain::staff::attendance::open`.
CREATE VIEW open_marks AS
SELECT * FROM marks AS mark WHERE NOT EXISTS (
    SELECT 1 FROM marks AS next
    WHERE next.cohort_id = mark.cohort_id AND next.day = mark.day AND next.starts = mark.starts
        AND next.registration_id = mark.registration_id AND next.instead_of = mark.id);

-- The mark that stands for each student and session, and whether open marks contradict each other: `standing` and `in_conflict` of
-- `domain::staff::attendance`, kept by the trigger.
CREATE TABLE attendance (
    cohort_id       TEXT NOT NULL,
    day             TEXT NOT NULL,
    starts          INTEGER NOT NULL,
    registration_id TEXT NOT NULL,
    mark_id         TEXT NOT NULL,
    status          TEXT NOT NULL,
    marked_at       INTEGER NOT NULL,
    conflict        INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    PRIMARY KEY (cohort_id, day, starts, registration_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_of_a_registration ON attendance (registration_id, status);

-- Numbers of standing marks, so that a screen of fifty cohorts doesn't count a hundred thousand rows.
CREATE TABLE session_counts (
    cohort_id TEXT NOT NULL,
    day       TEXT NOT NULL,
    starts    INTEGER NOT NULL,
    present   INTEGER NOT NULL DEFAULT 0 CHECK (present >= 0),
    late      INTEGER NOT NULL DEFAULT 0 CHECK (late >= 0),
    excused   INTEGER NOT NULL DEFAULT 0 CHECK (excused >= 0),
    absent    INTEGER NOT NULL DEFAULT 0 CHECK (absent >= 0),
    conflicts INTEGER NOT NULL DEFAULT 0 CHECK (conflicts >= 0),
    PRIMARY KEY (cohort_id, day, starts)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER a_mark_is_counted AFTER INSERT ON marks BEGIN
    INSERT INTO attendance (cohort_id, day, starts, registration_id, mark_id, status, marked_at, conflict)
    SELECT last.cohort_id, last.day, last.starts, last.registration_id, last.id, last.status, last.marked_at, EXISTS (
        SELECT 1 FROM open_marks AS one JOIN open_marks AS other
            ON other.cohort_id = one.cohort_id AND other.day = one.day AND other.starts = one.starts
                AND other.registration_id = one.registration_id
        WHERE one.cohort_id = NEW.cohort_id AND one.day = NEW.day AND one.starts = NEW.starts
            AND one.registration_id = NEW.registration_id
            AND (one.status <> other.status OR one.minutes IS NOT other.minutes))
    FROM marks AS last
    WHERE last.cohort_id = NEW.cohort_id AND last.day = NEW.day AND last.starts = NEW.starts
        AND last.registration_id = NEW.registration_id
    ORDER BY EXISTS (SELECT 1 FROM open_marks WHERE open_marks.sequence = last.sequence) DESC, last.marked_at DESC, last.id DESC
    LIMIT 1
    ON CONFLICT DO UPDATE
    SET mark_id = excluded.mark_id, status = excluded.status, marked_at = excluded.marked_at, conflict = excluded.conflict;
END;

CREATE TRIGGER attendance_is_counted AFTER INSERT ON attendance BEGIN
    INSERT OR IGNORE INTO session_counts (cohort_id, day, starts) VALUES (NEW.cohort_id, NEW.day, NEW.starts);
    UPDATE session_counts
    SET present = present + (NEW.status = 'present'), late = late + (NEW.status = 'late'),
        excused = excused + (NEW.status = 'excused'), absent = absent + (NEW.status = 'absent'), conflicts = conflicts + NEW.conflict
    WHERE cohort_id = NEW.cohort_id AND day = NEW.day AND starts = NEW.starts;
END;

CREATE TRIGGER attendance_is_recounted AFTER UPDATE ON attendance BEGIN
    UPDATE session_counts
    SET present = present + (NEW.status = 'present') - (OLD.status = 'present'),
        late = late + (NEW.status = 'late') - (OLD.status = 'late'),
        excused = excused + (NEW.status = 'excused') - (OLD.status = 'excused'),
        absent = absent + (NEW.status = 'absent') - (OLD.status = 'absent'),
        conflicts = conflicts + NEW.conflict - OLD.conflict
    WHERE cohort_id = NEW.cohort_id AND day = NEW.day AND starts = NEW.starts;
END;
