"""Half-hidden resident ids: what is kept of them, and whom they tell apart."""

from datetime import date
from pathlib import Path

import pytest

from ontology.personal_ids import birth_year, mask
from ontology.record import Record
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import Reading, read_rows
from tests.resolution.sources.shorthands import KEY, RESIDENT

MAPPING = """
mapping: court
version: "1"
title: t
source_class: 3
columns: {name: [name], number: [number], case: [case], born: [born]}
parties:
  debtor: {kind: person, key: "{case}/{name}", names: [name], born_on: born, identifiers: [{value: number, scheme: resident_id}]}
"""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("3203011975****4417", "1975"),
        ("３２０３０１1975＊＊＊＊4417", "1975"),
        (RESIDENT, RESIDENT[6:10]),
        ("320301750812441", "1975"),
        ("320301********4417", None),
        ("320************417", None),
        ("HRB 33517", None),
    ],
)
def test_of_a_hidden_number_the_year_alone_is_kept(text: str, year: str | None) -> None:
    assert birth_year(text) == year
    assert not year or year not in mask(text)


def records_of(file: Path, mapping: Path | None) -> list[Record]:
    today = date(2026, 11, 22)
    how = choose_reading(
        file, mapping=mapping, kind=None, dataset=None, reading=Reading(), id_key=KEY, today=today, index=CrossFileIndex()
    )
    mapper = how.make("f" * 16)
    return [one for row in read_rows(file, how.reading) for one in mapper.map_row(row).statements if isinstance(one, Record)]


def test_court_and_register_hide_other_halves_of_one_number(tmp_path: Path) -> None:
    mapping, file = tmp_path / "court.yaml", tmp_path / "court.csv"
    mapping.write_text(MAPPING, "utf-8")
    file.write_text(
        "name,number,case,born\n"
        "方怡,3203011975****4417,c1,\n"
        "方怡,320301********4417,r1,1975-06-02\n"
        "方怡,320388********2206,r2,1961-07-03\n",
        "utf-8",
    )
    records = records_of(file, mapping)
    assert [record.born_on for record in records] == ["1975", "1975-06-02", "1961-07-03"]
    assert {record.attributes["resident_id_masked"] for record in records} == {"320*************17", "320*************06"}
    assert sorted(len(part) for part in match(records, Verdicts()).parts) == [1, 2]
