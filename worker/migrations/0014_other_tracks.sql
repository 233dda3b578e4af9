-- Staff write down other tracks for a student who stays in the cohort; the family gets a letter.

-- As in 0005, with one kind of letter more: a check can't be changed, so the rows go by another table.
CREATE TABLE outbox_so_far AS SELECT * FROM outbox;
DROP TABLE outbox;
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY,
    event          TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL CHECK (kind IN (
        'registered', 'link_again', 'offered', 'offer_reminder', 'seated', 'returned', 'lapsed', 'removed', 'withdrawn', 'restored',
        'transferred', 'tracks_changed', 'message')),
    message_id     TEXT REFERENCES messages (id),         -- what staff wrote
    application_id TEXT NOT NULL,
    guardian       INTEGER NOT NULL,                      -- place of the guardian it goes to
    unit           TEXT,                                  -- whom it is about; none: the whole application
    queued_at      INTEGER NOT NULL,                      -- the moment of the event
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    sent_at        INTEGER,
    dropped_at     INTEGER,                               -- what it would tell is no longer so; beside sent_at: being handed over
    CONSTRAINT a_message_has_a_text CHECK ((kind = 'message') = (message_id IS NOT NULL)),
    FOREIGN KEY (application_id, guardian) REFERENCES guardians (application_id, place)
) STRICT;
INSERT INTO outbox SELECT * FROM outbox_so_far;
DROP TABLE outbox_so_far;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX outbox_in_hand ON outbox (sent_at) WHERE sent_at IS NOT NULL AND dropped_at IS NOT NULL;
CREATE INDEX outbox_reminders ON outbox (unit, queued_at) WHERE kind = 'offer_reminder';

-- The entry is the change: a registration has the tracks that the last one of these says. Its state stays, so the entry has none.
CREATE TRIGGER other_tracks_are_written_down AFTER INSERT ON journal WHEN NEW.act = 'tracks_changed' BEGIN
    DELETE FROM registration_tracks WHERE registration_id = NEW.registration_id;
    INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id)
    SELECT NEW.registration_id, e.key + 1, NEW.cohort_id, e.value FROM json_each(NEW.details, '$.after') AS e;
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, unit, queued_at, due_at)
    SELECT NEW.act || ':' || r.unit || ':' || NEW.at || ':' || t.place, NEW.act, t.application_id, t.place, r.unit, NEW.at, NEW.at
    FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id
    JOIN addressees AS t ON t.application_id = s.application_id
    WHERE r.id = NEW.registration_id;
END;
