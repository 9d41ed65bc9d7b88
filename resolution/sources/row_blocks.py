"""Rows of a file to rows of the store, a block at a time: what is held in memory at once."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from ontology.base import Statement
from ontology.errors import SourceUnreadable
from ontology.experience import Experience
from ontology.limits import unstorable, unstorable_in, visible
from ontology.link import Link
from ontology.listing import Listing, Recognition
from ontology.personal_ids import mask
from ontology.record import Record
from resolution.sources.choice import Choice
from resolution.sources.contents import pack_rows
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.references import columns_read, parts
from resolution.sources.reading import EveryNthBlock, RawRow, RowFilter, Trouble, read_every_row, read_rows
from resolution.sources.reading.xml_rows import ELEMENT
from resolution.sources.rejects import restore_rejected_rows
from resolution.sources.row_prints import RowPrints, prints_of, row_printer
from resolution.sources.statements.record_merge import merge_records
from resolution.sources.statements.row_results import RowMapper, RowResult, SumLine
from resolution.sources.statements.spellings import places
from store.port import Row
from store.rows import to_row

BLOCK_ROWS = 1000
RejectUnknown = Callable[[list[RowResult]], None]
"""Turns rows that name a record nobody gives into rejections."""

TABLE_BY_TYPE: dict[type[Statement], str] = {
    Record: "records",
    Link: "links",
    Listing: "listings",
    Recognition: "recognitions",
    Experience: "experiences",
}


class Turn(NamedTuple):
    """Which blocks of a file a process maps: every `of`-th, from number `at` on."""

    at: int
    of: int


EVERY_BLOCK = Turn(0, 1)


class Block(NamedTuple):
    """Up to 1,000 rows of a file, mapped.

    rows_by_table: rows of each table that has some; one a statement id, the last.
    content:  the rows that were not rejected, masked, as one text. See `pack_rows`.
    unique_ids: ids of records that only one row of the file may give.
    repaired: rows of which something was left out, by number.
    sum_lines: rows of `links` and `experiences` that are each one line of a fact, by table.
    parties_named: names of the mapping's parties that some row so far has named.
    ignored: what the rows are that state nothing, where their format says it.
    prints: of the rows that went in, where a source's deliveries are compared by them.
    has_forgotten: whether its records may lack what rows of earlier blocks said of them: the mapper had too many to hold.
    is_anew: whether the file is mapped once more from its start: what its records say replaces what was said before.
    unread: filled cells of each column that the mapping does not read.
    """

    rows_read: int
    rows_ignored: int
    rejected: list[RowResult]
    rows_by_table: dict[str, list[Row]]
    first_number: int
    last_number: int
    content: str
    unique_ids: tuple[str, ...] = ()
    repaired: tuple[tuple[int, tuple[Trouble, ...]], ...] = ()
    sum_lines: dict[str, list[tuple[SumLine, Row]]] = {}  # noqa: RUF012  # Never changed, as nothing of a block is.
    parties_named: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    unread: dict[str, int] = {}  # noqa: RUF012
    prints: RowPrints | None = None
    has_forgotten: bool = False
    is_anew: bool = False


def raw_rows(path: Path, choice: Choice, turn: Turn = EVERY_BLOCK) -> Iterator[RawRow]:
    """The file's rows from the start; SKIPPED may stand for those of others' blocks, but for the first block."""
    is_wanted: RowFilter = read_every_row if turn == EVERY_BLOCK else EveryNthBlock(BLOCK_ROWS, turn.at, turn.of)
    return map(storable_row, restore_rejected_rows(read_rows(path, choice.reading, is_wanted)))


def storable_row(row: RawRow) -> RawRow:
    """The row, or where a text of it is none that a store keeps, its trouble, with that text written out."""
    if unstorable("".join((*row.values, *row.values.values()))) is None:
        return row
    visible_values = {visible(name): visible(value) for name, value in row.values.items()}
    return RawRow(row.number, visible_values, row.trouble or _trouble_in(row))


def _trouble_in(row: RawRow) -> Trouble | None:
    unstorable_text = unstorable_in(row.values)
    return Trouble(*unstorable_text) if unstorable_text else None


def map_blocks(
    path: Path, choice: Choice, mapper: RowMapper, *, reject_unknown: RejectUnknown | None = None, turn: Turn = EVERY_BLOCK
) -> Generator[Block, None, None]:
    """The file mapped in its order, or the blocks whose turn it is. Raises SourceUnreadable.

    reject_unknown: called where rows may name other files' records.
    """
    rows = raw_rows(path, choice, turn)
    unread = UnreadColumns(choice.mapping) if choice.mapping else None
    print_of_row = row_printer(choice.print_key) if choice.print_key else None
    for number in count():
        block = list(islice(rows, BLOCK_ROWS))
        if not block:
            return
        if number == 0:
            _check_columns(block, path, choice)
        if number % turn.of != turn.at:
            continue
        row_results = mapper.map_rows(block)
        if reject_unknown and mapper.refers:
            reject_unknown(row_results)
        packed = _pack_block(row_results, mapper, unread.count_cells(block) if unread else {})
        yield packed._replace(prints=prints_of(block, row_results, print_of_row)) if print_of_row else packed


class UnreadColumns:
    """Counts the filled cells of columns that a mapping does not read."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping, self._null = mapping, frozenset(("", *mapping.format.null))
        self._used = {name.partition(".")[0] for _, part in parts(mapping) for name in columns_read(part)} | {*mapping.required}
        self._unread: dict[tuple[str, ...], tuple[str, ...]] = {}

    def count_cells(self, rows: list[RawRow]) -> dict[str, int]:
        """Filled cells of these rows by header."""
        counts: Counter[str] = Counter()
        for row in rows:
            headers = tuple(row.values)
            if headers not in self._unread:
                read = {place.header for place in places(self._mapping, headers) if place.column in self._used}
                self._unread[headers] = tuple(header for header in headers if header not in read and header != ELEMENT)
            if not row.trouble:
                counts.update(header for header in self._unread[headers] if row.values[header].strip() not in self._null)
        return dict(counts)


def _pack_block(row_results: list[RowResult], mapper: RowMapper, unread: dict[str, int]) -> Block:
    accepted = [row_result for row_result in row_results if not row_result.trouble]
    statements_by_table = _statements_by_table(accepted, gathers=mapper.gathers)
    return Block(
        rows_read=len(row_results),
        rows_ignored=sum(row_result.ignored for row_result in accepted),
        rejected=[row_result for row_result in row_results if row_result.trouble],
        rows_by_table={
            table: [*map(to_row, statements.values())] for table, statements in statements_by_table.items() if statements
        },
        first_number=row_results[0].number,
        last_number=row_results[-1].number,
        content=pack_rows(accepted),
        unique_ids=mapper.unique_ids(),
        repaired=tuple((row_result.number, tuple(row_result.repaired)) for row_result in accepted if row_result.repaired),
        sum_lines=_sum_lines(accepted),
        parties_named=mapper.parties_named(),
        ignored=tuple(row_result.ignored_as for row_result in accepted if row_result.ignored and row_result.ignored_as),
        unread=unread,
        has_forgotten=getattr(mapper, "has_forgotten", False),
    )


def _statements_by_table(accepted: list[RowResult], *, gathers: bool) -> dict[str, dict[str, Statement]]:
    """Statements by table and id, but for lines of a sum; of a record that comes again the last, or all together."""
    by_table: dict[str, dict[str, Statement]] = {table: {} for table in TABLE_BY_TYPE.values()}
    for row_result in accepted:
        for statement in row_result.statements:
            if row_result.sum_lines and statement.id in row_result.sum_lines:
                continue
            table = by_table[TABLE_BY_TYPE[type(statement)]]
            if not gathers and isinstance(statement, Record) and isinstance(earlier := table.get(statement.id), Record):
                statement = merge_records(earlier, statement)  # noqa: PLW2901  # The same statement, with more.
            table[statement.id] = statement
    return by_table


def _sum_lines(accepted: list[RowResult]) -> dict[str, list[tuple[SumLine, Row]]]:
    lines_by_table: dict[str, list[tuple[SumLine, Row]]] = {}
    for row_result in accepted:
        for statement in row_result.statements if row_result.sum_lines else ():
            if line := row_result.sum_lines.get(statement.id):
                lines_by_table.setdefault(TABLE_BY_TYPE[type(statement)], []).append((line, to_row(statement)))
    return lines_by_table


def _check_columns(block: list[RawRow], path: Path, choice: Choice) -> None:
    """Raises SourceUnreadable naming the columns that are missing and those that are there."""
    if choice.mapping is None:
        return
    headers = list(dict.fromkeys(name for row in block if not (row.trouble and len(row.values) == 1) for name in row.values))
    columns = {place.column for place in places(choice.mapping, tuple(headers))}
    missing_columns = [name for name in choice.mapping.required if name not in columns]
    if headers and missing_columns:
        spelled = "; ".join(f"{name} ({', '.join(choice.mapping.columns[name][:4])})" for name in missing_columns)
        raise SourceUnreadable(
            file=mask(path.name),
            kind=choice.kind,
            missing=spelled,
            found=mask(", ".join(headers[:40])),
            remedy="Add or rename the missing columns, name another kind (--as), or write a mapping (--mapping).",
        )
