// How much of everything the store holds.
// in:    nothing
// out:   what STRING, n INTEGER
// order: what; 12 rows
// user:  resolution/live/memory.py, api/parties/store_summary.py
CALL () {
  MATCH (n:Entity) WITH count(n) AS n RETURN 'entities' AS what, n
  UNION ALL
  MATCH (n:Experience) WITH count(n) AS n RETURN 'experiences' AS what, n
  UNION ALL
  MATCH (n:File) WITH count(n) AS n RETURN 'files' AS what, n
  UNION ALL
  MATCH (n:Hub) WITH count(n) AS n RETURN 'hubs' AS what, n
  UNION ALL
  MATCH (n:Judgement) WITH count(n) AS n RETURN 'judgements' AS what, n
  UNION ALL
  MATCH (n:Link) WITH count(n) AS n RETURN 'links' AS what, n
  UNION ALL
  MATCH (n:Listing) WITH count(n) AS n RETURN 'listings' AS what, n
  UNION ALL
  MATCH (n:Recognition) WITH count(n) AS n RETURN 'recognitions' AS what, n
  UNION ALL
  MATCH (n:Record) WITH count(n) AS n RETURN 'records' AS what, n
  UNION ALL
  MATCH (n:Score) WITH count(n) AS n RETURN 'scores' AS what, n
  UNION ALL
  MATCH (n:Signal) WITH count(n) AS n RETURN 'signals' AS what, n
  UNION ALL
  MATCH (:Node)-[n]->(:Node) WITH count(n) AS n RETURN 'ties' AS what, n
}
RETURN what, n
ORDER BY what
