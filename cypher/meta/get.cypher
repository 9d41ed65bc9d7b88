// One fact about the store, or nothing.
// in:    $key STRING
// out:   key STRING, value STRING
// order: key; all rows
// user:  store/changes.py, resolution/aliases/steward_list.py, resolution/live/memory.py, resolution/pipeline.py, resolution/sources/id_keys.py, graph/drift.py, graph/pipeline.py, api/context/change_marks.py, api/context/kept_networks.py, api/models/weights_report.py, api/routes/health.py, api/runs/key_rotation.py, api/runs/updates.py, api/watching/observations.py, api/watching/records.py
MATCH (n:Meta)
WHERE n.key = $key
RETURN
  n.key AS key, n.value AS value
ORDER BY key
