-- To whom a message was written: the states of their registrations, as a JSON list in the order of their names. The same message
-- sent again has to name the same ones. Messages from before this was kept are to nobody, and so never the same as another one.

ALTER TABLE messages ADD COLUMN states TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(states));
