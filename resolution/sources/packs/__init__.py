"""Source packs, a folder each: what a publisher's files are, in what order, under which licence, and a sample of them."""
