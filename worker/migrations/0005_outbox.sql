-- Letters to be sent, queued by the triggers in the batch that gives the reason. One letter an event and guardian.
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY,
    event          TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL CHECK (kind IN (
        'registered', 'link_again', 'offered', 'offer_reminder', 'seated', 'returned', 'lapsed', 'removed', 'withdrawn', 'restored',
        'transferred', 'message')),
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
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND dropped_at IS NULL;
CREATE INDEX outbox_in_hand ON outbox (sent_at) WHERE sent_at IS NOT NULL AND dropped_at IS NOT NULL;
CREATE INDEX outbox_reminders ON outbox (unit, queued_at) WHERE kind = 'offer_reminder';

-- Each address of an application once, whoever gave it and however it is spelt.
CREATE VIEW addressees AS
SELECT g.application_id, g.place FROM guardians AS g
WHERE g.email IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM guardians AS other
    WHERE other.application_id = g.application_id AND other.place < g.place AND lower(other.email) = lower(g.email));

CREATE TRIGGER a_decision_is_told AFTER INSERT ON journal WHEN NEW.act = 'applied' BEGIN
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, queued_at, due_at)
    SELECT 'registered:' || t.application_id || ':' || t.place, 'registered', t.application_id, t.place, NEW.at, NEW.at
    FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id
    JOIN addressees AS t ON t.application_id = s.application_id
    WHERE r.id = NEW.registration_id;
END;

CREATE TRIGGER a_change_is_told AFTER INSERT ON journal
WHEN NEW.act IN ('offered', 'seated', 'returned', 'lapsed', 'removed', 'withdrawn', 'restored') BEGIN
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, unit, queued_at, due_at)
    SELECT NEW.act || ':' || r.unit || ':' || NEW.at || ':' || t.place, NEW.act, t.application_id, t.place, r.unit, NEW.at, NEW.at
    FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id
    JOIN addressees AS t ON t.application_id = s.application_id
    WHERE r.id = NEW.registration_id;
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, unit, queued_at, due_at)
    SELECT 'offer_reminder:' || r.unit || ':' || NEW.at || ':' || t.place, 'offer_reminder', t.application_id, t.place, r.unit,
        NEW.at, r.held_until - 3600000 * i.reminder_hours
    FROM registrations AS r
    JOIN intakes AS i ON i.id = r.intake_id
    JOIN students AS s ON s.id = r.student_id
    JOIN addressees AS t ON t.application_id = s.application_id
    WHERE r.id = NEW.registration_id AND NEW.act = 'offered';
END;

-- Staff moved a student: the family is told by what begins, not by what ends.
CREATE TRIGGER a_move_is_told AFTER INSERT ON journal WHEN NEW.act = 'joined' AND NEW.author <> 'family' BEGIN
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, unit, queued_at, due_at)
    SELECT 'transferred:' || r.unit || ':' || NEW.at || ':' || t.place, 'transferred', t.application_id, t.place, r.unit, NEW.at, NEW.at
    FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id
    JOIN addressees AS t ON t.application_id = s.application_id
    WHERE r.id = NEW.registration_id;
END;

-- Nobody is reminded of an offer that was answered.
CREATE TRIGGER a_reminder_is_dropped AFTER UPDATE OF state ON registrations WHEN OLD.state = 'offered' BEGIN
    UPDATE outbox SET dropped_at = NEW.changed_at
    WHERE kind = 'offer_reminder' AND unit = OLD.unit AND queued_at = OLD.changed_at AND sent_at IS NULL AND dropped_at IS NULL;
END;
