"""Rows of a file to rows of the store, a block at a time: what is held in memory at once."""

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
from resolution.sources.contents import packed_rows
from resolution.sources.reading import RawRow, Trouble, read_rows
from resolution.sources.rejects import sent_again
from resolution.sources.statements.party_plan import merged
from resolution.sources.statements.row_results import Line, RowMapper, RowResult
from resolution.sources.statements.spellings import places
from store.port import Row
from store.rows import to_row

BLOCK_ROWS = 1000
Admit = Callable[[list[RowResult]], None]
"""Turns rows that name a record nobody gives into rejections."""

TABLES: dict[type[Statement], str] = {
    Record: "records",
    Link: "links",
    Listing: "listings",
    Recognition: "recognitions",
    Experience: "experiences",
}


class Turn(NamedTuple):
    """Which blocks of a file somebody tells: every `of`-th, from number `at` on."""

    at: int
    of: int


ALL = Turn(0, 1)


class Block(NamedTuple):
    """Up to 1,000 rows of a file, told.

    stated:  rows of each table that has some; one a statement id, the last told.
    content: the rows that were not rejected, masked, as one text. See `packed_rows`.
    own_ids: ids of records that only one row of the file may give.
    repaired: rows of which something was left out, by number.
    lines:    rows of `links` and `experiences` that are each one line of a fact, by table.
    parties_named: names of the mapping's parties that some row so far has named.
    ignored: what the rows are that state nothing, where their format says it.
    """

    rows_read: int
    rows_ignored: int
    rejected: list[RowResult]
    stated: dict[str, list[Row]]
    first_number: int
    last_number: int
    content: str
    own_ids: tuple[str, ...] = ()
    repaired: tuple[tuple[int, tuple[Trouble, ...]], ...] = ()
    lines: dict[str, list[tuple[Line, Row]]] = {}  # noqa: RUF012  # Never changed, as nothing of a block is.
    parties_named: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()


def raw_rows(path: Path, choice: Choice, turn: Turn = ALL) -> Iterator[RawRow]:
    """The file's rows from the start; PASSED may stand for those of others' blocks, but for the first block."""

    def wanted(place: int) -> bool:
        number = place // BLOCK_ROWS
        return number == 0 or number % turn.of == turn.at

    return map(storable, sent_again(read_rows(path, choice.reading, wanted)))


def storable(row: RawRow) -> RawRow:
    """The row, or where a text of it is none that a store keeps, its trouble, with that text written out."""
    if unstorable("".join((*row.values, *row.values.values()))) is None:
        return row
    shown = {visible(name): visible(value) for name, value in row.values.items()}
    return RawRow(row.number, shown, row.trouble or _trouble_in(row))


def _trouble_in(row: RawRow) -> Trouble | None:
    found = unstorable_in(row.values)
    return Trouble(*found) if found else None


def blocks(
    path: Path, choice: Choice, teller: RowMapper, *, admit: Admit | None = None, turn: Turn = ALL
) -> Generator[Block, None, None]:
    """The file told in its order, or the blocks whose turn it is. Raises SourceUnreadable.

    admit: asked where rows may name other files' records.
    """
    rows = raw_rows(path, choice, turn)
    for number in count():
        block = list(islice(rows, BLOCK_ROWS))
        if not block:
            return
        if number == 0:
            _check_columns(block, path, choice)
        if number % turn.of != turn.at:
            continue
        told = [teller.tell(row) for row in block]
        if admit and teller.refers:
            admit(told)
        yield _packed(told, teller)


def _packed(told: list[RowResult], teller: RowMapper) -> Block:
    kept = [one for one in told if not one.trouble]
    stated = _stated(kept, gathers=teller.gathers)
    return Block(
        rows_read=len(told),
        rows_ignored=sum(one.ignored for one in kept),
        rejected=[one for one in told if one.trouble],
        stated={table: [*map(to_row, found.values())] for table, found in stated.items() if found},
        first_number=told[0].number,
        last_number=told[-1].number,
        content=packed_rows(kept),
        own_ids=teller.own_ids(),
        repaired=tuple((one.number, tuple(one.repaired)) for one in kept if one.repaired),
        lines=_lines(kept),
        parties_named=teller.parties_named(),
        ignored=tuple(one.ignored_as for one in kept if one.ignored and one.ignored_as),
    )


def _stated(kept: list[RowResult], *, gathers: bool) -> dict[str, dict[str, Statement]]:
    """Statements by table and id, but for lines of a sum; of a record told again the last, or all together."""
    stated: dict[str, dict[str, Statement]] = {table: {} for table in TABLES.values()}
    for one in kept:
        for statement in one.statements:
            if one.lines and statement.id in one.lines:
                continue
            table = stated[TABLES[type(statement)]]
            if not gathers and isinstance(statement, Record) and isinstance(held := table.get(statement.id), Record):
                statement = merged(held, statement)  # noqa: PLW2901  # The same statement, with more.
            table[statement.id] = statement
    return stated


def _lines(kept: list[RowResult]) -> dict[str, list[tuple[Line, Row]]]:
    found: dict[str, list[tuple[Line, Row]]] = {}
    for one in kept:
        for statement in one.statements if one.lines else ():
            if line := one.lines.get(statement.id):
                found.setdefault(TABLES[type(statement)], []).append((line, to_row(statement)))
    return found


def _check_columns(block: list[RawRow], path: Path, choice: Choice) -> None:
    """Raises SourceUnreadable naming the columns that are missing and those that are there."""
    if choice.mapping is None:
        return
    headers = list(dict.fromkeys(name for row in block if not (row.trouble and len(row.values) == 1) for name in row.values))
    found = {one.column for one in places(choice.mapping, tuple(headers))}
    missing = [name for name in choice.mapping.required if name not in found]
    if headers and missing:
        spelled = "; ".join(f"{name} ({', '.join(choice.mapping.columns[name][:4])})" for name in missing)
        raise SourceUnreadable(
            file=mask(path.name),
            kind=choice.kind,
            missing=spelled,
            found=mask(", ".join(headers[:40])),
            remedy="Add or rename the missing columns, name another kind (--as), or write a mapping (--mapping).",
        )
