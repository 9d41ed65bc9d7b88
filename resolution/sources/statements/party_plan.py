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
from resolution.sources.statements.cell_items import Items, items_of
from resolution.sources.statements.countries import countries, country
from resolution.sources.statements.empty_cells import Empty
from resolution.sources.statements.facts import Fields, Test, all_of, fact_reader, key_reader, text_reader
from resolution.sources.statements.json_cells import readable_text, texts_in
from resolution.sources.statements.statement_makers import SHARED, maker, with_more
from resolution.sources.statements.values import ValueRefused, birth, day, fold_text, partial_day, says_nothing

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


class RowParty(NamedTuple):
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
        own_columns: frozenset[str],
        *,
        id_key: PersonalIdKey,
        mention: bool,
        empties: Mapping[str, Empty] = MappingProxyType({}),
        shares: frozenset[str] = frozenset(),
    ) -> None:
        """inputs: everything its record hangs on; own: columns that tell about this party and no other."""
        self.name, self.unique, self.mention = name, party.unique, mention
        self.is_named = False
        self._own_columns, self._key_reads = own_columns, tuple(reads(party.key))
        self._items: Items | None = items_of(party.each, empties, shares) if party.each else None
        self._when: Test | None = all_of(party.when)
        self._key, self._kind, self._id_key = key_reader(party.key), kind_reader(party.kind), id_key
        self._names = [each_reader(part, name_reader(part), empties) for part in party.names]
        self._name_columns = frozenset(column for part in party.names for column in reads(part.each or part.value))
        self._codes = [each_reader(part, code_reader(part), empties) for part in party.identifiers]
        self._year_columns = [f"{YEAR}{part.value.column}" for part in party.identifiers if _may_be_resident(part)]
        self._addresses = [each_reader(part, address_reader(part), empties) for part in party.addresses]
        self._contacts = [each_reader(part, contact_reader(part), empties) for part in party.contacts]
        self._born, self._founded = fact_reader(party.born_on, birth), fact_reader(party.founded_on, partial_day)
        self._ended, self._observed = fact_reader(party.ended_on, day), fact_reader(party.observed_on, day)
        self._countries = [country_reader(value) for value in party.countries]
        self._attributes = [(title, text_reader(value)) for title, value in party.attributes.items()]
        self._inputs = inputs
        self._make = maker(Record, repeated=SHARED, lengths={})  # Its parts are checked where they are read.
        self._ids_by_inputs: dict[tuple[str | None, ...], str] = {}
        self._row_inputs: list[tuple[str | None, ...]] = []
        self._repairs: list[Trouble] = []

    def find_parties(self, fields: Fields, origin: Origin) -> list[RowParty]:
        """The parties of this name in one row. Raises ValueRefused."""
        if self._items is None:
            party = self._find_party(fields, origin)
            return [party] if party else []
        return [party for scope in self._items(fields) if (party := self._find_party(scope, origin))]

    def kind(self, fields: Fields) -> PartyKind:
        """What the party of a row is, by its column of kinds or its name."""
        name = next((name.text for read in self._names for name in read(fields)), "")
        return self._kind(fields, name)

    def take_repairs(self) -> list[Trouble]:
        """What could not be taken as it stands since this was asked last, and was left out without losing its row."""
        repairs, self._repairs = self._repairs, []
        return repairs

    def settle(self, *, accepted: bool) -> None:
        """The row is over; where it was not kept, what was read from it is forgotten: its records went nowhere."""
        if not accepted:
            for inputs in self._row_inputs:
                self._ids_by_inputs.pop(inputs, None)
        self._row_inputs.clear()

    def _find_party(self, fields: Fields, origin: Origin) -> RowParty | None:
        inputs = tuple(map(fields.get, self._inputs)) if self.mention else ()
        if known_id := self._ids_by_inputs.get(inputs):
            return RowParty(known_id, fields, None)
        nameless = bool(self._name_columns) and self._name_columns.isdisjoint(fields)
        if (nameless and self._own_columns.isdisjoint(fields)) or (self._when and not self._when(fields)):
            return None
        key = self._key(fields)
        names = [] if nameless else [name for read in self._names for name in read(fields)]
        if key is None:
            if names:
                self._repairs.append(self._trouble_without_key(fields))
            return None
        if not names and self._own_columns.isdisjoint(fields):
            return None
        self.is_named = self.is_named or bool(names)
        record = self._record(record_id(origin.dataset, key, self._id_key), names, fields, origin)
        if self.mention:
            self._ids_by_inputs[inputs] = record.id
            self._row_inputs.append(inputs)
        return RowParty(record.id, fields, record)

    def _trouble_without_key(self, fields: Fields) -> Trouble:
        """What is told of a party that a row names, but nothing tells apart."""
        lacking = [name for name in self._key_reads if name not in fields]
        needs = " or ".join(f"the party {name[1:]}" if name.startswith("@") else name for name in lacking)
        column = next((name for name in lacking if not name.startswith("@")), None)
        return Trouble(column, f"{self.name} is named without {needs}, which its key needs", f"Kept without {self.name}.")

    def _record(self, record_id: str, names: list[Name], fields: Fields, origin: Origin) -> Record:
        kind = self._kind(fields, names[0].text if names else "")
        codes = [code for read in self._codes for code in read(fields, kind)]
        kind = kind_by_codes(kind, codes)
        attributes = {title: readable_text(text)[:500] for title, read in self._attributes if (text := read(fields))}
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
                "addresses": tuple([part for read in self._addresses for part in read(fields, self._repairs)]),
                "contacts": _distinct([part for read in self._contacts for part in read(fields)]),
                "born_on": _fact_or_sure_part(self._born, fields, self._repairs) or self._birth_year(fields)
                if may_be_born
                else None,
                "founded_on": _fact_or_sure_part(self._founded, fields, self._repairs) if may_be_founded else None,
                "ended_on": _fact_or_sure_part(self._ended, fields, self._repairs, whole_day=True),
                "countries": self._country_codes(fields) if self._countries else (),
                "attributes": attributes,
                "observed_on": _fact_or_sure_part(self._observed, fields, self._repairs, whole_day=True),
            }
        )

    def _birth_year(self, fields: Fields) -> str | None:
        """Of the resident id, where nothing else tells a day."""
        return next((year for column in self._year_columns if (year := fields.get(column))), None)

    def _country_codes(self, fields: Fields) -> tuple[str, ...]:
        """The countries, each once; a word that is none costs only itself."""
        codes: dict[str, None] = {}
        for read in self._countries:
            try:
                codes |= dict.fromkeys(read(fields) or ())
            except ValueRefused as cause:
                self._repairs.append(repair_trouble(cause))
                codes |= dict.fromkeys((cause.sure or "").split())
        return tuple(codes)


def record_id(dataset: str, key: str, id_key: PersonalIdKey) -> str:
    """The id of a record by its key in its dataset: no resident id in it, and no two long keys cut to one."""
    full_id = keyed(f"{dataset}:{key}", id_key)
    if len(full_id) <= ID_LENGTH_MAX:
        return full_id
    digest = hashlib.blake2b(full_id.encode(), digest_size=10).hexdigest()
    return f"{full_id[: ID_LENGTH_MAX - 1 - len(digest)]}~{digest}"


def _fact_or_sure_part(read: Callable[[Fields], Any], fields: Fields, repaired: list[Trouble], *, whole_day: bool = False) -> Any:
    """A fact, or what is sure of it where it cannot be read: a party is not lost for a slip in one of its days.

    whole: a fact that cannot be less than a whole day.
    """
    try:
        return read(fields)
    except ValueRefused as cause:
        if whole_day:
            cause.sure = None
        repaired.append(repair_trouble(cause))
        return cause.sure


def kind_by_codes(kind: PartyKind, codes: Iterable[Identifier]) -> PartyKind:
    """An unknown kind is told by a valid code that only persons, or only firms, have."""
    if kind is not PartyKind.UNKNOWN:
        return kind
    schemes = {code.scheme for code in codes if code.valid}
    return PartyKind.PERSON if RESIDENT_ID in schemes else PartyKind.FIRM if schemes & FIRM_CODES else kind


def repair_trouble(cause: ValueRefused) -> Trouble:
    """What is told of a value that cannot be, where its row went in; the remedy tells what was kept of it."""
    kept_note = f"Kept: {cause.sure}." if cause.sure else "Kept without it."
    return Trouble(
        cause.trouble.field, cause.trouble.problem, f"{kept_note} {cause.trouble.remedy}" if cause.unsettled else kept_note
    )


def merge_records(earlier: Record, later: Record) -> Record:
    """One record of two mentions with the same id: what either says, the first where only one can be.

    `held` itself where the other says nothing new.
    """
    if _says_no_more(later, earlier):
        return earlier
    single_facts: dict[str, Any] = {title: getattr(earlier, title) or getattr(later, title) for title in SINGLE}
    if earlier.kind is PartyKind.UNKNOWN:
        single_facts["kind"] = later.kind
    known_names = {name.text for name in earlier.names}
    has_primary = any(name.role is NameRole.PRIMARY for name in earlier.names)
    later_names = [
        name
        if not has_primary or name.role is (role := _later_role(name))
        else make_name(name.text, role, name.given, name.family)
        for name in later.names
        if name.text not in known_names
    ]
    lists = {title: _union(getattr(earlier, title), getattr(later, title)) for title in SEVERAL}
    lists["contacts"] = lists["contacts"][:CONTACTS_MAX]
    return with_more(
        earlier,
        single_facts | lists | {"names": (*earlier.names, *later_names), "attributes": later.attributes | earlier.attributes},
    )


def _union(earlier: tuple[T, ...], later: tuple[T, ...]) -> tuple[T, ...]:
    """What stands in either, each once."""
    if len(earlier) < 2 and all(fact in earlier for fact in later):
        return earlier
    return tuple(dict.fromkeys((*earlier, *later)))


def _distinct(facts: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(facts)) if len(facts) > 1 else tuple(facts)


def _says_no_more(later: Record, earlier: Record) -> bool:
    """Whether everything `other` says is in `held`; the common case of one party named again, so it is told cheaply."""
    known_names = {name.text for name in earlier.names}
    return (
        (earlier.kind is not PartyKind.UNKNOWN or later.kind is PartyKind.UNKNOWN)
        and all(name.text in known_names for name in later.names)
        and all(code in earlier.identifiers for code in later.identifiers)
        and all(address in earlier.addresses for address in later.addresses)
        and (all(contact in earlier.contacts for contact in later.contacts) or len(earlier.contacts) >= CONTACTS_MAX)
        and all(title in earlier.attributes for title in later.attributes)
        and all(
            getattr(earlier, title) or not getattr(later, title) for title in ("born_on", "founded_on", "ended_on", "countries")
        )
    )


def _later_role(name: Name) -> NameRole:
    return NameRole.ALIAS if name.role is NameRole.PRIMARY else name.role


def kind_reader(kind: Kind) -> Callable[[Fields, str], PartyKind]:
    table = {fold_text(text): PartyKind(kind_name) for text, kind_name in kind.values.items()}
    otherwise = None if kind.otherwise == "by_name" else PartyKind(kind.otherwise)
    column = kind.column

    def read_kind(fields: Fields, name: str) -> PartyKind:
        listed_kind = table.get(fold_text(fields.get(column, ""))) if column else None
        return listed_kind or otherwise or kind_by_name(name)

    return read_kind


def each_reader(
    part: NameOf | IdentifierOf | AddressOf | ContactOf, read: Callable[..., Iterator[T]], empties: Mapping[str, Empty]
) -> Callable[..., Iterator[T]]:
    """What reads a part of a party, once for each item of its `each`, where its conditions hold."""
    items, applies = items_of(part.each, empties) if part.each else None, all_of(part.when)
    if items is None and applies is None:
        return read

    def read_each(fields: Fields, *context: object) -> Iterator[T]:
        for scope in items(fields) if items else (fields,):
            if applies is None or applies(scope):
                yield from read(scope, *context)

    return read_each


def name_reader(name_of: NameOf) -> Callable[[Fields], Iterator[Name]]:
    read_text, read_given, read_family = (
        fact_reader(name_of.value, str),
        fact_reader(name_of.given, str),
        fact_reader(name_of.family, str),
    )
    read_role, composed = fact_reader(name_of.role_by, str), name_of.value.template is not None

    def read(fields: Fields) -> Iterator[Name]:
        text, role = read_text(fields), name_of.role if name_of.role_by is None else NameRole(read_role(fields) or name_of.role)
        for part in split_texts(text, name_of.split, name_of.value.column):
            if name_of.split and says_nothing(part):  # One of several names in a cell is rather a word for none.
                continue
            yield make_name(" ".join(part.split()) if composed else part, role, read_given(fields), read_family(fields))

    return read


@lru_cache(maxsize=NAMES_KEPT)
def make_name(text: str, role: NameRole, given_name: str | None, family_name: str | None) -> Name:
    """A name; one party is named in several roles and under several codes."""
    return Name(text=text, role=role, given=given_name, family=family_name)


def _may_be_resident(code_of: IdentifierOf) -> bool:
    return RESIDENT_ID in {code_of.scheme, *code_of.schemes.values()}


def code_reader(code_of: IdentifierOf) -> Callable[[Fields, PartyKind], Iterator[Identifier]]:
    read_text, read_scope = text_reader(code_of.value), fact_reader(code_of.scope, str)
    column, separators = f"{HASH}{code_of.value.column}", CODES_BETWEEN if code_of.split is None else code_of.split

    def read(fields: Fields, kind: PartyKind) -> Iterator[Identifier]:
        cell, scheme = read_text(fields), _scheme(code_of, kind, personal=column in fields)
        if cell is None or scheme is None:
            return
        scope = read_scope(fields)
        for text in texts_in(cell, code_of.value.column):
            if scheme == RESIDENT_ID or "*" in text:
                is_own_id = scheme == RESIDENT_ID and kind not in NO_PERSONS
                yield Identifier.model_construct(
                    scheme=scheme,
                    value=fields.get(column, "") if is_own_id else "",
                    valid=True,
                    masked=masked_whole(text) if scheme == RESIDENT_ID else text,
                )
            else:
                for part in split_texts(text, separators, code_of.value.column):
                    yield cached_identifier(scheme, part, scope)

    return read


def _scheme(code_of: IdentifierOf, kind: PartyKind, *, personal: bool) -> str | None:
    """The scheme of a code of such a party; of an unknown kind the persons' one where the cell holds a personal number."""
    if kind is PartyKind.UNKNOWN and kind.value not in code_of.schemes and code_of.scheme is None:
        kind = PartyKind.PERSON if personal else PartyKind.FIRM
    return code_of.schemes.get(kind.value, code_of.scheme)


@lru_cache(maxsize=CODES_KEPT)
def cached_identifier(scheme: str, text: str, scope: str | None = None) -> Identifier:
    """An identifier as it is compared; the same few hundred thousand come again and again."""
    return identifier(scheme, text, scope=scope)


def address_reader(address_of: AddressOf) -> Callable[[Fields, list[Trouble]], Iterator[Address]]:
    read_text = text_reader(address_of.value)
    read_country = fact_reader(address_of.country, country)
    parts = {
        title: fact_reader(getattr(address_of, title), str)
        for title in ("region", "city", "postcode")
        if getattr(address_of, title)
    }

    def read(fields: Fields, repaired: list[Trouble]) -> Iterator[Address]:
        text = read_text(fields)
        if text is None:
            return
        shared = {title: part(fields) for title, part in parts.items()}
        if address_of.country:
            shared["country"] = _fact_or_sure_part(read_country, fields, repaired)
        for part in _addresses_in(readable_text(text), address_of.split):
            yield Address(text=part[:1000], **shared)

    return read


def _addresses_in(text: str, split: str | None) -> list[str]:
    """The addresses of a cell. Where no mark is declared a semicolon parts them only if each piece is an address by itself."""
    pieces = split_texts(text, ADDRESSES_BETWEEN if split is None else split, None)
    return pieces if split is not None or all(map(_is_address, pieces)) else [text]


def _is_address(piece: str) -> bool:
    return "," in piece or "，" in piece or (is_han(piece) and len(piece) >= HAN_ADDRESS_MIN)


def country_reader(value: ListValue) -> Callable[[Fields], tuple[str, ...] | None]:
    return fact_reader(value, partial(countries, split=value.split))


def contact_reader(contact_of: ContactOf) -> Callable[[Fields], Iterator[Contact]]:
    read_text = text_reader(contact_of.value)

    def read(fields: Fields) -> Iterator[Contact]:
        for part in split_texts(read_text(fields), contact_of.split, contact_of.value.column):
            yield Contact(kind=contact_of.kind, value=part)

    return read


def split_texts(text: str | None, split: str | None, column: str | None) -> list[str]:
    """One cell's values: those of a JSON list, or cut at any of the characters of `split`, blanks around them dropped."""
    if text is None:
        return []
    if text.startswith(("[", "{")) and (parts := texts_in(text, column)) != [text]:
        return [piece for part in parts for piece in split_texts(part, split, column)]
    if not split:
        return [text]
    for mark in split[1:]:
        text = text.replace(mark, split[0])
    return [part for raw in text.split(split[0]) if (part := raw.strip())]
