// Forget events that were observed before a time.
// in:    $before STRING
// out:   nothing
// order: none
// user:  api/watching/observations.py
MATCH (n:WatchEvent)
WHERE n.observed_at < $before
DELETE n
