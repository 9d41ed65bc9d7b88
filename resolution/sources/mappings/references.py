"""What a mapping refers to: its columns and parties, found by walking it."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from pydantic import BaseModel

from resolution.sources.mappings.language import Condition, Each, Kind, Mapping, Party
from resolution.sources.mappings.written import PLACES, ShareValue, Value

HASH, YEAR = "#", "~"  # In front of a column of personal numbers: its keyed hash, and the year of birth in it.
SEALED = (HASH, YEAR)
LISTING_FACTS = ("issuer", "programme", "listed_on", "case_no", "ends_on", "removed_on", "removal_ground", "reason", "amount")
MARK_FACTS = ("given_on", "ends_on", "reference", "amount")


def parts(model: BaseModel, place: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every part of a mapping with the place it stands at, the whole first."""
    yield place, model
    for name in type(model).model_fields:
        yield from _inside(getattr(model, name), f"{place}.{name}" if place else name)


def reads(part: BaseModel) -> list[str]:
    """Columns, and `@party` keys, that one part reads itself."""
    if isinstance(part, Condition | Kind | Each):
        return [part.column] if part.column else []
    if isinstance(part, Value):
        places = PLACES.findall(part.template or "")
        return [name for place in places for name in place.rstrip("?").split("|")] + ([part.column] if part.column else [])
    return []


def columns_used(party: Party, personal: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that decides what a party's record says: its columns, keys of other parties, what is kept of `personal` ones."""
    found = {column for _, part in parts(party) for column in reads(part)}
    return tuple(sorted(found | {f"{mark}{column}" for mark in SEALED for column in found.intersection(personal)}))


def keys_used(mapping: Mapping) -> frozenset[str]:
    """Parties whose key another part of the mapping reads."""
    return keys_read(mapping)


def ordered_parties(parties: dict[str, Party]) -> tuple[str, ...]:
    """Names of parties, each after those whose keys it reads, else in the order of the page. Raises CycleError."""
    waiting = {name: {key for key in keys_read(party) if key in parties} for name, party in parties.items()}
    TopologicalSorter(waiting).prepare()
    ordered: dict[str, None] = {}
    while len(ordered) < len(parties):
        ordered[next(name for name in parties if name not in ordered and waiting[name] <= ordered.keys())] = None
    return tuple(ordered)


def cycle_of(parties: dict[str, Party]) -> list[str]:
    """Parties whose keys read one another in a circle, the first one again at the end; none where there is no circle."""
    try:
        ordered_parties(parties)
    except CycleError as cause:
        return list(reversed(cause.args[1]))
    return []


def keys_read(part: BaseModel) -> frozenset[str]:
    """Parties whose keys a part of a mapping reads."""
    return frozenset(name[1:] for _, inner in parts(part) for name in reads(inner) if name.startswith("@"))


def own_columns(parties: dict[str, Party]) -> dict[str, frozenset[str]]:
    """Per party the columns that tell about it and no other: of its key, codes, addresses, contacts and days."""
    about = {
        name: {
            column
            for part in (party.key, *_facts(party))
            for _, inner in parts(part)
            for column in reads(inner)
            if not column.startswith("@")
        }
        for name, party in parties.items()
    }
    read = {name: {column for _, inner in parts(party) for column in reads(inner)} for name, party in parties.items()}
    return {
        name: frozenset(columns.difference(*(other for title, other in read.items() if title != name)))
        for name, columns in about.items()
    }


def _facts(party: Party) -> tuple[BaseModel, ...]:
    days = (one for one in (party.born_on, party.founded_on, party.ended_on) if one)
    codes, places, contacts = ((one.value for one in told) for told in (party.identifiers, party.addresses, party.contacts))
    return (*codes, *places, *contacts, *days)


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


def spared_columns(mapping: Mapping) -> tuple[str, ...]:
    """Required columns that tell only facts a listing or a good mark can do without: an empty one costs nobody the row."""
    spared = {column for one in mapping.listings for fact in LISTING_FACTS for column in _read_by(getattr(one, fact))}
    spared |= {column for one in mapping.recognitions for fact in MARK_FACTS for column in _read_by(getattr(one, fact))}
    others: list[object] = [*mapping.parties.values(), *mapping.links, *mapping.experiences, *mapping.ignore]
    others += [part for one in mapping.listings for part in (one.when, one.list_type)]
    others += [part for one in mapping.recognitions for part in (one.when, one.mark)]
    needed = {column for part in others for _, inner in _inside(part, "") for column in reads(inner)}
    return tuple(column for column in mapping.required if column in spared - needed)


def _read_by(value: Value | None) -> set[str]:
    return {column for _, part in parts(value) for column in reads(part)} if value else set()


def _inside(held: object, place: str) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(held, BaseModel):
        yield from parts(held, place)
    elif isinstance(held, tuple):
        for number, one in enumerate(held, start=1):
            yield from _inside(one, f"{place}[{number}]")
    elif isinstance(held, dict):
        for name, one in held.items():
            yield from _inside(one, f"{place}.{name}")
