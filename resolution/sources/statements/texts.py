"""Texts of cells as tables compare them, the words of `words.yaml`, and the refusal of a text."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml
from resolution.sources.reading import Trouble

LONGEST_NOTHING = 8  # Characters up to which every spelling of a word for empty is looked up, blanks included.


class ValueRefused(ValueError):
    """A cell does not hold what its field needs; becomes the rejection of its row.

    sure:     what of the value is certain all the same, for fields that can do with it.
    unsettled: the text can be read in several ways, and the mapping could say in which: said wherever the trouble is reported.
    """

    def __init__(
        self, problem: str, remedy: str, field: str | None = None, *, sure: str | None = None, unsettled: bool = False
    ) -> None:
        super().__init__(problem)
        self.trouble = Trouble(field, problem, remedy)
        self.sure, self.unsettled = sure, unsettled


@cache
def words() -> dict[str, Any]:
    """The word lists of `words.yaml`."""
    return dict(read_yaml(files("resolution.sources.statements").joinpath("words.yaml").read_text("utf-8")))


@cache
def word_set(name: str) -> frozenset[str]:
    """One list of `words.yaml`, folded."""
    return frozenset(fold_text(word) for word in words()[name])


@lru_cache(maxsize=1 << 14)
def fold_text(text: str) -> str:
    """Text as tables compare it: width, case and blanks around it do not count."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@lru_cache(maxsize=1 << 14)
def is_nothing(text: str) -> bool:
    """Whether a text is empty, or a word for empty."""
    return not text or text.isspace() or fold_text(text) in word_set("nothing")


@cache
def long_nothings() -> frozenset[str]:
    """The longer words for empty as they are usually spelled: they are not looked up in every other spelling."""
    long = [word for word in word_set("nothing") if len(word) > LONGEST_NOTHING]
    return frozenset(spelled for word in long for spelled in (word, word.upper(), word.capitalize(), word.title()))


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, or filled with a word for empty."""
    return is_nothing(text) if len(text) <= LONGEST_NOTHING else text in long_nothings()
