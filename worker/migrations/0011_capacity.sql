-- What running cohorts asks: slots that are replaced, and tracks that somebody has chosen.

-- 1: other slots took the place of this session before it came. Without meaning while the slots of the cohort plan it again.
ALTER TABLE session_changes ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1));

-- Whether a track may leave a cohort, and how much each is asked for there.
CREATE INDEX chosen_tracks ON registration_tracks (cohort_id, track_id);
