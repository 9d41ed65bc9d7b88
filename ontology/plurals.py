"""Templates whose words follow a number: `{n} {n:party|parties}` says "1 party" and "2 parties"."""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any


class _Counted(Formatter):
    """str.format, and for a field with `one|many` the word that fits its number."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else many


_COUNTED = _Counted()


def fill(template: str, facts: Mapping[str, object]) -> str:
    """The template with its facts. Raises KeyError where one is missing.

    >>> [fill("{n} {n:party|parties} {n:reports|report}", {"n": n}) for n in (0, 1, 21)]
    ['0 parties report', '1 party reports', '21 parties report']
    """
    # Most templates count nothing, and str.format is several times as fast.
    return _COUNTED.vformat(template, (), facts) if "|" in template else template.format(**facts)
