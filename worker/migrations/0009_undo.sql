-- What staff took away can come back: a removed registration is restored, a moved student moves back. And what rosters ask.

-- Every row has this condition. Who wants a whole cohort says it; for all others, the list's first above all, this is the wrong index.
CREATE INDEX registrations_of_a_cohort ON registrations (cohort_id) WHERE decided_at > 0;
CREATE INDEX messages_of_a_cohort ON messages (cohort_id, sent_at);

-- The names as they are searched: without case, Ё, and the letters of a Kazakh keyboard. Written by the program, which knows the
-- rule; who is stored past it gets the text within minutes.
ALTER TABLE students ADD COLUMN search TEXT CHECK (search <> '');
CREATE INDEX students_not_searchable ON students (id) WHERE search IS NULL;

-- As in 0003, but what staff ended may be restored.
DROP TRIGGER registration_changes_rightly;
CREATE TRIGGER registration_changes_rightly BEFORE UPDATE OF state, cohort_id, student_id ON registrations BEGIN
    SELECT RAISE(ABORT, 'a registration keeps its student and cohort')
        WHERE NEW.cohort_id <> OLD.cohort_id OR NEW.student_id <> OLD.student_id;
    SELECT RAISE(ABORT, 'what is over stays over') WHERE NEW.state <> OLD.state AND NOT (
        OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled', 'withdrawn', 'removed')
        OR OLD.state = 'offered' AND NEW.state IN ('enrolled', 'withdrawn', 'removed')
        OR OLD.state = 'offered' AND NEW.state = 'waiting' AND OLD.returned = 0 AND NEW.returned = 1
        OR OLD.state = 'offered' AND NEW.state = 'lapsed' AND OLD.returned = 1
        OR OLD.state = 'enrolled' AND NEW.state IN ('withdrawn', 'removed')
        OR NEW.act = 'restored' AND OLD.state = 'removed' AND NEW.state IN ('enrolled', 'waiting')
        OR NEW.act = 'restored' AND OLD.state = 'withdrawn' AND OLD.act = 'transferred' AND NEW.state = 'enrolled');
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts
        WHERE id = NEW.cohort_id AND taken >= seats
            AND NEW.state IN ('offered', 'enrolled') AND OLD.state NOT IN ('offered', 'enrolled');
END;

-- Who comes back comes under the rules of a newcomer.
CREATE TRIGGER registration_returns_rightly BEFORE UPDATE OF state ON registrations
WHEN NEW.act = 'restored' AND NEW.state <> OLD.state BEGIN
    SELECT RAISE(ABORT, 'nobody passes the waiting list') FROM cohorts
        WHERE id = NEW.cohort_id AND NEW.state = 'enrolled' AND waiting > 0;
    SELECT RAISE(ABORT, 'too many places') WHERE 4 <= (
        SELECT count(*) FROM registrations
        WHERE student_id = NEW.student_id AND intake_id = NEW.intake_id AND state IN ('waiting', 'offered', 'enrolled'));
    SELECT RAISE(ABORT, 'the student is registered elsewhere') WHERE NOT EXISTS (
        SELECT 1 FROM student_identities WHERE student_id = NEW.student_id AND intake_id = NEW.intake_id);
    SELECT RAISE(ABORT, 'a party gets its offer together') WHERE NEW.state = 'waiting' AND EXISTS (
        SELECT 1 FROM registrations WHERE party_id = NEW.party_id AND state = 'offered');
END;

-- As in 0003. An entry of a removal keeps what restoring needs: the state before, and who was ahead on the list, by sequence. An entry
-- of a restoration names the one it takes back. Who comes back to the list and had a seat joins it anew, in the counts as well.
DROP TRIGGER registration_recounted;
CREATE TRIGGER registration_recounted AFTER UPDATE OF state ON registrations WHEN NEW.state <> OLD.state BEGIN
    UPDATE cohorts
    SET taken = taken - (OLD.state IN ('offered', 'enrolled')) + (NEW.state IN ('offered', 'enrolled')),
        waiting = waiting - (OLD.state = 'waiting') + (NEW.state = 'waiting'),
        waited = waited + (NEW.act = 'restored' AND NEW.state = 'waiting' AND NEW.returned = 0 AND 'waiting' IS NOT (
            SELECT details ->> 'state' FROM journal WHERE registration_id = NEW.id AND act = 'removed' ORDER BY entry DESC LIMIT 1)),
        seated = seated + (OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled') AND OLD.returned = 0)
    WHERE id = NEW.cohort_id;
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason, details, undoes)
    SELECT NEW.changed_at, NEW.author, NEW.act, NEW.id, NEW.cohort_id, NEW.state,
        iif(NEW.state = 'waiting', (
            SELECT count(*) FROM registrations AS ahead
            WHERE ahead.cohort_id = NEW.cohort_id AND ahead.state = 'waiting'
                AND (ahead.rank, ahead.sequence) <= (NEW.rank, NEW.sequence)), NULL),
        NEW.reason,
        iif(NEW.act = 'removed', json_object('state', OLD.state, 'ahead', json((
            SELECT json_group_array(ahead.sequence) FROM registrations AS ahead
            WHERE OLD.state = 'waiting' AND ahead.cohort_id = NEW.cohort_id AND ahead.state = 'waiting'
                AND (ahead.rank, ahead.sequence) < (NEW.rank, NEW.sequence)))), NULL),
        iif(NEW.act = 'restored', (
            SELECT max(undone.entry) FROM journal AS undone WHERE undone.registration_id = NEW.id AND undone.state IS NOT NULL), NULL);
END;
