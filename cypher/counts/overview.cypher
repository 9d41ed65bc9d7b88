// How much of everything the store holds.
// in:    nothing
// out:   what STRING, n INTEGER
// order: what; 12 rows
// user:  api/cli
CALL () {
  MATCH (n:Entity) RETURN 'entities' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Experience) RETURN 'experiences' AS what, count(n) AS n
  UNION ALL
  MATCH (n:File) RETURN 'files' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Hub) RETURN 'hubs' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Judgement) RETURN 'judgements' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Link) RETURN 'links' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Listing) RETURN 'listings' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Recognition) RETURN 'recognitions' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Record) RETURN 'records' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Score) RETURN 'scores' AS what, count(n) AS n
  UNION ALL
  MATCH (n:Signal) RETURN 'signals' AS what, count(n) AS n
  UNION ALL
  MATCH (:Node)-[n]->(:Node) RETURN 'ties' AS what, count(n) AS n
}
RETURN what, n
ORDER BY what
