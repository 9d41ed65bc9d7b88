"""Analysed record -> keys -> pairs worth comparing; one definition of the keys for every way of asking."""

from resolution.candidates.keys import keys
from resolution.candidates.pairs import Candidates, candidates

__all__ = ["Candidates", "candidates", "keys"]
