"""Rows of a table to statements, as a mapping says."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from pydantic import ValidationError

from ontology.base import SourceClass, Statement
from ontology.limits import excess_of
from ontology.personal_ids import PersonalIdKey, birth_year, keyed, keyed_whole, mask, mask_row, masked_whole, sealed
from ontology.record import Record
from resolution.sources.mappings.language import Each, ListingOf, Mapping
from resolution.sources.mappings.references import (
    HASH,
    KEYED,
    YEAR,
    always_personal_columns,
    columns_used,
    keys_used,
    number_columns,
    ordered_parties,
    own_columns,
    parts,
    personal_columns,
    reads,
    resident_id_columns,
    share_columns,
    spared_columns,
)
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.statements.column_formats import Columns
from resolution.sources.statements.empty_cells import empties
from resolution.sources.statements.facts import Fields, any_of, fact, text_of
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.cell_items import cells, parts_of
from resolution.sources.statements.party_plan import NO_PERSONS, Found, Origin, PartyPlan, merged
from resolution.sources.statements.row_results import Line, RowResult
from resolution.sources.statements.tie_plans import Plan, experience_plan, line_of, link_plan, listing_plan, recognition_plan
from resolution.sources.statements.values import ValueRefused

TOO_DEEP = Trouble(None, "objects and lists nested too deep", "Flatten the object.")
CLASSES = {one.value: one for one in SourceClass}


class MappedTeller:
    """One mapping at work on one file. See `RowMapper`."""

    def __init__(self, columns: Columns, *, dataset: str, file_id: str, id_key: PersonalIdKey, today: date) -> None:
        mapping = columns.settled_mapping()
        self._dataset, self._file_id, self._id_key = dataset, file_id, id_key
        self._headers, self._required = Headers(mapping), mapping.required
        self._personal, self._numbers = personal_columns(mapping), number_columns(mapping)
        self._always_personal, self._resident = always_personal_columns(mapping), resident_id_columns(mapping)
        self._ignore, self._class, self._release = (
            any_of(mapping.ignore),
            text_of(mapping.source_class),
            fact(mapping.release_id, str),
        )
        self._class_column = next(iter(reads(mapping.source_class)), None)
        self._release_columns = reads(mapping.release_id) if mapping.release_id else []
        self.refers = any(link.source_record or link.target_record for link in mapping.links)
        unique = {f"@{name}" for name, party in mapping.parties.items() if party.unique}
        own = own_columns(mapping.parties)
        empty, shares = empties(mapping), share_columns(mapping)
        self._parties = [
            PartyPlan(
                name,
                party,
                columns_used(party, self._personal),
                own[name],
                id_key=id_key,
                mention=not (self.refers or party.unique or unique & {*reads(party.key)}),
                empties=empty,
                shares=shares,
            )
            for name, party in ((name, mapping.parties[name]) for name in ordered_parties(mapping.parties))
        ]
        self._keyed = keys_used(mapping)
        self._spared, self._repairs = spared_columns(mapping), list[Trouble]()
        self._plans = _plans(mapping, today, self._repairs, id_key)
        self._owners = {
            column: plan
            for plan in self._parties
            for code in mapping.parties[plan.name].identifiers
            if (column := code.value.column) in self._personal and not code.each and len(code.schemes) > 1
        }
        self._items = {part.column: part for _, part in parts(mapping) if isinstance(part, Each)}
        self._parts = {column: parts_of(each, empty) for column, each in self._items.items()}
        self._mentioned: dict[str, Record] = {}
        self._rows_of: dict[str, tuple[int, int]] = {}
        self._before: list[tuple[str, Record | None]] = []
        self._given: list[str] = []
        self._own_ids: list[str] = []

    @property
    def mentioned(self) -> dict[str, Record]:
        """What the rows told so far say, taken together, of each party they mention; by record id."""
        return self._mentioned

    @property
    def gathers(self) -> bool:
        """See `RowMapper.gathers`: rows that name other files' records may be refused after they are told."""
        return not self.refers

    def parties_named(self) -> frozenset[str]:
        """See `RowMapper.parties_named`."""
        return frozenset(plan.name for plan in self._parties if plan.named)

    def own_ids(self) -> tuple[str, ...]:
        """See `RowMapper.own_ids`."""
        given = tuple(self._own_ids)
        self._own_ids.clear()
        return given

    def tell(self, row: RawRow) -> RowResult:
        """See `RowMapper.tell`."""
        told = RowResult(row.number, self._masked(row.values), trouble=row.trouble)
        if row.trouble:
            return told
        try:
            fields = self._headers.fields(told.values)
            if told.values is not row.values or self._always_personal:
                told.values = self._with_firms_numbers(row.values, told.values, fields)
                self._keep_apart(row.values, told, fields)
            self._seal(row.values, fields)
            told.ignored = self._ignore(fields)
            if not told.ignored:
                self._state(told, fields)
        except ValueRefused as cause:
            told.statements, told.trouble = [], self._named(cause.trouble)
        except RecursionError:
            told.statements, told.trouble = [], TOO_DEEP
        except ValidationError as cause:
            first = cause.errors()[0]
            place = ".".join(map(str, first["loc"]))
            told.statements, told.trouble = [], Trouble(place, first["msg"], "Mend the value.")
        self._settle(kept=told.trouble is None)
        repaired = [self._named(one) for one in (*(one for plan in self._parties for one in plan.repaired()), *self._repairs)]
        repaired = [*{one.field: one for one in repaired}.values()] if len(repaired) > 1 else repaired
        self._repairs.clear()
        told.repaired = repaired if told.trouble is None else []
        return told

    def _check_required(self, fields: Fields) -> None:
        """Raises ValueRefused where a required column is empty that a listing cannot do without."""
        for column in (column for column in self._required if column not in fields):
            if column not in self._spared:
                raise ValueRefused("is empty", "Fill it.", column)
            self._repairs.append(Trouble(column, "is empty", "Kept without it."))

    def _state(self, told: RowResult, fields: Fields) -> None:
        self._check_required(fields)
        origin = self._origin(told.number, fields)
        parties: dict[str, list[Found]] = {}
        records: dict[str, Record] = {}
        for plan in self._parties:
            parties[plan.name] = found = plan.found(fields, origin)
            if len(found) == 1 and plan.name in self._keyed:
                fields[f"@{plan.name}"] = found[0].record_id.removeprefix(f"{self._dataset}:")
            for one in found:
                if one.record and (not plan.unique or self._first(one, told.number)):
                    self._join(one.record, records, mention=plan.mention)
        told.statements += records.values()
        named = {name for name, found in parties.items() if found}
        if self._parties and not named:
            lost = next((one for plan in self._parties for one in plan.repaired()), None)
            raise ValueRefused(lost.problem if lost else "names no party", "Fill the columns that name one.", lost and lost.field)
        stated: list[Statement] = []
        for needs, state, line in self._plans:
            if needs <= named:
                made = list(state(parties, fields, origin))
                stated += made
                if line and made:
                    mark = line(fields, told.apart or told.values)
                    for statement in made:
                        told.lines[statement.id] = mark
        told.statements += stated
        if self.refers:
            told.references = self._references(stated, parties)

    def _join(self, record: Record, own: dict[str, Record], *, mention: bool) -> None:
        """Put a record among the row's own, with what this row, and for a mention every row before it, told under its id."""
        held = own.get(record.id) or (self._mentioned.get(record.id) if mention else None)
        joined = merged(held, record) if held else record
        if excess := excess_of(joined):
            raise ValueRefused(excess.problem, excess.remedy, excess.field)
        if joined is not held:
            own[record.id] = joined
        if mention:
            self._before.append((record.id, self._mentioned.get(record.id)))
            self._mentioned[record.id] = joined

    def _settle(self, *, kept: bool) -> None:
        """Keep what the row told in mind, or forget it with the row."""
        if kept and not self._before and not self._given:
            return
        for plan in self._parties:
            plan.settle(kept=kept)
        if not kept:
            for record_id, before in reversed(self._before):
                if before is None:
                    self._mentioned.pop(record_id, None)
                else:
                    self._mentioned[record_id] = before
            for record_id in self._given:
                del self._rows_of[record_id]
        else:
            self._own_ids += self._given
        self._before.clear()
        self._given.clear()

    def _first(self, found: Found, number: int) -> bool:
        """False for the same row again; ValueRefused where one id stands for different rows."""
        content = hash(frozenset(found.fields.items()))
        if found.record_id not in self._rows_of:
            self._rows_of[found.record_id] = (number, content)
            self._given.append(found.record_id)
        earlier = self._rows_of[found.record_id]
        if earlier[1] != content:
            raise ValueRefused(
                f"id {found.record_id} was given to row {earlier[0]} already", "Give every row its own id, or drop one."
            )
        return earlier[0] == number

    def _origin(self, number: int, fields: Fields) -> Origin:
        said, release = self._class(fields) or "", self._release(fields)
        source_class = CLASSES.get(said)
        if source_class is None:
            raise ValueRefused(f"{said!r} is no source class", f"Known: {', '.join(CLASSES)}.", self._class_column)
        if release is None and source_class is SourceClass.RELEASED:
            release = self._own_release()
        return Origin(self._dataset, source_class, f"{self._file_id}#{number}", release)

    def _own_release(self) -> str:
        """A file without a column for it is itself one release, named after the file; with one, every row must fill it."""
        column = self._release_columns and self._headers.header(self._release_columns[0])
        if column:
            raise ValueRefused("released data without the number of its release", "Fill the release number.", column)
        return f"file:{self._file_id}"

    def _masked(self, raw: dict[str, str]) -> dict[str, str]:
        """The row as it may be kept: what its columns are declared as goes before what a number looks like."""
        shown = mask_row(raw, declared=self._headers.only_of(self._numbers, raw))
        resident = self._headers.only_of(self._resident, shown) if self._resident else ()
        whole = {name: text for name in resident if (text := _whole(masked_whole, shown[name])) != shown[name]}
        return shown | whole if whole else shown

    def _with_firms_numbers(self, raw: dict[str, str], shown: dict[str, str], fields: Fields) -> dict[str, str]:
        """In a column for both, the number of a firm is no person's: registrations of old have 15 digits, too."""
        for column, plan in self._owners.items():
            header = self._headers.header(column)
            if header in raw and shown[header] != raw[header] and plan.kind(fields) in NO_PERSONS:
                shown = shown | {header: mask(raw[header], declared=True)}
                fields |= {column: shown[header].strip()} if column in fields else {}
        return shown

    def _keep_apart(self, raw: dict[str, str], told: RowResult, fields: Fields) -> None:
        """Put the text for keys beside each masked one: what is shown alike is not the same."""
        numbers = self._headers.only_of(self._numbers, told.values)
        personal = self._headers.only_of(self._always_personal, told.values)
        named = zip(told.values, raw.values(), strict=True)
        told.apart = {name: self._for_keys(text, name in personal, name in numbers) for name, text in named}
        texts = self._headers.fields(told.apart)
        fields |= {f"{KEYED}{column}": text for column, text in texts.items() if text != fields.get(column)}
        for outer, each in self._items.items():
            if f"{KEYED}{outer}" in fields:
                self._keep_items_apart(outer, cells(self._headers.cell(outer, raw), each), fields)

    def _keep_items_apart(self, outer: str, items: list[dict[str, Any] | list[str]], fields: Fields) -> None:
        for place, item in enumerate(items):
            for name, text in self._parts[outer](item).items():
                column = f"{outer}.{name}"
                if (apart := self._for_keys(text, column in self._always_personal, column in self._numbers)) != text:
                    fields[f"{KEYED}{column}.{place}"] = apart

    def _for_keys(self, text: str, personal: bool, number: bool) -> str:
        return _whole(partial(keyed_whole, key=self._id_key), text) if personal else keyed(text, self._id_key, declared=number)

    def _seal(self, raw: dict[str, str], fields: Fields) -> None:
        """Put keyed hash and year of birth of each resident id beside its masked text: the number itself goes no further."""
        for column in self._personal:
            outer, _, inner = column.partition(".")
            text = self._headers.cell(outer, raw)
            if inner and text:
                for place, item in enumerate(cells(text, self._items[outer])):
                    self._seal_one(self._parts[outer](item).get(inner, ""), f"{column}.{place}", fields)
            elif text:
                self._seal_one(text, column, fields)

    def _seal_one(self, text: str, column: str, fields: Fields) -> None:
        if hashed := sealed(text, self._id_key):
            fields[f"{HASH}{column}"] = hashed
        if year := birth_year(text):
            fields[f"{YEAR}{column}"] = year

    def _named(self, trouble: Trouble) -> Trouble:
        """Troubles speak of the header as it stands in the file."""
        header = self._headers.header(trouble.field.partition(".")[0]) if trouble.field else None
        return trouble._replace(field=header or trouble.field)

    def _references(self, stated: list[Statement], parties: dict[str, list[Found]]) -> tuple[str, ...]:
        own = {one.record_id for found in parties.values() for one in found}
        ends = (vars(one).get(end) for one in stated for end in ("source_id", "target_id"))
        return tuple({end for end in ends if end and end not in own})


def _whole(write: Callable[[str], str], text: str) -> str:
    """A list or an object is no number, though each of its parts may be."""
    return text if text.startswith(("[", "{")) else write(text)


class Planned(NamedTuple):
    """Something a row may state: the parties it needs, what states it, and what marks its lines where it has several."""

    needs: frozenset[str | None]
    state: Plan
    line: Callable[[Fields, dict[str, str]], Line] | None = None


def _plans(mapping: Mapping, today: date, repairs: list[Trouble], id_key: PersonalIdKey) -> list[Planned]:
    """Everything a row may state beside its parties, each with the parties it cannot do without."""
    days = [day for party in mapping.parties.values() for day in (party.founded_on, party.born_on, party.ended_on) if day]
    own = {column for day in days for column in reads(day)}
    links = [
        Planned(frozenset({one.source, one.target} - {None}), link_plan(one, id_key, own), line_of(one)) for one in mapping.links
    ]
    listings = [Planned(frozenset({one.party}), listing_plan(one, repairs, ends=_ends(one, mapping))) for one in mapping.listings]
    marks = [Planned(frozenset({one.party}), recognition_plan(one, repairs)) for one in mapping.recognitions]
    dealings = [
        Planned(frozenset({one.reporter, one.subject}), experience_plan(one, today), line_of(one)) for one in mapping.experiences
    ]
    return [*links, *listings, *marks, *dealings]


def _ends(listing: ListingOf, mapping: Mapping) -> bool:
    """Whether the mapping needs the day a listing was taken off: a file of repairs."""
    told = listing.removed_on
    return told is not None and not {*reads(told)}.isdisjoint(mapping.required)
