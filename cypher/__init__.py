"""Questions in Cypher; each file has a twin of the same name under sql/. Read by `store.queries` only."""
