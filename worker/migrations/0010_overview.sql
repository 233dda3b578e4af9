-- What the overview and the journal ask, kept or indexed so that neither goes through whole tables.

-- Seats taken and given up in each week, by its Monday. The time a seat was taken is in the journal only, which grows for ever.
CREATE TABLE enrolment_weeks (
    cohort_id TEXT NOT NULL,
    monday    TEXT NOT NULL,
    enrolled  INTEGER NOT NULL CHECK (enrolled >= 0),
    given_up  INTEGER NOT NULL CHECK (given_up >= 0),
    PRIMARY KEY (cohort_id, monday)
) STRICT, WITHOUT ROWID;

INSERT INTO enrolment_weeks (cohort_id, monday, enrolled, given_up)
SELECT cohort_id, date(at / 1000, 'unixepoch', '+5 hours', 'weekday 0', '-6 days'), sum(now AND NOT before), sum(before AND NOT now)
FROM (
    SELECT cohort_id, at, state = 'enrolled' AS now,
        coalesce(lag(state) OVER (PARTITION BY registration_id ORDER BY entry) = 'enrolled', 0) AS before
    FROM journal WHERE state IS NOT NULL)
WHERE now <> before GROUP BY 1, 2;

CREATE TRIGGER a_taken_seat_is_counted AFTER INSERT ON registrations WHEN NEW.state = 'enrolled' BEGIN
    INSERT INTO enrolment_weeks (cohort_id, monday, enrolled, given_up)
    VALUES (NEW.cohort_id, date(NEW.changed_at / 1000, 'unixepoch', '+5 hours', 'weekday 0', '-6 days'), 1, 0)
    ON CONFLICT (cohort_id, monday) DO UPDATE SET enrolled = enrolled + 1;
END;

CREATE TRIGGER a_seat_is_recounted AFTER UPDATE OF state ON registrations
WHEN (NEW.state = 'enrolled') <> (OLD.state = 'enrolled') BEGIN
    INSERT INTO enrolment_weeks (cohort_id, monday, enrolled, given_up)
    VALUES (NEW.cohort_id, date(NEW.changed_at / 1000, 'unixepoch', '+5 hours', 'weekday 0', '-6 days'),
        NEW.state = 'enrolled', NEW.state <> 'enrolled')
    ON CONFLICT (cohort_id, monday) DO UPDATE
    SET enrolled = enrolled + excluded.enrolled, given_up = given_up + excluded.given_up;
END;

-- The journal is read from its end, by whatever it is searched for. Families and the system write most of it, and are found by what
-- they did.
CREATE INDEX journal_by_cohort ON journal (cohort_id);
-- Every entry has this condition. Who goes through all entries of a kind says it; who looks for one entry would find thousands first.
CREATE INDEX journal_by_act ON journal (act) WHERE at > 0;
CREATE INDEX journal_by_author ON journal (author) WHERE author NOT IN ('family', 'system');
CREATE INDEX journal_by_time ON journal (at);
