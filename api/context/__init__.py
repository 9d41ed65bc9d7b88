"""The circumstances of a question: store, rulebook, day, language, reader; and which kept answers hold under them."""
