-- Who waits can be moved to another cohort as well, and moves back to the old place.

-- As in 0009, but whoever was moved comes back to the state that was left: to the seat, or to the list.
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
        OR NEW.act = 'restored' AND OLD.state = 'withdrawn' AND OLD.act = 'transferred' AND NEW.state = coalesce((
            SELECT details ->> 'state' FROM journal WHERE registration_id = NEW.id AND act = 'transferred' ORDER BY entry DESC LIMIT 1),
            'enrolled'));
    SELECT RAISE(ABORT, 'taken_within_seats') FROM cohorts
        WHERE id = NEW.cohort_id AND taken >= seats
            AND NEW.state IN ('offered', 'enrolled') AND OLD.state NOT IN ('offered', 'enrolled');
END;

-- As in 0009, but an entry of a move keeps what moving back needs, as one of a removal does.
DROP TRIGGER registration_recounted;
CREATE TRIGGER registration_recounted AFTER UPDATE OF state ON registrations WHEN NEW.state <> OLD.state BEGIN
    UPDATE cohorts
    SET taken = taken - (OLD.state IN ('offered', 'enrolled')) + (NEW.state IN ('offered', 'enrolled')),
        waiting = waiting - (OLD.state = 'waiting') + (NEW.state = 'waiting'),
        waited = waited + (NEW.act = 'restored' AND NEW.state = 'waiting' AND NEW.returned = 0 AND 'waiting' IS NOT (
            SELECT details ->> 'state' FROM journal
            WHERE registration_id = NEW.id AND act IN ('removed', 'transferred') ORDER BY entry DESC LIMIT 1)),
        seated = seated + (OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled') AND OLD.returned = 0)
    WHERE id = NEW.cohort_id;
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason, details, undoes)
    SELECT NEW.changed_at, NEW.author, NEW.act, NEW.id, NEW.cohort_id, NEW.state,
        iif(NEW.state = 'waiting', (
            SELECT count(*) FROM registrations AS ahead
            WHERE ahead.cohort_id = NEW.cohort_id AND ahead.state = 'waiting'
                AND (ahead.rank, ahead.sequence) <= (NEW.rank, NEW.sequence)), NULL),
        NEW.reason,
        iif(NEW.act IN ('removed', 'transferred'), json_object('state', OLD.state, 'ahead', json((
            SELECT json_group_array(ahead.sequence) FROM registrations AS ahead
            WHERE OLD.state = 'waiting' AND ahead.cohort_id = NEW.cohort_id AND ahead.state = 'waiting'
                AND (ahead.rank, ahead.sequence) < (NEW.rank, NEW.sequence)))), NULL),
        iif(NEW.act = 'restored', (
            SELECT max(undone.entry) FROM journal AS undone WHERE undone.registration_id = NEW.id AND undone.state IS NOT NULL), NULL);
END;
