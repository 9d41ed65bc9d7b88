"""Lists inside JSON: the rows at a path, through objects and lists alike, and the paths at which objects are listed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ontology.errors import SourceUnreadable

REMEDY = "Say where the list is (format: path)."


def rows_at(value: Any, steps: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a path, lists on the way and at its end taken apart; nothing where a step is missing."""
    if isinstance(value, list):
        for element in value:
            yield from rows_at(element, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict) and steps[0] in value:
        yield from rows_at(value[steps[0]], steps[1:])


def rows_of(documents: Iterable[Any], path: Path, inner: str) -> Iterator[Any]:
    """The rows at `inner` of each document. Raises SourceUnreadable where none has any."""
    steps, is_empty = tuple(inner.split(".")), True
    for document in documents:
        for row in rows_at(document, steps):
            is_empty = False
            yield row
    if is_empty:
        raise SourceUnreadable(file=path.name, path=inner, problem="no list there", remedy=REMEDY)


def rows_of_document(document: dict[str, Any]) -> list[Any]:
    """Rows of an object nobody said more of: its one list, else that of the one object in it, else itself as the only row."""
    level: Any = document
    while isinstance(level, dict):
        lists = [value for value in level.values() if isinstance(value, list)]
        objects = [value for value in level.values() if isinstance(value, dict)]
        level = lists[0] if len(lists) == 1 else objects[0] if not lists and len(objects) == 1 else [level]
    return list(level)


def fields_by_path(documents: Iterable[Any]) -> dict[str, list[str]]:
    """Names of the fields of the objects listed at each path inside documents; the shortest paths first."""
    names_by_path: dict[str, dict[str, None]] = {}
    for document in documents:
        _collect_names(document, (), names_by_path, inside=False)
    return {path: list(fields) for path, fields in sorted(names_by_path.items(), key=lambda path_names: path_names[0].count("."))}


def _collect_names(value: Any, steps: tuple[str, ...], names_by_path: dict[str, dict[str, None]], *, inside: bool) -> None:
    if isinstance(value, list):
        for element in value:
            _collect_names(element, steps, names_by_path, inside=True)
        return
    if not isinstance(value, dict):
        return
    if inside and steps:
        names_by_path.setdefault(".".join(steps), {}).update(dict.fromkeys(value))
    for name, inner in value.items():
        if isinstance(inner, list | dict) and "." not in name:
            _collect_names(inner, (*steps, name), names_by_path, inside=False)
