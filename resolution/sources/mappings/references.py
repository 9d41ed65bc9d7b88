"""What a mapping refers to: its columns and parties, found by walking it."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from resolution.sources.mappings.language import Condition, Kind, Mapping, Party
from resolution.sources.mappings.written import ShareValue, Value

PLACES = re.compile(r"\{([^{}]*)\}")


def parts(model: BaseModel, place: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every part of a mapping with the place it stands at, the whole first."""
    yield place, model
    for name in type(model).model_fields:
        yield from _inside(getattr(model, name), f"{place}.{name}" if place else name)


def reads(part: BaseModel) -> list[str]:
    """Columns, and `@party` keys, that one part reads itself."""
    if isinstance(part, Condition | Kind):
        return [part.column] if part.column else []
    if isinstance(part, Value):
        places = PLACES.findall(part.template or "")
        return [name for place in places for name in place.rstrip("?").split("|")] + ([part.column] if part.column else [])
    return []


def columns_used(party: Party, personal: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that decides what a party's record says: its columns, the keys of other parties, and hashes of `personal`."""
    found = {column for _, part in parts(party) for column in reads(part)}
    return tuple(sorted(found | {f"#{column}" for column in found.intersection(personal)}))


def keys_used(mapping: Mapping) -> frozenset[str]:
    """Parties whose key another part of the mapping reads."""
    return frozenset(name[1:] for _, part in parts(mapping) for name in reads(part) if name.startswith("@"))


def share_columns(mapping: Mapping) -> frozenset[str]:
    """Columns that hold shares."""
    return frozenset(part.column for _, part in parts(mapping) if isinstance(part, ShareValue) and part.column)


def personal_columns(mapping: Mapping) -> tuple[str, ...]:
    """Columns that may hold a resident id by the mapping's own word."""
    return tuple(
        sorted(
            {
                code.value.column
                for party in mapping.parties.values()
                for code in party.identifiers
                if code.value.column and "resident_id" in (code.scheme, *code.schemes.values())
            }
        )
    )


def _inside(held: object, place: str) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(held, BaseModel):
        yield from parts(held, place)
    elif isinstance(held, tuple):
        for number, one in enumerate(held, start=1):
            yield from _inside(one, f"{place}[{number}]")
    elif isinstance(held, dict):
        for name, one in held.items():
            yield from _inside(one, f"{place}.{name}")
