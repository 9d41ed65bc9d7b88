"""What a mapping refers to: its columns and parties, found by walking it."""

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter

from pydantic import BaseModel

from resolution.records.identifiers import personal_schemes
from resolution.sources.mappings.language import Condition, IdentifierOf, ItemsOf, Kind, Mapping, Party
from resolution.sources.mappings.value_formats import PLACES, FormattedValue, ShareValue, Value

HASH, YEAR, SHOWN = "#", "~", "^"  # In front of a column of personal numbers: keyed hash, year of birth, hashes of its parts.
KEYED = "&"  # In front of a column with a personal number in it: its text for keys, see `personal_ids.mask_with_hash`.
TAKEN = "="  # In front of a captured resident id, see `captured_ids`: what is shown of it.
SEALED = (HASH, YEAR, SHOWN, KEYED)
RESIDENT = "resident_id"
ACCOUNTS = frozenset({"account_id", "shop_id"})  # Numbers that a platform gives, to persons as to firms.
LISTING_FACTS = ("issuer", "programme", "listed_on", "case_no", "ends_on", "removed_on", "removal_ground", "reason", "amount")
MARK_FACTS = ("given_on", "ends_on", "reference", "amount")


def parts(model: BaseModel, place: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every part of a mapping with the place it stands at, the whole first."""
    yield place, model
    for name in type(model).model_fields:
        yield from _parts_inside(getattr(model, name), f"{place}.{name}" if place else name)


def columns_read(part: BaseModel) -> list[str]:
    """Columns, and `@party` keys, that one part reads itself."""
    if isinstance(part, Condition | Kind | ItemsOf):
        beside = part.beside.values() if isinstance(part, ItemsOf) else ()
        return [*([part.column] if part.column else []), *beside]
    if isinstance(part, Value):
        places = PLACES.findall(part.template or "")
        return [name for place in places for name in place.rstrip("?").split("|")] + ([part.column] if part.column else [])
    return []


def columns_used(party: Party, personal: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that decides what a party's record says: its columns, keys of other parties, what is kept of `personal` ones."""
    columns = {column for _, part in parts(party) for column in columns_read(part)}
    sealed = columns.intersection(personal) | {sealed_name(code.value) for code in party.identifiers if code.value.capture}
    hash_resident_id = {f"{mark}{column}" for mark in (HASH, YEAR, SHOWN) for column in sealed}
    return tuple(sorted(columns | hash_resident_id | {f"{KEYED}{column}" for column in columns_read(party.key)}))


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
    return frozenset(name[1:] for _, inner in parts(part) for name in columns_read(inner) if name.startswith("@"))


def own_columns(parties: dict[str, Party]) -> dict[str, frozenset[str]]:
    """Per party the columns that tell about it and no other: of its key, codes, addresses, contacts and days."""
    about = {
        name: {
            column
            for part in (party.key, *_facts(party))
            for _, inner in parts(part)
            for column in columns_read(inner)
            if not column.startswith("@")
        }
        for name, party in parties.items()
    }
    read = {name: {column for _, inner in parts(party) for column in columns_read(inner)} for name, party in parties.items()}
    return {
        name: frozenset(columns.difference(*(other_columns for title, other_columns in read.items() if title != name)))
        for name, columns in about.items()
    }


def _facts(party: Party) -> tuple[BaseModel, ...]:
    days = (fact for fact in (party.born_on, party.founded_on, party.ended_on) if fact)
    codes, places, contacts = (
        (part.value for part in kind_parts) for kind_parts in (party.identifiers, party.addresses, party.contacts)
    )
    return (*codes, *places, *contacts, *days)


def share_columns(mapping: Mapping) -> frozenset[str]:
    """Columns that hold shares."""
    return frozenset(part.column for _, part in parts(mapping) if isinstance(part, ShareValue) and part.column)


def personal_columns(mapping: Mapping) -> tuple[str, ...]:
    """Columns that may hold a resident id by the mapping's own word."""
    return tuple(sorted({code.value.column for _, code in _codes(mapping) if code.value.column and RESIDENT in code.all_schemes}))


def captured_ids(mapping: Mapping) -> dict[str, Value]:
    """Resident ids that a pattern takes out of a longer text, by the name under which each is sealed."""
    return {sealed_name(code.value): code.value for _, code in _codes(mapping) if is_captured_id(code)}


def is_captured_id(code: IdentifierOf) -> bool:
    """Whether a code is always a resident id, and only a part of its cell."""
    return code.all_schemes == {RESIDENT} and code.value.column is not None and code.value.capture is not None


def sealed_name(value: Value) -> str:
    """What the hash of a resident id is kept under: its column, with the pattern that takes it where there is one."""
    return f"{value.column}\n{value.capture}" if value.capture else str(value.column)


def always_personal_columns(mapping: Mapping) -> frozenset[str]:
    """Columns in which every number is a person's, by the mapping's own word: keyed whatever its shape where it is a key."""
    return _columns_of(mapping, personal_schemes())


def resident_id_columns(mapping: Mapping) -> frozenset[str]:
    """Columns in which every number is a resident id, by the mapping's own word: masked whatever its shape."""
    return _columns_of(mapping, frozenset({RESIDENT}))


def _columns_of(mapping: Mapping, schemes: Collection[str]) -> frozenset[str]:
    """Columns of codes that are of these schemes and no other."""
    scheme_columns = [
        (code.value.column, code.all_schemes <= set(schemes) and not is_captured_id(code))
        for _, code in _codes(mapping)
        if code.value.column
    ]
    return frozenset(column for column, _ in scheme_columns) - frozenset(column for column, only in scheme_columns if not only)


def number_columns(mapping: Mapping) -> frozenset[str]:
    """Columns declared as numbers of another kind than a person's: no shape makes a resident id of them.

    Codes of firms and accounts, amounts, days, shares, devices, and the numbers of documents; not the codes of a party that is
    always a person, whose tax number may be its resident id.
    """
    values: list[Value | None] = [
        code.value for party, code in _codes(mapping) if not (_always_a_person(party) and code.all_schemes - ACCOUNTS)
    ]
    values += [
        contact.value for party in mapping.parties.values() for contact in party.contacts if contact.kind in ("account", "device")
    ]
    values += [part for _, part in parts(mapping) if isinstance(part, FormattedValue)]
    values += [
        getattr(tie, name)
        for tie in (*mapping.links, *mapping.experiences)
        for name in ("fact_key", "id_from")
        if hasattr(tie, name)
    ]
    values += [
        *(listing.case_no for listing in mapping.listings),
        *(recognition.reference for recognition in mapping.recognitions),
        mapping.release_id,
    ]
    personal = {
        column for _, code in _codes(mapping) if personal_schemes() & code.all_schemes for column in columns_read(code.value)
    }
    return (
        frozenset(column for value in values if value for column in columns_read(value) if not column.startswith("@")) - personal
    )


def _codes(mapping: Mapping) -> Iterator[tuple[Party, IdentifierOf]]:
    return ((party, code) for party in mapping.parties.values() for code in party.identifiers)


def _always_a_person(party: Party) -> bool:
    return party.kind.possible == {"person"}


def dispensable_columns(mapping: Mapping) -> tuple[str, ...]:
    """Required columns that tell only facts a listing or a good mark can do without: an empty one costs nobody the row."""
    dispensable = {
        column for listing in mapping.listings for fact in LISTING_FACTS for column in _columns_of_value(getattr(listing, fact))
    }
    dispensable |= {
        column
        for recognition in mapping.recognitions
        for fact in MARK_FACTS
        for column in _columns_of_value(getattr(recognition, fact))
    }
    other_parts: list[object] = [*mapping.parties.values(), *mapping.links, *mapping.experiences, *mapping.ignore]
    other_parts += [part for listing in mapping.listings for part in (listing.when, listing.list_type)]
    other_parts += [part for recognition in mapping.recognitions for part in (recognition.when, recognition.mark)]
    needed_columns = {column for part in other_parts for _, inner in _parts_inside(part, "") for column in columns_read(inner)}
    return tuple(column for column in mapping.required if column in dispensable - needed_columns)


def _columns_of_value(value: Value | None) -> set[str]:
    return {column for _, part in parts(value) for column in columns_read(part)} if value else set()


def _parts_inside(part: object, place: str) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(part, BaseModel):
        yield from parts(part, place)
    elif isinstance(part, tuple):
        for number, inner in enumerate(part, start=1):
            yield from _parts_inside(inner, f"{place}[{number}]")
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _parts_inside(inner, f"{place}.{name}")
