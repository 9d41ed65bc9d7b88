-- When each file was loaded, counted in changes of the store and not by a clock, by what mapping, and how many listings it states.
ALTER TABLE files ADD COLUMN loaded_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN mapping_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE files ADD COLUMN listings INTEGER NOT NULL DEFAULT -1;
