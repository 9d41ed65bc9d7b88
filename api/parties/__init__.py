"""Answers about one party and about lists of parties, in the shapes of `api.schemas`."""
