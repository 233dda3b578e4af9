-- After demo.sql: the demo intake closed yesterday at 18:00 local time.
UPDATE intakes
SET closes_at = CAST(strftime('%s', date('now', '+5 hours', '-1 day') || ' 18:00', '-5 hours') AS INTEGER) * 1000
WHERE id = 'demo';
