-- After demo.sql: an intake that closed yesterday and one that opens in ten days, a cohort each.
INSERT INTO intakes (id, name_kk, name_ru, name_en, opens_at, closes_at, min_age, max_age, first_session_on, last_session_on, seat_target)
WITH terms (id, kk, ru, en, opens_on, closes_on, first_session, last_session) AS (VALUES
    ('past', 'Өткен қабылдау', 'Прошедший набор', 'Past intake', '-30 days', '-1 day', '+10 days', '+148 days'),
    ('future', 'Келесі қабылдау', 'Следующий набор', 'Next intake', '+10 days', '+90 days', '+120 days', '+258 days'))
SELECT id, kk, ru, en,
    CAST(strftime('%s', date('now', '+5 hours', opens_on) || ' 10:00', '-5 hours') AS INTEGER) * 1000,
    CAST(strftime('%s', date('now', '+5 hours', closes_on) || ' 18:00', '-5 hours') AS INTEGER) * 1000,
    12, 18,
    date('now', '+5 hours', first_session, 'weekday 1'),
    date('now', '+5 hours', last_session, 'weekday 6'),
    1000
FROM terms;

INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
VALUES ('past-1', 2101, 'past', 'astana', 10), ('future-1', 2102, 'future', 'astana', 10);

INSERT INTO cohort_tracks (cohort_id, track_id)
SELECT cohorts.id, tracks.id FROM cohorts CROSS JOIN tracks WHERE cohorts.id IN ('past-1', 'future-1');

INSERT INTO slots (cohort_id, weekday, starts, ends)
VALUES ('past-1', 7, 720, 840), ('past-1', 7, 840, 960), ('future-1', 7, 720, 840), ('future-1', 7, 840, 960);
