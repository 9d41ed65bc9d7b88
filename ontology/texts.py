"""Texts for people: templates with facts, where a count decides between one and many."""

from collections.abc import Mapping
from string import Formatter
from typing import Any


def format_count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun; `plural` where that is more than an s at the end.

    >>> format_count(1, "record"), format_count(2, "record"), format_count(0, "party", "parties")
    ('1 record', '2 records', '0 parties')
    """
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"


def fill(template: str, facts: Mapping[str, object]) -> str:
    """A template with its facts; `{n:party|parties}` is a number with its noun. Raises KeyError for a fact that is missing.

    >>> fill("{n:party|parties} of {all}", {"n": 1, "all": 2})
    '1 party of 2'
    """
    return COUNT_FORMATTER.vformat(template, (), facts)


class _CountFormatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        """One field; a bar in its format parts the noun of one from that of many."""
        if "|" in format_spec:
            singular, plural = format_spec.split("|")
            return f"{value} {singular if str(value) == '1' else plural}"
        return str(super().format_field(value, format_spec))


COUNT_FORMATTER = _CountFormatter()
