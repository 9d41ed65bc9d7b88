// When each file was loaded, counted in changes of the store and not by a clock, by what mapping, and how many listings it states.
MATCH (n:File) WHERE n.loaded_change IS NULL SET n.loaded_change = 0, n.mapping_hash = '', n.listings = -1;
