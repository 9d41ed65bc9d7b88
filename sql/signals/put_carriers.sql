-- Parties that pass on or receive; put before what they carry.
-- batch: id STRING
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
INSERT INTO carriers (id) VALUES (:id) ON CONFLICT (id) DO NOTHING
