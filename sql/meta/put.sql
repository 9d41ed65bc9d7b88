-- Facts about the store itself: rulebook, day, stage markers.
-- batch: key STRING, value STRING
-- out:   nothing
-- order: none
-- user:  store/freshness.py, resolution/aliases/steward_list.py, resolution/live/memory.py, resolution/live/snapshot.py, resolution/pipeline.py, resolution/sources/id_keys.py, graph/pipeline.py, api/context/change_marks.py, api/context/kept_networks.py, api/runs/key_rotation.py, api/runs/updates.py, api/watching/entries.py, api/watching/observations.py, api/watching/records.py
INSERT INTO meta (
  key, value
) VALUES (
  :key, :value
) ON CONFLICT (key) DO UPDATE SET
  value = excluded.value
