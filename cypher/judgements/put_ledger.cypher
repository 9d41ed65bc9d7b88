// Add lines to the ledger; a line that is there already is left as it is.
// batch: id STRING, occasion STRING, left_id STRING, right_id STRING, verdict STRING?, undoes STRING?, by STRING, reason STRING, decided_at STRING
// out:   nothing
// order: none
// user:  resolution/judgements/ledger.py
UNWIND $rows AS row
MERGE (n:LedgerEntry {id: row.id})
ON CREATE SET n = row
