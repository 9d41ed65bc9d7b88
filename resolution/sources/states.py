"""States of a source that always tells the whole of itself: what came with a new one, what changed, and what has ended since.

A publisher renews a list every day. Each delivery is one more state of one source, which keeps its file id: what it says anew
replaces what it said, what it says no longer has ended on the day of the load, and what it says as before is not touched, with
its source row where it stood when it last changed. Nothing is written before the whole delivery was read.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pydantic_core import to_json

from ontology.errors import SourceUnreadable
from ontology.source import ROWS_OF_STATE
from resolution.sources.contents import pick_rows
from resolution.sources.row_blocks import Block
from resolution.sources.shared_statements import TABLE_NAMES, SharedStatements, chunks, row_id_text, says_the_same
from resolution.sources.statements.file_merge import merge_row_versions
from store.port import Row, Store

ENDS = {"listings": "removed_on", "links": "ended_on", "recognitions": "ends_on"}
"""What is no longer stated has ended; records and experiences have no end of that kind."""
DROP_MAX = 0.2  # A truncated file looks like this, and so does a list of another kind under the same name.
DROP_FROM = 10  # Statements: of a list of five every second may go.


class StateCounts(NamedTuple):
    """Statements of a state by what became of them."""

    came: int
    changed: int
    went: int
    unchanged: int


def state_file_id(source: str, dataset: str) -> str:
    """The file id of a source whose deliveries are states of it: 16 hex digits. source: pack and entry of it."""
    return hashlib.sha256(f"state\n{source}\n{dataset}".encode()).hexdigest()[:16]


class StateDifference:
    """One more state beside the last one, gathered piece by piece and written at the end."""

    def __init__(self, store: Store, file: Row, shared: SharedStatements, *, gathers: bool, day: date) -> None:
        """file: the source's row of the last state."""
        self._store, self._shared, self._gathers, self._day = store, shared, gathers, day
        self.file_id = str(file["id"])
        (last_row,) = store.read("sources/last_row_number", file_id=self.file_id)
        last_state, kept_state = int(file["state"]), int(last_row["last_number"]) // ROWS_OF_STATE + 1
        # A load that was cut off may have left rows, and statements that point to them: their numbers are not used again.
        self.state: int = max(last_state, kept_state) + 1
        self.was_cut_off = kept_state > last_state
        self._changed: dict[str, dict[str, Row]] = {table: {} for table in TABLE_NAMES}
        self._before: dict[str, dict[str, Row]] = {table: {} for table in TABLE_NAMES}
        self._seen: dict[str, set[str]] = {table: set() for table in TABLE_NAMES}
        self._blocks: list[Row] = []

    @property
    def offset(self) -> int:
        """What the numbers of this state's rows begin with."""
        return (self.state - 1) * ROWS_OF_STATE

    def add_block(self, content: str, numbers: Iterable[int]) -> None:
        """Keep source rows under these numbers; content: see `pack_rows`."""
        ordered = sorted(numbers)
        if ordered:
            places = {"first_number": ordered[0], "last_number": ordered[-1]}
            self._blocks.append({"file_id": self.file_id, "content": content} | places)

    def take_block(self, block: Block, kept_numbers: Mapping[int, int] | None) -> None:
        """Compare a block with what the source said before.

        kept_numbers: the number that each of its rows is kept under, those of the last state under the one of then; None where
        rows are not told apart: then those whose statements changed are kept anew.
        """
        changed_rows: set[int] = set()
        for table in dict.fromkeys((*block.rows_by_table, *block.sum_lines)):
            rows = [*block.rows_by_table.get(table, []), *(row for _, row in block.sum_lines.get(table, []))]
            changed_rows |= self.take_rows(table, rows, kept_numbers)
        numbers = {number: number + self.offset for number in changed_rows}
        if kept_numbers is not None:
            numbers = {number: place for number, place in kept_numbers.items() if place >= self.offset}
        if numbers:
            self.add_block(pick_rows(block.content, numbers), numbers.values())

    def take_rows(self, table: str, rows: list[Row], kept_numbers: Mapping[int, int] | None = None) -> set[int]:
        """Compare statements with what the source said before; numbers of the file's rows of which one is another now."""
        before, changed_rows, seen_ids = self._before[table], self._changed[table], self._seen[table]
        stored = self._shared.rows_so_far(table, [row["id"] for row in rows])
        numbers = set()
        for row in rows:
            id_ = row["id"]
            if table == "records" and not self._gathers and id_ in seen_ids and id_ in changed_rows:
                row = merge_row_versions(changed_rows[id_], row)  # noqa: PLW2901  # The same record, with more.
            seen_ids.add(id_)
            if id_ in stored and says_the_same(table, stored[id_], row):
                changed_rows.pop(id_, None)
                continue
            number = int(row["row_id"].rpartition("#")[2])
            changed_rows[id_] = _placed(
                table, row, kept_numbers.get(number, number) if kept_numbers is not None else number + self.offset
            )
            if id_ in stored:
                before[id_] = stored[id_]
            numbers.add(number)
        return numbers

    def write(
        self, drop_max: float, *, gone_ids_by_table: Mapping[str, Iterable[str]] | None = None, stated_before: int = 0
    ) -> StateCounts:
        """Write what is new, and end what is gone. Raises SourceUnreadable where more is gone than a list loses at a time.

        gone_ids_by_table: ids of what is not stated any more, where it is known; else all that was stated and was not taken.
        stated_before: statements of the last state, where those are given.
        """
        gone_ids = self._still_open(gone_ids_by_table if gone_ids_by_table is not None else self._not_taken())
        came = sum(len(self._changed[table].keys() - self._before[table].keys()) for table in TABLE_NAMES)
        changed_rows = sum(len(before.keys() & self._changed[table].keys()) for table, before in self._before.items())
        went = sum(map(len, gone_ids.values()))
        if gone_ids_by_table is None:
            stated_before = went + sum(map(len, self._seen.values())) - came
        self._check_drop(went, stated_before, drop_max)
        # Rows first: no statement is without its row, wherever this ends.
        self._store.write("sources/put_row_blocks", rows=self._blocks)
        for table, rows in self._changed.items():
            for chunk in chunks(list(rows.values())):
                self._store.write(f"sources/put_{table}", rows=self._shared.merge_rows(table, chunk))
        for table, field in ENDS.items():
            self._end(table, field, gone_ids[table])
        self._store.write("sources/put_changes", rows=self._change_rows(gone_ids))
        return StateCounts(came, changed_rows, went, stated_before - changed_rows - went)

    def _not_taken(self) -> dict[str, list[str]]:
        """Ids of what the source stated and does not state any more."""
        columns = self._store.columns("sources/ids_of_file", file_id=self.file_id)
        gone_ids_by_table: dict[str, list[str]] = {table: [] for table in TABLE_NAMES}
        for table, id_ in zip(columns["kind"], columns["id"], strict=True):
            if id_ not in self._seen[table]:
                gone_ids_by_table[table].append(id_)
        return gone_ids_by_table

    def _still_open(self, gone_ids_by_table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        """Without what had ended already, or was gone in an earlier state."""
        still_open = {table: list(gone_ids_by_table.get(table, ())) for table in TABLE_NAMES}
        for table, field in ENDS.items():
            rows = {
                id_: row for chunk in chunks(still_open[table]) for id_, row in self._shared.rows_so_far(table, chunk).items()
            }
            self._before[table] |= rows
            still_open[table] = [id_ for id_ in rows if not _has_ended(rows[id_], field, self._day)]
        columns = self._store.columns("sources/gone_of_file", file_id=self.file_id)
        known_pairs = set(zip(columns["kind"], columns["id"], strict=True))
        for table in ("records", "experiences"):  # What was dealt, and whom a source described, stays told: it is gone once.
            still_open[table] = [id_ for id_ in still_open[table] if (table, id_) not in known_pairs]
        return still_open

    def _check_drop(self, gone_count: int, stated_before: int, drop_max: float) -> None:
        if gone_count < DROP_FROM or gone_count <= drop_max * stated_before:
            return
        lacking = f"{gone_count} of the {stated_before} statements of the last state are not in it"
        share = min(1.0, gone_count / stated_before + 0.01)
        raise SourceUnreadable(
            problem=f"{lacking}: it may be cut short, or another file",
            remedy=f"If it is right, allow it: --drop-max {share:.2f}; to add it to the last: --part.",
        )

    def _end(self, table: str, field: str, ids: list[str]) -> None:
        ground = {"removal_ground": f"no longer in the source's list of {self._day.isoformat()}"} if table == "listings" else {}
        for chunk in chunks(ids):
            rows = [self._before[table][id_] | {field: self._day.isoformat()} | ground for id_ in chunk]
            self._store.write(f"sources/put_{table}", rows=self._shared.merge_rows(table, rows))

    def _change_rows(self, gone_ids_by_table: dict[str, list[str]]) -> Iterator[Row]:
        for table in TABLE_NAMES:
            for id_ in self._changed[table]:
                yield self._change(table, id_, "changed" if id_ in self._before[table] else "came")
            for id_ in gone_ids_by_table[table]:
                yield self._change(table, id_, "went")

    def _change(self, table: str, id_: str, change: str) -> Row:
        before = self._before[table].get(id_)
        text = to_json(before).decode() if before else None
        return {"file_id": self.file_id, "state": self.state, "kind": table, "id": id_, "change": change, "before": text}


def _placed(table: str, row: Row, number: int) -> Row:
    """The row with the number that its source row is kept under."""
    row_id = f"{row['row_id'].rpartition('#')[0]}#{number}"
    document = (
        {"document": row["document"].replace(row_id_text(row["row_id"]), row_id_text(row_id), 1)} if table == "records" else {}
    )
    return row | {"row_id": row_id} | document


def _has_ended(row: Row, field: str, day: date) -> bool:
    ended = row.get(field) or row.get("ends_on")
    return bool(ended) and str(ended) <= day.isoformat()


def counts_text(counts: StateCounts) -> str:
    """The counts as they are kept."""
    return to_json(counts._asdict()).decode()
