"""Finds weak places of a group of records: the pairs whose removal splits it in two."""

from collections.abc import Sequence
from dataclasses import dataclass

Edge = tuple[int, int, float]
"""Two nodes and what the pair weighs, in bits."""


@dataclass(frozen=True)
class Cut:
    """The two sides into which a group splits when one edge of its maximum spanning tree is removed.

    edge:        position of the edge, the strongest of those between the sides.
    left, right: nodes of the two sides.
    crossing:    number of edges between the sides.
    """

    edge: int
    left: tuple[int, ...]
    right: tuple[int, ...]
    crossing: int


def find_cuts(nodes: int, edges: Sequence[Edge]) -> list[Cut]:
    """One cut for every edge of the maximum spanning tree (of two equal edges the earlier one), the weakest first.

    A cut with one crossing edge is a bridge. Nodes without edges are in no cut. Every bridge is in every spanning tree, so
    none is missed.

    >>> [(cut.edge, cut.left, cut.right, cut.crossing) for cut in find_cuts(3, [(0, 1, 9.0), (1, 2, 2.0)])]
    [(1, (0, 1), (2,), 1), (0, (0,), (1, 2), 1)]
    """
    tree = _strongest_tree(nodes, edges)
    tree_cuts = [_cut(edge, tree, edges) for edge in tree]
    return sorted(tree_cuts, key=lambda cut: (edges[cut.edge][2], cut.edge))


def count_pieces(nodes: int, edges: Sequence[Edge]) -> int:
    """Number of connected components of these nodes and edges."""
    return nodes - len(_strongest_tree(nodes, edges))


def _strongest_tree(nodes: int, edges: Sequence[Edge]) -> list[int]:
    """Positions of the edges of a spanning forest of greatest weight (Kruskal 1956)."""
    parent = list(range(nodes))

    def find_root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    tree = []
    for at in sorted(range(len(edges)), key=lambda at: (-edges[at][2], at)):
        left_root, right_root = find_root(edges[at][0]), find_root(edges[at][1])
        if left_root != right_root:
            parent[left_root] = right_root
            tree.append(at)
    return tree


def _cut(cut_edge: int, tree: Sequence[int], edges: Sequence[Edge]) -> Cut:
    neighbours: dict[int, list[int]] = {}
    for at in tree:
        if at != cut_edge:
            start, end, _ = edges[at]
            neighbours.setdefault(start, []).append(end)
            neighbours.setdefault(end, []).append(start)
    left, right = _reachable_nodes(edges[cut_edge][0], neighbours), _reachable_nodes(edges[cut_edge][1], neighbours)
    crossing = sum(1 for start, end, _ in edges if (start in left and end in right) or (start in right and end in left))
    return Cut(cut_edge, tuple(sorted(left)), tuple(sorted(right)), crossing)


def _reachable_nodes(start: int, neighbours: dict[int, list[int]]) -> set[int]:
    visited, frontier = {start}, [start]
    while frontier:
        unvisited = [neighbour for neighbour in neighbours.get(frontier.pop(), ()) if neighbour not in visited]
        visited.update(unvisited)
        frontier += unvisited
    return visited
