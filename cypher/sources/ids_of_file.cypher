// Ids of all that one file states, by table; what other files state too among them.
// in:    $file_id STRING
// out:   kind STRING, id STRING
// order: kind, id; all rows
// user:  resolution/sources/states.py
// columns: bulk, for Store.columns
CALL () {
  MATCH (n:Record) WHERE n.row_id STARTS WITH $file_id + '#' RETURN 'records' AS kind, n.id AS id
  UNION MATCH (n:Link) WHERE n.row_id STARTS WITH $file_id + '#' RETURN 'links' AS kind, n.id AS id
  UNION MATCH (n:Listing) WHERE n.row_id STARTS WITH $file_id + '#' RETURN 'listings' AS kind, n.id AS id
  UNION MATCH (n:Recognition) WHERE n.row_id STARTS WITH $file_id + '#' RETURN 'recognitions' AS kind, n.id AS id
  UNION MATCH (n:FileStatement {file_id: $file_id}) RETURN n.kind AS kind, n.id AS id
}
RETURN kind, id
ORDER BY kind, id
