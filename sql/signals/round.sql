-- One round: what each party holds of the wave goes one hop on and adds to the totals; nothing goes to the blocked.
-- in:    $profile STRING, $blocked LIST<STRING>
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
UPDATE carriers SET next = arrived.value
FROM (
  SELECT id, sum(value) AS value
  FROM (
    SELECT c.receiver_id AS id, c.coefficient * w.wave AS value
    FROM carriers AS w JOIN carried AS c ON c.profile = :profile AND c.sender_id = w.id
    WHERE w.wave IS NOT NULL
    UNION ALL
    SELECT s.entity_id, s.coefficient * (hub.total - coalesce(d.wave, 0.0))
    FROM (
      SELECT m.hub_id, sum(w.wave) AS total
      FROM carriers AS w JOIN carried_shared AS m ON m.profile = :profile AND m.entity_id = w.id
      WHERE w.wave IS NOT NULL
      GROUP BY m.hub_id
    ) AS hub
    JOIN carried_shared AS s ON s.profile = :profile AND s.hub_id = hub.hub_id
    JOIN carriers AS d ON d.id = s.entity_id
    WHERE s.coefficient > 0.0
  )
  GROUP BY id
) AS arrived
WHERE arrived.id = carriers.id AND arrived.value > 0.0 AND carriers.id NOT IN (SELECT value FROM json_each(:blocked));
UPDATE carriers SET wave = next, total = coalesce(total, 0.0) + coalesce(next, 0.0), next = NULL
WHERE wave IS NOT NULL OR next IS NOT NULL;
