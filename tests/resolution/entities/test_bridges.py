"""Cuts of the strongest tree, against taking every edge away."""

from hypothesis import given
from hypothesis import strategies as st

from resolution.entities.bridges import Edge, count_pieces, find_cuts

NODES = 7
EDGES = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.sampled_from([1.0, 2.0, 3.0, 4.0])).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=14,
    unique_by=lambda edge: frozenset(edge[:2]),
)


@given(EDGES)
def test_a_pair_alone_holds_two_sides_exactly_where_its_loss_leaves_one_part_more(edges: list[Edge]) -> None:
    whole = count_pieces(NODES, edges)
    lost = {at for at in range(len(edges)) if count_pieces(NODES, edges[:at] + edges[at + 1 :]) > whole}
    assert {cut.edge for cut in find_cuts(NODES, edges) if cut.crossing == 1} == lost


@given(EDGES)
def test_the_pair_of_a_cut_is_the_strongest_that_leads_across(edges: list[Edge]) -> None:
    for cut in find_cuts(NODES, edges):
        across = [bits for one, other, bits in edges if ({one, other} & set(cut.left)) and ({one, other} & set(cut.right))]
        assert len(across) == cut.crossing
        assert edges[cut.edge][2] == max(across)
        assert not set(cut.left) & set(cut.right)


def test_two_halves_on_one_weak_pair_come_first() -> None:
    halves = [(0, 1, 9.0), (1, 2, 9.0), (0, 2, 9.0), (3, 4, 9.0), (4, 5, 9.0), (3, 5, 9.0), (2, 3, 0.6)]
    first = find_cuts(6, halves)[0]
    assert (first.edge, first.left, first.right, first.crossing) == (6, (0, 1, 2), (3, 4, 5), 1)
