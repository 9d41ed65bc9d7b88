"""Text of a cell to a fact: days, numbers, money, shares, yes or no. Closed: a mapping can ask for these and nothing else."""

from resolution.sources.statements.amounts import currency, currency_in, money
from resolution.sources.statements.days import birth, day, partial_day
from resolution.sources.statements.shares import percent_range, share
from resolution.sources.statements.texts import ValueRefused, fold_text, is_nothing, says_nothing, word_set, words

__all__ = [
    "ValueRefused",
    "birth",
    "currency",
    "currency_in",
    "day",
    "fold_text",
    "is_nothing",
    "money",
    "partial_day",
    "percent_range",
    "says_nothing",
    "share",
    "word_set",
    "words",
    "yes_or_no",
]


def yes_or_no(text: str) -> bool:
    """Yes and no in the words of `words.yaml`. Raises ValueRefused."""
    word = fold_text(text)
    if word in word_set("yes"):
        return True
    if word in word_set("no"):
        return False
    raise ValueRefused(f"{text!r} is neither yes nor no", "Write yes or no.")
