"""What changes a store: files loaded, the stages run, single records put, the id key rotated."""
