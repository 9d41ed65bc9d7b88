"""Values inside a cell that holds JSON: reached by path, told as text, and never mistaken for a text themselves."""

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from ontology.texts import read_json
from resolution.sources.reading.json_rows import flat
from resolution.sources.statements.spellings import Step, Steps, squeezed
from resolution.sources.statements.texts import ValueRefused, folded

TEXT = "#text"  # The text of an XML element that has attributes, too.
SEVERAL = "; "  # Between several texts at one path; `split: ";"` takes them apart again.


def opened(cell: str) -> Any:
    """The list or object a cell holds; None where it holds text."""
    if not cell.startswith(("[", "{")):
        return None
    try:
        found = read_json(cell)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict | list) else None


def text_at(value: Any, steps: Steps) -> str:
    """The text at a path, through objects and lists: several texts as `a; b`, several objects as a JSON list."""
    return _told([leaf for leaf in _leaves(value, steps) if leaf not in (None, "", [], {})])


def readable(text: str, *, between: str = ", ") -> str:
    """A cell for people to read: the texts of an object in their order, those of a list as `a; b`; other text as it is."""
    found = opened(text)
    if found is None:
        return text
    if isinstance(found, list):
        return SEVERAL.join(filter(None, (readable(flat(one), between=between) for one in found)))
    return between.join(filter(None, (readable(flat(one), between=between) for one in found.values())))


def texts_in(text: str, column: str | None = None) -> list[str]:
    """The texts of a JSON list, or the one text. Raises ValueRefused on an object: none of its parts is the value of the cell."""
    found = opened(text)
    if found is None:
        return [text]
    if isinstance(found, dict) and TEXT in found:
        return [flat(found[TEXT])]
    objects = [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict) and TEXT not in one]
    if objects:
        parts = ", ".join(list(objects[0])[:6])
        raise ValueRefused(f"holds an object with the parts {parts}", "Name one of them: column.part.", column)
    return [part for one in found for part in texts_in(flat(one), column) if part]


def day_in(cell: str) -> str | None:
    """A day whose parts a source tells apart, `{"year": 1971, "month": 2}`, as text; None where the cell holds no such thing."""
    found = opened(cell)
    return _day(found) if isinstance(found, dict) else None


def _day(parts: dict[str, Any]) -> str | None:
    told = {squeezed(name): flat(value) for name, value in parts.items()}
    if not told.get("year") or not told.keys() <= {"year", "month", "day"}:
        return None
    known = takewhile(bool, (told.get(name, "") for name in ("year", "month", "day")))
    return "-".join(part.zfill(2) for part in known)


def _told(leaves: Sequence[Any]) -> str:
    if len(leaves) == 1:
        return _text(leaves[0])
    if any(isinstance(leaf, dict) and TEXT not in leaf for leaf in leaves):
        return flat(list(leaves))
    return SEVERAL.join(map(_text, leaves))


def _text(leaf: Any) -> str:
    if isinstance(leaf, dict):
        return flat(leaf[TEXT]) if TEXT in leaf else _day(leaf) or flat(leaf)
    return flat(leaf)


def _leaves(value: Any, steps: Steps) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if squeezed(name) == steps[0].name:
                yield from _leaves(such(inner, steps[0]), steps[1:])


def such(value: Any, step: Step) -> Any:
    """Of the parts a step leads to, those whose own part says what the step asks for."""
    if not step.child:
        return value
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if folded(text_at(one, (Step(step.child),))) in step.among]
