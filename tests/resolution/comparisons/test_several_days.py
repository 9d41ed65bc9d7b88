"""Several days of birth or founding of one party: all of one are compared with all of the other, and the nearest two count."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.candidates import keys
from resolution.comparisons import fields
from resolution.comparisons.columnar.fields import DayColumns
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.records import dates
from resolution.records.analysed import analyse
from resolution.sources.statements.file_merge import merge_file_records
from resolution.sources.statements.record_merge import merge_records
from tests.resolution.parties import firm, person
from tests.resolution.sources.test_masked import records_of

ONE, OTHER = np.array([0]), np.array([1])
OWN_DAYS = [
    ((), ("1951",), None),
    (("1951", "1983-03-30"), ("1951",), dates.PARTIAL),
    (("1951", "1983-03-30"), ("1983-03-30", "1962"), dates.EXACT),
    (("1951-05-03", "1983-03-30"), ("1951-03-05",), dates.SWAPPED),
    (("1951", "1951-05-03"), ("1951-09-14",), dates.SAME_YEAR),
]


def born(id_: str, days: tuple[str, ...]) -> Record:
    return dated(person, id_, "born_on", days)


def founded(id_: str, days: tuple[str, ...]) -> Record:
    return dated(firm, id_, "founded_on", days)


def dated(make: Callable[..., Record], id_: str, fact: str, days: tuple[str, ...]) -> Record:
    others = {"other_days": "; ".join(days[1:])} if len(days) > 1 else {}
    return make(id_, "Perpetua Quill", attributes=others, **{fact: days[0] if days else None})


@pytest.mark.parametrize(("left", "right", "level"), OWN_DAYS)
def test_the_nearest_two_births_count(left: tuple[str, ...], right: tuple[str, ...], level: float | None) -> None:
    units = [analyse(born("a", left)), analyse(born("b", right)), *(analyse(born(f"o{at}", ("1990-01-02",))) for at in range(9))]
    prepared = prepare(PartyKind.PERSON, units, freeze(PartyKind.PERSON, units))
    for pair in ((ONE, OTHER), (OTHER, ONE)):
        found = float(evidence(prepared, pair).agreement["days"][0])
        assert (np.isnan(found) and level is None) or level == int(min(found, dates.EXACT))  # Of persons a year alone is 1.5.


@pytest.mark.parametrize(("left", "right", "level"), OWN_DAYS)
def test_the_nearest_two_foundings_count_in_a_pair_and_in_columns(
    left: tuple[str, ...], right: tuple[str, ...], level: float | None
) -> None:
    units = [analyse(founded("a", left)), analyse(founded("b", right))]
    assert fields.days_agree(*units) == fields.days_agree(*units[::-1]) == level
    if level is not None:
        assert DayColumns(units).agree(ONE, OTHER)[0] == level


@pytest.mark.parametrize(
    ("day", "other_day", "level"),
    [
        ("1951", "1979", dates.YEARS_APART),
        ("1951-05", "1979-08-21", dates.YEARS_APART),
        ("1951-05-03", "1980-05-21", dates.YEARS_APART),
        ("1951-01-01", "1979-08-21", dates.YEARS_APART),
        ("1951-05-03", "1979-08-21", dates.FAR),
        ("1951-05-03", "1958-08-21", dates.WHOLLY),
        ("1951-05-03", "1979-05-03", dates.DIFFERENT),
        ("1968", "1986", dates.DIFFERENT),
        ("1968", "1998", dates.DIFFERENT),
        ("1868", "1968", dates.DIFFERENT),
        ("1951", "1965", dates.DIFFERENT),
    ],
)
def test_births_decades_apart_are_told_from_a_slip_in_the_year(day: str, other_day: str, level: float) -> None:
    units = [analyse(born("a", (day,))), analyse(born("b", (other_day,)))]
    statistics = freeze(PartyKind.PERSON, units)
    found = weigh_pairs(PartyKind.PERSON, units, (ONE, OTHER), statistics)
    assert found.evidence.agreement["days"][0] == level
    assert level == dates.DIFFERENT or found.fields["days"][0] < -5


def test_a_record_is_found_by_each_of_its_births() -> None:
    several, one = keys(analyse(born("a", ("1951", "1983-03-30")))), keys(analyse(born("b", ("1983-03-30",))))
    assert {key for key in one if key.startswith(("p:born:", "p:day:"))} <= several


def test_two_files_that_tell_of_other_births_are_both_kept_whatever_their_order() -> None:
    one, other = born("a", ("1951-05-03",)), born("a", ("1962-08-21",))
    merged = [merge_file_records(dict(zip(files, (one, other), strict=True))) for files in ("xy", "xy")]
    turned = merge_file_records({"y": other, "x": one})
    assert merged[0] == merged[1] == turned
    assert analyse(turned).days == ("1962-08-21", "1951-05-03") or analyse(turned).days == ("1951-05-03", "1962-08-21")


def test_a_birth_told_again_is_nothing_new() -> None:
    first = merge_records(born("a", ("1951-05-03",)), born("a", ("1962-08-21",)))
    assert merge_records(first, born("a", ("1962-08-21",))) is first
    assert merge_records(first, born("a", ("1970-01-09",))).attributes["other_days"] == "1962-08-21; 1970-01-09"


def test_all_births_of_a_watchlist_and_of_a_cell_are_read(tmp_path: Path) -> None:
    listed = tmp_path / "list.jsonl"
    properties = {"name": ["Perpetua Quill"], "birthDate": ["1951", "1983-03-30"]}
    listed.write_text(json.dumps({"id": "q1", "schema": "Person", "properties": properties}) + "\n", "utf-8")
    table, mapping = tmp_path / "people.csv", tmp_path / "people.yaml"
    table.write_text('name,born\nPerpetua Quill,"1951; 30 March 1983"\n', "utf-8")
    mapping.write_text(
        'mapping: people\nversion: "1"\ntitle: t\nsource_class: 3\ncolumns: {name: [name], born: [born]}\n'
        "parties:\n  one: {kind: person, key: name, names: [name], born_on: born}\n",
        "utf-8",
    )
    for records in (records_of(listed, None), records_of(table, mapping)):
        assert [(record.born_on, record.attributes.get("other_days")) for record in records] == [("1951", "1983-03-30")]


@pytest.mark.parametrize(
    ("day", "other_day", "level"),
    [
        ("1992-10-02", "1992-10-25", dates.CLOSE),
        ("2019-12-20", "2020-01-16", dates.CLOSE),
        ("1992-03-02", "1992-10-25", dates.YEAR_NEAR),
        ("1992-10-02", "1993-05-14", dates.NEARBY),
        ("1992-10-02", "1972-10-24", dates.NEARBY),
        ("1992-10-02", "1994-02-24", dates.DIFFERENT),
        ("1992-01-01", "1991-12-20", dates.DIFFERENT),
    ],
)
def test_a_month_a_year_and_a_digit_of_the_year_are_told_from_another_day(day: str, other_day: str, level: float) -> None:
    units = [analyse(born("a", (day,))), analyse(born("b", (other_day,)))]
    prepared = prepare(PartyKind.PERSON, units, freeze(PartyKind.PERSON, units))
    for pair in ((ONE, OTHER), (OTHER, ONE)):
        assert evidence(prepared, pair).agreement["days"][0] == level
