"""Parties of a mapping, compiled: the fields of a row to records."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ontology.base import PartyKind, SourceClass
from ontology.limits import ID_LENGTH_MAX
from ontology.masked_ids import RESIDENT_PARTS
from ontology.personal_ids import PersonalIdKey, mask_with_hash
from ontology.record import Name, NameRole, Record
from resolution.records.several_days import other_days
from resolution.sources.mappings.language import Party
from resolution.sources.mappings.references import SHOWN, YEAR, columns_read, is_captured_id, sealed_name
from resolution.sources.reading import Trouble
from resolution.sources.statements.cell_items import Items, items_of
from resolution.sources.statements.empty_cells import Empty
from resolution.sources.statements.json_cells import readable_text
from resolution.sources.statements.party_facts import (
    NO_PERSONS,
    address_reader,
    code_reader,
    contact_reader,
    country_reader,
    days_reader,
    each_reader,
    fact_or_sure_part,
    kind_by_codes,
    kind_reader,
    may_be_resident,
    name_reader,
    repair_trouble,
)
from resolution.sources.statements.statement_makers import SHARED, statement_maker
from resolution.sources.statements.value_readers import Fields, FieldsTest, all_of, fact_reader, key_reader, text_reader
from resolution.sources.statements.values import ValueRefused, birth, day, partial_day

BORN, FOUNDED = {PartyKind.PERSON, PartyKind.UNKNOWN}, {PartyKind.FIRM, PartyKind.AGENCY, PartyKind.UNKNOWN}
NO_REPAIRS: tuple[Trouble, ...] = ()
T = TypeVar("T")


class Origin(NamedTuple):
    """What all statements of one row share."""

    dataset: str
    source_class: SourceClass
    row_id: str
    release_id: str | None


class RowParty(NamedTuple):
    """A party in a row: its record's id, the fields it was read from, and the record unless an earlier row made it."""

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
        """inputs: everything its record hangs on; own_columns: those that speak of this party and no other."""
        self.name, self.unique, self.mention, self.adds = name, party.unique, mention, party.adds
        self.is_named = self.has_left_out = False
        self._only = frozenset(map(PartyKind, party.only))
        self._own_columns, self._key_reads = own_columns, tuple(columns_read(party.key))
        self._items: Items | None = items_of(party.each, empties, shares, self._add_repair) if party.each else None
        self._when: FieldsTest | None = all_of(party.when)
        self._key, self._kind, self._id_key = key_reader(party.key), kind_reader(party.kind), id_key
        self._names = [each_reader(part, name_reader(part), empties) for part in party.names]
        self._name_columns = frozenset(column for part in party.names for column in columns_read(part.each or part.value))
        self._codes = [each_reader(part, code_reader(part), empties) for part in party.identifiers]
        self._resident_columns = [
            sealed_name(part.value) if is_captured_id(part) else part.value.column
            for part in party.identifiers
            if may_be_resident(part)
        ]
        self._addresses = [each_reader(part, address_reader(part), empties) for part in party.addresses]
        self._contacts = [each_reader(part, contact_reader(part), empties) for part in party.contacts]
        self._born, self._founded = days_reader(party.born_on, birth), days_reader(party.founded_on, partial_day)
        self._ended = fact_reader(party.ended_on, day) if party.ended_on else None
        self._observed = fact_reader(party.observed_on, day) if party.observed_on else None
        self._countries = [country_reader(value) for value in party.countries]
        self._attributes = [(title, text_reader(value)) for title, value in party.attributes.items()]
        self._inputs = inputs
        self._make = statement_maker(Record, repeated=SHARED, lengths={})  # Its parts are checked where they are read.
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

    def _add_repair(self, trouble: Trouble) -> None:
        self._repairs.append(trouble)

    def take_repairs(self) -> Sequence[Trouble]:
        """What could not be taken as it stands since this was asked last, and was left out without losing its row."""
        if not self._repairs:
            return NO_REPAIRS
        repairs, self._repairs = self._repairs, []
        return repairs

    def forget_mentions(self) -> None:
        """Forget which rows named which party."""
        self._ids_by_inputs.clear()
        self._row_inputs.clear()

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
        record = self._record(record_id(origin.dataset, key, self._id_key), names, fields, origin)
        if self._only and record.kind not in self._only:
            self.has_left_out = True
            return None
        self.is_named = self.is_named or bool(names)
        if self.mention:
            self._ids_by_inputs[inputs] = record.id
            self._row_inputs.append(inputs)
        return RowParty(record.id, fields, record)

    def _trouble_without_key(self, fields: Fields) -> Trouble:
        """The report of a party that a row names, but whose key it leaves empty."""
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
        born = self._born(fields, self._repairs) or self._birth_years(fields) if kind in BORN else []
        founded = self._founded(fields, self._repairs) if kind in FOUNDED else []
        if len(born or founded) > 1:
            attributes |= other_days(born or founded)
        if self._resident_columns and kind not in NO_PERSONS:
            attributes |= self._shown_parts(fields)
        return self._make(
            {
                "id": record_id,
                "dataset": origin.dataset,
                "source_class": origin.source_class,
                "row_id": origin.row_id,
                "release_id": origin.release_id,
                "kind": kind,
                "names": _distinct_names(names),
                "identifiers": _distinct([code for code in codes if code.value]),
                "addresses": _distinct([part for read in self._addresses for part in read(fields, self._repairs)]),
                "contacts": _distinct([part for read in self._contacts for part in read(fields)]),
                "born_on": born[0] if born else None,
                "founded_on": founded[0] if founded else None,
                "ended_on": self._whole_day(self._ended, fields),
                "countries": self._country_codes(fields) if self._countries else (),
                "attributes": attributes,
                "observed_on": self._whole_day(self._observed, fields),
            }
        )

    def _whole_day(self, read: Callable[[Fields], date | None] | None, fields: Fields) -> date | None:
        return fact_or_sure_part(read, fields, self._repairs, whole_day=True) if read else None

    def _birth_years(self, fields: Fields) -> list[str]:
        """Of the resident ids, where nothing else tells a day."""
        return [year for column in self._resident_columns if (year := fields.get(f"{YEAR}{column}"))]

    def _shown_parts(self, fields: Fields) -> dict[str, str]:
        """The attribute for what the resident ids show, as keyed hashes."""
        parts = [text for column in self._resident_columns if (text := fields.get(f"{SHOWN}{column}"))]
        return {RESIDENT_PARTS: " ".join(dict.fromkeys(" ".join(parts).split()))} if parts else {}

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
    full_id = mask_with_hash(f"{dataset}:{key}", id_key)
    if len(full_id) <= ID_LENGTH_MAX:
        return full_id
    digest = hashlib.blake2b(full_id.encode(), digest_size=10).hexdigest()
    return f"{full_id[: ID_LENGTH_MAX - 1 - len(digest)]}~{digest}"


def _distinct_names(names: list[Name]) -> tuple[Name, ...]:
    """Each text once, as the first says or as the name to show: an alias that repeats the name is none."""
    if len(names) < 2:
        return tuple(names)
    by_text: dict[str, Name] = {}
    for name in names:
        if name.text not in by_text or (name.role is NameRole.PRIMARY and by_text[name.text].role is not NameRole.PRIMARY):
            by_text[name.text] = name
    return tuple(by_text.values())


def _distinct(facts: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(facts)) if len(facts) > 1 else tuple(facts)
