"""Judgements -> entities: clusters, ids that last, and what an entity consists of."""
