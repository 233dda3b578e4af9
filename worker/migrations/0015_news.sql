-- Whether a message is news: written only to those who agreed to get news, the purpose of that name.

ALTER TABLE messages ADD COLUMN news INTEGER NOT NULL DEFAULT 0 CHECK (news IN (0, 1));
