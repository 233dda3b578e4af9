-- After demo.sql: the demo intake opens in three days at 10:00 local time.
UPDATE intakes
SET opens_at = CAST(strftime('%s', date('now', '+5 hours', '+3 days') || ' 10:00', '-5 hours') AS INTEGER) * 1000
WHERE id = 'demo';
