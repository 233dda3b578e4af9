-- After demo.sql: a Monday morning in Astana with a single seat, so that the second family waits.
UPDATE cohorts
SET seats = 1
WHERE id = 'astana-mon-wed-0900';
