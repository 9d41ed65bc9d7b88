"""Evidence and people -> same, different, or not to be told."""
