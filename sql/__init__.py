"""Questions in SQLite's SQL; each file has a twin of the same name under cypher/. Read by `store.queries` only."""
