"""One more delivery of a source on its way in: only its new rows are mapped where few are new, else all of them are."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from ontology.errors import SourceUnreadable
from ontology.rulebook import Rulebook
from resolution.sources.choice import Choice
from resolution.sources.contents import pack_rows, unpack_rows
from resolution.sources.earlier_loads import EarlierLoads
from resolution.sources.loads import Load, Progress, ids_in_store
from resolution.sources.reading import RawRow
from resolution.sources.record_references import settle_references
from resolution.sources.rejects import RejectFile
from resolution.sources.row_blocks import BLOCK_ROWS, TABLE_BY_TYPE, Block, raw_rows
from resolution.sources.row_prints import (
    Backing,
    LastRows,
    RowPrints,
    joined_prints,
    prints_of,
    read_prints,
    row_printer,
    stated_ids,
    write_prints,
)
from resolution.sources.shared_statements import SharedStatements, chunks
from resolution.sources.statements.column_formats import ColumnFormats
from resolution.sources.statements.file_merge import merge_row_versions
from resolution.sources.statements.row_results import RowResult
from resolution.sources.states import DROP_MAX, StateDifference
from resolution.sources.sums import LineSums
from store.port import Row, Store
from store.rows import to_row

CHANGES_FREE, CHANGES_SHARE_MAX = 1000, 0.2  # Beyond, mapping all rows by two processes is as fast.
COMPANIONS_MAX = 20_000
PROGRESS_ROWS = 50_000


class StateLoad(Load):
    """A file that tells the whole of its source. drop_max: share of the source's statements that may be gone, 0 to 1."""

    def __init__(
        self, path: Path, choice: Choice, now: datetime, rulebook: Rulebook | None = None, *, drop_max: float = DROP_MAX
    ) -> None:
        super().__init__(path, choice, now, rulebook)
        self._drop_max = drop_max

    def _load_after(
        self, store: Store, earlier: EarlierLoads, known_ids: set[str], progress: Progress | None, rejects: RejectFile
    ) -> None:
        """After the first delivery nothing is written before all of the next one was read."""
        if (last := earlier.last_state()) is not None:
            self._load_next(store, known_ids, progress, rejects, last)
        else:
            super()._load_after(store, earlier, known_ids, progress, rejects)

    def _load_next(self, store: Store, known_ids: set[str], progress: Progress | None, rejects: RejectFile, last: Row) -> None:
        mapper = self.make_mapper()
        self._shared = SharedStatements(store, self.file_id, gathers=mapper.gathers)
        self._sums = LineSums(lambda table, ids: {})
        is_read_alike = last["mapping_hash"] == self.source.mapping_hash
        difference = StateDifference(store, last, self._shared, gathers=mapper.gathers, day=self.now.date())
        # What a load that was cut off brought is in no prints: the delivery is compared with all that is stated.
        has_prints = bool(self.choice.print_key) and is_read_alike and not difference.was_cut_off
        prints = read_prints(store, self.file_id) if has_prints else None
        changes = RowChanges(self, store, difference, prints, known_ids) if prints and self._may_go_by_rows() else None
        if changes is not None and changes.find(progress):
            self._take_changes(changes, rejects)
            ending = partial(
                difference.write, self._drop_max, gone_ids_by_table=changes.gone, stated_before=changes.stated_before
            )
            self.listings_before = max(0, last["listings"])
        else:
            difference = StateDifference(store, last, self._shared, gathers=mapper.gathers, day=self.now.date())
            self._take_blocks(self._map_blocks(store, known_ids), difference, prints, rejects, progress)
            ending = partial(difference.write, self._drop_max)
        self._check_unchanged(rejects)
        try:
            self._state_counts = ending()
        except SourceUnreadable as cause:
            raise SourceUnreadable(file=self.name, remedy=cause.remedy, **cause.facts) from cause
        if self._prints:
            write_prints(store, self.file_id, joined_prints(self._prints))
        self._state = difference.state
        self._register(store, rejects, complete=True)

    def _may_go_by_rows(self) -> bool:
        """Whether what a row states hangs on that row alone."""
        mapping = self.choice.mapping
        if mapping is None or mapping.format.join:
            return False
        return not any(link.sum for link in mapping.links) and not any(dealing.sum for dealing in mapping.experiences)

    def _take_changes(self, changes: "RowChanges", rejects: RejectFile) -> None:
        self.rows_read = changes.rows_read
        rejected = [row_result for row_result in changes.results if row_result.trouble]
        for row_result in rejected:
            rejects.add(row_result)
        self.rows_ignored = sum(row_result.ignored for row_result in changes.results if not row_result.trouble)
        self.rows_in = self.rows_read - len(rejected) - self.rows_ignored
        self._prints = [changes.prints_after]
        for table, rows in changes.rows_by_table.items():
            self._unknown_words.check_rows(table, rows)
            self.counts[table] = len(rows)

    def _take_blocks(
        self,
        blocks: Generator[Block, None, None],
        difference: StateDifference,
        prints: RowPrints | None,
        rejects: RejectFile,
        progress: Progress | None,
    ) -> None:
        last_rows = LastRows(prints) if prints else None
        with closing(blocks) as file_blocks:
            for block in file_blocks:
                self._count_block(block, rejects)
                kept_numbers = _kept_numbers(block.prints, last_rows, difference.offset) if block.prints is not None else None
                if block.prints is not None and kept_numbers is not None:
                    self._prints.append(_renumbered(block.prints, kept_numbers))
                for table, rows in block.rows_by_table.items():
                    self._unknown_words.check_rows(table, rows)
                    self.counts[table] = self.counts.get(table, 0) + self._count_new(table, rows)
                difference.take_block(block, kept_numbers)
                if progress:
                    progress(self.name, self.rows_read)


class RowChanges:
    """What a delivery changes, by its new rows and those that are gone."""

    def __init__(
        self, load: StateLoad, store: Store, difference: StateDifference, prints: RowPrints, known_ids: set[str]
    ) -> None:
        self._load, self._store, self._difference, self._prints, self._known_ids = load, store, difference, prints, known_ids
        self._print_of_row = row_printer(load.choice.print_key)
        self.rows_read = 0
        self.results: list[RowResult] = []
        self.rows_by_table: dict[str, list[Row]] = {}
        self.gone: dict[str, set[str]] = {}
        self.stated_before = len(np.unique(prints.ids))
        self.prints_after = prints

    def find(self, progress: Progress | None) -> bool:
        """Compare the delivery with the last one; False where rows have to be compared by all that they state."""
        fresh, gone_numbers = self._fresh_rows(progress)
        if len(fresh) + len(gone_numbers) > max(CHANGES_FREE, CHANGES_SHARE_MAX * len(self._prints.rows)):
            return False
        gone_rows = self._stored_rows(gone_numbers)
        if gone_rows is None:
            return False
        gone_results = self._load.make_mapper().map_rows(gone_rows) if gone_rows else []
        backing, gone_set = Backing(self._prints), set(gone_numbers)
        gone_ids = {id_ for result in gone_results for id_ in stated_ids(result)}
        companions = {number for id_ in gone_ids for number in backing.rows_of(id_)} - gone_set
        companion_rows = self._stored_rows(sorted(companions)) if len(companions) <= COMPANIONS_MAX else None
        if companion_rows is None:
            return False
        mapper = self._load.make_mapper()
        companion_results = mapper.map_rows(companion_rows) if companion_rows else []
        self.results = mapper.map_rows(fresh) if fresh else []
        if mapper.refers:
            settle_references(self.results, self._known_ids, partial(ids_in_store, self._store))
        if self._asked_the_column():
            return False
        self._take(companion_results, gone_ids, backing)
        self._note_gone(gone_results)
        self._keep_rows(fresh, gone_numbers)
        return True

    def _fresh_rows(self, progress: Progress | None) -> tuple[list[RawRow], list[int]]:
        """Rows that the last delivery did not have, under the numbers they are kept under; and numbers of those it alone had."""
        last_rows, fresh, offset = LastRows(self._prints), list[RawRow](), self._difference.offset
        for row in raw_rows(self._load.path, self._load.choice):
            self.rows_read += 1
            if row.trouble is not None or last_rows.meet(self._print_of_row(row.values)) is None:
                fresh.append(row._replace(number=row.number + offset))
            if progress and self.rows_read % PROGRESS_ROWS == 0:
                progress(self._load.name, self.rows_read)
        return fresh, sorted(last_rows.left())

    def _stored_rows(self, numbers: Sequence[int]) -> list[RawRow] | None:
        """Rows as the store keeps them; None where one is not kept as it stood in its file, because something in it is masked."""
        rows: list[RawRow] = []
        print_by_number = dict(zip(self._prints.numbers.tolist(), self._prints.rows.tolist(), strict=True)) if numbers else {}
        held_rows: dict[int, dict[str, str]] = {}
        last_held = -1
        for number in numbers:
            if number > last_held:
                held_rows, last_held = self._block_of(number)
            values = held_rows.get(number)
            if values is None or self._print_of_row(values) != print_by_number[number]:
                return None
            rows.append(RawRow(number, values))
        return rows

    def _block_of(self, number: int) -> tuple[dict[int, dict[str, str]], int]:
        """The rows of the blocks that may hold a row, and the last number of them."""
        held_rows: dict[int, dict[str, str]] = {}
        last = number
        for block in self._store.read("sources/row_block", file_id=self._load.file_id, number=number):
            held_rows |= unpack_rows(block["content"])
            last = max(last, block["last_number"])
        return held_rows, last

    def _asked_the_column(self) -> bool:
        """Whether a text had to be judged by its whole column, which other rows may read otherwise now."""
        columns = getattr(self._load.choice.make, "args", (None,))[0]
        return not isinstance(columns, ColumnFormats) or columns.was_asked

    def _take(self, companion_results: list[RowResult], gone_ids: set[str], backing: Backing) -> None:
        """Hand on what is stated of the parties and facts that new or gone rows speak of."""
        accepted = [result for result in self.results if result.trouble is None]
        fresh_ids = {id_ for result in accepted for id_ in stated_ids(result)}
        affected = gone_ids | fresh_ids
        rows: dict[str, dict[str, Row]] = {}
        for id_, table, row in self._statement_rows([*companion_results, *accepted]):
            if id_ in affected:
                merged_rows = rows.setdefault(table, {})
                merged_rows[id_] = merge_row_versions(merged_rows[id_], row) if table == "records" and id_ in merged_rows else row
        for table, table_rows in rows.items():
            told_elsewhere = [id_ for id_ in table_rows if id_ not in gone_ids and backing.rows_of(id_)]
            stored = self._load.rows_so_far(table, told_elsewhere)
            if table == "records":
                table_rows |= {id_: merge_row_versions(stored[id_], table_rows[id_]) for id_ in stored}
            for chunk in chunks(list(table_rows.values())):
                self._difference.take_rows(table, chunk, {})
            self.rows_by_table[table] = list(table_rows.values())
        self._restated = {table: set(table_rows) for table, table_rows in rows.items()}

    def _statement_rows(self, results: Iterable[RowResult]) -> Iterable[tuple[str, str, Row]]:
        for result in results:
            if result.trouble is None:
                yield from ((statement.id, TABLE_BY_TYPE[type(statement)], to_row(statement)) for statement in result.statements)

    def _note_gone(self, gone_results: list[RowResult]) -> None:
        """What only gone rows stated, and no new one states again."""
        for result in gone_results:
            tables = {statement.id: TABLE_BY_TYPE[type(statement)] for statement in result.statements}
            for id_ in stated_ids(result):
                table = tables.get(id_, "records")
                if id_ not in self._restated.get(table, ()):
                    self.gone.setdefault(table, set()).add(id_)

    def _keep_rows(self, fresh: list[RawRow], gone_numbers: list[int]) -> None:
        """Keep the new source rows, and the prints of all that are there now."""
        fresh_prints = prints_of(fresh, self.results, self._print_of_row)
        before, gone = self._prints, np.array(gone_numbers, np.int64)
        rows, pairs = ~np.isin(before.numbers, gone), ~np.isin(before.places, gone)
        left = RowPrints(before.numbers[rows], before.rows[rows], before.places[pairs], before.ids[pairs])
        self.prints_after = joined_prints([left, fresh_prints])
        accepted = iter([result for result in self.results if result.trouble is None])
        while block := list(islice(accepted, BLOCK_ROWS)):
            self._difference.add_block(pack_rows(block), [result.number for result in block])


def _kept_numbers(prints: RowPrints, last_rows: LastRows | None, offset: int) -> dict[int, int]:
    """The number that each row of a block is kept under: that of the same row of the last delivery, or a new one."""
    kept_numbers = {}
    for number, print_ in zip(prints.numbers.tolist(), prints.rows.tolist(), strict=True):
        met = last_rows.meet(print_) if last_rows else None
        kept_numbers[number] = number + offset if met is None else met
    return kept_numbers


def _renumbered(prints: RowPrints, kept_numbers: Mapping[int, int]) -> RowPrints:
    numbers = np.array([kept_numbers[number] for number in prints.numbers.tolist()], np.int64)
    places = np.array([kept_numbers[number] for number in prints.places.tolist()], np.int64)
    return RowPrints(numbers, prints.rows, places, prints.ids)
