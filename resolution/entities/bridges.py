"""Where a group of records hangs together by little: the pairs on which a whole side of it depends."""

from collections.abc import Sequence
from dataclasses import dataclass

Edge = tuple[int, int, float]
"""Two nodes and what the pair weighs, in bits."""


@dataclass(frozen=True)
class Cut:
    """Where a group comes apart when one edge of its strongest tree goes.

    edge:     position of the edge: the strongest of those that lead across.
    left, right: nodes of the two sides. crossing: how many edges lead across.
    """

    edge: int
    left: tuple[int, ...]
    right: tuple[int, ...]
    crossing: int


def cuts(nodes: int, edges: Sequence[Edge]) -> list[Cut]:
    """One cut for every edge of the strongest tree (of two equal edges the earlier one), weakest first.

    A cut with one edge across is a bridge. Nodes that no edge reaches are in no cut. Every bridge is in every tree, so that
    none is missed.

    >>> [(cut.edge, cut.left, cut.right, cut.crossing) for cut in cuts(3, [(0, 1, 9.0), (1, 2, 2.0)])]
    [(1, (0, 1), (2,), 1), (0, (0,), (1, 2), 1)]
    """
    tree = _strongest_tree(nodes, edges)
    found = [_cut(edge, tree, edges) for edge in tree]
    return sorted(found, key=lambda cut: (edges[cut.edge][2], cut.edge))


def pieces(nodes: int, edges: Sequence[Edge]) -> int:
    """Into how many parts the edges leave the nodes apart."""
    return nodes - len(_strongest_tree(nodes, edges))


def _strongest_tree(nodes: int, edges: Sequence[Edge]) -> list[int]:
    """Positions of the edges of a spanning forest of greatest weight (Kruskal 1956)."""
    head = list(range(nodes))

    def root(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    chosen = []
    for at in sorted(range(len(edges)), key=lambda at: (-edges[at][2], at)):
        one, other = root(edges[at][0]), root(edges[at][1])
        if one != other:
            head[one] = other
            chosen.append(at)
    return chosen


def _cut(gone: int, tree: Sequence[int], edges: Sequence[Edge]) -> Cut:
    beside: dict[int, list[int]] = {}
    for at in tree:
        if at != gone:
            one, other, _ = edges[at]
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    left, right = _reached(edges[gone][0], beside), _reached(edges[gone][1], beside)
    crossing = sum(1 for one, other, _ in edges if (one in left and other in right) or (one in right and other in left))
    return Cut(gone, tuple(sorted(left)), tuple(sorted(right)), crossing)


def _reached(start: int, beside: dict[int, list[int]]) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        fresh = [other for other in beside.get(waiting.pop(), ()) if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen
