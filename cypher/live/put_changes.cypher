// What was put on a shelf or taken from it since its blocks were packed.
// batch: shelf STRING, key INTEGER, value INTEGER, held BOOLEAN
// out:   nothing
// order: none
// user:  resolution/live/postings.py
UNWIND $rows AS row
MERGE (n:LiveChange {shelf: row.shelf, key: row.key, value: row.value})
SET n = row
