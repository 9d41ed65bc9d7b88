"""Several parties in one cell: a JSON list, or items and parts between marks."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from resolution.sources.mappings.language import Each
from resolution.sources.mappings.references import SEALED
from resolution.sources.reading.json_rows import flat
from resolution.sources.statements.facts import Fields
from resolution.sources.statements.nested import text_at
from resolution.sources.statements.spellings import steps_of
from resolution.sources.statements.values import ValueRefused, folded, says_nothing

Items = Callable[[Fields], Iterator[Fields]]
NONE: frozenset[str] = frozenset()


def items_of(each: Each, nulls: frozenset[str] = NONE) -> Items:
    """The row's fields once an item, with the item's parts as columns `<column>.<field>`.

    nulls: folded texts that stand for nothing.
    """
    parts = parts_of(each, nulls)
    sealed = [f"{mark}{each.column}.{field}" for mark in SEALED for field in each.fields]

    def items(fields: Fields) -> Iterator[Fields]:
        cell = fields.get(each.column)
        for place, item in enumerate(cells(cell, each) if cell else ()):
            found = {f"{each.column}.{field}": text for field, text in parts(item).items()}
            found |= {name: fields[f"{name}.{place}"] for name in sealed if f"{name}.{place}" in fields}
            if found:
                yield fields | found

    return items


def cells(cell: str, each: Each) -> list[dict[str, Any] | list[str]]:
    """The items of one cell, each as an object or as a list of parts. Raises ValueRefused on broken JSON."""
    if cell.startswith(("[", "{")):
        return [_object(item, each) for item in _loaded(cell, each.column)]
    return [_cut(part, each.between) for part in _cut(cell, each.split) if part]


def parts_of(each: Each, nulls: frozenset[str] = NONE) -> Callable[[dict[str, Any] | list[str]], Fields]:
    """The filled parts of an item by their fields: by their place in a text, by their spelling or path in an object."""
    names = tuple(each.fields)
    spelled = {folded(word): name for name, words in each.fields.items() for word in (name, *words)}
    paths = [(steps_of(word), name) for name, words in each.fields.items() for word in words if "." in word]

    def parts(item: dict[str, Any] | list[str]) -> Fields:
        if isinstance(item, list):
            pairs = [*zip(names, item, strict=False)]
        else:
            pairs = [(spelled[folded(key)], text_at(value, ())) for key, value in item.items() if folded(key) in spelled]
            pairs += [(name, text_at(item, steps)) for steps, name in paths]
        return {name: text for name, text in reversed(pairs) if not says_nothing(text) and folded(text) not in nulls}

    return parts


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
