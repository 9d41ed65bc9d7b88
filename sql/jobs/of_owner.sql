-- Jobs of one owner, the latest first, those before an id where one is given. States and kinds as lists; an empty list is any.
-- Of jobs that are to be forgotten none is shown.
-- in:    $owner STRING, $before STRING, $states LIST<STRING>, $kinds LIST<STRING>, $limit INTEGER 1..1000
-- out:   id STRING, kind STRING, lane STRING, owner STRING, state STRING, stage STRING, done INTEGER, total INTEGER, version INTEGER, options STRING, place STRING, runner STRING, requested_at STRING, started_at STRING, seen_at STRING, ended_at STRING, leaving STRING, report STRING, problem STRING
-- order: id descending; at most $limit rows
-- user:  api/jobs/ledger.py
SELECT
  id,
  kind,
  lane,
  owner,
  state,
  stage,
  done,
  total,
  version,
  options,
  place,
  runner,
  requested_at,
  started_at,
  seen_at,
  ended_at,
  leaving,
  report,
  problem
FROM jobs
WHERE owner = :owner AND (:before = '' OR id < :before) AND leaving <> 'forget'
  AND (json_array_length(:states) = 0 OR state IN (SELECT value FROM json_each(:states)))
  AND (json_array_length(:kinds) = 0 OR kind IN (SELECT value FROM json_each(:kinds)))
ORDER BY id DESC
LIMIT :limit
