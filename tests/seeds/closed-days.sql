-- After demo.sql: the second Monday of the intake is closed everywhere, the Wednesday after it in Almaty only.
INSERT INTO closed_days (day, centre_id, reason_kk, reason_ru, reason_en)
SELECT date(first_session_on, '+7 days'), NULL, 'Жөндеу', 'Ремонт', 'Repairs' FROM intakes WHERE id = 'demo'
UNION ALL
SELECT date(first_session_on, '+9 days'), 'almaty', 'Жөндеу', 'Ремонт', 'Repairs' FROM intakes WHERE id = 'demo';
