"""Makes entities from judgements: clustering, lasting ids, and the content of an entity."""
