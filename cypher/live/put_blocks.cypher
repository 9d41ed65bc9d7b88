// Blocks of what live resolution looks up: many entries each, packed; replaced by the next full run.
// batch: shelf STRING, block INTEGER, content STRING
// out:   nothing
// order: none
// user:  resolution/live/snapshot.py
UNWIND $rows AS row
MERGE (n:LiveBlock {shelf: row.shelf, block: row.block})
SET n = row
