"""Runs that change a store: loading files, the stages, putting single records, rotating the id key."""
