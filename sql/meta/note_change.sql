-- Count one more change of the store, and note it as the last one of its kind: a number that only grows, whatever a clock says.
-- in:    $kind STRING
-- out:   nothing
-- order: none
-- user:  store/changes.py
INSERT INTO meta (key, value) SELECT 'changes', '1' WHERE true
ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);
INSERT INTO meta (key, value) SELECT 'change.' || :kind, value FROM meta WHERE key = 'changes'
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
