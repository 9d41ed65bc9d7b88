-- Facts about the store itself: rulebook, day, stage markers.
-- batch: key STRING, value STRING
-- out:   nothing
-- order: none
-- user:  resolution/pipeline.py, graph/pipeline.py
INSERT INTO meta (
  key, value
) VALUES (
  :key, :value
) ON CONFLICT (key) DO UPDATE SET
  value = excluded.value
