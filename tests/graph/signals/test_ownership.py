from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.signals.ownership import DeemedOwnership, deem_owned, extend_ownership
from ontology.rulebook import default_rulebook
from tests.graph.world import World

RULES = {
    "us_blocked": ("ofac50", "sanctions_us"),
    "eu_owned": ("eu50", "sanctions_eu"),
    "uk_owned_single": ("uk50", "sanctions_uk"),
}


def judged(vector: dict[str, Any], profile: str, list_type: str) -> tuple[DeemedOwnership, list[str]]:
    world = World()
    for owner, owned, share in vector["owns"]:
        world.link("OWNS", owner, owned, share=share)
    for controller, controlled in vector.get("controls", ()):
        world.link("CONTROLS", controller, controlled)
    for party in vector["listed"]:
        world.listed(party, list_type, case_no=party)
    network = world.scoring().network
    return deem_owned(network, profile), network.parties.ids


@pytest.mark.shared
def test_the_vectors_of_the_fifty_percent_rules(shared_data: Path) -> None:
    vectors = yaml.safe_load((shared_data / "rules/test_vectors.yaml").read_text("utf-8"))["ownership_50"]
    for vector in vectors:
        for key, (profile, list_type) in RULES.items():
            if key in vector:
                deemed_ids, ids = judged(vector, profile, list_type)
                assert sorted(ids[party] for party in deemed_ids.owned) == sorted(vector[key]), (vector["name"], key)
        for key, profile in (("us_flag", "ofac50"), ("eu_review", "eu50")):
            if key in vector:
                deemed_ids, ids = judged(vector, profile, RULES["us_blocked" if profile == "ofac50" else "eu_owned"][1])
                assert [ids[party] for party in deemed_ids.control] == vector[key], (vector["name"], key)


stakes = st.dictionaries(st.integers(0, 6), st.lists(st.tuples(st.integers(0, 6), st.floats(0, 1)), max_size=4), max_size=7)


@given(stakes, st.sets(st.integers(0, 6), max_size=3), st.integers(0, 6))
def test_one_more_listed_owner_never_frees_anybody(
    stakes: dict[int, list[tuple[int, float]]], listed: set[int], extra: int
) -> None:
    profile = default_rulebook().profiles["ofac50"]
    before, after = extend_ownership(listed, stakes, profile), extend_ownership(listed | {extra}, stakes, profile)
    assert before.keys() <= after.keys() | {extra}
    for holdings in after.values():
        assert sum(holding.share for holding in holdings) >= 0.5 - 1e-9
        assert {holding.owner for holding in holdings} <= after.keys() | listed | {extra}


def test_deemed_ownership_is_a_state_for_review_and_neither_a_listing_nor_a_ceiling() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.6)
    world.listed("X", "sanctions_us")
    scoring = world.scoring()
    scored = scoring.score(scoring.network.parties.index["A"])
    assert (scored.state, scored.standing.value, scored.value) == ("ownership_review", "by_association", None)
    assert scoring.listings(scored.party) == ()
