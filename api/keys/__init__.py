"""Keys of the API: made, listed, rotated, revoked, known again; and the log of who read of which person."""
