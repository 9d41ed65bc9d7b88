"""The context of a request (store, rulebook, day, language, reader), and the kept answers that are valid under it."""
