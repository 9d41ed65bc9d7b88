from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explanations.owners import Owners, owners
from graph.signals.integrated_stakes import integrate_stakes
from tests.graph.world import World

Stakes = dict[tuple[int, int], float]
COUNT = 6


@st.composite
def held(draw: st.DrawFn) -> Stakes:
    """Stakes among six parties, cycles and holdings in oneself among them; of each at most all is held."""
    told = draw(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.01, 1.0), max_size=14))
    sums = np.zeros(COUNT)
    for (_, owned), share in told.items():
        sums[owned] += share
    return {(owner, owned): share / max(1.0, sums[owned]) for (owner, owned), share in told.items()}


@given(held())
def test_integrated_stakes_are_those_of_baldone_and_ultimate_ones_those_of_chapelle_and_szafarz(stakes: Stakes) -> None:
    found = integrate_stakes(0, COUNT, stakes)
    if found.closed:
        return
    matrix = np.zeros((COUNT, COUNT))
    for (owner, owned), share in stakes.items():
        matrix[owner, owned] = share
    whole = np.linalg.inv(np.eye(COUNT) - matrix)
    baldone = (whole - np.eye(COUNT))[:, 0] / np.diag(whole)
    baldone[0] = 0.0
    assert found.stake == pytest.approx(baldone, abs=1e-9)
    ultimate = ~(matrix * (1 - np.eye(COUNT))).any(axis=0)
    assert found.ultimate.tolist() == ultimate.tolist()
    for owner in np.flatnonzero(ultimate & (np.diag(matrix) == 0)).tolist():
        assert found.stake[owner] == pytest.approx((whole @ matrix)[owner, 0] if owner else 0.0, abs=1e-9)


@given(held())
def test_no_stake_is_above_one_and_ultimate_ones_are_at_most_the_whole(stakes: Stakes) -> None:
    found = integrate_stakes(0, COUNT, stakes)
    assert (found.stake >= 0).all()
    assert (found.stake <= 1 + 1e-9).all()
    assert found.stake[found.ultimate].sum() <= 1 + 1e-9


def test_firms_that_wholly_own_each_other_have_no_ultimate_owner() -> None:
    found = integrate_stakes(0, 3, {(1, 0): 1.0, (2, 1): 1.0, (1, 2): 1.0})
    assert found.closed == (1, 2)
    assert found.stake.tolist() == [0.0, 1.0, 0.0]
    assert not found.ultimate[1:].any()


def told(world: World, name: str) -> Owners:
    return owners(world.scoring(), name)


def stakes_of(found: Owners) -> dict[str, float]:
    return {one.party.id: round(one.stake, 6) for one in found.owners}


def test_a_chain_and_a_cycle_lead_to_the_person_behind() -> None:
    world = World()
    world.party("Wang", "person")
    world.link("OWNS", "Wang", "Holding", share=0.8)
    world.link("OWNS", "Sub", "Holding", share=0.2)
    world.link("OWNS", "Holding", "Sub", share=0.5)
    world.link("OWNS", "Other", "Sub", share=0.5)
    found = told(world, "Sub")
    assert stakes_of(found) == {"Other": 0.555556, "Holding": 0.5, "Wang": 0.444444}
    assert {one.party.id for one in found.owners if one.beneficial} == {"Other", "Wang"}
    assert found.untold == pytest.approx(0.0, abs=1e-12)


def test_sources_that_differ_are_shown_beside_each_other_with_their_rows() -> None:
    world = World()
    world.party("Wang", "person")
    world.party("Li", "person")
    register: dict[str, Any] = {"dataset": "registry", "source_class": "3", "began_on": "2025-01-01"}
    filing: dict[str, Any] = {"dataset": "filing", "source_class": "1", "began_on": "2026-01-01"}
    for share_wang, share_li, source in ((0.6, 0.4, register), (0.2, 0.4, filing)):
        world.link("OWNS", "Wang", "A", share=share_wang, **source)
        world.link("OWNS", "Li", "A", share=share_li, **source)
    found = told(world, "A")
    assert stakes_of(found) == {"Wang": 0.6, "Li": 0.4}
    wang, li = found.owners
    assert (wang.by_source, wang.differs) == ({"filing": pytest.approx(0.2), "registry": pytest.approx(0.6)}, True)
    assert (li.by_source, li.differs) == ({"filing": pytest.approx(0.4), "registry": pytest.approx(0.4)}, False)
    holding = next(one for one in found.holdings if one.owner.id == "Wang")
    assert [(one.dataset, one.share, one.row_id) for one in holding.told] == [("registry", 0.6, "fL#1"), ("filing", 0.2, "fL#3")]
    assert holding.differs


def test_stakes_above_one_are_scaled_here_and_flagged() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.9)
    world.link("OWNS", "Y", "A", share=0.6)
    found = told(world, "A")
    assert (stakes_of(found), found.above_one) == ({"X": 0.6, "Y": 0.4}, True)


def test_who_controls_without_a_stake_is_a_beneficial_owner_too() -> None:
    world = World()
    world.party("Wang", "person")
    world.link("CONTROLS", "Wang", "A")
    world.link("OWNS", "X", "A", share=0.2)
    found = {one.party.id: (one.beneficial, one.controls) for one in told(world, "A").owners}
    assert found == {"X": (False, False), "Wang": (True, True)}


def test_a_stake_that_ended_is_no_owner() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.9, ended_on="2026-01-01")
    assert told(world, "A").owners == ()
