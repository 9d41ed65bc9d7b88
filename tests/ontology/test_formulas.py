"""No export holds what a spreadsheet would run. The cases are data, and the pages' tests go through the same."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.formulas import defuse_formula, restore_formula
from tests.conftest import PROJECT

RULE = json.loads((PROJECT / "ontology" / "formulas.json").read_text("utf-8"))
MARKS = "=+-@＝＋－＠"


@pytest.mark.parametrize(("cell", "exported"), RULE["cases"])
def test_the_cases_that_the_pages_go_through_too(cell: str, exported: str) -> None:
    assert defuse_formula(cell) == exported


@pytest.mark.parametrize(
    "before", ["", " ", "\u3000", "\ufeff", "\u200b\u202e", '"', "'", "“", "\xa0'", "\x00", "\n\n", "x;", "x；"]
)
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_defused_behind_whatever_is_passed_over(before: str, mark: str) -> None:
    assert f"'{mark}" in str(defuse_formula(f"{before}{mark}cmd()")) or str(defuse_formula(f"{before}{mark}cmd()")).startswith(
        "'"
    )


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()))
def test_numbers_stay_numbers(value: object) -> None:
    assert defuse_formula(value) == value
    if isinstance(value, int) and not isinstance(value, bool):
        assert defuse_formula(str(value)) == str(value)


@given(st.text(), st.sampled_from(";,\t|"))
def test_however_a_table_is_split_no_cell_of_it_begins_with_a_mark(text: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([defuse_formula(text), "x"])
    for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter):
        assert not [cell for cell in row if cell.strip()[:1] in tuple(MARKS) and not cell.strip()[1:].replace(".", "").isdigit()]


@given(st.one_of(st.text(), st.text(alphabet=f"{MARKS}'\"; \t1a")))
def test_a_table_that_is_read_back_says_what_it_said(text: str) -> None:
    assert restore_formula(str(defuse_formula(text))) == text


def test_the_pages_export_through_the_same_rule() -> None:
    assert "ontology/formulas.json" in (PROJECT / "web/src/parts/formulas.ts").read_text("utf-8")
    exports = [file for file in (PROJECT / "web/src").rglob("*.ts*") if "saveText(" in file.read_text("utf-8")]
    for file in exports:
        text = file.read_text("utf-8")
        assert file.name == "save.ts" or "parts/formulas'" in text, f"{file.name} exports a table past the rule"


def test_every_table_that_is_written_for_people_goes_through_the_rule() -> None:
    writers = {
        file.relative_to(PROJECT).as_posix()
        for room in ("api", "graph", "resolution")
        for file in (PROJECT / room).rglob("*.py")
        if "csv.writer(" in file.read_text("utf-8") or "Workbook(" in file.read_text("utf-8")
    }
    through_the_rule = {
        "api/screenings/reports.py",
        "api/cli/output.py",
        "api/parties/network_files.py",
        "resolution/judgements/label_table.py",
        "resolution/sources/rejects.py",
    }
    samples = {name for name in writers if name.startswith("samples/")}
    tools = {name for name in writers if name.startswith("resolution/records/words/")}
    assert writers - samples - tools == through_the_rule
