-- After demo.sql: two hundred cohorts of one seat, so that every race has a last seat of its own.
INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
WITH RECURSIVE numbers (number) AS (VALUES (1) UNION ALL SELECT number + 1 FROM numbers WHERE number < 200)
SELECT 'test-' || substr('00' || number, -3), 1000 + number, 'demo', 'astana', 1 FROM numbers;

INSERT INTO cohort_tracks (cohort_id, track_id)
SELECT cohorts.id, tracks.id FROM cohorts CROSS JOIN tracks WHERE cohorts.id GLOB 'test-*';

INSERT INTO slots (cohort_id, weekday, starts, ends)
WITH times (starts) AS (VALUES (480), (600))
SELECT cohorts.id, 7, starts, starts + 120 FROM cohorts CROSS JOIN times WHERE cohorts.id GLOB 'test-*';
