// Of which tables the store holds statements of a dataset.
// in:    $dataset STRING
// out:   records BOOLEAN, links BOOLEAN, listings BOOLEAN, recognitions BOOLEAN, experiences BOOLEAN
// order: records; one row
// user:  resolution/sources/shared_statements.py
RETURN
  EXISTS { MATCH (n:Record) WHERE n.id STARTS WITH $dataset + ':' } AS records,
  EXISTS { MATCH (n:Link) WHERE n.id STARTS WITH $dataset + ':' } AS links,
  EXISTS { MATCH (n:Listing) WHERE n.id STARTS WITH $dataset + ':' } AS listings,
  EXISTS { MATCH (n:Recognition) WHERE n.id STARTS WITH $dataset + ':' } AS recognitions,
  EXISTS { MATCH (n:Experience) WHERE n.id STARTS WITH $dataset + ':' } AS experiences
ORDER BY records
