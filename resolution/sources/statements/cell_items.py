"""Several parties in one cell: a JSON list, or items and parts between marks."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ontology.documents import read_json
from resolution.sources.mappings.language import ItemsOf
from resolution.sources.mappings.references import SEALED
from resolution.sources.reading import Trouble
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.statements.empty_cells import Empty
from resolution.sources.statements.json_cells import text_at
from resolution.sources.statements.shares import unit_of_list
from resolution.sources.statements.spellings import steps_of
from resolution.sources.statements.texts import ValueRefused, fold_text, says_nothing
from resolution.sources.statements.value_readers import Fields

Items = Callable[[Fields], Iterator[Fields]]
USUAL: Mapping[str, Empty] = MappingProxyType({})  # Every column goes by the usual words for empty.


def items_of(
    items_spec: ItemsOf,
    empties: Mapping[str, Empty] = USUAL,
    shares: frozenset[str] = frozenset(),
    report: Callable[[Trouble], None] | None = None,
) -> Items:
    """The row's fields once an item, with the item's parts as columns `<column>.<field>`.

    empties: what says nothing, by column. shares: columns that hold shares; where all of a cell's list tell one unit, that is
    `%<column>.<field>`. report: called where a column beside lists another number of texts, which is then left out.
    """
    parts = parts_of(items_spec, empties)
    names = [f"{items_spec.column}.{field}" for field in items_spec.fields]
    add_parts = _parts_beside(items_spec, empties, report)
    hash_resident_id = [f"{mark}{name}" for mark in SEALED for name in names]
    listed = [name for name in names if name in shares]

    def items_in(fields: Fields) -> Iterator[Fields]:
        cell = fields.get(items_spec.column)
        cell_parts = map(parts, cells(cell, items_spec)) if cell else ()
        items = [{f"{items_spec.column}.{field}": text for field, text in item.items()} for item in cell_parts]
        add_parts(items, fields)
        units = _units(items, listed) if listed else {}
        for place, item_fields in enumerate(items):
            item_fields |= {name: fields[f"{name}.{place}"] for name in hash_resident_id if f"{name}.{place}" in fields}
            if item_fields:
                yield fields | units | item_fields

    return items_in


def _parts_beside(
    items_spec: ItemsOf, empties: Mapping[str, Empty], report: Callable[[Trouble], None] | None
) -> Callable[[list[Fields], Fields], None]:
    """Puts what further columns list beside each item. Raises ValueRefused where one of another length cannot be reported."""
    names = {f"{items_spec.column}.{field}": column for field, column in items_spec.beside.items()}

    def add_parts(items: list[Fields], fields: Fields) -> None:
        if not items:
            return
        filled_places = [place for place, text in enumerate(_listed_texts(fields[items_spec.column], items_spec)) if text]
        for name, column in names.items():
            texts = _listed_texts(fields.get(column, ""), items_spec)
            if not any(texts):
                continue
            if len(texts) <= filled_places[-1] or any(texts[filled_places[-1] + 1 :]):
                problem = f"lists {len(texts)} texts beside {len(items)} of {items_spec.column}"
                refusal = ValueRefused(problem, "Give each item its own, a blank one where it has none.", column)
                if report is None:
                    raise refusal
                report(refusal.trouble._replace(remedy="Kept without it."))
                continue
            for item, place in zip(items, filled_places, strict=True):
                if not empties.get(name, says_nothing)(texts[place]):
                    item[name] = texts[place]

    return add_parts


def _listed_texts(cell: str, items_spec: ItemsOf) -> list[str]:
    """The texts that a cell lists, blank ones among them."""
    if cell.startswith(("[", "{")):
        return list(map(cell_text, _parse_list(cell, items_spec.column)))
    return _split(cell, items_spec.split)


def cells(cell: str, items_spec: ItemsOf) -> list[dict[str, Any] | list[str]]:
    """The items of one cell, each as an object or as a list of parts. Raises ValueRefused on broken JSON."""
    if cell.startswith(("[", "{")):
        return [_item_parts(item, items_spec) for item in _parse_list(cell, items_spec.column)]
    return [_split(part, items_spec.between) for part in _split(cell, items_spec.split) if part]


def _units(items: list[Fields], shares: list[str]) -> Fields:
    """The unit that a cell's list of shares tells of itself, by `%<column>`; left out where it tells none."""
    units = {name: unit_of_list(item[name] for item in items if name in item) for name in shares}
    return {f"%{name}": next(iter(unit)) for name, unit in units.items() if len(unit) == 1}


def parts_of(items_spec: ItemsOf, empties: Mapping[str, Empty] = USUAL) -> Callable[[dict[str, Any] | list[str]], Fields]:
    """The filled parts of an item by their fields: by their place in a text, by their spelling or path in an object."""
    names = tuple(items_spec.fields)
    spelled = {fold_text(word): name for name, words in items_spec.fields.items() for word in (name, *words)}
    paths = [(steps_of(word), name) for name, words in items_spec.fields.items() for word in words if "." in word]
    empty = {name: empties.get(f"{items_spec.column}.{name}", says_nothing) for name in names}

    def parts(item: dict[str, Any] | list[str]) -> Fields:
        if isinstance(item, list):
            pairs = [*zip(names, item, strict=False)]
        else:
            pairs = [(spelled[fold_text(key)], text_at(value, ())) for key, value in item.items() if fold_text(key) in spelled]
            pairs += [(name, text_at(item, steps)) for steps, name in paths]
        return {name: text for name, text in reversed(pairs) if not empty[name](text)}

    return parts


def _parse_list(cell: str, column: str) -> list[Any]:
    try:
        parsed = read_json(cell)
    except json.JSONDecodeError as cause:
        raise ValueRefused(f"not JSON: {cause.msg}", "Mend the list.", column) from cause
    return parsed if isinstance(parsed, list) else [parsed]


def _item_parts(item: Any, items_spec: ItemsOf) -> dict[str, Any] | list[str]:
    return item if isinstance(item, dict) else _split(cell_text(item), items_spec.between)


def _split(text: str, marks: Sequence[str]) -> list[str]:
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return [part.strip() for part in text.split(marks[0])] if marks else [text]
