"""Labels out and in again on both engines; a row that cannot be taken says why and can be mended."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ontology.errors import SourceUnreadable
from ontology.judgement import Verdict
from resolution.judgements import ledger
from resolution.judgements.label_table import COLUMNS, Imported, export_labels, import_labels
from store.port import Store
from store.rows import to_rows
from tests.resolution.parties import firm

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADER = ",".join(COLUMNS)


def taken(store: Store, file: Path, text: str) -> Imported:
    file.write_text(text, "utf-8")
    return import_labels(store, file, by="desk", now=NOW)


def test_labels_carried_to_another_store_say_the_same_and_twice_adds_nothing(
    store: Store, sqlite_store: Store, tmp_path: Path
) -> None:
    ledger.judge(sqlite_store, [("a", "b")], Verdict.SAME, by="lin", reason='=1+1, "so"\n新', now=NOW)
    ledger.judge(sqlite_store, [("c", "b")], Verdict.UNSURE, by="wu", reason="", now=NOW)
    file = tmp_path / "labels.csv"
    assert export_labels(sqlite_store, file) == 2
    held = ledger.standing_entries(ledger.read_entries(sqlite_store))
    done = import_labels(store, file, by="desk", now=NOW)
    assert (done.rejected, done.added + done.known) == (0, 2)
    assert ledger.standing_entries(ledger.read_entries(store)) == held
    assert import_labels(store, file, by="desk", now=NOW).known == 2


def test_what_stands_is_exported_and_what_was_undone_is_not(store: Store, tmp_path: Path) -> None:
    said = ledger.judge(store, [("a", "b")], Verdict.SAME, by="lin", reason="", now=NOW)[0]
    ledger.undo(store, said.id, by="lin", reason="", now=NOW)
    assert export_labels(store, tmp_path / "labels.csv") == 0


def test_rows_that_cannot_be_taken_are_told_and_come_back_mended(store: Store, tmp_path: Path) -> None:
    store.write("sources/put_records", rows=to_rows([firm("a", "上海甲有限公司"), firm("b", "上海乙有限公司")]))
    rows = [
        "a,b,same,lin,one seal,2026-01-01",
        "a,a,same,lin,,",
        ",b,same,lin,,",
        "a,b,perhaps,lin,,",
        "a,b,same,model:1,,",
        "a,b,same,lin,,tomorrow",
        "a,b,same,lin,,2031-01-01",
        "a,b,different,lin,,2026-01-01",
        "b,gone,Different,,id 11010519491231002X,",
        "a,b,same,lin,one seal,2026-01-01",
    ]
    done = taken(store, tmp_path / "labels.csv", "\n".join([HEADER, *rows]) + "\n")
    assert (done.rows_read, done.added, done.known, done.rejected, done.absent) == (10, 2, 1, 7, 1)
    assert [(one.row, one.field) for one in done.rejections] == [
        (3, "right_record"), (4, "left_record"), (5, "verdict"), (6, "by"), (7, "decided_at"), (8, "decided_at"), (9, "verdict"),
    ]  # fmt: skip
    assert {(line.by, line.verdict, line.reason) for line in ledger.read_entries(store)} == {
        ("lin", Verdict.SAME, "one seal"),
        ("desk", Verdict.DIFFERENT, "id 110*************2X"),
    }
    rejects = tmp_path / "labels.rejects.csv"
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        mended = [row | {"right_record": "c"} for row in csv.DictReader(file) if row["row"] == "3"]
    with rejects.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, mended[0].keys())
        writer.writeheader()
        writer.writerows(mended)
    again = import_labels(store, rejects, by="desk", now=NOW)
    assert (again.added, again.rejected) == (1, 0)


@pytest.mark.parametrize("text", ["", "left,right\na,b\n"])
def test_a_file_without_the_columns_is_refused_whole(store: Store, tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceUnreadable):
        taken(store, tmp_path / "labels.csv", text)
    assert ledger.read_entries(store) == []
