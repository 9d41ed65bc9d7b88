"""Law 5 where a signal is taken up: what ended leaves nothing behind, and nobody counts as reached who is not."""

from datetime import date

import pytest
from hypothesis import given, settings

from graph.network.network import Network, network_from
from graph.signals.signals import Signals
from graph.signals.updates import PreviousSignals
from ontology.rulebook import default_rulebook
from tests.graph.signals.worlds import worlds
from tests.graph.world import TODAY, World

many_examples = settings(max_examples=150, deadline=None)


def network(world: World, as_of: date = TODAY) -> Network:
    return network_from(world.facts, rulebook=default_rulebook(), as_of=as_of)


def left_by(world: World) -> PreviousSignals:
    """What a run over another world leaves for the next one."""
    signals = Signals(network(world))
    return PreviousSignals(tuple(signals.network.parties.ids), {"association": signals.association, "trust": signals.trust.value})


@many_examples
@given(worlds(), worlds())
def test_a_signal_taken_up_reaches_whom_a_run_in_bulk_reaches(before: World, after: World) -> None:
    updated, bulk = Signals(network(after), previous=left_by(before)), Signals(network(after))
    assert (updated.association > 0).tolist() == (bulk.association > 0).tolist()
    assert (updated.trust.value > 0).tolist() == (bulk.trust.value > 0).tolist()
    assert updated.evidence.reporters.tolist() == bulk.evidence.reporters.tolist()
    assert updated.evidence.value == pytest.approx(bulk.evidence.value, abs=1e-9)
    assert updated.trust_reference == pytest.approx(bulk.trust_reference, abs=1e-9)


@many_examples
@given(worlds(), worlds())
def test_a_signal_taken_up_is_within_its_bound(before: World, after: World) -> None:
    updated, bulk = Signals(network(after), previous=left_by(before)), Signals(network(after))
    for name, left, right in (
        ("association", updated.association, bulk.association),
        ("trust", updated.trust.value, bulk.trust.value),
    ):
        assert abs(left - right).max() <= updated.updates[name].bound + bulk.updates[name].bound + 1e-15
        assert left.min() >= 0.0


def test_a_reporter_that_trust_no_longer_reaches_is_not_counted() -> None:
    """Two circles of trade, each around a trusted firm; one of the two loses its mark."""

    def world(*trusted: str) -> World:
        trade_world = World()
        for seed, partner, last in (("A", "B", "C"), ("S", "T", "U")):
            for party, subject in ((seed, partner), (partner, last), (last, seed)):
                trade_world.link("TRADES_WITH", party, subject, amount=10.0, verified=True, began_on="2026-01-01")
            trade_world.report(last, f"X{seed}", "paid_late")
        for party in trusted:
            trade_world.recognition(party, "aeo_advanced")
        return trade_world

    updated, bulk = Signals(network(world("S")), previous=left_by(world("A", "S"))), Signals(network(world("S")))
    dropped = bulk.network.parties.index["C"]
    assert bulk.trust.value[dropped] == 0.0
    assert updated.trust.value[dropped] == 0.0
    assert updated.evidence.value == pytest.approx(bulk.evidence.value, abs=1e-9)
    assert updated.evidence.mean_trust == pytest.approx(bulk.evidence.mean_trust, abs=1e-12)
