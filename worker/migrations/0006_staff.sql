-- Staff: who may sign in, their sessions, and what slows guessing down. What they do is in the journal.

CREATE TABLE staff_members (
    id                   TEXT PRIMARY KEY,
    email                TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%._%'),
    name                 TEXT NOT NULL CHECK (name <> ''),
    role                 TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'trainer', 'viewer')),
    centre_id            TEXT REFERENCES centres (id),                        -- none: every centre
    language             TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    password_hash        TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),  -- the password was given by somebody else
    totp_sealed          TEXT CHECK (totp_sealed <> ''),                      -- secret of the authenticator app, encrypted
    totp_confirmed_at    INTEGER,
    totp_last_step       INTEGER NOT NULL DEFAULT 0,                          -- a code of this step or an earlier one is refused
    totp_next_sealed     TEXT CHECK (totp_next_sealed <> ''),                 -- one being set up, not yet confirmed
    created_at           INTEGER NOT NULL,
    seen_at              INTEGER,                                             -- the last time they signed in
    disabled_at          INTEGER,
    CONSTRAINT role_and_centre CHECK (CASE role
        WHEN 'administrator' THEN centre_id IS NULL
        WHEN 'viewer' THEN 1
        ELSE centre_id IS NOT NULL END),
    CONSTRAINT second_factor_is_whole CHECK ((totp_sealed IS NULL) = (totp_confirmed_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Without an administrator nobody could let anybody in again.
CREATE TRIGGER an_administrator_remains BEFORE UPDATE OF role, disabled_at ON staff_members
WHEN OLD.role = 'administrator' AND OLD.disabled_at IS NULL AND (NEW.role <> 'administrator' OR NEW.disabled_at IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM staff_members WHERE role = 'administrator' AND disabled_at IS NULL AND id <> OLD.id) BEGIN
    SELECT RAISE(ABORT, 'the last administrator');
END;

CREATE TRIGGER staff_members_are_never_deleted BEFORE DELETE ON staff_members BEGIN
    SELECT RAISE(ABORT, 'a staff member is disabled, never deleted: the journal names them');
END;

-- Of a session's secret (256 bit) only the hash is here.
CREATE TABLE staff_sessions (
    digest        TEXT PRIMARY KEY,
    staff_id      TEXT NOT NULL REFERENCES staff_members (id),
    way           TEXT NOT NULL CHECK (way IN ('password', 'access')),        -- by our own password, or vouched for by Cloudflare Access
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),           -- whether it was given in this session
    created_at    INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL                                            -- kept to the minute
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_a_member ON staff_sessions (staff_id);
CREATE INDEX sessions_by_use ON staff_sessions (seen_at);

-- Whoever holds a session holds it by what was true then.
CREATE TRIGGER sessions_end_with_their_reason AFTER UPDATE ON staff_members
WHEN (NEW.role, NEW.password_hash) IS NOT (OLD.role, OLD.password_hash) OR NEW.centre_id IS NOT OLD.centre_id
    OR NEW.totp_sealed IS NOT OLD.totp_sealed OR NEW.disabled_at IS NOT OLD.disabled_at BEGIN
    DELETE FROM staff_sessions WHERE staff_id = NEW.id;
END;

-- Keyed hashes: whoever reads this table can't try them out.
CREATE TABLE staff_recovery_codes (
    staff_id TEXT NOT NULL REFERENCES staff_members (id),
    digest   TEXT NOT NULL,
    used_at  INTEGER,
    PRIMARY KEY (staff_id, digest)
) STRICT, WITHOUT ROWID;

-- Tries to sign in, counted before they are judged. A key is a keyed hash of what is counted: an address, an account, an account
-- tried from an address, or codes of a member. The count begins anew when its time is over, however many more were refused.
CREATE TABLE sign_in_tries (
    key   TEXT PRIMARY KEY,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tries_by_end ON sign_in_tries (until);

-- From where members have signed in, as keyed hash of account and address. Strangers who try an account from elsewhere can keep it
-- shut for elsewhere, never for these.
CREATE TABLE staff_addresses (
    key     TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_use ON staff_addresses (seen_at);

-- Acts of staff. `subject` names what an act is about (`member:ID`, `session:COHORT/DAY/START`, `export:NAME`); `details` is what
-- undoing it needs, as JSON without personal data; `undoes` is the entry that this one takes back.
ALTER TABLE journal ADD COLUMN subject TEXT CHECK (subject <> '');
ALTER TABLE journal ADD COLUMN details TEXT CHECK (json_valid(details));
ALTER TABLE journal ADD COLUMN undoes INTEGER REFERENCES journal (entry);
CREATE UNIQUE INDEX one_undoing_an_entry ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX journal_by_subject ON journal (subject) WHERE subject IS NOT NULL;

-- OR REPLACE would take the earlier undoing away without a word.
CREATE TRIGGER journal_undoes_once BEFORE INSERT ON journal
WHEN NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE undoes = NEW.undoes) BEGIN
    SELECT RAISE(ABORT, 'undone before');
END;
