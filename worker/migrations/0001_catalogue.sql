-- What is offered: centres, tracks, intakes, cohorts, closed days, consent texts.
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
    offer_hours      INTEGER NOT NULL DEFAULT 48 CHECK (offer_hours > 0),      -- how long a seat is held for a family
    reminder_hours   INTEGER NOT NULL DEFAULT 12 CHECK (reminder_hours >= 0),  -- how long before its end they are reminded
    return_place     INTEGER NOT NULL DEFAULT 10 CHECK (return_place > 0),     -- where an unanswered offer returns to, once
    overtakes_max    INTEGER NOT NULL DEFAULT 5 CHECK (overtakes_max > 0),     -- seats that may pass a party before it is its turn
    CHECK (opens_at < closes_at),
    CHECK (0 < min_age AND min_age <= max_age),
    CHECK (first_session_on <= last_session_on)
) STRICT;

-- The counters are kept by the triggers on registrations; the CHECK makes overselling impossible, and the triggers there hold
-- also against statements that say OR IGNORE or OR REPLACE, which a CHECK doesn't.
CREATE TABLE cohorts (
    id        TEXT PRIMARY KEY,
    place     INTEGER NOT NULL UNIQUE,
    intake_id TEXT NOT NULL REFERENCES intakes (id),
    centre_id TEXT NOT NULL REFERENCES centres (id),
    seats     INTEGER NOT NULL CHECK (seats >= 0),
    taken     INTEGER NOT NULL DEFAULT 0,                        -- enrolled and offered
    waiting   INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    waited    INTEGER NOT NULL DEFAULT 0 CHECK (waited >= 0),    -- how many have ever joined the waiting list
    seated    INTEGER NOT NULL DEFAULT 0 CHECK (seated >= 0),    -- how many of them got or were offered a seat
    CONSTRAINT taken_within_seats CHECK (taken BETWEEN 0 AND seats),
    UNIQUE (id, intake_id)
) STRICT;
-- Where a turn may be due: a free seat, and somebody waiting.
CREATE INDEX cohorts_with_a_turn ON cohorts (id) WHERE taken < seats AND waiting > 0;

CREATE TRIGGER cohorts_are_never_replaced BEFORE INSERT ON cohorts
WHEN EXISTS (SELECT 1 FROM cohorts WHERE id = NEW.id) OR NEW.taken <> 0 OR NEW.waiting <> 0 BEGIN
    SELECT RAISE(ABORT, 'a cohort is never replaced, and begins empty');
END;

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
