// Pieces of the packed state.
// batch: name STRING, part INTEGER, content STRING
// out:   nothing
// order: none
// user:  graph/pipeline.py
UNWIND $rows AS row
MERGE (n:SignalState {name: row.name, part: row.part})
SET n = row
