"""Pairs of firms with a person in common: the derived tie CO_CONTROLLED, which names the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Real, Whole
from graph.network.parties import PERSON, Parties
from graph.network.ties import Ties

KIND = "CO_CONTROLLED"


@dataclass(frozen=True)
class Pairs:
    """One row a pair of nodes (left < right) and person; `leg1` is the person's tie to the left one, `n` that person's firms.

    `tie1` and `tie2` are the places in `Ties` of the two legs.
    """

    left: Whole
    right: Whole
    person: Whole
    leg1: Real
    leg2: Real
    n: Whole
    tie1: NDArray[np.int64]
    tie2: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.left)


_NO_PARTIES, _NO_TIES = np.empty(0, np.int32), np.empty(0, np.int64)
NO_PAIRS = Pairs(_NO_PARTIES, _NO_PARTIES, _NO_PARTIES, np.empty(0), np.empty(0), _NO_PARTIES, _NO_TIES, _NO_TIES)


def pairs_from(ties: Ties, parties: Parties, nodes: Whole, *, legs: Mapping[str, Real], n_max: int) -> Pairs:
    """Pairs of firms that share a director, owner or representative.

    legs:  by kind of tie that a leg may be, the coefficient per tie (whole column of `Ties`); the greatest to a firm is its leg
    n_max: most firms of one person; at more the person is taken for a registered agent, without pairs
    """
    leg = _legs(ties, parties, nodes, legs)
    rows = [_combined(first, last) for first, last in pairwise(_bounds(leg.person)) if 2 <= last - first <= n_max]
    left, right, n = (np.concatenate(column) for column in zip(*rows, strict=True)) if rows else [np.empty(0, np.int64)] * 3
    return Pairs(
        left=leg.node[left],
        right=leg.node[right],
        person=leg.person[left],
        leg1=leg.value[left],
        leg2=leg.value[right],
        n=n.astype(np.int32),
        tie1=leg.tie[left],
        tie2=leg.tie[right],
    )


@dataclass(frozen=True)
class _Legs:
    person: Whole
    node: Whole
    value: Real
    tie: NDArray[np.int64]


def _legs(ties: Ties, parties: Parties, nodes: Whole, legs: Mapping[str, Real]) -> _Legs:
    """The strongest leg per person and node, ordered by both."""
    ties_by_kind = [(ties.of_kind(kind), values) for kind, values in legs.items()]
    tie = np.concatenate([places for places, _ in ties_by_kind]) if ties_by_kind else np.empty(0, np.int64)
    value = np.concatenate([values[places] for places, values in ties_by_kind]) if ties_by_kind else np.empty(0)
    admitted = (parties.kind[ties.source[tie]] == PERSON) & (parties.kind[ties.target[tie]] != PERSON) & (value > 0)
    tie, value = tie[admitted], value[admitted]
    person, node = ties.source[tie], nodes[ties.target[tie]]
    order = np.lexsort((tie, -value, node, person))
    person, node, value, tie = person[order], node[order], value[order], tie[order]
    new = np.concatenate(([True], (np.diff(person) != 0) | (np.diff(node) != 0))) if len(tie) else np.empty(0, np.bool_)
    return _Legs(person[new], node[new], value[new], tie[new])


def _bounds(persons: Whole) -> list[int]:
    """Where each person's legs begin, and the end of them all."""
    begins = [0, *(np.flatnonzero(np.diff(persons)) + 1).tolist()] if len(persons) else []
    return [*begins, len(persons)]


def _combined(first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    left, right = np.triu_indices(last - first, 1)
    return left + first, right + first, np.full(len(left), last - first)
