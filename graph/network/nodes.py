"""Maps parties to nodes of the signals: a branch and its head office are one legal person, so one node."""

import numpy as np

from graph.network.links import Whole
from graph.network.ties import Ties


def nodes_from(ties: Ties, parties: int) -> Whole:
    """The place of the head office of every party, its own where it is no branch; a circle of branches meets at its first."""
    node = np.arange(parties, dtype=np.int32)
    for tie in ties.of_kind("BRANCH_OF").tolist():
        branch, head = _root(node, int(ties.source[tie])), _root(node, int(ties.target[tie]))
        node[branch] = head
    return np.fromiter((_root(node, party) for party in range(parties)), np.int32, parties) if len(ties) else node


def _root(node: Whole, party: int) -> int:
    while node[party] != party:
        party = int(node[party])
    return party
