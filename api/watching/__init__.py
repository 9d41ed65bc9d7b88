"""Watch lists: what is watched, what changed about it, and who is told."""
