"""A person's word on a case of circular trade, kept and taken back, on both engines."""

from datetime import UTC, datetime

import pytest

from api.context.request_context import RequestContext
from api.parties.rings import ring_cases, rule_on_ring
from graph.pipeline import propagate
from ontology.errors import CaseUnknown, WrongCall
from ontology.ring import RingVerdict
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.graph.signals.test_rings import praised
from tests.graph.world import TODAY

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def spread(store: Store) -> RequestContext:
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    return RequestContext(store, default_rulebook(), TODAY, "en")


def signals(store: Store) -> dict[tuple[str, str], float]:
    return {(row["entity_id"], row["name"]): row["value"] for row in store.read("signals/all")}


def test_a_word_on_a_case_is_kept_applied_and_taken_back(store: Store) -> None:
    praised().keep(store)
    context, before = spread(store), signals(store)
    case = ring_cases(context).rings[0]
    assert (case.shape, case.verdict, [party.id for party in case.parties]) == ("mutual", None, ["A", "B", "C"])
    assert case.conjured_gain > 1.5
    assert any("told 3 of the 4 good reports" in told for told in case.speaks_for)
    assert any("no address" in told for told in case.speaks_against)

    rule_on_ring(context, case.id, RingVerdict.CONFIRMED, by="王芳", reason="seen in the papers", now=NOW)
    context = spread(store)
    assert signals(store)["A", "trust"] < before["A", "trust"]
    assert ("B", "evidence") not in signals(store)
    shown = ring_cases(context).rings[0]
    assert (shown.verdict, shown.by, shown.reason, shown.decided_at) == (RingVerdict.CONFIRMED, "王芳", "seen in the papers", NOW)

    rule_on_ring(context, case.id, RingVerdict.DISMISSED, by="李娜", reason="one buying group", now=NOW)
    context = spread(store)
    assert ring_cases(context).rings == ()
    assert [one.verdict for one in ring_cases(context, dismissed=True).rings] == [RingVerdict.DISMISSED]
    assert ("A", "ring") not in signals(store)

    rule_on_ring(context, case.id, RingVerdict.REOPENED, by="李娜", reason="too early", now=NOW)
    context = spread(store)
    assert signals(store) == before
    assert ring_cases(context).rings == (case,)
    assert len({row["id"] for row in store.read("network/rulings")}) == 3


def test_a_case_nobody_has_heard_of_and_one_nobody_ruled_on_are_refused(sqlite_store: Store) -> None:
    praised().keep(sqlite_store)
    context = spread(sqlite_store)
    with pytest.raises(CaseUnknown):
        rule_on_ring(context, "R-nothing", RingVerdict.CONFIRMED, by="王芳", reason="a guess", now=NOW)
    with pytest.raises(WrongCall):
        rule_on_ring(context, ring_cases(context).rings[0].id, RingVerdict.REOPENED, by="王芳", reason="a guess", now=NOW)


def test_a_word_moves_with_a_merge_of_its_members(sqlite_store: Store) -> None:
    """Members A and B turn out to be two of four: the case of the three parties they are now is the one ruled on."""
    world = praised()
    world.party("D")
    world.link("SUPPLIES", "C", "D", amount=90.0, began_on="2026-02-01", fact_key="cd")
    world.link("SUPPLIES", "D", "C", amount=90.0, began_on="2026-02-01", fact_key="dc")
    world.link("SUPPLIES", "A", "D", amount=90.0, began_on="2026-02-01", fact_key="ad")
    world.link("SUPPLIES", "D", "A", amount=90.0, began_on="2026-02-01", fact_key="da")
    world.keep(sqlite_store)
    context = spread(sqlite_store)
    case = ring_cases(context).rings[0]
    assert len(case.parties) == 4
    rule_on_ring(context, case.id, RingVerdict.DISMISSED, by="李娜", reason="one buying group", now=NOW)
    sqlite_store.write("entities/put_members", rows=[{"record_id": "D", "entity_id": "B"}])
    context = spread(sqlite_store)
    assert ring_cases(context).rings == ()
    assert [len(one.parties) for one in ring_cases(context, dismissed=True).rings] == [3]
