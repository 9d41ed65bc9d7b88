"""Several parties in one cell: a JSON list, or items and parts between marks."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from resolution.sources.mappings.language import Each
from resolution.sources.mappings.references import SEALED
from resolution.sources.reading.json_rows import flat
from resolution.sources.statements.facts import Fields
from resolution.sources.statements.values import ValueRefused, folded, says_nothing

Items = Callable[[Fields], Iterator[Fields]]


def items_of(each: Each) -> Items:
    """The row's fields once an item, with the item's parts as columns `<column>.<field>`."""
    names = tuple(f"{each.column}.{field}" for field in each.fields)
    spelled = {folded(word): f"{each.column}.{field}" for field, words in each.fields.items() for word in (field, *words)}
    sealed = [f"{mark}{each.column}.{field}" for mark in SEALED for field in each.fields]

    def items(fields: Fields) -> Iterator[Fields]:
        cell = fields.get(each.column)
        for place, item in enumerate(cells(cell, each) if cell else ()):
            found = _named(item, names, spelled)
            found |= {name: fields[f"{name}.{place}"] for name in sealed if f"{name}.{place}" in fields}
            if found:
                yield fields | found

    return items


def cells(cell: str, each: Each) -> list[dict[str, Any] | list[str]]:
    """The items of one cell, each as an object or as a list of parts. Raises ValueRefused on broken JSON."""
    if cell.startswith(("[", "{")):
        return [_object(item, each) for item in _loaded(cell, each.column)]
    return [_cut(part, each.between) for part in _cut(cell, each.split) if part]


def parts_of(each: Each) -> Callable[[dict[str, Any] | list[str]], Fields]:
    """The filled parts of an item by their fields."""
    names, spelled = tuple(each.fields), {folded(word): name for name, words in each.fields.items() for word in (name, *words)}
    return lambda item: _named(item, names, spelled)


def _named(item: dict[str, Any] | list[str], names: tuple[str, ...], spelled: dict[str, str]) -> Fields:
    if isinstance(item, list):
        pairs: Any = zip(names, item, strict=False)
    else:
        pairs = ((spelled[folded(key)], flat(value)) for key, value in item.items() if folded(key) in spelled)
    return {name: text for name, text in pairs if not says_nothing(text)}


def _loaded(cell: str, column: str) -> list[Any]:
    try:
        found = json.loads(cell)
    except json.JSONDecodeError as cause:
        raise ValueRefused(f"not JSON: {cause.msg}", "Mend the list.", column) from cause
    return found if isinstance(found, list) else [found]


def _object(item: Any, each: Each) -> dict[str, Any] | list[str]:
    return item if isinstance(item, dict) else _cut(flat(item), each.between)


def _cut(text: str, marks: str) -> list[str]:
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return [part.strip() for part in text.split(marks[0])] if marks else [text]
