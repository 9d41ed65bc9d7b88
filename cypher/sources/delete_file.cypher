// Remove one file with its rows and every statement that came from it.
// in:    $file_id STRING
// out:   nothing
// order: none
// user:  resolution/sources/shared_statements.py
MATCH (n:Link) WHERE n.row_id STARTS WITH $file_id + '#' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:Listing) WHERE n.row_id STARTS WITH $file_id + '#' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:Recognition) WHERE n.row_id STARTS WITH $file_id + '#' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:Experience) WHERE n.row_id STARTS WITH $file_id + '#' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:Record) WHERE n.row_id STARTS WITH $file_id + '#' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:FileStatement {file_id: $file_id}) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:SourceState {file_id: $file_id}) DELETE n;
MATCH (n:SourcePrints {file_id: $file_id}) DELETE n;
MATCH (n:SourceChange {file_id: $file_id}) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS;
MATCH (n:RowBlock {file_id: $file_id}) CALL (n) { DELETE n } IN TRANSACTIONS OF 100 ROWS;
MATCH (n:File {id: $file_id}) DELETE n;
