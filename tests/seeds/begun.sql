-- After demo.sql: the sessions of the demo intake began three weeks ago, while families can still join.
UPDATE intakes
SET first_session_on = date('now', '+5 hours', '-21 days'), last_session_on = date('now', '+5 hours', '+120 days')
WHERE id = 'demo';
