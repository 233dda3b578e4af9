-- Whose turn it is. The whole rule of the waiting list is here, once; every statement that frees or adds a seat is followed, in
-- its batch, by `INSERT INTO turns`.
--
-- A free seat goes to the first unit of the list that it suits. A registration by itself needs one seat. A party needs seats for
-- all its members at the same moment, in each of their cohorts; while there aren't enough, those behind it are served. Each seat
-- given to somebody behind it is counted, and at `overtakes_max` the party is preferred: from then on the seats it needs are kept
-- free until there are enough, at most for as long as an offer is held; then others may pass again. Two parties that stand in each other's way in two cohorts go in the order in which they applied.

-- Units for which there are enough free seats, whoever else waits.
CREATE VIEW capable AS
SELECT r.unit FROM registrations AS r
WHERE r.state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM registrations AS m JOIN cohorts AS c ON c.id = m.cohort_id
    WHERE m.unit = r.unit AND m.state = 'waiting' AND c.seats - c.taken < (
        SELECT count(*) FROM registrations AS n WHERE n.unit = m.unit AND n.state = 'waiting' AND n.cohort_id = m.cohort_id));

-- Waiting registrations whose unit may have its seats now: in each of its cohorts `m` they are there beside those of everybody
-- ahead `b` who has to be served first. For a party these are all who could be served; for a registration by itself only
-- preferred parties, as the seat it would take goes to the first of the list anyway; and what stops the first of those who stand
-- alone stops all of them. The cheap questions come first: a list can have a thousand names.
CREATE VIEW eligible AS
SELECT r.cohort_id, r.rank, r.sequence, r.unit
FROM registrations AS r LEFT JOIN parties AS own ON own.id = r.party_id
WHERE r.state = 'waiting' AND iif(r.party_id IS NULL,
    NOT EXISTS (
        SELECT 1 FROM registrations AS first
        WHERE first.cohort_id = r.cohort_id AND first.state = 'waiting' AND first.party_id IS NULL
            AND (first.rank, first.sequence) < (r.rank, r.sequence)),
    EXISTS (SELECT 1 FROM capable WHERE capable.unit = r.unit))
AND NOT EXISTS (
    SELECT 1 FROM registrations AS m JOIN cohorts AS c ON c.id = m.cohort_id
    WHERE m.unit = r.unit AND m.state = 'waiting' AND c.seats - c.taken < (
        SELECT count(*) FROM registrations AS n WHERE n.unit = m.unit AND n.state = 'waiting' AND n.cohort_id = m.cohort_id
    ) + (
        SELECT count(*) FROM registrations AS b LEFT JOIN parties AS p ON p.id = b.party_id
        WHERE b.cohort_id = m.cohort_id AND b.state = 'waiting' AND b.unit <> m.unit
            AND (b.rank, b.sequence) < (m.rank, m.sequence)
            AND (p.preferred OR own.id IS NOT NULL AND (p.id IS NULL OR EXISTS (SELECT 1 FROM capable WHERE capable.unit = b.unit)))
            AND NOT (own.id IS NOT NULL AND p.id IS NOT NULL AND own.sequence < p.sequence AND EXISTS (
                SELECT 1 FROM registrations AS x JOIN registrations AS y ON y.cohort_id = x.cohort_id
                WHERE x.unit = m.unit AND x.state = 'waiting' AND y.unit = b.unit AND y.state = 'waiting'
                    AND (x.rank, x.sequence) < (y.rank, y.sequence)))));

-- Registrations whose families asked to get a seat without being asked again. Who has a seat elsewhere is asked all the same: the
-- new one would end it. One member who has to be asked stands for the party, also when the row of that one has just been changed.
CREATE VIEW at_once AS
SELECT r.unit FROM registrations AS r
JOIN students AS s ON s.id = r.student_id JOIN applications AS a ON a.id = s.application_id
WHERE r.state = 'waiting' AND a.take_at_once AND NOT EXISTS (
    SELECT 1 FROM registrations AS m
    JOIN registrations AS seat ON seat.student_id = m.student_id AND seat.intake_id = m.intake_id
    WHERE (m.id = r.unit OR m.party_id = r.unit) AND m.state IN ('waiting', 'offered', 'enrolled')
        AND seat.state = 'enrolled' AND seat.unit <> r.unit);

-- One row is one look at a cohort: if a seat suits somebody, the first of them gets it.
CREATE VIEW turns AS SELECT NULL AS cohort_id, NULL AS at WHERE 0;

CREATE TRIGGER a_free_seat_goes_to_the_first INSTEAD OF INSERT ON turns BEGIN
    UPDATE registrations
    SET state = iif(EXISTS (SELECT 1 FROM at_once WHERE at_once.unit = registrations.unit), 'enrolled', 'offered'),
        act = iif(EXISTS (SELECT 1 FROM at_once WHERE at_once.unit = registrations.unit), 'seated', 'offered'),
        held_until = iif(EXISTS (SELECT 1 FROM at_once WHERE at_once.unit = registrations.unit), NULL,
            NEW.at + 3600000 * (SELECT i.offer_hours FROM intakes AS i WHERE i.id = registrations.intake_id)),
        changed_at = NEW.at, author = 'system', reason = NULL
    WHERE state = 'waiting' AND unit = (
        SELECT e.unit FROM eligible AS e WHERE e.cohort_id = NEW.cohort_id ORDER BY e.rank, e.sequence LIMIT 1);
END;

CREATE TRIGGER a_party_was_overtaken AFTER UPDATE OF state ON registrations
WHEN OLD.state = 'waiting' AND NEW.state IN ('offered', 'enrolled') BEGIN
    UPDATE parties
    SET overtaken = overtaken + 1,
        preferred = overtaken + 1 >= (SELECT i.overtakes_max FROM intakes AS i WHERE i.id = NEW.intake_id),
        preferred_at = iif(overtaken + 1 >= (SELECT i.overtakes_max FROM intakes AS i WHERE i.id = NEW.intake_id),
            coalesce(preferred_at, NEW.changed_at), NULL)
    WHERE id IN (
        SELECT party_id FROM registrations
        WHERE cohort_id = NEW.cohort_id AND state = 'waiting' AND party_id IS NOT NULL AND unit <> NEW.unit
            AND (rank, sequence) < (NEW.rank, NEW.sequence));
END;

-- Puts a unit into a cohort's list before the registration that has this rank now; its members stay side by side.
CREATE VIEW placements AS SELECT NULL AS unit, NULL AS cohort_id, NULL AS rank WHERE 0;

CREATE TRIGGER a_unit_is_placed INSTEAD OF INSERT ON placements BEGIN
    UPDATE registrations
    SET rank = rank + (
        SELECT count(*) FROM registrations AS m
        WHERE (m.id = NEW.unit OR m.party_id = NEW.unit) AND m.cohort_id = NEW.cohort_id)
    WHERE cohort_id = NEW.cohort_id AND state = 'waiting' AND rank >= NEW.rank;
    UPDATE registrations
    SET rank = NEW.rank + (
        SELECT count(*) FROM registrations AS m
        WHERE (m.id = NEW.unit OR m.party_id = NEW.unit) AND m.cohort_id = NEW.cohort_id AND m.sequence < registrations.sequence)
    WHERE (id = NEW.unit OR party_id = NEW.unit) AND cohort_id = NEW.cohort_id AND state IN ('waiting', 'offered');
END;

-- When the clock was looked at last. Time that nobody ran, or that a clock jumped over, is not counted against an offer.
CREATE TABLE clock (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    ran_at INTEGER NOT NULL
) STRICT;
