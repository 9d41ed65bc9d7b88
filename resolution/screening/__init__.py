"""Which parties of a store a description may mean: candidates by the keys of resolution, compared as records are, scored 0..1."""

from resolution.screening.screen import ScoredParty, screen_records

__all__ = ["ScoredParty", "screen_records"]
