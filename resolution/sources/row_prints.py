"""Prints of a source's rows: short keyed hashes that tell which rows of a new delivery are those of the last one.

A print of a row is of all its cells as they stand in the file, keyed with the operator's key: without it nobody can try numbers
against it. A print of an id is of the id of a statement that the row makes. Both are 8 bytes.
"""

import base64
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.sources.reading import RawRow
from resolution.sources.statements.row_results import RowResult
from store.port import Row, Store

PRINT_BYTES = 8
PART_CHARS = 1 << 20
"""Characters of a part as it is kept."""
Numbers = NDArray[np.int64]
Prints = NDArray[np.uint64]


class RowPrints(NamedTuple):
    """The rows of a source, or of a block of it, and the statements they make.

    numbers, rows:   shape (rows,): the number that a row is kept under, and its print.
    places, ids:     shape (statements of all rows,): number of the row that makes a statement, and the print of its id.
    """

    numbers: Numbers
    rows: Prints
    places: Numbers
    ids: Prints


def print_key(id_key: bytes) -> bytes:
    """The key of row prints, made from that of personal ids."""
    return hashlib.blake2b(b"row prints", key=id_key[:64], digest_size=32).digest()


def row_printer(key: bytes) -> Callable[[dict[str, str]], int]:
    """What makes the print of a row's cells."""
    heads: dict[tuple[str, ...], bytes] = {}

    def print_of_row(values: dict[str, str]) -> int:
        headers = tuple(values)
        if headers not in heads:
            heads[headers] = hashlib.blake2b("\x1f".join(headers).encode(), digest_size=16).digest()
        content = heads[headers] + "\x1f".join(values.values()).encode()
        return int.from_bytes(hashlib.blake2b(content, key=key, digest_size=PRINT_BYTES).digest(), "little")

    return print_of_row


def print_of_id(id_: str) -> int:
    """The print of a statement's id."""
    return int.from_bytes(hashlib.blake2b(id_.encode(), digest_size=PRINT_BYTES).digest(), "little")


def prints_of(
    rows: Sequence[RawRow], row_results: Sequence[RowResult], print_of_row: Callable[[dict[str, str]], int]
) -> RowPrints:
    """The prints of the rows that went in."""
    accepted = [(row, result) for row, result in zip(rows, row_results, strict=True) if result.trouble is None]
    pairs = [(result.number, print_of_id(id_)) for _, result in accepted for id_ in stated_ids(result)]
    return RowPrints(
        np.array([result.number for _, result in accepted], np.int64),
        np.array([print_of_row(row.values) for row, _ in accepted], np.uint64),
        np.array([number for number, _ in pairs], np.int64),
        np.array([id_ for _, id_ in pairs], np.uint64),
    )


def stated_ids(row_result: RowResult) -> Iterable[str]:
    """Ids of all that a row states, each once, parties that earlier rows have described too."""
    return dict.fromkeys((*row_result.party_ids, *(statement.id for statement in row_result.statements)))


def joined_prints(parts: Sequence[RowPrints]) -> RowPrints:
    """The prints of several blocks as those of one file."""
    empty = RowPrints(np.empty(0, np.int64), np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.uint64))
    return RowPrints(*(np.concatenate(columns) for columns in zip(*parts, empty, strict=True)))


class Backing:
    """Which rows make a statement."""

    def __init__(self, prints: RowPrints) -> None:
        order = np.argsort(prints.ids, kind="stable")
        self._ids, self._places = prints.ids[order], prints.places[order]

    def rows_of(self, id_: str) -> set[int]:
        """Numbers of the rows that make the statement of this id."""
        print_ = np.uint64(print_of_id(id_))
        first, last = np.searchsorted(self._ids, print_, "left"), np.searchsorted(self._ids, print_, "right")
        return set(self._places[first:last].tolist())


class LastRows:
    """The rows of the last delivery, each to be met once by a row of the new one."""

    def __init__(self, prints: RowPrints) -> None:
        self._numbers: dict[int, int] = dict(zip(prints.rows.tolist(), prints.numbers.tolist(), strict=True))
        self._further: dict[int, list[int]] = {}
        if len(self._numbers) < len(prints.rows):
            for print_, number in zip(prints.rows.tolist(), prints.numbers.tolist(), strict=True):
                if self._numbers[print_] != number:
                    self._further.setdefault(print_, []).append(number)

    def meet(self, print_: int) -> int | None:
        """The number of a row of the last delivery with this print; None where none is left."""
        if further := self._further.get(print_):
            return further.pop()
        return self._numbers.pop(print_, None)

    def left(self) -> list[int]:
        """Numbers of the rows that no row of the new delivery has met."""
        return [*self._numbers.values(), *(number for numbers in self._further.values() for number in numbers)]


def read_prints(store: Store, file_id: str) -> RowPrints | None:
    """The prints kept of a source's last delivery; None where there are none."""
    text = "".join(row["content"] for row in store.read("sources/prints_of_file", file_id=file_id))
    if not text:
        return None
    arrays = np.load(io.BytesIO(base64.b64decode(text)), allow_pickle=False)
    return RowPrints(*(arrays[name] for name in RowPrints._fields))


def write_prints(store: Store, file_id: str, prints: RowPrints) -> None:
    """Keep the prints of a delivery in the place of those of the last one."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **prints._asdict())
    store.write("sources/remove_prints", file_id=file_id)
    store.write("sources/put_prints", rows=_parts(file_id, base64.b64encode(packed.getvalue()).decode()))


def _parts(file_id: str, text: str) -> Iterator[Row]:
    for part, start in enumerate(range(0, len(text), PART_CHARS)):
        yield {"file_id": file_id, "part": part, "content": text[start : start + PART_CHARS]}
