"""Parsed name x parsed name -> log odds, standing and aligned words, by a trained scorecard and guards outside its weights."""

from resolution.comparisons.names.alignment import AlignedWords
from resolution.comparisons.names.guards import is_telling
from resolution.comparisons.names.parsed import ParsedName, of_firm, of_person, parse
from resolution.comparisons.names.scorecard import NameMatch, Standing, align_and_score, compare, log_odds, scorecard, standing

__all__ = [
    "AlignedWords",
    "NameMatch",
    "ParsedName",
    "Standing",
    "align_and_score",
    "compare",
    "is_telling",
    "log_odds",
    "of_firm",
    "of_person",
    "parse",
    "scorecard",
    "standing",
]
