"""Parties of a mapping, compiled: a row's fields to records."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from ontology.words import PartyKind, SourceClass
from resolution.records.identifiers import identifier
from resolution.records.kinds import kind_by_name
from resolution.sources.mappings.language import AddressOf, ContactOf, IdentifierOf, Kind, NameOf, Party
from resolution.sources.mappings.references import reads
from resolution.sources.reading import Trouble
from resolution.sources.statements.facts import Fields, Test, all_of, fact, text_of
from resolution.sources.statements.items import Items, items_of
from resolution.sources.statements.making import SHARED, maker, with_more
from resolution.sources.statements.values import ValueRefused, birth, day, folded, partial_day

RESIDENT_ID = "resident_id"
FIRM_CODES = {"uscc", "lei"}  # Codes that no natural person has.
BORN, FOUNDED = {PartyKind.PERSON, PartyKind.UNKNOWN}, {PartyKind.FIRM, PartyKind.AGENCY, PartyKind.UNKNOWN}
CODES_KEPT = 1 << 16
NAMES_KEPT = 1 << 14
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

    def __init__(self, name: str, party: Party, inputs: tuple[str, ...], *, mention: bool) -> None:
        self.name, self.unique, self.mention = name, party.unique, mention
        self._items: Items | None = items_of(party.each) if party.each else None
        self._when: Test | None = all_of(party.when)
        self._key, self._kind = text_of(party.key), _kind(party.kind)
        self._names = [_names(one) for one in party.names]
        self._name_columns = frozenset(column for one in party.names for column in reads(one.value))
        self._codes = [_codes(one) for one in party.identifiers]
        self._addresses = [_address(one) for one in party.addresses]
        self._contacts = [_contacts(one) for one in party.contacts]
        self._born, self._founded = fact(party.born_on, birth), fact(party.founded_on, partial_day)
        self._ended, self._observed = fact(party.ended_on, day), fact(party.observed_on, day)
        self._countries = [text_of(one) for one in party.countries]
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
        if (self._name_columns and self._name_columns.isdisjoint(fields)) or (self._when and not self._when(fields)):
            return None
        key = self._key(fields)
        names = [name for read in self._names for name in read(fields)]
        if key is None or not names:
            return None
        record = self._record(f"{origin.dataset}:{key}"[:300], names, fields, origin)
        if self.mention:
            self._told[seen] = record.id
            self._lately.append(seen)
        return Found(record.id, fields, record)

    def _record(self, record_id: str, names: list[Name], fields: Fields, origin: Origin) -> Record:
        kind = self._kind(fields, names[0].text)
        codes = [code for read in self._codes for code in read(fields, kind)]
        kind = kind_by_codes(kind, codes)
        attributes = {title: text[:500] for title, read in self._attributes if (text := read(fields))}
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
                "addresses": tuple([found for read in self._addresses if (found := read(fields))]),
                "contacts": _distinct([found for read in self._contacts for found in read(fields)]),
                "born_on": self._birth(fields) if may_be_born else None,
                "founded_on": self._founded(fields) if may_be_founded else None,
                "ended_on": self._ended(fields),
                "countries": tuple([text.lower() for read in self._countries if (text := read(fields))]),
                "attributes": attributes,
                "observed_on": self._observed(fields),
            }
        )

    def _birth(self, fields: Fields) -> str | None:
        """Where the day of birth is impossible, its year or nothing: a person is not lost for a slip in one of its facts."""
        try:
            return self._born(fields)
        except ValueRefused as cause:
            self._repaired.append(kept_all_the_same(cause))
            return cause.sure


def kind_by_codes(kind: PartyKind, codes: Iterable[Identifier]) -> PartyKind:
    """An unknown kind is told by a valid code that only persons, or only firms, have."""
    if kind is not PartyKind.UNKNOWN:
        return kind
    schemes = {code.scheme for code in codes if code.valid}
    return PartyKind.PERSON if RESIDENT_ID in schemes else PartyKind.FIRM if schemes & FIRM_CODES else kind


def kept_all_the_same(cause: ValueRefused) -> Trouble:
    """What is told of a value that cannot be, where its row went in; the remedy tells what was kept of it."""
    return Trouble(cause.trouble.field, cause.trouble.problem, f"Kept: {cause.sure}." if cause.sure else "Kept without it.")


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
    others = [
        n if n.role is (role := _other_role(n)) else _name(n.text, role, n.given, n.family)
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


def _names(one: NameOf) -> Callable[[Fields], Iterator[Name]]:
    told, given, family = fact(one.value, str), fact(one.given, str), fact(one.family, str)

    def read(fields: Fields) -> Iterator[Name]:
        text = told(fields)
        for part in _parts(text, one.split):
            yield _name(part, one.role, given(fields), family(fields))

    return read


@lru_cache(maxsize=NAMES_KEPT)
def _name(text: str, role: NameRole, given: str | None, family: str | None) -> Name:
    """A name; one party is named in several roles and under several codes."""
    return Name(text=text, role=role, given=given, family=family)


def _codes(one: IdentifierOf) -> Callable[[Fields, PartyKind], Iterator[Identifier]]:
    told, scope = text_of(one.value), fact(one.scope, str)
    column = f"#{one.value.column}"

    def read(fields: Fields, kind: PartyKind) -> Iterator[Identifier]:
        text, scheme = told(fields), _scheme(one, kind, personal=column in fields)
        if text is None or scheme is None:
            return
        if scheme == RESIDENT_ID or "*" in text:
            yield Identifier.model_construct(
                scheme=scheme, value=fields.get(column, "") if scheme == RESIDENT_ID else "", valid=True, masked=text
            )
        else:
            yield code(scheme, text, scope(fields))

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


def _address(one: AddressOf) -> Callable[[Fields], Address | None]:
    told = text_of(one.value)
    parts = {title: fact(getattr(one, title), str) for title in ("country", "region", "city", "postcode") if getattr(one, title)}

    def read(fields: Fields) -> Address | None:
        text = told(fields)
        return Address(text=text[:1000], **{title: part(fields) for title, part in parts.items()}) if text else None

    return read


def _contacts(one: ContactOf) -> Callable[[Fields], Iterator[Contact]]:
    told = text_of(one.value)

    def read(fields: Fields) -> Iterator[Contact]:
        for part in _parts(told(fields), one.split):
            yield Contact(kind=one.kind, value=part)

    return read


def _parts(text: str | None, split: str | None) -> list[str]:
    """One cell's values: cut at any of the characters of `split`, blanks around them dropped."""
    if text is None:
        return []
    if not split:
        return [text]
    for mark in split[1:]:
        text = text.replace(mark, split[0])
    return [part for raw in text.split(split[0]) if (part := raw.strip())]
