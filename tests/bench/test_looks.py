"""The bench of looks on a region as small as there is: every command is measured, and the page tells what was not."""

import csv
from pathlib import Path

import pytest

from bench import looks
from bench.looks_changes import registry_firms, write_changes
from bench.processes import ProcessRun
from bench.signals.plot import plot_svg
from samples.region import write_sample


def figures(firms: int, cpu_s: float, stopped: str = "") -> looks.SizeFigures:
    return looks.SizeFigures(firms, {"show": [ProcessRun(cpu_s, cpu_s, 100, 100, "")]}, stopped)


def test_the_page_tells_each_size_its_figures_and_the_slope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "PICTURE", tmp_path / "looks_size.svg")
    text = looks.page("sqlite", [figures(1_000, 1.0), figures(10_000, 10.0)], turns=1)
    assert "## 10,000 firms" in text
    assert "| show | 10.00 | 10.00 | 100 |" in text
    assert "to the power 1.00" in text
    assert (tmp_path / "looks_size.svg").read_text("utf-8").startswith("<svg")


def test_a_run_that_ended_early_says_so_and_has_no_slope() -> None:
    text = looks.page("sqlite", [figures(1_000, 1.0, stopped="`show X` ended with 3")], turns=1)
    assert "Ended early: `show X` ended with 3." in text
    assert "to the power" not in text


def test_changes_name_firms_of_the_region_and_are_as_long_as_they_say(tmp_path: Path) -> None:
    write_sample(tmp_path, seed=1, firms=240)
    firms = registry_firms(tmp_path)
    files = write_changes(tmp_path, firms)
    rows = {name: list(csv.DictReader(file.open(encoding="utf-8"))) for name, file in files.items() if file.suffix == ".csv"}
    assert {name: len(lines) for name, lines in rows.items()} == {"one tie": 1, "a file of 100 rows": 100}
    codes = {firm.uscc for firm in firms}
    assert all({row["销售方税号"], row["购买方税号"]} <= codes for lines in rows.values() for row in lines)


def test_a_picture_has_a_point_for_each_size() -> None:
    assert plot_svg([(1e3, 0.5), (1e4, 0.6), (1e5, 0.7)], title="t", unit="firms").count("<circle") == 3
