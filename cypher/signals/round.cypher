// One round: what each party holds of the wave goes one hop on and adds to the totals; nothing goes to the blocked.
// in:    $profile STRING, $blocked LIST<STRING>
// out:   nothing
// order: none
// user:  graph/signals/in_store_propagation.py
CALL () {
  MATCH (w:Carrier)-[c:CARRIES]->(d:Carrier)
  WHERE w.wave IS NOT NULL AND c.profile = $profile
  RETURN d, c.coefficient * w.wave AS value
  UNION ALL
  MATCH (w:Carrier)-[m:SHARES]->(h:CarrierHub)
  WHERE w.wave IS NOT NULL AND m.profile = $profile
  WITH h, sum(w.wave) AS total
  MATCH (d:Carrier)-[s:SHARES]->(h)
  WHERE s.profile = $profile AND s.coefficient > 0.0
  RETURN d, s.coefficient * (total - coalesce(d.wave, 0.0)) AS value
}
WITH d, sum(value) AS value
WHERE value > 0.0 AND NOT d.id IN $blocked
SET d.next = value;
MATCH (n:Carrier) WHERE n.wave IS NOT NULL OR n.next IS NOT NULL
SET n.total = coalesce(n.total, 0.0) + coalesce(n.next, 0.0), n.wave = n.next, n.next = NULL;
