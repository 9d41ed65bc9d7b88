from datetime import date
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.scores.scoring import Scoring
from graph.signals.trades import Trades
from ontology.rulebook_parts import Rings
from tests.graph.world import World


def circle(world: World, *members: str, both_ways: bool = False) -> None:
    for number, (giver, taker) in enumerate(zip(members, (*members[1:], members[0]), strict=True)):
        for seller, buyer in ((giver, taker), (taker, giver)) if both_ways else ((giver, taker),):
            world.link("SUPPLIES", seller, buyer, amount=100.0 + number, began_on="2026-02-01", fact_key=f"{seller}{buyer}")


def members(world: World) -> list[tuple[str, ...]]:
    scoring = world.scoring()
    return [tuple(scoring.network.parties.ids[node] for node in ring.members) for ring in scoring.signals.rings]


def test_a_mutual_ring_and_a_one_way_circle_are_cases() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both_ways=True)
    circle(world, "E", "F", "G")
    assert sorted(members(world)) == [("A", "B", "C", "D"), ("E", "F", "G")]


def test_a_group_under_open_ownership_is_none() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both_ways=True)
    for child in ("B", "C", "D"):
        world.link("OWNS", "A", child, share=1.0)
    assert members(world) == []


def test_firms_that_mostly_trade_with_others_are_none() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both_ways=True)
    for firm in ("A", "B", "C", "D"):
        for customer in range(4):
            world.link("SUPPLIES", firm, f"Z{firm}{customer}", amount=5000.0, began_on="2026-02-01", fact_key=f"{firm}{customer}")
    assert members(world) == []


def test_a_case_is_no_listing_bears_no_points_and_tells_what_it_conjured() -> None:
    world = World()
    circle(world, "A", "B", "C", both_ways=True)
    world.recognition("Z", "tax_a")
    world.report("Z", "A", "paid_on_time", fact_key="z")
    for giver, taker in (("A", "B"), ("B", "C"), ("C", "A")):
        world.report(giver, taker, "paid_on_time", fact_key=giver + taker)
    scoring = world.scoring()
    ring = scoring.signals.rings[0]
    assert scoring.signals.gain(ring) > 1.5
    assert not any(scoring.listings(member) for member in ring.members)
    assert not any(points.any() for points in scoring.review_reasons.points.values())


def ruled(world: World, verdict: str, *parties: str, shape: str = "mutual") -> None:
    number = len({row["id"] for row in world.rulings}) + 1
    ruling = {"by": "王芳", "reason": "seen in the papers", "decided_at": "2026-06-01T09:00:00+00:00", "shape": shape}
    case = {"id": f"RR-{number:06}", "case_id": "R-" + "".join(parties), "verdict": verdict}
    world.rulings += [{**case, **ruling, "entity_id": party} for party in parties]


def praised() -> World:
    """A ring whose members praise each other, and a vetted party outside that praises one of them."""
    world = World()
    circle(world, "A", "B", "C", both_ways=True)
    world.recognition("Z", "tax_a")
    world.report("Z", "A", "paid_on_time", fact_key="z")
    for giver, taker in (("A", "B"), ("B", "C"), ("C", "A")):
        world.report(giver, taker, "paid_on_time", fact_key=giver + taker)
    return world


def test_a_confirmed_ring_earns_no_trust_and_no_evidence_from_itself() -> None:
    world, outside = praised(), World()
    ruled(world, "confirmed", "A", "B", "C")
    outside.recognition("Z", "tax_a")
    outside.report("Z", "A", "paid_on_time", fact_key="z")
    for name in ("B", "C"):
        outside.party(name)
    scoring, alone = world.scoring(), outside.scoring()
    for name in ("A", "B", "C"):
        place, alone_place = scoring.network.parties.index[name], alone.network.parties.index[name]
        assert scoring.signals.trust.value[place] == pytest.approx(alone.signals.trust.value[alone_place])
        assert scoring.signals.evidence.value[place] == pytest.approx(alone.signals.evidence.value[alone_place])
    assert scoring.signals.rings[0].confirmed
    assert scoring.signals.gain(scoring.signals.rings[0]) > 1.5


def test_a_dismissed_case_is_none_any_more_and_changes_nothing_else() -> None:
    world = praised()
    before = world.scoring()
    ruled(world, "dismissed", "A", "B", "C")
    after = world.scoring()
    assert before.signals.ring_of.keys() == {before.network.parties.index[name] for name in "ABC"}
    assert after.signals.ring_of == {}
    assert after.signals.trust.value == pytest.approx(before.signals.trust.value)
    assert after.review_reasons.by_node == {}


def test_reopening_takes_the_last_word_back() -> None:
    world = praised()
    before = world.scoring()
    ruled(world, "confirmed", "A", "B", "C")
    ruled(world, "reopened", "A", "B", "C")
    after = world.scoring()
    assert after.signals.trust.value == pytest.approx(before.signals.trust.value)
    assert [ring.ruling for ring in after.signals.rings] == [None]


def test_a_confirmed_ring_stays_one_when_its_trade_is_out_of_the_window() -> None:
    world = praised()
    ruled(world, "confirmed", "A", "B", "C")
    scoring = world.scoring(date(2029, 6, 30))
    assert [ring.confirmed for ring in scoring.signals.rings] == [True]
    assert scoring.signals.rings[0].inner_share == 0


def test_dealings_inside_a_confirmed_ring_bear_no_points() -> None:
    world = praised()
    for number in range(4):
        for giver, taker in (("A", "B"), ("C", "B")):
            world.report(giver, taker, "delivered", "2026-06-01", dealing="contract", fact_key=f"c{giver}{number}")
    open_case = world.scoring()
    ruled(world, "confirmed", "A", "B", "C")
    confirmed = world.scoring()

    def rules(scoring: Scoring) -> set[str]:
        return {line.rule_id for line in scoring.positives.lines(scoring.network.parties.index["B"])}

    assert "contract_performance" in rules(open_case)
    assert "contract_performance" not in rules(confirmed)


def test_orders_inside_a_possible_ring_do_not_count_before_anybody_has_ruled() -> None:
    world = praised()
    for number in range(120):
        world.report("A", "B", "delivered", "2026-06-01", dealing="order", fact_key=f"o{number}")
    scoring = world.scoring()
    b = scoring.network.parties.index["B"]
    assert scoring.positives.dealings.get(b) is None or scoring.positives.dealings[b].orders == 0
    ruled(world, "dismissed", "A", "B", "C")
    cleared = world.scoring()
    assert cleared.positives.dealings[cleared.network.parties.index["B"]].orders == 120


trade = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([1.0, 5.0, 5.5, 40.0])), max_size=24)


@given(trade)
@settings(max_examples=40, deadline=None)
def test_both_detectors_find_what_trying_everything_finds(sales: list[tuple[int, int, float]]) -> None:
    world = World()
    for number, (seller, buyer, amount) in enumerate(sales):
        world.link("SUPPLIES", f"F{seller}", f"F{buyer}", amount=amount, began_on="2026-02-01", fact_key=f"s{number}")
    world.party("F0")
    scoring = world.scoring()
    circulation, rule = scoring.signals.circulation, scoring.network.rulebook.rings
    assert circulation.circles.node == pytest.approx(_every_circle(circulation.trades, rule))
    assert circulation.mutual.core == pytest.approx(_every_core(circulation.trades, rule))


def _every_circle(trades: Trades, rule: Rings) -> NDArray[np.float64]:
    best = np.zeros(len(trades.volume))
    sales = {(int(s), int(b)): float(a) for s, b, a in zip(trades.seller, trades.buyer, trades.amount, strict=True)}
    for length in range(3, rule.cycle_max + 1):
        for nodes in permutations(sorted({node for pair in sales for node in pair}), length):
            hops = list(zip(nodes, (*nodes[1:], nodes[0]), strict=True))
            if nodes[0] != min(nodes) or not all(hop in sales for hop in hops):
                continue
            amounts = [sales[hop] for hop in hops]
            parts = [sales[s, b] / max(trades.sold[s], trades.bought[b]) for s, b in hops]
            like = min(amounts) / max(amounts)
            if like >= rule.like_min and min(parts) >= rule.part_min:
                members = list(nodes)
                best[members] = np.maximum(best[members], min(1.0, rule.circle_weight * min(parts) * like**2))
    return best


def _every_core(trades: Trades, rule: Rings) -> NDArray[np.float64]:
    """The best of all subsets: the definition itself."""
    count = len(trades.volume)
    between = np.zeros((count, count))
    between[trades.seller, trades.buyer] = trades.amount
    smaller, larger = np.minimum(between, between.T), np.maximum(between, between.T)
    part = np.where(smaller >= rule.reciprocity_min * larger, 2 * smaller, 0.0) / np.maximum(trades.volume, 1e-300)[:, None]
    core = np.zeros(count)
    for size in range(rule.k_min + 1, count + 1):
        for subset in combinations(range(count), size):
            inside = part[np.ix_(subset, subset)]
            if ((inside > 0).sum(axis=1) >= rule.k_min).all():
                core[list(subset)] = np.maximum(core[list(subset)], min(1.0, inside.sum(axis=1).min()))
    return core
