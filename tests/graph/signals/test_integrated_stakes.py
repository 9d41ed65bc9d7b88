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
def stake_matrices(draw: st.DrawFn) -> Stakes:
    """Stakes among six parties, cycles and holdings in oneself among them; of each at most all is held."""
    shares = draw(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.01, 1.0), max_size=14))
    sums = np.zeros(COUNT)
    for (_, owned), share in shares.items():
        sums[owned] += share
    return {(owner, owned): share / max(1.0, sums[owned]) for (owner, owned), share in shares.items()}


@given(stake_matrices())
def test_integrated_stakes_are_those_of_baldone_and_ultimate_ones_those_of_chapelle_and_szafarz(stakes: Stakes) -> None:
    integrated = integrate_stakes(0, COUNT, stakes)
    if integrated.closed:
        return
    matrix = np.zeros((COUNT, COUNT))
    for (owner, owned), share in stakes.items():
        matrix[owner, owned] = share
    whole = np.linalg.inv(np.eye(COUNT) - matrix)
    baldone = (whole - np.eye(COUNT))[:, 0] / np.diag(whole)
    baldone[0] = 0.0
    assert integrated.stake == pytest.approx(baldone, abs=1e-9)
    ultimate = ~(matrix * (1 - np.eye(COUNT))).any(axis=0)
    assert integrated.ultimate.tolist() == ultimate.tolist()
    for owner in np.flatnonzero(ultimate & (np.diag(matrix) == 0)).tolist():
        assert integrated.stake[owner] == pytest.approx((whole @ matrix)[owner, 0] if owner else 0.0, abs=1e-9)


@given(stake_matrices())
def test_no_stake_is_above_one_and_ultimate_ones_are_at_most_the_whole(stakes: Stakes) -> None:
    integrated = integrate_stakes(0, COUNT, stakes)
    assert (integrated.stake >= 0).all()
    assert (integrated.stake <= 1 + 1e-9).all()
    assert integrated.stake[integrated.ultimate].sum() <= 1 + 1e-9


def test_firms_that_wholly_own_each_other_have_no_ultimate_owner() -> None:
    integrated = integrate_stakes(0, 3, {(1, 0): 1.0, (2, 1): 1.0, (1, 2): 1.0})
    assert integrated.closed == (1, 2)
    assert integrated.stake.tolist() == [0.0, 1.0, 0.0]
    assert not integrated.ultimate[1:].any()


def owners_of(world: World, name: str) -> Owners:
    return owners(world.scoring(), name)


def stakes_of(owners_answer: Owners) -> dict[str, float]:
    return {owner.party.id: round(owner.stake, 6) for owner in owners_answer.owners}


def test_a_chain_and_a_cycle_lead_to_the_person_behind() -> None:
    world = World()
    world.party("Wang", "person")
    world.link("OWNS", "Wang", "Holding", share=0.8)
    world.link("OWNS", "Sub", "Holding", share=0.2)
    world.link("OWNS", "Holding", "Sub", share=0.5)
    world.link("OWNS", "Other", "Sub", share=0.5)
    answer = owners_of(world, "Sub")
    assert stakes_of(answer) == {"Other": 0.555556, "Holding": 0.5, "Wang": 0.444444}
    assert {owner.party.id for owner in answer.owners if owner.beneficial} == {"Other", "Wang"}
    assert answer.untold == pytest.approx(0.0, abs=1e-12)


def test_sources_that_differ_are_shown_beside_each_other_with_their_rows() -> None:
    world = World()
    world.party("Wang", "person")
    world.party("Li", "person")
    register: dict[str, Any] = {"dataset": "registry", "source_class": "3", "began_on": "2025-01-01"}
    filing: dict[str, Any] = {"dataset": "filing", "source_class": "1", "began_on": "2026-01-01"}
    for share_wang, share_li, source in ((0.6, 0.4, register), (0.2, 0.4, filing)):
        world.link("OWNS", "Wang", "A", share=share_wang, **source)
        world.link("OWNS", "Li", "A", share=share_li, **source)
    answer = owners_of(world, "A")
    assert stakes_of(answer) == {"Wang": 0.6, "Li": 0.4}
    wang, li = answer.owners
    assert (wang.by_source, wang.differs) == ({"filing": pytest.approx(0.2), "registry": pytest.approx(0.6)}, True)
    assert (li.by_source, li.differs) == ({"filing": pytest.approx(0.4), "registry": pytest.approx(0.4)}, False)
    holding = next(shareholding for shareholding in answer.holdings if shareholding.owner.id == "Wang")
    assert [(claim.dataset, claim.share, claim.row_id) for claim in holding.told] == [
        ("registry", 0.6, "fL#1"),
        ("filing", 0.2, "fL#3"),
    ]
    assert holding.differs


def test_stakes_above_one_are_scaled_here_and_flagged() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.9)
    world.link("OWNS", "Y", "A", share=0.6)
    answer = owners_of(world, "A")
    assert (stakes_of(answer), answer.above_one) == ({"X": 0.6, "Y": 0.4}, True)


def test_who_controls_without_a_stake_is_a_beneficial_owner_too() -> None:
    world = World()
    world.party("Wang", "person")
    world.link("CONTROLS", "Wang", "A")
    world.link("OWNS", "X", "A", share=0.2)
    control_by_party = {owner.party.id: (owner.beneficial, owner.controls) for owner in owners_of(world, "A").owners}
    assert control_by_party == {"X": (False, False), "Wang": (True, True)}


def test_a_stake_that_ended_is_no_owner() -> None:
    world = World()
    world.link("OWNS", "X", "A", share=0.9, ended_on="2026-01-01")
    assert owners_of(world, "A").owners == ()
