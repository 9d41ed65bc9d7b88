"""Texts for people: templates with facts, where a count decides between one and many; and YAML read fast."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

import yaml

YAML_DEPTH_MAX = 50  # A rulebook is some six deep.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe subset, ten times as fast where libyaml is there."""


def read_yaml(text: str) -> Any:
    """What a YAML text holds. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 (both loaders are the safe ones)


def read_given_yaml(text: str) -> Any:
    """What a YAML text from outside holds. Raises yaml.YAMLError, also where it is nested or would unfold without end.

    >>> read_given_yaml("a: [1, 2]")
    {'a': [1, 2]}
    """
    depth, anchored = 0, list[int]()
    for event in yaml.parse(text, Loader=LOADER):  # Event by event: the loader itself would end the process.
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if event.anchor:
                anchored.append(depth)
        elif isinstance(event, yaml.CollectionEndEvent):
            if anchored[-1:] == [depth]:
                anchored.pop()
            depth -= 1
        elif isinstance(event, yaml.AliasEvent) and anchored:
            raise yaml.YAMLError("an alias stands within what another alias stands for")
        if depth > YAML_DEPTH_MAX:
            raise yaml.YAMLError(f"it is nested more than {YAML_DEPTH_MAX} deep")
    return read_yaml(text)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun; `many` where that is more than an s at the end.

    >>> counted(1, "record"), counted(2, "record"), counted(0, "party", "parties")
    ('1 record', '2 records', '0 parties')
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def fill(template: str, facts: Mapping[str, object]) -> str:
    """A template with its facts; `{n:party|parties}` is a number with its noun. Raises KeyError for a fact that is missing.

    >>> fill("{n:party|parties} of {all}", {"n": 1, "all": 2})
    '1 party of 2'
    """
    return COUNTING.vformat(template, (), facts)


class _Counting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        """One field; a bar in its format parts the noun of one from that of many."""
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return f"{value} {one if str(value) == '1' else many}"
        return str(super().format_field(value, format_spec))


COUNTING = _Counting()
