"""Trust: vetted credit that flows from seeds along dealings, stakes, contracts and guarantees."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.coefficients import column
from graph.network.edges import plain_edges
from graph.network.links import Real, Whole
from graph.network.network import Network
from graph.network.parties import AGENCY, FIRM
from graph.signals.operator import Operator
from graph.signals.updates import Solution, solve
from ontology.rulebook_parts import TrustTie

TOLERANCE = 1e-13
VERIFIED = "_verified"
AGENCY_SEED = "agency_without_active_listing"


@dataclass(frozen=True)
class Flow:
    """Trust ties as rows: `value` is a * w before the sender's normalisation, `weight` is w."""

    sender: Whole
    receiver: Whole
    weight: Real
    value: Real


@dataclass(frozen=True)
class Trust:
    """Trust of every node. `without` solves again with some ties between parties left out."""

    network: Network
    seeds: Real
    flow: Flow
    before: Real | None = None

    @property
    def value(self) -> Real:
        """t: sums to at most 1; 0 where no seed reaches."""
        return self.solution.value

    @cached_property
    def solution(self) -> Solution:
        """t and how it was computed; from `before`, its value of an earlier run, where there is one."""
        return self._solved(self.flow, self.before)

    @cached_property
    def received(self) -> Real:
        """What flows to a node from others: t less the share a seed is given for being one."""
        return self.value - (1 - self.network.rulebook.trust.a) * self.seeds

    def without(self, inner: NDArray[np.bool_]) -> Real:
        """Trust with these rows of the flow left out."""
        outer = ~inner
        flow = self.flow
        return self._solved(Flow(flow.sender[outer], flow.receiver[outer], flow.weight[outer], flow.value[outer]), None).value

    def _solved(self, flow: Flow, before: Real | None) -> Solution:
        """`t = (1-a) s_T + (sum_k a_k P_k)^T t`; mass at parties without outgoing ties is dropped."""
        count = len(self.network)
        outflow = np.bincount(flow.sender, flow.weight, count)
        normalised = flow.value / np.maximum(outflow, 1e-300)[flow.sender]
        rule = self.network.rulebook.trust
        operator = Operator(plain_edges(flow.receiver, flow.sender, normalised, count=count))
        keep = max((tie.a for tie in rule.ties), default=0.0)
        return solve(operator, (1 - rule.a) * self.seeds, before, keep=keep, tolerance=TOLERANCE, by_sender=True)


def trust(network: Network, seeds: Iterable[str] = (), *, before: Real | None = None, discounted: bool = True) -> Trust:
    """Trust over the network.

    seeds:      ids of vetted parties, which replace the rulebook's seeds; unknown ids are left out.
    before:     the value of an earlier run, from which the solution is warm-started.
    discounted: leave out ties inside rings that a person confirmed.
    """
    seed_parties = sorted({network.parties.index[id_] for id_ in seeds if id_ in network.parties.index}) or _seeds(network)
    start = np.zeros(len(network))
    np.add.at(start, network.nodes[seed_parties], 1.0 / max(len(seed_parties), 1))
    return Trust(network, start, flow_from(network, discounted=discounted), before)


def flow_from(network: Network, *, discounted: bool = True) -> Flow:
    """Every trust tie of the rulebook, both ways where it goes both ways; `discounted`: none inside a confirmed ring."""
    rows = [row for tie in network.rulebook.trust.ties for row in _rows(network, tie)]
    empty = np.empty(0, np.int32)
    sender = np.concatenate([empty, *(row.sender for row in rows)]).astype(np.int32)
    receiver = np.concatenate([empty, *(row.receiver for row in rows)]).astype(np.int32)
    weight = np.concatenate([np.empty(0), *(row.weight for row in rows)])
    value = np.concatenate([np.empty(0), *(row.value for row in rows)])
    counted = (weight > 0) & (sender != receiver)
    if discounted:
        counted &= ~network.within_confirmed_ring(sender, receiver)
    return Flow(sender[counted], receiver[counted], weight[counted], value[counted])


def _rows(network: Network, tie: TrustTie) -> list[Flow]:
    if tie.kind == "EXPERIENCE_positive":
        return [_experience_flow(network, tie)]
    ties = network.ties
    places = ties.of_kind(tie.kind.removesuffix(VERIFIED))
    if tie.kind.endswith(VERIFIED):
        places = places[ties.verified[places]]
    source, target = network.nodes[ties.source[places]], network.nodes[ties.target[places]]
    share = np.nan_to_num(ties.share[places])
    directions = []
    if tie.to in ("target", "both"):
        directions.append((source, target, ties.part_of_target[places]))
    if tie.to in ("source", "both"):
        directions.append((target, source, ties.part_of_source[places]))
    return [_flow(tie, sender, receiver, {"share": share, "v": part}) for sender, receiver, part in directions]


def _experience_flow(network: Network, tie: TrustTie) -> Flow:
    good = network.experiences.select(network.experiences.weight > 0)
    return _flow(tie, network.nodes[good.reporter], network.nodes[good.subject], {"w": good.weight})


def _flow(tie: TrustTie, sender: Whole, receiver: Whole, quantities: dict[str, Real]) -> Flow:
    weight = np.maximum(column(tie.weight, quantities, rows=len(sender)), 0.0)
    return Flow(sender, receiver, weight, tie.a * weight)


def _seeds(network: Network) -> list[int]:
    """Parties with a trusted recognition in force, and agencies without an active listing; never a listed party."""
    seed_kinds = set(network.rulebook.trust.seeds)
    listed = {party for party, statuses in network.listings.items() if any(status.binds for status in statuses)}
    recognised = {
        party
        for party, statuses in network.recognitions.items()
        if any(status.in_force and status.recognition.mark in seed_kinds for status in statuses)
    }
    agencies = set(np.flatnonzero(network.parties.kind == AGENCY).tolist()) if AGENCY_SEED in seed_kinds else set()
    return sorted((recognised | agencies) - listed)


def reference(network: Network, value: Real) -> float:
    """t_ref: the rulebook's quantile of trust among firms that trust reaches, 0 where it reaches none."""
    trusted = value[(network.parties.kind == FIRM) & (value > 0)]
    return float(np.quantile(trusted, network.rulebook.score.trust.t_ref_quantile or 0.9)) if len(trusted) else 0.0
