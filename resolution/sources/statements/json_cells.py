"""Values inside a cell that holds JSON: reached by path, given as text, and never mistaken for a text themselves."""

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from ontology.documents import read_json
from resolution.sources.header_spelling import squeeze_header
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.statements.spellings import Step, Steps
from resolution.sources.statements.texts import ValueRefused, fold_text

TEXT = "#text"  # The text of an XML element that has attributes, too.
SEVERAL = "; "  # Between several texts at one path; `split: ";"` takes them apart again.


def parse_json_cell(cell: str) -> Any:
    """The list or object a cell holds; None where it holds text."""
    if not cell.startswith(("[", "{")):
        return None
    try:
        parsed = read_json(cell)
    except json.JSONDecodeError:
        return None
    return parsed if isinstance(parsed, dict | list) else None


def text_at(value: Any, steps: Steps) -> str:
    """The text at a path, through objects and lists: several texts as `a; b`, several objects as a JSON list."""
    return _joined_text([leaf for leaf in _leaves(value, steps) if leaf not in (None, "", [], {})])


def list_at(value: Any, steps: Steps) -> str:
    """What is listed at a path, for taking apart: one text as it is, several texts and objects as a JSON list."""
    leaves = [leaf for leaf in _leaves(value, steps) if leaf not in (None, "", [], {})]
    return cell_text(leaves) if len(leaves) > 1 or any(isinstance(leaf, dict) for leaf in leaves) else _joined_text(leaves)


def readable_text(text: str, *, between: str = ", ") -> str:
    """A cell for people to read: the texts of an object in their order, those of a list as `a; b`; other text as it is."""
    parsed = parse_json_cell(text)
    if parsed is None:
        return text
    if isinstance(parsed, list):
        return SEVERAL.join(filter(None, (readable_text(cell_text(inner), between=between) for inner in parsed)))
    return between.join(filter(None, (readable_text(cell_text(inner), between=between) for inner in parsed.values())))


def texts_in(text: str, column: str | None = None) -> list[str]:
    """The texts of a JSON list, or the one text. Raises ValueRefused on an object: none of its parts is the value of the cell."""
    parsed = parse_json_cell(text)
    if parsed is None:
        return [text]
    if isinstance(parsed, dict) and TEXT in parsed:
        return [cell_text(parsed[TEXT])]
    objects = [
        element
        for element in (parsed if isinstance(parsed, list) else [parsed])
        if isinstance(element, dict) and TEXT not in element
    ]
    if objects:
        parts = ", ".join(list(objects[0])[:6])
        raise ValueRefused(f"holds an object with the parts {parts}", "Name one of them: column.part.", column)
    return [part for element in parsed for part in texts_in(cell_text(element), column) if part]


def day_in(cell: str) -> str | None:
    """A day whose parts a source tells apart, `{"year": 1971, "month": 2}`, as text; None where the cell holds no such thing."""
    parsed = parse_json_cell(cell)
    return _day(parsed) if isinstance(parsed, dict) else None


def _day(parts: dict[str, Any]) -> str | None:
    texts_by_name = {squeeze_header(name): cell_text(value) for name, value in parts.items()}
    if not texts_by_name.get("year") or not texts_by_name.keys() <= {"year", "month", "day"}:
        return None
    stated_parts = takewhile(bool, (texts_by_name.get(name, "") for name in ("year", "month", "day")))
    return "-".join(part.zfill(2) for part in stated_parts)


def _joined_text(leaves: Sequence[Any]) -> str:
    if len(leaves) == 1:
        return _text(leaves[0])
    if any(isinstance(leaf, dict) and TEXT not in leaf for leaf in leaves):
        return cell_text(list(leaves))
    return SEVERAL.join(map(_text, leaves))


def _text(leaf: Any) -> str:
    if isinstance(leaf, dict):
        return cell_text(leaf[TEXT]) if TEXT in leaf else _day(leaf) or cell_text(leaf)
    return cell_text(leaf)


def _leaves(value: Any, steps: Steps) -> Iterator[Any]:
    if isinstance(value, list):
        for element in value:
            yield from _leaves(element, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if squeeze_header(name) == steps[0].name:
                yield from _leaves(matching_parts(inner, steps[0]), steps[1:])


def matching_parts(value: Any, step: Step) -> Any:
    """Of the parts a step leads to, those whose own part says what the step asks for."""
    if not step.child:
        return value
    listed = value if isinstance(value, list) else [value]
    return [element for element in listed if fold_text(text_at(element, (Step(step.child),))) in step.among]
