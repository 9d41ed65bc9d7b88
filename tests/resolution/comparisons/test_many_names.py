"""Firms of many names: what is said of two of them is what every pair of their names says, and it does not take forever."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.alias_records import make_records
from ontology.base import PartyKind, SourceClass
from ontology.record import Name, NameRole, Record
from resolution.comparisons import firm_names
from resolution.comparisons.columnar.names import NameColumns
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.run_statistics import freeze
from resolution.records.analysed import Analysed, analyse

WORDS = (
    "trading",
    "tradings",
    "trade",
    "shipping",
    "shippng",
    "chung",
    "hsin",
    "chunghsin",
    "zhongxin",
    "van",
    "der",
    "bilt",
    "vanderbilt",
    "wan",
    "derbilt",
    "jc",
    "j",
    "c",
    "ao",
    "north",
    "south",
    "ii",
    "2",
    "third",
    "fund",
    "funds",
    "brown",
    "browne",
    "robert",
    "bob",
    "capital",
    "capitol",
    "kapital",
    "الشركة",
    "العالمية",
    "한국",
    "전력",
    "a",
    "b",
)
FORMS = ("", "Ltd", "LLC", "GmbH", "Holding Ltd", "Branch", "Leeds branch", "有限公司", "集团有限公司")
names = st.builds(
    lambda words, form, role: Name(text=" ".join([*words, form]).strip(), role=role),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.sampled_from(FORMS),
    st.sampled_from(NameRole),
)


def firm(id_: str, own_names: list[Name]) -> Analysed:
    return analyse(
        Record(id=id_, dataset="d", source_class=SourceClass("3"), row_id="f#1", kind=PartyKind.FIRM, names=tuple(own_names))
    )


def levels(units: list[Analysed]) -> tuple[np.ndarray, np.ndarray]:
    """Of every pair of records, by columns and one by one."""
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(units)), np.arange(len(units))))
    each = [firm_names.names_agree(units[a], units[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
    return NameColumns(units).agree(left, right), np.array(each, dtype=np.float64)


@given(st.lists(st.lists(names, min_size=1, max_size=6), min_size=2, max_size=5))
def test_columns_of_words_say_what_every_pair_of_names_says(firms: list[list[Name]]) -> None:
    columns, each = levels([firm(str(number), own_names) for number, own_names in enumerate(firms)])
    np.testing.assert_array_equal(columns, each)


def test_firms_with_thirty_names_say_so_too() -> None:
    entities = [entity["properties"] for entity, _ in make_records(14, names=30, seed=3)]
    roles = (("name", NameRole.PRIMARY), ("alias", NameRole.ALIAS))
    units = [
        firm(str(number), [Name(text=text, role=role) for key, role in roles for text in entity[key]])
        for number, entity in enumerate(entities)
    ]
    columns, each = levels(units)
    np.testing.assert_array_equal(columns, each)
    assert {firm_names.SOMETHING, firm_names.SHORT, firm_names.SAME} <= set(each.tolist())


@pytest.mark.parametrize("size", [40, 200, 900])
def test_very_long_words_are_compared_as_far_as_they_are_looked_at(size: int) -> None:
    units = [firm("a", [Name(text="Arma " + "xy" * (size // 2))]), firm("b", [Name(text="Arma " + "xz" * (size // 2))])]
    columns, each = levels(units)
    np.testing.assert_array_equal(columns, each)


def test_an_alias_never_lowers_what_own_names_say() -> None:
    own = firm("a", [Name(text="Morven Instruments Ltd"), Name(text="Morven Instruments", role=NameRole.ALIAS)])
    spelled = firm("b", [Name(text="Morven Instrumens Ltd"), Name(text="Morven Instruments", role=NameRole.ALIAS)])
    assert firm_names.names_agree(own, spelled) == firm_names.ALIKE


def test_few_pairs_of_many_names_take_the_columns_too() -> None:
    properties = [entity["properties"] for entity, _ in make_records(60, names=30, seed=5)]
    units = [firm(str(n), [Name(text=t) for t in (*p["name"], *p["alias"])]) for n, p in enumerate(properties)]
    prepared = prepare(PartyKind.FIRM, units, freeze(PartyKind.FIRM, units))
    left, right = np.triu_indices(60, 1)
    evidence(prepared, (left[:2].astype(np.int64), right[:2].astype(np.int64)))  # Compiles, and makes the columns.
    started = time.process_time()
    evidence(prepared, (left[:900].astype(np.int64), right[:900].astype(np.int64)))
    assert time.process_time() - started < 5  # One by one they take 25 s.


@pytest.mark.parametrize(
    ("short", "long", "level"),
    [
        ("TLM Inc", "Talbridge Loom Machines Ltd", firm_names.SHORT),
        ("T.L.M.", "Talbridge Loom Machines", firm_names.SHORT),
        ("TL Corp", "Talbridge Looms Corporation", firm_names.SHORT),
        ("TLM Holding", "Talbridge Loom Machines Ltd", firm_names.NOTHING),
        ("TLX Inc", "Talbridge Loom Machines Ltd", firm_names.NOTHING),
        ("T Inc", "Talbridge Ltd", None),
    ],
)
def test_initials_are_a_name_left_short(short: str, long: str, level: float | None) -> None:
    columns, each = levels([firm("a", [Name(text=short)]), firm("b", [Name(text=long)])])
    np.testing.assert_array_equal(columns, each)
    assert level is None or each[1] == each[2] == level
