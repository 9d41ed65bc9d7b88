"""Parquet files: cells of every type as text, and only the blocks that a process maps."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from resolution.sources.reading import SKIPPED, EveryNthBlock, Reading, read_rows
from resolution.sources.reading.rows import UNSPLIT

COLUMNS = {
    "text": pa.array(["a", None, ""]),
    "large": pa.array(["b", None, "榕江"], pa.large_string()),
    "whole": pa.array([7, None, -(2**62)]),
    "small": pa.array([0, None, 255], pa.uint8()),
    "part": pa.array([1.0, None, 0.25]),
    "true": pa.array([True, None, False]),
    "day": pa.array([date(2026, 1, 2), None, date(1900, 1, 1)]),
    "time": pa.array([datetime(2026, 1, 2), None, datetime(2026, 1, 2, 3, 4)]),  # noqa: DTZ001  # As files have it.
    "exact": pa.array([Decimal("1.50"), None, Decimal("0.00")]),
    "bytes": pa.array([b"x", None, b"\xff"]),
    "words": pa.array(["one", None, "one"]).dictionary_encode(),
    "list": pa.array([["x", "y"], None, []]),
    "inner": pa.array([{"x": 1}, None, {"x": None}]),
    "none": pa.nulls(3),
}
TEXTS = {
    "text": ["a", "", ""],
    "large": ["b", "", "榕江"],
    "whole": ["7", "", "-4611686018427387904"],
    "small": ["0", "", "255"],
    "part": ["1", "", "0.25"],
    "true": ["true", "", "false"],
    "day": ["2026-01-02", "", "1900-01-01"],
    "time": ["2026-01-02", "", "2026-01-02 03:04:00"],
    "exact": ["1.50", "", "0.00"],
    "bytes": ["x", "", "\ufffd"],
    "words": ["one", "", "one"],
    "list": ['["x", "y"]', "", "[]"],
    "inner": ['{"x": 1}', "", '{"x": null}'],
    "none": ["", "", ""],
}


def test_cells_of_every_type_are_texts(tmp_path: Path) -> None:
    pq.write_table(pa.table(COLUMNS), tmp_path / "a.parquet")
    rows = list(read_rows(tmp_path / "a.parquet", Reading()))
    assert [row.number for row in rows] == [1, 2, 3]
    assert {name: [row.values[name] for row in rows] for name in COLUMNS} == TEXTS


@pytest.mark.parametrize("at", [0, 1])
def test_every_other_block_is_read_and_the_rest_is_skipped(at: int, tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": range(10_000)}), tmp_path / "a.parquet", row_group_size=2700)
    rows = list(read_rows(tmp_path / "a.parquet", Reading()))
    wanted = EveryNthBlock(1000, at, 2)
    assert {row.values["n"] for row in rows} == {str(number) for number in range(10_000)}
    assert list(read_rows(tmp_path / "a.parquet", Reading(), wanted)) == [
        row if wanted(place) else SKIPPED for place, row in enumerate(rows)
    ]


def test_a_row_that_is_too_long_is_told_and_its_neighbours_go_in(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": ["x", "y" * 90, "z"], "b": ["", "y" * 90, ""]}), tmp_path / "a.parquet")
    first, long, last = read_rows(tmp_path / "a.parquet", Reading(line_bytes_max=100))
    assert (first.values["a"], last.values["a"]) == ("x", "z")
    assert long.trouble is not None
    assert long.values == {UNSPLIT: f"{'y' * 40} {'y' * 40}"}
