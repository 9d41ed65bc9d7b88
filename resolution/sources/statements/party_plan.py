"""Parties of a mapping, compiled: a row's fields to records."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ontology.base import PartyKind, SourceClass
from ontology.limits import ID_LENGTH_MAX
from ontology.personal_ids import PersonalIdKey, keyed, masked_whole
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.records.identifiers import identifier
from resolution.records.kinds import kind_by_name
from resolution.records.text import is_han
from resolution.sources.mappings.language import AddressOf, ContactOf, IdentifierOf, Kind, NameOf, Party
from resolution.sources.mappings.references import HASH, YEAR, reads
from resolution.sources.mappings.value_formats import ListValue
from resolution.sources.reading import Trouble
from resolution.sources.statements.countries import countries, country
from resolution.sources.statements.empty_cells import Empty
from resolution.sources.statements.facts import Fields, Test, all_of, fact, key_of, text_of
from resolution.sources.statements.cell_items import Items, items_of
from resolution.sources.statements.statement_makers import SHARED, maker, with_more
from resolution.sources.statements.json_cells import readable, texts_in
from resolution.sources.statements.values import ValueRefused, birth, day, folded, partial_day, says_nothing

RESIDENT_ID = "resident_id"
NO_PERSONS = (PartyKind.FIRM, PartyKind.AGENCY)  # The id of somebody who stands for them is shown masked, and joins nothing.
FIRM_CODES = {"uscc", "lei"}  # Codes that no natural person has.
BORN, FOUNDED = {PartyKind.PERSON, PartyKind.UNKNOWN}, {PartyKind.FIRM, PartyKind.AGENCY, PartyKind.UNKNOWN}
CODES_KEPT = 1 << 16
NAMES_KEPT = 1 << 14
CODES_BETWEEN = ";；\n"  # No code of any scheme holds one of these.
ADDRESSES_BETWEEN = ";；\n"
HAN_ADDRESS_MIN = 8  # Characters from which a Chinese text is an address by itself, not the number of a room.
SINGLE = ("born_on", "founded_on", "ended_on", "observed_on")
SEVERAL = ("identifiers", "addresses", "contacts", "countries")
T = TypeVar("T")
CONTACTS_MAX = 200  # A shop meets ever new devices; a few hundred say all there is to see.


class Origin(NamedTuple):
    """What all statements of one row share."""

    dataset: str
    source_class: SourceClass
    row_id: str
    release_id: str | None


class Found(NamedTuple):
    """A party in a row: its record's id, the fields it was read from, and the record unless it was told before."""

    record_id: str
    fields: Fields
    record: Record | None


class PartyPlan:
    """One party of a mapping.

    A `mention` may come again in any row, so what it was read from is remembered: the next time costs a look-up. A party that
    is `unique`, or whose key hangs on one that is, belongs to its row and is forgotten with it.
    """

    def __init__(
        self,
        name: str,
        party: Party,
        inputs: tuple[str, ...],
        own: frozenset[str],
        *,
        id_key: PersonalIdKey,
        mention: bool,
        empties: Mapping[str, Empty] = MappingProxyType({}),
        shares: frozenset[str] = frozenset(),
    ) -> None:
        """inputs: everything its record hangs on; own: columns that tell about this party and no other."""
        self.name, self.unique, self.mention = name, party.unique, mention
        self.named = False
        self._own, self._key_reads = own, tuple(reads(party.key))
        self._items: Items | None = items_of(party.each, empties, shares) if party.each else None
        self._when: Test | None = all_of(party.when)
        self._key, self._kind, self._id_key = key_of(party.key), _kind(party.kind), id_key
        self._names = [_several(one, _names(one), empties) for one in party.names]
        self._name_columns = frozenset(column for one in party.names for column in reads(one.each or one.value))
        self._codes = [_several(one, _codes(one), empties) for one in party.identifiers]
        self._year_columns = [f"{YEAR}{one.value.column}" for one in party.identifiers if _may_be_resident(one)]
        self._addresses = [_several(one, _address(one), empties) for one in party.addresses]
        self._contacts = [_several(one, _contacts(one), empties) for one in party.contacts]
        self._born, self._founded = fact(party.born_on, birth), fact(party.founded_on, partial_day)
        self._ended, self._observed = fact(party.ended_on, day), fact(party.observed_on, day)
        self._countries = [_countries(one) for one in party.countries]
        self._attributes = [(title, text_of(one)) for title, one in party.attributes.items()]
        self._inputs = inputs
        self._make = maker(Record, repeated=SHARED, lengths={})  # Its parts are checked where they are read.
        self._told: dict[tuple[str | None, ...], str] = {}
        self._lately: list[tuple[str | None, ...]] = []
        self._repaired: list[Trouble] = []

    def found(self, fields: Fields, origin: Origin) -> list[Found]:
        """The parties of this name in one row. Raises ValueRefused."""
        if self._items is None:
            found = self._one(fields, origin)
            return [found] if found else []
        return [one for scope in self._items(fields) if (one := self._one(scope, origin))]

    def kind(self, fields: Fields) -> PartyKind:
        """What the party of a row is, by its column of kinds or its name."""
        name = next((name.text for read in self._names for name in read(fields)), "")
        return self._kind(fields, name)

    def repaired(self) -> list[Trouble]:
        """What could not be taken as it stands since this was asked last, and was left out without losing its row."""
        found, self._repaired = self._repaired, []
        return found

    def settle(self, *, kept: bool) -> None:
        """The row is over; where it was not kept, what was read from it is forgotten: its records went nowhere."""
        if not kept:
            for seen in self._lately:
                self._told.pop(seen, None)
        self._lately.clear()

    def _one(self, fields: Fields, origin: Origin) -> Found | None:
        seen = tuple(map(fields.get, self._inputs)) if self.mention else ()
        if known := self._told.get(seen):
            return Found(known, fields, None)
        nameless = bool(self._name_columns) and self._name_columns.isdisjoint(fields)
        if (nameless and self._own.isdisjoint(fields)) or (self._when and not self._when(fields)):
            return None
        key = self._key(fields)
        names = [] if nameless else [name for read in self._names for name in read(fields)]
        if key is None:
            if names:
                self._repaired.append(self._without_key(fields))
            return None
        if not names and self._own.isdisjoint(fields):
            return None
        self.named = self.named or bool(names)
        record = self._record(record_id(origin.dataset, key, self._id_key), names, fields, origin)
        if self.mention:
            self._told[seen] = record.id
            self._lately.append(seen)
        return Found(record.id, fields, record)

    def _without_key(self, fields: Fields) -> Trouble:
        """What is told of a party that a row names, but nothing tells apart."""
        lacking = [name for name in self._key_reads if name not in fields]
        needs = " or ".join(f"the party {name[1:]}" if name.startswith("@") else name for name in lacking)
        column = next((name for name in lacking if not name.startswith("@")), None)
        return Trouble(column, f"{self.name} is named without {needs}, which its key needs", f"Kept without {self.name}.")

    def _record(self, record_id: str, names: list[Name], fields: Fields, origin: Origin) -> Record:
        kind = self._kind(fields, names[0].text if names else "")
        codes = [code for read in self._codes for code in read(fields, kind)]
        kind = kind_by_codes(kind, codes)
        attributes = {title: readable(text)[:500] for title, read in self._attributes if (text := read(fields))}
        attributes |= {f"{code.scheme}_masked": code.masked for code in codes if code.masked and not code.value}
        may_be_born, may_be_founded = kind in BORN, kind in FOUNDED
        return self._make(
            {
                "id": record_id,
                "dataset": origin.dataset,
                "source_class": origin.source_class,
                "row_id": origin.row_id,
                "release_id": origin.release_id,
                "kind": kind,
                "names": _distinct(names),
                "identifiers": _distinct([code for code in codes if code.value]),
                "addresses": tuple([found for read in self._addresses for found in read(fields, self._repaired)]),
                "contacts": _distinct([found for read in self._contacts for found in read(fields)]),
                "born_on": _kept(self._born, fields, self._repaired) or self._birth_year(fields) if may_be_born else None,
                "founded_on": _kept(self._founded, fields, self._repaired) if may_be_founded else None,
                "ended_on": _kept(self._ended, fields, self._repaired, whole=True),
                "countries": self._lands(fields) if self._countries else (),
                "attributes": attributes,
                "observed_on": _kept(self._observed, fields, self._repaired, whole=True),
            }
        )

    def _birth_year(self, fields: Fields) -> str | None:
        """Of the resident id, where nothing else tells a day."""
        return next((year for column in self._year_columns if (year := fields.get(column))), None)

    def _lands(self, fields: Fields) -> tuple[str, ...]:
        """The countries, each once; a word that is none costs only itself."""
        found: dict[str, None] = {}
        for read in self._countries:
            try:
                found |= dict.fromkeys(read(fields) or ())
            except ValueRefused as cause:
                self._repaired.append(kept_all_the_same(cause))
                found |= dict.fromkeys((cause.sure or "").split())
        return tuple(found)


def record_id(dataset: str, key: str, id_key: PersonalIdKey) -> str:
    """The id of a record by its key in its dataset: no resident id in it, and no two long keys cut to one."""
    whole = keyed(f"{dataset}:{key}", id_key)
    if len(whole) <= ID_LENGTH_MAX:
        return whole
    rest = hashlib.blake2b(whole.encode(), digest_size=10).hexdigest()
    return f"{whole[: ID_LENGTH_MAX - 1 - len(rest)]}~{rest}"


def _kept(read: Callable[[Fields], Any], fields: Fields, repaired: list[Trouble], *, whole: bool = False) -> Any:
    """A fact, or what is sure of it where it cannot be read: a party is not lost for a slip in one of its days.

    whole: a fact that cannot be less than a whole day.
    """
    try:
        return read(fields)
    except ValueRefused as cause:
        if whole:
            cause.sure = None
        repaired.append(kept_all_the_same(cause))
        return cause.sure


def kind_by_codes(kind: PartyKind, codes: Iterable[Identifier]) -> PartyKind:
    """An unknown kind is told by a valid code that only persons, or only firms, have."""
    if kind is not PartyKind.UNKNOWN:
        return kind
    schemes = {code.scheme for code in codes if code.valid}
    return PartyKind.PERSON if RESIDENT_ID in schemes else PartyKind.FIRM if schemes & FIRM_CODES else kind


def kept_all_the_same(cause: ValueRefused) -> Trouble:
    """What is told of a value that cannot be, where its row went in; the remedy tells what was kept of it."""
    kept = f"Kept: {cause.sure}." if cause.sure else "Kept without it."
    return Trouble(cause.trouble.field, cause.trouble.problem, f"{kept} {cause.trouble.remedy}" if cause.unsettled else kept)


def merged(held: Record, other: Record) -> Record:
    """One record of two mentions with the same id: what either says, the first where only one can be.

    `held` itself where the other says nothing new.
    """
    if _says_no_more(other, held):
        return held
    more: dict[str, Any] = {title: getattr(held, title) or getattr(other, title) for title in SINGLE}
    if held.kind is PartyKind.UNKNOWN:
        more["kind"] = other.kind
    known = {name.text for name in held.names}
    has_primary = any(name.role is NameRole.PRIMARY for name in held.names)
    others = [
        n if not has_primary or n.role is (role := _other_role(n)) else _name(n.text, role, n.given, n.family)
        for n in other.names
        if n.text not in known
    ]
    lists = {title: _union(getattr(held, title), getattr(other, title)) for title in SEVERAL}
    lists["contacts"] = lists["contacts"][:CONTACTS_MAX]
    return with_more(held, more | lists | {"names": (*held.names, *others), "attributes": other.attributes | held.attributes})


def _union(held: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    """What stands in either, each once."""
    if len(held) < 2 and all(one in held for one in other):
        return held
    return tuple(dict.fromkeys((*held, *other)))


def _distinct(found: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _says_no_more(other: Record, held: Record) -> bool:
    """Whether everything `other` says is in `held`; the common case of one party named again, so it is told cheaply."""
    known = {name.text for name in held.names}
    return (
        (held.kind is not PartyKind.UNKNOWN or other.kind is PartyKind.UNKNOWN)
        and all(name.text in known for name in other.names)
        and all(one in held.identifiers for one in other.identifiers)
        and all(one in held.addresses for one in other.addresses)
        and (all(one in held.contacts for one in other.contacts) or len(held.contacts) >= CONTACTS_MAX)
        and all(title in held.attributes for title in other.attributes)
        and all(getattr(held, title) or not getattr(other, title) for title in ("born_on", "founded_on", "ended_on", "countries"))
    )


def _other_role(name: Name) -> NameRole:
    return NameRole.ALIAS if name.role is NameRole.PRIMARY else name.role


def _kind(kind: Kind) -> Callable[[Fields, str], PartyKind]:
    table = {folded(text): PartyKind(told) for text, told in kind.values.items()}
    otherwise = None if kind.otherwise == "by_name" else PartyKind(kind.otherwise)
    column = kind.column

    def told(fields: Fields, name: str) -> PartyKind:
        known = table.get(folded(fields.get(column, ""))) if column else None
        return known or otherwise or kind_by_name(name)

    return told


def _several(
    one: NameOf | IdentifierOf | AddressOf | ContactOf, read: Callable[..., Iterator[T]], empties: Mapping[str, Empty]
) -> Callable[..., Iterator[T]]:
    """What reads a part of a party, once for each item of its `each`, where its conditions hold."""
    items, when = items_of(one.each, empties) if one.each else None, all_of(one.when)
    if items is None and when is None:
        return read

    def told(fields: Fields, *more: object) -> Iterator[T]:
        for scope in items(fields) if items else (fields,):
            if when is None or when(scope):
                yield from read(scope, *more)

    return told


def _names(one: NameOf) -> Callable[[Fields], Iterator[Name]]:
    told, given, family = fact(one.value, str), fact(one.given, str), fact(one.family, str)
    role_by, composed = fact(one.role_by, str), one.value.template is not None

    def read(fields: Fields) -> Iterator[Name]:
        text, role = told(fields), one.role if one.role_by is None else NameRole(role_by(fields) or one.role)
        for part in _parts(text, one.split, one.value.column):
            if one.split and says_nothing(part):  # One of several names in a cell is rather a word for none.
                continue
            yield _name(" ".join(part.split()) if composed else part, role, given(fields), family(fields))

    return read


@lru_cache(maxsize=NAMES_KEPT)
def _name(text: str, role: NameRole, given: str | None, family: str | None) -> Name:
    """A name; one party is named in several roles and under several codes."""
    return Name(text=text, role=role, given=given, family=family)


def _may_be_resident(one: IdentifierOf) -> bool:
    return RESIDENT_ID in {one.scheme, *one.schemes.values()}


def _codes(one: IdentifierOf) -> Callable[[Fields, PartyKind], Iterator[Identifier]]:
    told, scope = text_of(one.value), fact(one.scope, str)
    column, between = f"{HASH}{one.value.column}", CODES_BETWEEN if one.split is None else one.split

    def read(fields: Fields, kind: PartyKind) -> Iterator[Identifier]:
        told_text, scheme = told(fields), _scheme(one, kind, personal=column in fields)
        if told_text is None or scheme is None:
            return
        place = scope(fields)
        for text in texts_in(told_text, one.value.column):
            if scheme == RESIDENT_ID or "*" in text:
                own = scheme == RESIDENT_ID and kind not in NO_PERSONS
                yield Identifier.model_construct(
                    scheme=scheme,
                    value=fields.get(column, "") if own else "",
                    valid=True,
                    masked=masked_whole(text) if scheme == RESIDENT_ID else text,
                )
            else:
                for part in _parts(text, between, one.value.column):
                    yield code(scheme, part, place)

    return read


def _scheme(one: IdentifierOf, kind: PartyKind, *, personal: bool) -> str | None:
    """The scheme of a code of such a party; of an unknown kind the persons' one where the cell holds a personal number."""
    if kind is PartyKind.UNKNOWN and kind.value not in one.schemes and one.scheme is None:
        kind = PartyKind.PERSON if personal else PartyKind.FIRM
    return one.schemes.get(kind.value, one.scheme)


@lru_cache(maxsize=CODES_KEPT)
def code(scheme: str, text: str, scope: str | None = None) -> Identifier:
    """An identifier as it is compared; the same few hundred thousand come again and again."""
    return identifier(scheme, text, scope=scope)


def _address(one: AddressOf) -> Callable[[Fields, list[Trouble]], Iterator[Address]]:
    told = text_of(one.value)
    land = fact(one.country, country)
    parts = {title: fact(getattr(one, title), str) for title in ("region", "city", "postcode") if getattr(one, title)}

    def read(fields: Fields, repaired: list[Trouble]) -> Iterator[Address]:
        text = told(fields)
        if text is None:
            return
        shared = {title: part(fields) for title, part in parts.items()}
        if one.country:
            shared["country"] = _kept(land, fields, repaired)
        for part in _addresses_in(readable(text), one.split):
            yield Address(text=part[:1000], **shared)

    return read


def _addresses_in(text: str, split: str | None) -> list[str]:
    """The addresses of a cell. Where no mark is declared a semicolon parts them only if each piece is an address by itself."""
    pieces = _parts(text, ADDRESSES_BETWEEN if split is None else split, None)
    return pieces if split is not None or all(map(_is_address, pieces)) else [text]


def _is_address(piece: str) -> bool:
    return "," in piece or "，" in piece or (is_han(piece) and len(piece) >= HAN_ADDRESS_MIN)


def _countries(one: ListValue) -> Callable[[Fields], tuple[str, ...] | None]:
    return fact(one, partial(countries, split=one.split))


def _contacts(one: ContactOf) -> Callable[[Fields], Iterator[Contact]]:
    told = text_of(one.value)

    def read(fields: Fields) -> Iterator[Contact]:
        for part in _parts(told(fields), one.split, one.value.column):
            yield Contact(kind=one.kind, value=part)

    return read


def _parts(text: str | None, split: str | None, column: str | None) -> list[str]:
    """One cell's values: those of a JSON list, or cut at any of the characters of `split`, blanks around them dropped."""
    if text is None:
        return []
    if text.startswith(("[", "{")) and (parts := texts_in(text, column)) != [text]:
        return [one for part in parts for one in _parts(part, split, column)]
    if not split:
        return [text]
    for mark in split[1:]:
        text = text.replace(mark, split[0])
    return [part for raw in text.split(split[0]) if (part := raw.strip())]
