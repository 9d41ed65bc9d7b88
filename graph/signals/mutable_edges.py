"""Ties between nodes that can change one by one, stored as rows by receiver and by sender."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.signals import residual_push
from graph.signals.kernel import Array, Real
from graph.signals.operator import Operator
from graph.signals.residual_push import SlackRows
from graph.signals.rounds import Rounds

ROOM = 1  # Free places after each row: most rows that grow, grow by one tie.


class MutableRows:
    """Sparse rows by node that may grow: a row without room where it is moves to the end of the arrays."""

    def __init__(self, starts: Array, neighbours: Array, values: Real) -> None:
        self._begin, self._end, self._neighbours, self._values = residual_push.add_row_slack(starts, neighbours, values, ROOM)
        self._room = np.append(self._begin[1:], len(self._neighbours))
        self._used = len(self._neighbours)
        self.edges = len(neighbours)

    @property
    def slack_rows(self) -> SlackRows:
        """The rows as the kernels take them."""
        return self._begin, self._end, self._neighbours, self._values

    def neighbours(self, node: int) -> NDArray[np.int32]:
        """The other ends of a node's row."""
        row: NDArray[np.int32] = self._neighbours[self._begin[node] : self._end[node]]
        return row

    def closed(self) -> tuple[Array, Array, Real]:
        """The rows one after the other: starts, others, values."""
        lengths = self._end - self._begin
        starts = np.concatenate(([0], np.cumsum(lengths)))
        places = np.repeat(self._begin - starts[:-1], lengths) + np.arange(starts[-1])
        return starts, self._neighbours[places], self._values[places]

    def set_entry(self, node: int, neighbour: int, value: float) -> None:
        """Set one entry; 0 removes it."""
        place = residual_push.position_in_row(self.slack_rows, node, neighbour)
        if place < 0 and value != 0.0:
            self._append(node, neighbour, value)
        elif place >= 0 and value == 0.0:
            last = self._end[node] - 1
            self._neighbours[place], self._values[place] = self._neighbours[last], self._values[last]
            self._end[node] = last
            self.edges -= 1
        elif place >= 0:
            self._values[place] = value

    def _append(self, node: int, neighbour: int, value: float) -> None:
        if self._end[node] == self._room[node]:
            self._move(node)
        self._neighbours[self._end[node]], self._values[self._end[node]] = neighbour, value
        self._end[node] += 1
        self.edges += 1

    def _move(self, node: int) -> None:
        begin, end, target = int(self._begin[node]), int(self._end[node]), self._used
        length, room = end - begin, 2 * (end - begin) + 4
        if target + room > len(self._neighbours):
            growth = max(room, len(self._neighbours) // 4)
            self._neighbours = np.concatenate((self._neighbours, np.zeros(growth, np.int32)))
            self._values = np.concatenate((self._values, np.zeros(growth)))
        self._neighbours[target : target + length], self._values[target : target + length] = (
            self._neighbours[begin:end],
            self._values[begin:end],
        )
        self._begin[node], self._end[node], self._room[node] = target, target + length, target + room
        self._used += room


@dataclass
class MutableTies:
    """An operator under change: a tie u -> v carries `scale[v] * gives[u] * its own coefficient`.

    `touched` are the receivers whose column, and the nodes whose seed, changed since it was last emptied. Parallel ties
    must have been summed: a pair of nodes has one coefficient.
    """

    operator: Operator
    seeds: Real
    gives: Real
    scale: Real
    inward: MutableRows
    outward: MutableRows
    touched: set[int] = field(default_factory=set)

    def set_tie(self, sender: int, receiver: int, coefficient: float) -> None:
        """Set the coefficient of a tie, 0 to remove it."""
        self.inward.set_entry(receiver, sender, coefficient)
        self.outward.set_entry(sender, receiver, coefficient)
        self.touched.add(receiver)

    def set_scale(self, receiver: int, scale: float) -> None:
        """Set the factor of a receiver's whole column."""
        self.scale[receiver] = scale
        self.touched.add(receiver)

    def set_gives(self, sender: int, gives: float) -> None:
        """Set the factor of everything a sender passes on: the columns of all its receivers change."""
        self.gives[sender] = gives
        self.touched.update(self.outward.neighbours(sender).tolist())

    def set_seed(self, node: int, strength: float) -> None:
        """Set the strength of the listings at a node."""
        self.seeds[node] = strength
        self.touched.add(node)

    def take_touched(self) -> NDArray[np.int64]:
        """Nodes touched since the last call, in order; empties the set."""
        touched = np.array(sorted(self.touched), np.int64)
        self.touched.clear()
        return touched

    @property
    def rounds(self) -> Rounds:
        """Whole rounds over the ties as they stand."""
        starts, senders, values = self.inward.closed()
        rows = (starts, senders, values * self.gives[senders])
        return Rounds(rows, self.operator.shared, self.operator.edges.receives, self.scale)


def mutable_ties(operator: Operator, seeds: Real, *, gives: Real | None = None) -> MutableTies:
    """The ties of an operator, to be changed."""
    return MutableTies(
        operator=operator,
        seeds=seeds.copy(),
        gives=np.ones(len(seeds)) if gives is None else gives.copy(),
        scale=operator.edges.scale.copy(),
        inward=MutableRows(*operator.inward),
        outward=MutableRows(*operator.outward),
    )
