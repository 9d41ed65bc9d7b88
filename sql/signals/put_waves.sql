-- Begin at these parties: the first wave of a run.
-- batch: id STRING, value FLOAT
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
UPDATE carriers SET wave = :value, total = coalesce(total, 0.0) + :value WHERE id = :id
