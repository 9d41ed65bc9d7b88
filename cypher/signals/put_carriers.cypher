// Parties that pass on or receive; put before what they carry.
// batch: id STRING
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
UNWIND $rows AS row
MERGE (:Carrier {id: row.id})
