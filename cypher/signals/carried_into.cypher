// What is carried to these parties in one hop, over a tie or a shared value.
// in:    $profile STRING, $ids LIST<STRING>, $limit INTEGER 1..1000000
// out:   receiver_id STRING, sender_id STRING, hub_id STRING?, coefficient FLOAT
// order: receiver_id, sender_id, hub_id (the tie first); at most $limit rows
// user:  graph/signals/reaches.py
CALL () {
  MATCH (d:Carrier) WHERE d.id IN $ids
  MATCH (s:Carrier)-[c:CARRIES]->(d)
  WHERE c.profile = $profile
  RETURN d.id AS receiver_id, s.id AS sender_id, NULL AS hub_id, c.coefficient AS coefficient
  UNION ALL
  MATCH (d:Carrier) WHERE d.id IN $ids
  MATCH (d)-[into:SHARES]->(h:CarrierHub)<-[of:SHARES]-(s:Carrier)
  WHERE into.profile = $profile AND of.profile = $profile AND into.coefficient > 0.0 AND s <> d
  RETURN d.id AS receiver_id, s.id AS sender_id, h.id AS hub_id, into.coefficient AS coefficient
}
RETURN receiver_id, sender_id, hub_id, coefficient
ORDER BY receiver_id, sender_id, coalesce(hub_id, '')
LIMIT $limit
