-- After demo.sql: an intake that nobody can join any more and that has met for three weeks, with cohorts on Mondays and Thursdays.
INSERT INTO intakes (id, name_kk, name_ru, name_en, opens_at, closes_at, min_age, max_age, first_session_on, last_session_on, seat_target)
SELECT 'running', 'Жүріп жатқан қабылдау', 'Идущий набор', 'Running intake',
    CAST(strftime('%s', date('now', '+5 hours', '-90 days')) AS INTEGER) * 1000,
    CAST(strftime('%s', date('now', '+5 hours', '-60 days')) AS INTEGER) * 1000,
    12, 18, date('now', '+5 hours', '-27 days', 'weekday 1'), date('now', '+5 hours', '+60 days', 'weekday 6'), 1000;

INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
WITH RECURSIVE numbers (number) AS (VALUES (1) UNION ALL SELECT number + 1 FROM numbers WHERE number < 9)
SELECT 'running-' || number, 3000 + number, 'running', 'astana', 20 FROM numbers;

INSERT INTO cohort_tracks (cohort_id, track_id)
SELECT cohorts.id, tracks.id FROM cohorts CROSS JOIN tracks WHERE cohorts.intake_id = 'running';

INSERT INTO slots (cohort_id, weekday, starts, ends)
WITH days (weekday) AS (VALUES (1), (4))
SELECT cohorts.id, weekday, 600, 720 FROM cohorts CROSS JOIN days WHERE cohorts.intake_id = 'running';
