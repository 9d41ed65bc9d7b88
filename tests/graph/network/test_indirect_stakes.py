"""Stakes held through others: part of a chain that is told, or all there is."""

import math
from datetime import date
from typing import Any

import pytest

from graph.explanations.owners import ExplainedOwner, owners
from tests.graph.world import World


def owners_of(world: World, party: str) -> dict[str, ExplainedOwner]:
    return {owner.party.id: owner for owner in owners(world.scoring(), party).owners}


def chain(**indirect: Any) -> World:
    """P holds the whole of B, B 40 % of A; and P's stake in A as somebody tells it of the chain."""
    world = World()
    world.party("P", "person")
    world.link("OWNS", "P", "B", share=1.0)
    world.link("OWNS", "B", "A", share=0.4)
    world.link("OWNS", "P", "A", share=0.4, indirect=True, role="shareholding, indirect, 40 %", **indirect)
    return world


def test_an_indirect_stake_adds_nothing_to_the_chain_it_is_the_sum_of() -> None:
    chain_owners = owners_of(chain(), "A")
    assert (chain_owners["P"].stake, chain_owners["P"].direct) == (pytest.approx(0.4), None)


def test_a_direct_stake_beside_an_indirect_one_is_added_to_the_chain() -> None:
    world = chain()
    world.link("OWNS", "P", "A", share=0.25, began_on="2019-05-01")
    chain_owners = owners_of(world, "A")
    assert (chain_owners["P"].stake, chain_owners["P"].direct) == (pytest.approx(0.65), pytest.approx(0.25))


def test_where_no_chain_is_told_the_disclosed_stake_counts_and_is_not_called_direct() -> None:
    world = World()
    world.party("P", "person")
    world.link("OWNS", "P", "A", share=0.4, indirect=True)
    chain_owners = owners_of(world, "A")
    assert (chain_owners["P"].stake, chain_owners["P"].direct, chain_owners["P"].beneficial) == (pytest.approx(0.4), None, True)


def test_what_the_chain_does_not_carry_of_a_disclosed_stake_counts_beside_it() -> None:
    world = World()
    world.party("P", "person")
    world.link("OWNS", "P", "B", share=0.5)
    world.link("OWNS", "B", "A", share=0.4)
    world.link("OWNS", "P", "A", share=0.6, indirect=True)
    assert owners_of(world, "A")["P"].stake == pytest.approx(0.6)


def test_a_chain_that_says_not_how_much_takes_nothing_away() -> None:
    world = World()
    world.party("P", "person")
    world.link("OWNS", "P", "B")
    world.link("OWNS", "B", "A", share=0.4)
    world.link("OWNS", "P", "A", share=0.6, indirect=True)
    assert owners_of(world, "A")["P"].stake == pytest.approx(0.6)


def test_a_circle_of_owners_is_walked_once() -> None:
    world = chain()
    world.link("OWNS", "A", "B", share=0.1)
    assert owners_of(world, "A")["P"].direct is None


def test_a_chain_that_has_ended_is_none() -> None:
    world = chain()
    world.links[1] = world.links[1].model_copy(update={"ended_on": date(2020, 1, 1)})
    assert owners_of(world, "A")["P"].stake == pytest.approx(0.4)


def test_the_source_keeps_its_own_word_of_a_stake_that_adds_nothing() -> None:
    network = chain().scoring().network
    roles = dict(zip(network.facts.links["role"], network.facts.links["share"], strict=True))
    assert roles["shareholding, indirect, 40 %"] is None


def test_a_sanctioned_owner_through_a_chain_is_counted_once_by_the_fifty_percent_rule() -> None:
    world = chain()
    world.listed("P", "sanctions_us")
    scoring = world.scoring()
    deemed_shares = {scoring.network.parties.ids[node]: sum(holding.share for holding in told)
            for node, told in scoring.signals.deemed["ofac50"].owned.items()}  # fmt: skip
    assert "A" not in deemed_shares
    assert math.isclose(deemed_shares["B"], 1.0)
