"""Text of a cell to a fact: days, numbers, money, shares, yes or no. Closed: a mapping can ask for these and nothing else."""

import re
from functools import lru_cache

from ontology.words import PartyKind
from resolution.sources.statements.amounts import currency, currency_in, money
from resolution.sources.statements.days import birth, day, partial_day
from resolution.sources.statements.shares import percent_range, share
from resolution.sources.statements.texts import ValueRefused, folded, is_nothing, says_nothing, word_set, words

__all__ = [
    "ValueRefused",
    "birth",
    "currency",
    "currency_in",
    "day",
    "folded",
    "is_nothing",
    "kind_by_name",
    "money",
    "partial_day",
    "percent_range",
    "says_nothing",
    "share",
    "word_set",
    "words",
    "yes_or_no",
]

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•]+")


def yes_or_no(text: str) -> bool:
    """Yes and no in the words of `words.yaml`. Raises ValueRefused."""
    told = folded(text)
    if told in word_set("yes"):
        return True
    if told in word_set("no"):
        return False
    raise ValueRefused(f"{text!r} is neither yes nor no", "Write yes or no.")


@lru_cache(maxsize=1 << 16)
def kind_by_name(name: str) -> PartyKind:
    """What a party is when the source names no kind: by the words of its name; two to four Han letters are a person."""
    told = folded(name)
    if told.endswith(tuple(words()["agency_ends"])) or any(word in told for word in words()["agency_words"]):
        return PartyKind.AGENCY
    if _HAN.fullmatch(told) and len(told) <= words()["person_han_chars_max"]:
        return PartyKind.PERSON
    if any(word in told for word in words()["firm_words"]):
        return PartyKind.FIRM
    return PartyKind.FIRM if len(_HAN.sub("", told)) < len(told) / 2 and len(told) > 4 else PartyKind.PERSON
