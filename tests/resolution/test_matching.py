"""Whole matches of a few records, and what must hold for any."""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.record import Name, Record
from resolution.judgements import slices
from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.matching import match
from tests.resolution import truthset
from tests.resolution.parties import USCC_A, USCC_B, firm, person

SMALL = [
    firm(
        "reg:1",
        "上海华为技术有限公司",
        "上海老字号技术有限公司",
        uscc=USCC_A,
        phone="021-55512345",
        street="上海市浦东新区世纪大道1号",
    ),
    firm("tax:1", "上海華為技術有限公司", uscc=USCC_A),
    firm("inv:1", "上海华为技术有限公司"),
    firm("inv:2", "北京华为技术有限公司"),
    firm("dir:1", "Shanghai Huawei Technology Co., Ltd.", phone="+86 21 5551 2345"),
    firm("reg:2", "上海华为技术有限公司苏州分公司"),
    firm("reg:3", "上海轩琮建材有限公司", uscc=USCC_B),
    firm("old:1", "上海老字号技术有限公司"),
    person("reg:p1", "王伟", attributes={"of_firm": USCC_A}),
    person("court:p1", "王伟", attributes={"of_firm": USCC_A}, born_on="1980-02-01"),
    person("court:p2", "王伟", born_on="1971-05-06"),
    person("court:p3", "王伟"),
    person("court:p4", "王伟"),
]


def parts(records: list[Record], verdicts: Verdicts | None = None, **more: object) -> list[list[str]]:
    return match(records, verdicts or Verdicts(), **more).parts  # type: ignore[arg-type]


def pairs_of(found: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for part in found for pair in combinations(sorted(part), 2)}


def test_a_small_world_is_resolved_as_a_careful_reader_would(golden: Callable[[str], None]) -> None:
    found = match(SMALL, Verdicts())
    told = {"parts": found.parts, "possible": [[p.left_id, p.right_id, round(p.bits, 3), p.reason] for p in found.possible_pairs]}
    golden(json.dumps(told, ensure_ascii=False, indent=1))


def test_a_person_is_found_through_the_firm_that_two_sources_link_it_with() -> None:
    records = [
        firm("a", "上海轩琮建材有限公司", uscc=USCC_A),
        firm("b", "上海轩琮建材有限公司"),
        person("p", "欧阳娜娜"),
        person("q", "欧阳娜娜"),
    ]
    assert ["p", "q"] not in parts(records)
    assert ["p", "q"] in parts(records, firms_of={"p": ["a"], "q": ["b"]})
    assert ["p", "q"] not in parts(records, firms_of={"p": ["a"]})


def test_two_firms_that_a_source_ties_are_two_unless_they_share_a_number() -> None:
    records = [firm("a", "Thornfield Ltd", phone="0117 5550101"), firm("b", "Thornfield Ltd", phone="0117 5550101")]
    assert ["a", "b"] in parts(records)
    assert ["a", "b"] not in parts(records, firms_of={"a": ["b"]})
    assert ["a", "b"] not in parts(records, firms_of={"b": ["a"]})
    assert ["a", "b"] in parts(records, firms_of={"a": ["c"]})
    numbered = [firm(id_, "上海轩琮建材有限公司", uscc=USCC_A) for id_ in "ab"]
    assert ["a", "b"] in parts(numbered, firms_of={"a": ["b"]})


def test_no_third_record_holds_members_of_one_group_together() -> None:
    line = {"phone": "0421 5550123"}
    names = ("Birkental GmbH", "Birkental Handel GmbH", "Birkental Bau GmbH", "Birkental Holding GmbH")
    members = [firm(f"g{n}", name, **line) for n, name in enumerate(names)]
    found = parts([*members, firm("short", "Birkental", **line)])
    assert max(len({id_ for id_ in part if id_ != "short"}) for part in found) == 1


def test_equal_records_of_a_name_only_stay_as_many_as_they_are() -> None:
    records = [person(f"court:{n}", "欧阳娜娜") for n in range(60)]
    assert len(parts(records)) == 60


def test_equal_records_with_one_code_are_one_party_at_once() -> None:
    records = [firm(f"inv:{n}", "上海轩琮建材有限公司", uscc=USCC_A) for n in range(60)]
    assert len(parts(records)) == 1


def test_many_differing_records_with_one_code_are_one_party() -> None:
    records = [firm(f"inv:{n}", f"上海轩琮建材{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}有限公司", uscc=USCC_A) for n in range(200)]
    assert len(parts(records)) == 1


def test_a_code_under_which_many_brands_run_joins_none_of_them() -> None:
    records = [firm(f"inv:{n}", f"上海{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}建材有限公司", uscc=USCC_A) for n in range(40)]
    assert len(parts(records)) == 40


def test_a_person_who_says_different_is_never_crossed() -> None:
    verdicts = Verdicts(different=frozenset({("reg:1", "tax:1")}))
    assert not [part for part in parts(SMALL, verdicts) if {"reg:1", "tax:1"} <= set(part)]


def test_a_person_who_says_the_same_joins_what_no_weight_would() -> None:
    verdicts = Verdicts(same=frozenset({("inv:2", "reg:3")}))
    assert [part for part in parts(SMALL, verdicts) if {"inv:2", "reg:3"} <= set(part)]


def test_no_record_is_a_party_of_nothing_and_of_nobody() -> None:
    assert parts([]) == []
    assert parts([person("x")]) == [["x"]]


NAMES = ["王伟", "Wang Wei", "Bob Smith", "Robert Smith", "R Smith", "李娜", "Sarah Tompson", "Zara Thompson"]
FIRMS = [
    "上海华为技术有限公司",
    "华为技术有限公司",
    "北京华为技术有限公司",
    "上海华为技术有限公司苏州分公司",
    "Shanghai Huawei Technology Ltd",
]
CODES = [None, None, USCC_A, USCC_B]
PHONES = [None, "702-919-1300", "+1 702 919 1300", "021-55512345"]
SOME = st.lists(
    st.one_of(
        st.builds(
            lambda name, phone, day: ("person", name, phone, day),
            st.sampled_from(NAMES),
            st.sampled_from(PHONES),
            st.sampled_from([None, "1980-01-02", "1980-02-01", "1955"]),
        ),
        st.builds(
            lambda name, phone, code: ("firm", name, phone, code),
            st.sampled_from(FIRMS),
            st.sampled_from(PHONES),
            st.sampled_from(CODES),
        ),
    ),
    min_size=2,
    max_size=9,
)


def built(told: list[tuple[str, str, str | None, str | None]]) -> list[Record]:
    return [
        person(f"r{n}", name, phone=phone, born_on=last) if kind == "person" else firm(f"r{n}", name, phone=phone, uscc=last)
        for n, (kind, name, phone, last) in enumerate(told)
    ]


@settings(deadline=None, max_examples=20)
@given(SOME, st.randoms())
def test_neither_the_order_of_records_nor_a_second_run_changes_the_parties(told: list, dice: object) -> None:  # type: ignore[type-arg]
    records = built(told)
    turned = list(records)
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert parts(turned) == parts(records)


@settings(deadline=None, max_examples=20)
@given(SOME)
def test_two_codes_two_kinds_or_a_branch_and_its_head_are_never_one_party(told: list) -> None:  # type: ignore[type-arg]
    by_id = {record.id: record for record in built(told)}
    for part in parts(list(by_id.values())):
        held = [by_id[one] for one in part]
        assert len({record.kind for record in held}) == 1
        assert len({code.value for record in held for code in record.identifiers}) <= 1
        assert len({"分公司" in record.name for record in held if record.names != (Name(text=FIRMS[4]),)}) <= 1


@settings(deadline=None, max_examples=15)
@given(SOME, st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=3))
def test_no_verdict_of_a_person_is_crossed_whatever_the_records_say(told: list, apart: set[tuple[int, int]]) -> None:  # type: ignore[type-arg]
    records = built(told)
    ids = {record.id for record in records}
    different = frozenset((f"r{min(p)}", f"r{max(p)}") for p in apart if p[0] != p[1] and {f"r{p[0]}", f"r{p[1]}"} <= ids)
    assert not pairs_of(parts(records, Verdicts(different=different))) & different


@pytest.mark.shared
def test_the_truth_set_is_found_but_for_one_pair_in_a_script_not_read(shared_data: Path) -> None:
    folder = shared_data / "resolution" / "truthset"
    clusters: dict[str, list[str]] = {}
    for record, cluster in truthset.truth(folder).items():
        clusters.setdefault(cluster, []).append(record)
    right, found = pairs_of(list(clusters.values())), pairs_of(parts(truthset.records(folder)))
    assert found - right == set()
    assert right - found <= {("CUSTOMERS:2031", "CUSTOMERS:2032")}


@pytest.mark.parametrize("slice_pairs", [1, 3])
def test_weighing_a_few_pairs_at_a_time_finds_the_same(slice_pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = Verdicts(
        same=frozenset({pair_of(SMALL[0].id, SMALL[-1].id)}), different=frozenset({pair_of(SMALL[0].id, SMALL[1].id)})
    )
    whole = [match(SMALL, Verdicts()), match(SMALL, verdicts)]
    monkeypatch.setattr(slices, "SLICE_PAIRS", slice_pairs)
    assert [match(SMALL, Verdicts()), match(SMALL, verdicts)] == whole
