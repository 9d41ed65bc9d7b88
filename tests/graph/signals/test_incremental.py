"""Law 3: an update equals the bulk answer, on random graphs with cycles, hubs, zero coefficients, self-links, parallel links."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.network.edges import Edges, plain_edges
from graph.signals import incremental
from graph.signals.incremental import FiniteSum, FixedPoint
from graph.signals.mutable_edges import MutableTies, mutable_ties
from graph.signals.operator import Operator
from graph.signals.rounds import cache_order

COUNT = 9
KEEP = 0.7
nodes = st.integers(0, COUNT - 1)
strength = st.sampled_from([0.0, 0.05, 0.3, 1.0])
tie_lists = st.lists(st.tuples(nodes, nodes, strength), max_size=30)
sharers = st.lists(st.sets(nodes, min_size=2, max_size=5), max_size=3)
changes = st.lists(
    st.one_of(
        st.tuples(st.just("tie"), nodes, nodes, strength),
        st.tuples(st.just("seed"), nodes, nodes, strength),
        st.tuples(st.just("given"), nodes, nodes, strength),
    ),
    min_size=1,
    max_size=6,
)
many_examples = settings(max_examples=120, deadline=None)
Matrix = NDArray[np.float64]
TieRows = list[tuple[int, int, float]]
Changes = list[tuple[str, int, int, float]]


def edges_of(ties: TieRows, shared: list[set[int]]) -> Edges:
    """Self-links fall away and parallel ones are summed, as the network does; persons (node 8) never receive."""
    whole = np.zeros((COUNT, COUNT))
    for sender, receiver, value in ties:
        whole[receiver, sender] += value
    np.fill_diagonal(whole, 0.0)
    whole[COUNT - 1] = 0.0
    receiver, sender = np.nonzero(whole)
    plain_ties = plain_edges(receiver.astype(np.int32), sender.astype(np.int32), whole[receiver, sender], count=COUNT)
    receives = np.arange(COUNT) != COUNT - 1
    members = [np.array(sorted(sharer_set), np.int32) for sharer_set in shared]
    edges = replace(
        plain_ties,
        hub_starts=np.concatenate(([0], np.cumsum([len(nodes_) for nodes_ in members]))).astype(np.int64),
        hub_members=np.concatenate([np.empty(0, np.int32), *members]).astype(np.int32),
        factor=np.array([0.25 / (len(nodes_) - 1) for nodes_ in members], np.float64),
        hub=np.arange(len(members)),
        receives=receives,
    )
    return replace(edges, scale=capped(plain(edges)))


def capped(whole: Matrix) -> Matrix:
    """What keeps every receiver's column within the cap."""
    return np.asarray(np.minimum(1.0, KEEP / np.maximum(whole.sum(axis=1), KEEP)))


def plain(edges: Edges) -> Matrix:
    whole = np.zeros((COUNT, COUNT))
    for node in range(COUNT):
        for place in range(edges.starts[node], edges.starts[node + 1]):
            whole[node, edges.senders[place]] += edges.coefficients[place]
    for hub, factor in enumerate(edges.factor):
        for receiver in edges.hub_members[edges.hub_starts[hub] : edges.hub_starts[hub + 1]]:
            for sender in edges.hub_members[edges.hub_starts[hub] : edges.hub_starts[hub + 1]]:
                if receiver != sender and edges.receives[receiver]:
                    whole[receiver, sender] += factor
    return whole


class Plain:
    """The same changes on a plain matrix: the oracle."""

    def __init__(self, edges: Edges, seeds: Matrix) -> None:
        ties = replace(edges, factor=edges.factor[:0])
        self.ties, self.shared = plain(ties), plain(edges) - plain(ties)
        self.seeds, self.gives = seeds.copy(), np.ones(COUNT)

    @property
    def uncapped(self) -> Matrix:
        return self.ties * self.gives + self.shared

    @property
    def whole(self) -> Matrix:
        return np.asarray(self.uncapped * capped(self.uncapped)[:, None])

    def fixed_point(self) -> Matrix:
        return np.asarray(np.linalg.solve(np.eye(COUNT) - self.whole, self.seeds))

    def finite(self, hops: int) -> Matrix:
        signal = self.seeds
        for _ in range(hops):
            signal = self.seeds + self.whole @ signal
        return signal


def change(ties: MutableTies, oracle: Plain, step: tuple[str, int, int, float]) -> None:
    kind, sender, receiver, value = step
    if kind == "seed":
        oracle.seeds[sender] = value
        ties.set_seed(sender, value)
    elif kind == "given":
        oracle.gives[sender] = value
        ties.set_gives(sender, value)
    elif sender != receiver and receiver != COUNT - 1:
        oracle.ties[receiver, sender] = value
        ties.set_tie(sender, receiver, value)
    for node, scale in enumerate(capped(oracle.uncapped)):
        if scale != ties.scale[node]:
            ties.set_scale(node, float(scale))


@given(tie_lists, sharers, st.lists(strength, min_size=COUNT, max_size=COUNT), changes, st.sampled_from([1e-3, 1e-9]))
@many_examples
def test_a_pushed_fixed_point_is_the_bulk_one_within_its_bound(
    ties: TieRows,
    shared: list[set[int]],
    seed_strengths: list[float],
    steps: Changes,
    tolerance: float,
) -> None:
    seeds, edges = np.array(seed_strengths), edges_of(ties, shared)
    oracle, ties_ = Plain(edges, seeds), mutable_ties(Operator(edges), seeds)
    point = FixedPoint(ties_, Operator(edges).fixed_point(seeds), keep=KEEP, tolerance=tolerance)
    for step in steps:
        change(ties_, oracle, step)
        update = point.settle()
        assert np.abs(point.x - oracle.fixed_point()).max() <= update.bound + 1e-12
        assert update.bound <= max(tolerance, 1e-12) / (1 - KEEP) + 1e-12


@given(tie_lists, sharers, st.lists(strength, min_size=COUNT, max_size=COUNT), changes, st.integers(1, 3))
@many_examples
def test_a_finite_profile_under_change_is_the_bulk_one(
    ties: TieRows,
    shared: list[set[int]],
    seed_strengths: list[float],
    steps: Changes,
    hops: int,
) -> None:
    seeds, edges = np.array(seed_strengths), edges_of(ties, shared)
    oracle, ties_ = Plain(edges, seeds), mutable_ties(Operator(edges), seeds)
    finite_sum = FiniteSum(ties_, hops)
    for step in steps:
        change(ties_, oracle, step)
        finite_sum.settle()
        assert finite_sum.value == pytest.approx(oracle.finite(hops), abs=1e-12)


@given(tie_lists, st.lists(strength, min_size=COUNT, max_size=COUNT), changes)
@many_examples
def test_where_senders_share_out_what_they_have_the_errors_sum_to_less_than_the_bound(
    ties: TieRows, seed_strengths: list[float], steps: Changes
) -> None:
    """Trust: every sender passes on 0.85 of what it holds, in the proportions of its ties."""
    seeds, edges = np.array(seed_strengths), replace(edges_of(ties, []), scale=np.ones(COUNT))
    whole = plain(edges)
    gives = 0.85 / np.maximum(whole.sum(axis=0), 1e-300)
    ties_ = mutable_ties(Operator(edges), seeds, gives=gives)
    point = FixedPoint(ties_, np.zeros(COUNT), keep=0.85, tolerance=1e-4, by_sender=True)
    for kind, sender, receiver, value in steps:
        if kind == "tie" and sender != receiver and receiver != COUNT - 1:
            whole[receiver, sender] = value
            ties_.set_tie(sender, receiver, value)
            ties_.set_gives(sender, float(0.85 / max(whole[:, sender].sum(), 1e-300)))
        update = point.settle()
        solved = np.linalg.solve(np.eye(COUNT) - whole * ties_.gives, seeds)
        assert np.abs(point.x - solved).sum() <= update.bound + 1e-12


def test_a_change_that_reaches_most_of_the_graph_is_solved_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring of nodes: what changes at one goes round it again and again, past a fifth of all edges."""
    ring = [(node, (node + 1) % 8, 0.7) for node in range(8)]
    edges = edges_of(ring, [])
    for make in (whole_fixed_point, lambda ties: FiniteSum(ties, 3)):
        ties = mutable_ties(Operator(edges), np.zeros(COUNT))
        signal = make(ties)
        ties.set_seed(0, 1.0)
        assert signal.settle().bulk
        monkeypatch.setattr(incremental, "EDGES_SHARE_MAX", 1e9)
        ties.set_seed(0, 0.5)
        assert not signal.settle().bulk
        monkeypatch.undo()


def whole_fixed_point(ties: MutableTies) -> FixedPoint:
    return FixedPoint(ties, np.zeros(COUNT), keep=KEEP, tolerance=1e-9)


def test_rows_that_outgrow_their_place_keep_what_they_hold() -> None:
    ties = mutable_ties(Operator(edges_of([], [])), np.zeros(COUNT))
    for sender in range(1, COUNT):
        ties.set_tie(sender, 0, sender / 100)
    ties.set_tie(3, 0, 0.0)
    starts, senders, values = ties.inward.closed()
    assert dict(zip(senders[: starts[1]].tolist(), values[: starts[1]].tolist(), strict=True)) == {
        sender: sender / 100 for sender in range(1, COUNT) if sender != 3
    }
    assert ties.inward.edges == ties.outward.edges == COUNT - 2


def random_edges(seed: int) -> Edges:
    dice = np.random.default_rng(seed)
    ends = dice.integers(0, 400, (2, 3000), np.int32)
    return plain_edges(ends[0], ends[1], dice.random(3000) / 20, count=400)


@pytest.mark.parametrize("solve", [lambda op, s: op.fixed_point(s), lambda op, s: op.finite(s, 3)])
def test_how_many_threads_there_are_changes_no_figure(solve: Callable[..., Matrix], monkeypatch: pytest.MonkeyPatch) -> None:
    edges, seeds = random_edges(5), np.random.default_rng(5).random(400)
    alone = solve(Operator(edges), seeds)
    monkeypatch.setattr("graph.signals.rounds.EDGES_PER_THREAD", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert (solve(Operator(edges), seeds) == alone).all()


def test_the_order_for_the_cache_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    edges, seeds = random_edges(6), np.random.default_rng(6).random(400)
    order, rank = cache_order(Operator(edges).inward)
    assert (order[rank] == np.arange(400)).all()
    alone = Operator(edges).fixed_point(seeds)
    monkeypatch.setattr("graph.signals.operator.ARRANGED_FROM_EDGES", 0)
    assert np.abs(Operator(edges).fixed_point(seeds) - alone).max() <= 1e-12
