-- Remove ties that no longer hold.
-- batch: id STRING, source_id STRING, target_id STRING
-- out:   nothing
-- order: none
-- user:  graph/diff_writes.py
DELETE FROM ties WHERE id = :id AND source_id = :source_id AND target_id = :target_id
