-- After demo.sql: every weekday morning in Astana is full, with nobody waiting yet.
UPDATE cohorts
SET seats = 0
WHERE id GLOB 'astana-*-0900' OR id GLOB 'astana-*-1100';
