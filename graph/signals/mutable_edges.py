"""Ties between nodes that can change one by one, told from both ends."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.signals import residual_push as pushing
from graph.signals.kernel import Array, Real
from graph.signals.operator import Operator
from graph.signals.residual_push import Loose
from graph.signals.rounds import Rounds

ROOM = 1  # Free places after each row: most rows that grow, grow by one tie.


class Rows:
    """Rows by node that may grow: one that finds no place where it lies moves to the end."""

    def __init__(self, starts: Array, others: Array, values: Real) -> None:
        self._begin, self._end, self._others, self._values = pushing.loosened(starts, others, values, ROOM)
        self._room = np.append(self._begin[1:], len(self._others))
        self._used = len(self._others)
        self.edges = len(others)

    @property
    def loose(self) -> Loose:
        """The rows as the kernels take them."""
        return self._begin, self._end, self._others, self._values

    def others(self, node: int) -> NDArray[np.int32]:
        """The other ends of a node's row."""
        found: NDArray[np.int32] = self._others[self._begin[node] : self._end[node]]
        return found

    def closed(self) -> tuple[Array, Array, Real]:
        """The rows one after the other: starts, others, values."""
        lengths = self._end - self._begin
        starts = np.concatenate(([0], np.cumsum(lengths)))
        places = np.repeat(self._begin - starts[:-1], lengths) + np.arange(starts[-1])
        return starts, self._others[places], self._values[places]

    def put(self, node: int, other: int, value: float) -> None:
        """Set one entry; 0 removes it."""
        place = pushing.found_at(self.loose, node, other)
        if place < 0 and value != 0.0:
            self._append(node, other, value)
        elif place >= 0 and value == 0.0:
            last = self._end[node] - 1
            self._others[place], self._values[place] = self._others[last], self._values[last]
            self._end[node] = last
            self.edges -= 1
        elif place >= 0:
            self._values[place] = value

    def _append(self, node: int, other: int, value: float) -> None:
        if self._end[node] == self._room[node]:
            self._move(node)
        self._others[self._end[node]], self._values[self._end[node]] = other, value
        self._end[node] += 1
        self.edges += 1

    def _move(self, node: int) -> None:
        begin, end, to = int(self._begin[node]), int(self._end[node]), self._used
        length, wanted = end - begin, 2 * (end - begin) + 4
        if to + wanted > len(self._others):
            more = max(wanted, len(self._others) // 4)
            self._others = np.concatenate((self._others, np.zeros(more, np.int32)))
            self._values = np.concatenate((self._values, np.zeros(more)))
        self._others[to : to + length], self._values[to : to + length] = self._others[begin:end], self._values[begin:end]
        self._begin[node], self._end[node], self._room[node] = to, to + length, to + wanted
        self._used += wanted


@dataclass
class Ties:
    """An operator under change: a tie u -> v carries `scale[v] * gives[u] * its own coefficient`.

    `touched` are the receivers whose column, and the nodes whose seed, changed since it was last emptied. Parallel ties
    must have been summed: a pair of nodes has one coefficient.
    """

    operator: Operator
    seeds: Real
    gives: Real
    scale: Real
    inward: Rows
    outward: Rows
    touched: set[int] = field(default_factory=set)

    def tie(self, sender: int, receiver: int, coefficient: float) -> None:
        """Set the coefficient of a tie, 0 to remove it."""
        self.inward.put(receiver, sender, coefficient)
        self.outward.put(sender, receiver, coefficient)
        self.touched.add(receiver)

    def scaled(self, receiver: int, scale: float) -> None:
        """Set what a receiver's whole column is multiplied with."""
        self.scale[receiver] = scale
        self.touched.add(receiver)

    def given(self, sender: int, gives: float) -> None:
        """Set what everything that a sender passes on is multiplied with: the column of each of its receivers changes."""
        self.gives[sender] = gives
        self.touched.update(self.outward.others(sender).tolist())

    def seed(self, node: int, strength: float) -> None:
        """Set the strength of the listings at a node."""
        self.seeds[node] = strength
        self.touched.add(node)

    def emptied(self) -> NDArray[np.int64]:
        """What was touched, in order; and nothing is any more."""
        found = np.array(sorted(self.touched), np.int64)
        self.touched.clear()
        return found

    @property
    def rounds(self) -> Rounds:
        """Whole rounds over the ties as they stand."""
        starts, senders, values = self.inward.closed()
        rows = (starts, senders, values * self.gives[senders])
        return Rounds(rows, self.operator.shared, self.operator.edges.receives, self.scale)


def changing(operator: Operator, seeds: Real, *, gives: Real | None = None) -> Ties:
    """The ties of an operator, to be changed."""
    return Ties(
        operator=operator,
        seeds=seeds.copy(),
        gives=np.ones(len(seeds)) if gives is None else gives.copy(),
        scale=operator.edges.scale.copy(),
        inward=Rows(*operator.inward),
        outward=Rows(*operator.outward),
    )
