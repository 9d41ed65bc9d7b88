"""Word lists as data; SOURCES.md says where each is from."""
