"""Rows of a table to statements, as a mapping says."""

from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError

from ontology.base import SourceClass, Statement
from ontology.limits import excess_of
from ontology.personal_ids import (
    PersonalIdKey,
)
from ontology.record import Record
from resolution.sources.mappings.references import (
    columns_read,
    columns_used,
    dispensable_columns,
    keys_used,
    ordered_parties,
    own_columns,
    personal_columns,
    share_columns,
)
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.statements.column_formats import ColumnFormats
from resolution.sources.statements.empty_cells import empty_tests_of
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.party_plan import Origin, PartyPlan, RowParty
from resolution.sources.statements.personal_cells import PersonalCells
from resolution.sources.statements.plain_rows import read_plain_rows
from resolution.sources.statements.record_merge import merge_records
from resolution.sources.statements.row_plans import row_plans
from resolution.sources.statements.row_results import RowResult, SumLine
from resolution.sources.statements.tie_plans import mark_of_line
from resolution.sources.statements.value_readers import Fields, any_of, fact_reader, text_reader
from resolution.sources.statements.values import ValueRefused

TOO_DEEP = Trouble(None, "objects and lists nested too deep", "Flatten the object.")
MENTIONS_MAX = 10_000  # Parties whose words are held in memory: some 40 MB.
OTHERS_ONLY = "rows that name only parties of a kind which this page leaves out"
CLASSES = {source_class.value: source_class for source_class in SourceClass}


class TableMapper:
    """One mapping at work on one file. See `RowMapper`."""

    def __init__(self, columns: ColumnFormats, *, dataset: str, file_id: str, id_key: PersonalIdKey, today: date) -> None:
        mapping = columns.mapping_for_file()
        self._dataset, self._file_id, self._id_key = dataset, file_id, id_key
        self._headers, self._required = Headers(mapping), mapping.required
        self._personal_cells = PersonalCells(mapping, self._headers, id_key)
        self._ignore, self._class, self._release = (
            any_of(mapping.ignore),
            text_reader(mapping.source_class),
            fact_reader(mapping.release_id, str),
        )
        self._class_column = next(iter(columns_read(mapping.source_class)), None)
        self._release_columns = columns_read(mapping.release_id) if mapping.release_id else []
        self.refers = any(link.source_record or link.target_record for link in mapping.links) or any(
            party.adds for party in mapping.parties.values()
        )
        unique = {f"@{name}" for name, party in mapping.parties.items() if party.unique}
        columns_by_party = own_columns(mapping.parties)
        empty, shares = empty_tests_of(mapping), share_columns(mapping)
        self._parties = [
            PartyPlan(
                name,
                party,
                columns_used(party, personal_columns(mapping)),
                columns_by_party[name],
                id_key=id_key,
                mention=not (self.refers or party.unique or unique & {*columns_read(party.key)}),
                empties=empty,
                shares=shares,
            )
            for name, party in ((name, mapping.parties[name]) for name in ordered_parties(mapping.parties))
        ]
        self._keyed = keys_used(mapping)
        self._dispensable, self._repairs = dispensable_columns(mapping), list[Trouble]()
        self._plans = row_plans(mapping, today, self._repairs, id_key)
        self._owners = self._personal_cells.of_either(mapping, self._parties)
        self._mentioned: dict[str, Record] = {}
        self.has_forgotten = False
        self._rows_of: dict[str, tuple[int, int]] = {}
        self._earlier_mentions: list[tuple[str, Record | None]] = []
        self._new_unique_ids: list[str] = []
        self._unique_ids: list[str] = []

    @property
    def mentioned_records(self) -> dict[str, Record]:
        """What the rows so far say, taken together, of each party they mention; by record id."""
        return self._mentioned

    @property
    def gathers(self) -> bool:
        """See `RowMapper.gathers`: rows that name other files' records may be rejected after they are mapped."""
        return not self.refers

    def parties_named(self) -> frozenset[str]:
        """See `RowMapper.parties_named`."""
        return frozenset(plan.name for plan in self._parties if plan.is_named)

    def unique_ids(self) -> tuple[str, ...]:
        """See `RowMapper.unique_ids`."""
        ids = tuple(self._unique_ids)
        self._unique_ids.clear()
        return ids

    def map_row(self, row: RawRow) -> RowResult:
        """See `RowMapper.map_row`."""
        row_result = RowResult(row.number, self._personal_cells.mask_values(row.values), trouble=row.trouble)
        return row_result if row.trouble else self._map_values(row, row_result, None)

    def map_rows(self, rows: Sequence[RawRow]) -> list[RowResult]:
        """See `RowMapper.map_rows`. Rows that hold nothing to mask, which most are, have their cells read column by column."""
        if len(self._mentioned) > MENTIONS_MAX:  # Between blocks alone: of a block the last record of a party counts.
            self._forget_mentions()
        if self._personal_cells.may_mask:
            return list(map(self.map_row, rows))
        return [
            self.map_row(row) if fields is None else self._map_values(row, RowResult(row.number, row.values), fields)
            for row, fields in zip(rows, read_plain_rows(rows, self._headers, self._personal_cells.numbers), strict=True)
        ]

    def _map_values(self, row: RawRow, row_result: RowResult, fields: Fields | None) -> RowResult:
        """The row's statements; its filled cells are given where they were read already, as those of a row without masks."""
        cells = self._personal_cells
        try:
            fields = self._headers.fields(row_result.values) if fields is None else fields
            if row_result.values is not row.values or cells.has_personal:
                row_result.values = cells.with_firms_numbers(row.values, row_result.values, fields, self._owners)
                cells.keep_apart(row.values, row_result, fields)
            cells.seal(row.values, fields)
            row_result.ignored = self._ignore(fields)
            if not row_result.ignored:
                self._add_statements(row_result, fields)
        except ValueRefused as cause:
            row_result.statements, row_result.trouble = [], self._with_file_header(cause.trouble)
        except RecursionError:
            row_result.statements, row_result.trouble = [], TOO_DEEP
        except ValidationError as cause:
            first = cause.errors()[0]
            place = ".".join(map(str, first["loc"]))
            row_result.statements, row_result.trouble = [], Trouble(place, first["msg"], "Mend the value.")
        self._settle(accepted=row_result.trouble is None)
        repaired = [trouble for plan in self._parties for trouble in plan.take_repairs()] + self._repairs
        self._repairs.clear()
        if repaired and row_result.trouble is None:
            row_result.repaired = [*{trouble.field: trouble for trouble in map(self._with_file_header, repaired)}.values()]
        return row_result

    def _check_required(self, fields: Fields) -> None:
        """Raises ValueRefused where a required column is empty that a listing cannot do without."""
        for column in (column for column in self._required if column not in fields):
            if column not in self._dispensable:
                raise ValueRefused("is empty", "Fill it.", column)
            self._repairs.append(Trouble(column, "is empty", "Kept without it."))

    def _add_statements(self, row_result: RowResult, fields: Fields) -> None:
        self._check_required(fields)
        origin = self._origin(row_result.number, fields)
        parties_by_name: dict[str, list[RowParty]] = {}
        records: dict[str, Record] = {}
        for plan in self._parties:
            plan.has_left_out = False
            parties_by_name[plan.name] = row_parties = plan.find_parties(fields, origin)
            if plan.adds:
                row_result.additions += tuple(party.record_id for party in row_parties)
            if len(row_parties) == 1 and plan.name in self._keyed:
                fields[f"@{plan.name}"] = row_parties[0].record_id.removeprefix(f"{self._dataset}:")
            for party in row_parties:
                if party.record and (not plan.unique or self._is_first(party, row_result.number)):
                    self._merge_into_row(party.record, records, mention=plan.mention)
        row_result.statements += records.values()
        row_result.party_ids = tuple(party.record_id for row_parties in parties_by_name.values() for party in row_parties)
        named_parties = {name for name, row_parties in parties_by_name.items() if row_parties}
        if self._parties and not named_parties and any(plan.has_left_out for plan in self._parties):
            row_result.ignored, row_result.ignored_as = True, OTHERS_ONLY
            return
        if self._parties and not named_parties:
            repair = next((trouble for plan in self._parties for trouble in plan.take_repairs()), None)
            raise ValueRefused(
                repair.problem if repair else "names no party", "Fill the columns that name one.", repair and repair.field
            )
        statements: list[Statement] = []
        mark: int | None = None
        for needs, state, sum_parts in self._plans:
            if needs <= named_parties:
                new_statements = list(state(parties_by_name, fields, origin))
                statements += new_statements
                if sum_parts and new_statements:
                    mark = mark_of_line(row_result.key_texts or row_result.values) if mark is None else mark
                    sum_line = SumLine(mark, sum_parts(fields))
                    for statement in new_statements:
                        row_result.sum_lines[statement.id] = sum_line
        row_result.statements += statements
        if self.refers:
            row_result.references = self._references(statements, parties_by_name)

    def _merge_into_row(self, record: Record, row_records: dict[str, Record], *, mention: bool) -> None:
        """Put a record among the row's own, with what this row, and for a mention every row before it, said under its id."""
        earlier = row_records.get(record.id) or (self._mentioned.get(record.id) if mention else None)
        merged_record = merge_records(earlier, record) if earlier else record
        if excess := excess_of(merged_record):
            raise ValueRefused(excess.problem, excess.remedy, excess.field)
        if merged_record is not earlier:
            row_records[record.id] = merged_record
        if mention:
            self._earlier_mentions.append((record.id, self._mentioned.get(record.id)))
            self._mentioned[record.id] = merged_record

    def _settle(self, *, accepted: bool) -> None:
        """Keep what the row said in mind, or forget it with the row."""
        if accepted and not self._earlier_mentions and not self._new_unique_ids:
            return
        for plan in self._parties:
            plan.settle(accepted=accepted)
        if not accepted:
            for record_id, before in reversed(self._earlier_mentions):
                if before is None:
                    self._mentioned.pop(record_id, None)
                else:
                    self._mentioned[record_id] = before
            for record_id in self._new_unique_ids:
                del self._rows_of[record_id]
        else:
            self._unique_ids += self._new_unique_ids
        self._earlier_mentions.clear()
        self._new_unique_ids.clear()

    def _forget_mentions(self) -> None:
        """Forget what rows have said of parties, for it to be put together in the store from now on."""
        self._mentioned.clear()
        for plan in self._parties:
            plan.forget_mentions()
        self.has_forgotten = True

    def _is_first(self, party: RowParty, number: int) -> bool:
        """False for the same row again; ValueRefused where one id stands for different rows."""
        content = hash(frozenset(party.fields.items()))
        if party.record_id not in self._rows_of:
            self._rows_of[party.record_id] = (number, content)
            self._new_unique_ids.append(party.record_id)
        earlier = self._rows_of[party.record_id]
        if earlier[1] != content:
            raise ValueRefused(
                f"id {party.record_id} was given to row {earlier[0]} already", "Give every row its own id, or drop one."
            )
        return earlier[0] == number

    def _origin(self, number: int, fields: Fields) -> Origin:
        class_text, release = self._class(fields) or "", self._release(fields)
        source_class = CLASSES.get(class_text)
        if source_class is None:
            raise ValueRefused(f"{class_text!r} is no source class", f"Known: {', '.join(CLASSES)}.", self._class_column)
        if release is None and source_class is SourceClass.RELEASED:
            release = self._own_release()
        return Origin(self._dataset, source_class, f"{self._file_id}#{number}", release)

    def _own_release(self) -> str:
        """A file without a column for it is itself one release, named after the file; with one, every row must fill it."""
        column = self._release_columns and self._headers.header(self._release_columns[0])
        if column:
            raise ValueRefused("released data without the number of its release", "Fill the release number.", column)
        return f"file:{self._file_id}"

    def _with_file_header(self, trouble: Trouble) -> Trouble:
        """Troubles speak of the header as it stands in the file."""
        header = self._headers.header(trouble.field.partition(".")[0]) if trouble.field else None
        return trouble._replace(field=header or trouble.field)

    def _references(self, statements: list[Statement], parties_by_name: dict[str, list[RowParty]]) -> tuple[str, ...]:
        own_ids = {party.record_id for row_parties in parties_by_name.values() for party in row_parties}
        ends = (vars(statement).get(end) for statement in statements for end in ("source_id", "target_id"))
        return tuple({end for end in ends if end and end not in own_ids})
