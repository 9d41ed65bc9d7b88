"""Scattered files to statements: readers, a mapping for each kind of file, and the way into the store."""
