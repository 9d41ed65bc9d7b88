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

many = settings(max_examples=150, deadline=None)


def network(world: World, as_of: date = TODAY) -> Network:
    return network_from(world.facts, rulebook=default_rulebook(), as_of=as_of)


def left_by(world: World) -> PreviousSignals:
    """What a run over another world leaves for the next one."""
    signals = Signals(network(world))
    return PreviousSignals(tuple(signals.network.parties.ids), {"association": signals.association, "trust": signals.trust.value})


@many
@given(worlds(), worlds())
def test_a_signal_taken_up_reaches_whom_a_run_in_bulk_reaches(before: World, after: World) -> None:
    taken, bulk = Signals(network(after), previous=left_by(before)), Signals(network(after))
    assert (taken.association > 0).tolist() == (bulk.association > 0).tolist()
    assert (taken.trust.value > 0).tolist() == (bulk.trust.value > 0).tolist()
    assert taken.evidence.reporters.tolist() == bulk.evidence.reporters.tolist()
    assert taken.evidence.value == pytest.approx(bulk.evidence.value, abs=1e-9)
    assert taken.trust_reference == pytest.approx(bulk.trust_reference, abs=1e-9)


@many
@given(worlds(), worlds())
def test_a_signal_taken_up_is_within_its_bound(before: World, after: World) -> None:
    taken, bulk = Signals(network(after), previous=left_by(before)), Signals(network(after))
    for name, one, other in (
        ("association", taken.association, bulk.association),
        ("trust", taken.trust.value, bulk.trust.value),
    ):
        assert abs(one - other).max() <= taken.updates[name].bound + bulk.updates[name].bound + 1e-15
        assert one.min() >= 0.0


def test_a_reporter_that_trust_no_longer_reaches_is_not_counted() -> None:
    """Two circles of trade, each around a trusted firm; one of the two loses its mark."""

    def world(*trusted: str) -> World:
        told = World()
        for seed, partner, last in (("A", "B", "C"), ("S", "T", "U")):
            for one, other in ((seed, partner), (partner, last), (last, seed)):
                told.link("TRADES_WITH", one, other, amount=10.0, verified=True, began_on="2026-01-01")
            told.told(last, f"X{seed}", "paid_late")
        for one in trusted:
            told.mark(one, "aeo_advanced")
        return told

    taken, bulk = Signals(network(world("S")), previous=left_by(world("A", "S"))), Signals(network(world("S")))
    gone = bulk.network.parties.index["C"]
    assert bulk.trust.value[gone] == 0.0
    assert taken.trust.value[gone] == 0.0
    assert taken.evidence.value == pytest.approx(bulk.evidence.value, abs=1e-9)
    assert taken.evidence.mean_trust == pytest.approx(bulk.evidence.mean_trust, abs=1e-12)
