-- How many parties each of these data sets describes, by the beginning of its record ids.
-- in:    $names LIST<STRING>
-- out:   name STRING, n INTEGER
-- order: name; one row a name
-- user:  api/contract/store_sizes.py
SELECT
  names.value AS name,
  (
    SELECT count(DISTINCT m.entity_id)
    FROM members AS m
    WHERE m.record_id >= names.value || ':' AND m.record_id < names.value || ';'
  ) AS n
FROM json_each(:names) AS names
ORDER BY name
