// Facts about the store itself: rulebook, day, stage markers.
// batch: key STRING, value STRING
// out:   nothing
// order: none
// user:  resolution/pipeline.py, graph/pipeline.py
UNWIND $rows AS row
MERGE (n:Meta {key: row.key})
SET n = row
