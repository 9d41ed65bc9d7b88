"""Every story is told with its innocent twin, by facts that the rulebook's signals can reach."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from samples import Sample, write_sample
from tests.samples.conftest import rows

STORIES = {
    "defaulters_subsidiary", "phoenix", "counterfeit_supply", "guarantor_chain", "conjuring_ring", "agency_unpaid", "namesake",
    "repaired", "registered_agent",
}  # fmt: skip
EXPECTED = {"listed", "by_association", "look", "evidence", "nothing"}


def cast(sample: Sample, story: str, role: str) -> list[dict[str, str]]:
    return [row for row in rows(sample.truth_stories) if (row["story"], row["role"]) == (story, role)]


def source(sample: Sample, name: str) -> Path:
    return sample.folder / name


def code(row: dict[str, str]) -> str:
    return row["record_id"].partition(":")[2]


@pytest.mark.parametrize("story", sorted(STORIES))
def test_every_story_has_somebody_risky_and_an_innocent_twin(seeded: Sample, story: str) -> None:
    assert cast(seeded, story, "risky")
    twins = cast(seeded, story, "innocent_twin")
    assert twins
    assert {row["expect"] for row in twins} == {"nothing"}


def test_expectations_come_from_the_agreed_words(seeded: Sample) -> None:
    assert {row["expect"] for row in rows(seeded.truth_stories)} <= EXPECTED


def test_nobody_is_both_risky_and_innocent(seeded: Sample) -> None:
    roles = defaultdict(set)
    for row in rows(seeded.truth_stories):
        roles[row["cluster"]].add(row["role"])
    assert not [cluster for cluster, told in roles.items() if {"risky", "innocent_twin"} <= told]


def test_every_story_record_is_a_record_of_the_truth(seeded: Sample) -> None:
    known = {row["record_id"]: row["cluster"] for row in rows(seeded.truth_records)}
    for row in rows(seeded.truth_stories):
        assert known[row["record_id"]] == row["cluster"]


def test_the_defaulter_owns_most_of_its_subsidiary_and_next_to_nothing_of_the_twin(seeded: Sample) -> None:
    register = {row["统一社会信用代码"]: row for row in rows(source(seeded, "business_registry.csv"), "gb18030")}
    parent = cast(seeded, "defaulters_subsidiary", "supporting")[0]
    child = register[code(cast(seeded, "defaulters_subsidiary", "risky")[0])]
    trifle = register[code(cast(seeded, "defaulters_subsidiary", "innocent_twin")[0])]
    assert share(child, parent["name"]) >= 0.6
    assert 0 < share(trifle, parent["name"]) <= 0.03


def share(row: dict[str, str], owner: str) -> float:
    stakes = dict(part.split(":") for part in row["股东"].split("；"))
    return float(stakes[owner].rstrip("%")) / 100


def test_the_phoenix_sits_where_the_struck_off_firm_sat(seeded: Sample) -> None:
    register = {row["统一社会信用代码"]: row for row in rows(source(seeded, "business_registry.csv"), "gb18030")}
    old = [register[code(row)] for row in cast(seeded, "phoenix", "supporting")]
    new = [register[code(row)] for row in cast(seeded, "phoenix", "risky")]
    for before, after in zip(old, new, strict=True):
        assert before["登记状态"] == "吊销"
        assert (before["住所"], before["法定代表人"]) == (after["住所"], after["法定代表人"])
    assert [row["前身名称"] for row in new] == [old[0]["企业名称"], ""]


def test_the_stakes_of_the_untold_phoenix_are_filed_for_the_same_persons(seeded: Sample) -> None:
    old, new = cast(seeded, "phoenix", "supporting")[1], cast(seeded, "phoenix", "risky")[1]
    owners = defaultdict(set)
    for told in json.loads(source(seeded, "beneficial_owners.json").read_text("utf-8")):
        if told["recordType"] == "relationship":
            owners[told["recordDetails"]["subject"]].add(told["recordDetails"]["interestedParty"])
    assert owners[old["cluster"]] == owners[new["cluster"]] != set()


def test_the_chain_of_counterfeits_carries_most_of_the_volume_and_the_twin_one_hundredth(seeded: Sample) -> None:
    flow: Counter[tuple[str, str]] = Counter()
    volume: Counter[str] = Counter()
    for row in {row["发票号码"]: row for row in rows(source(seeded, "invoices.csv"))}.values():
        if row["发票状态"] != "作废":
            amount, pair = float(row["价税合计"]), (row["销售方税号"], row["购买方税号"])
            flow[pair] += amount  # type: ignore[assignment]
            for party in pair:
                volume[party] += amount  # type: ignore[assignment]
    maker = code(cast(seeded, "counterfeit_supply", "supporting")[0])
    dealer, supplier = (code(row) for row in cast(seeded, "counterfeit_supply", "risky"))
    slight = code(cast(seeded, "counterfeit_supply", "innocent_twin")[0])
    assert flow[maker, dealer] > 0.35 * volume[dealer]
    assert flow[dealer, supplier] > 0.6 * volume[supplier]
    assert 0 < flow[maker, slight] < 0.02 * volume[slight]


def test_the_guarantee_of_the_twin_was_released(seeded: Sample) -> None:
    twin = code(cast(seeded, "guarantor_chain", "innocent_twin")[0])
    given = [row for row in rows(source(seeded, "bank_guarantees.csv")) if row["保证人信用代码"] == twin]
    assert len(given) == 1
    assert given[0]["解除日"]


def test_ring_members_trade_both_ways_with_each_other(seeded: Sample) -> None:
    members = {code(row) for row in cast(seeded, "conjuring_ring", "risky")}
    assert 6 <= len(members) <= 9
    pairs = {(row["销售方税号"], row["购买方税号"]) for row in rows(source(seeded, "invoices.csv"))}
    inner = {pair for pair in pairs if set(pair) <= members}
    assert len({pair for pair in inner if pair[::-1] in inner}) >= 2 * len(members)


def test_the_slow_agency_is_listed_in_every_third_seed_only(seeded: Sample) -> None:
    slow = cast(seeded, "agency_unpaid", "risky")[0]
    listed = {row["机关名称"] for row in rows(source(seeded, "government_breach.csv"))}
    assert (slow["expect"] == "listed") == (slow["name"] in listed)


def test_the_slow_agency_left_most_contracts_unpaid_and_the_twin_paid_all(seeded: Sample) -> None:
    slow = cast(seeded, "agency_unpaid", "risky")[0]["name"]
    fair = cast(seeded, "agency_unpaid", "innocent_twin")[0]["name"]
    contracts = rows(source(seeded, "government_contracts.csv"))
    unpaid = Counter(row["采购人"] for row in contracts if not row["支付日期"])
    assert unpaid[slow] >= 7
    assert unpaid[fair] == 0
    assert [row["采购人"] for row in contracts if row["争议"] == "是"] == [fair]


def test_the_namesake_bears_the_name_and_not_the_id_of_the_defaulter(seeded: Sample) -> None:
    defaulter = cast(seeded, "namesake", "supporting")[0]
    listed = [json.loads(line) for line in source(seeded, "court_defaulters.jsonl").read_text("utf-8").splitlines()]
    number = next(row["cardNum"] for row in listed if row["iname"] == defaulter["name"] and "*" not in row["cardNum"])
    filed = json.loads(source(seeded, "beneficial_owners.json").read_text("utf-8"))
    people = [row["recordDetails"] for row in filed if row["recordType"] == "person"]
    ids = {person["identifiers"][0]["id"] for person in people if person["names"][0]["fullName"] == defaulter["name"]}
    assert number in ids
    assert len(ids) == 2


def test_the_repaired_firm_was_removed_and_its_twin_was_not(seeded: Sample) -> None:
    repaired = code(cast(seeded, "repaired", "innocent_twin")[0])
    assert repaired in {row["统一社会信用代码"] for row in rows(source(seeded, "credit_repair.csv"))}


def test_at_least_120_firms_share_the_agents_address(sample: Sample, tmp_path: Path) -> None:
    def sharers(given: Sample) -> int:
        register = rows(source(given, "business_registry.csv"), "gb18030")
        return Counter(address for address, _ in {(row["住所"], row["企业名称"]) for row in register}).most_common(1)[0][1]

    assert sharers(sample) == 120
    assert sharers(write_sample(tmp_path, seed=1, firms=1000)) == 300
