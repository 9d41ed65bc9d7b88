// How many statements of each table came from one file.
// in:    $file_id STRING
// out:   records INTEGER, links INTEGER, listings INTEGER, recognitions INTEGER, experiences INTEGER
// order: records; one row
// user:  resolution/sources/unloading.py
RETURN
  COUNT { MATCH (n:Record) WHERE n.row_id STARTS WITH $file_id + '#' } AS records,
  COUNT { MATCH (n:Link) WHERE n.row_id STARTS WITH $file_id + '#' } AS links,
  COUNT { MATCH (n:Listing) WHERE n.row_id STARTS WITH $file_id + '#' } AS listings,
  COUNT { MATCH (n:Recognition) WHERE n.row_id STARTS WITH $file_id + '#' } AS recognitions,
  COUNT { MATCH (n:Experience) WHERE n.row_id STARTS WITH $file_id + '#' } AS experiences
ORDER BY records
