"""Edges of one profile, as a sparse matrix of coefficients (receiver x sender) plus one rank-one operator a shared value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network.co_controlled_pairs import KIND as CO_CONTROLLED
from graph.network.co_controlled_pairs import NO_PAIRS, Pairs
from graph.network.coefficients import coefficient
from graph.network.hubs import ADDRESS, CONTACT
from graph.network.links import Real, Whole
from graph.network.network import Network
from ontology.rulebook_parts import Profile, ProfileTie

SHARED = (ADDRESS, CONTACT)


@dataclass(frozen=True)
class Edges:
    """The operator C^T of a profile over nodes: `b = s + C^T b`.

    Row v is `starts[v]:starts[v + 1]` of `senders` and `coefficients`. `origin` >= 0 is the place of the tie, below 0
    the pair `-1 - origin` of `pairs`. A shared value h gives each of its receiving members `factor[h]` times what the
    others hold; `hub[h]` is its place in the network's hubs. `scale` multiplies a whole row.
    """

    starts: NDArray[np.int64]
    senders: Whole
    coefficients: Real
    origin: NDArray[np.int64]
    hub_starts: NDArray[np.int64]
    hub_members: Whole
    factor: Real
    hub: NDArray[np.int64]
    receives: NDArray[np.bool_]
    scale: Real
    pairs: Pairs


@dataclass(frozen=True)
class _Rows:
    receiver: Whole
    sender: Whole
    value: Real
    origin: NDArray[np.int64]


def edges_from(network: Network, profile: Profile) -> Edges:
    """The edges of a finite profile."""
    pairs = _pairs_of(network, profile)
    rows = [row for tie in profile.ties if tie.kind not in SHARED for row in _rows(network, tie, pairs)]
    return _edges(network, rows, [tie for tie in profile.ties if tie.kind in SHARED], pairs, cap=None)


def association_edges(network: Network, profile: Profile) -> Edges:
    """The edges of a fixed-point profile: those of the profiles it unites, every receiver's column scaled to at most the cap."""
    parts = [network.rulebook.profiles[name] for name in profile.union_of]
    rows: list[_Rows] = []
    common: list[_Rows] = []
    for part in parts:
        pairs = _pairs_of(network, part)
        for tie in part.ties:
            if tie.kind not in SHARED:
                (common if tie.kind == CO_CONTROLLED else rows).extend(_rows(network, tie, pairs))
    hubs = [tie for part in parts for tie in part.ties if tie.kind in SHARED]
    return _edges(network, [*rows, *_strongest_per_pair(common)], hubs, network.any_pairs, cap=profile.receiver_cap)


def plain_edges(receiver: Whole, sender: Whole, value: Real, *, count: int) -> Edges:
    """Edges between `count` nodes that all receive, sorted by receiver and sender, without shared values."""
    order = np.lexsort((sender, receiver))
    no_entries = np.zeros(0, np.int64)
    return Edges(
        starts=np.concatenate(([0], np.cumsum(np.bincount(receiver, minlength=count)))).astype(np.int64),
        senders=sender[order].astype(np.int32),
        coefficients=value[order],
        origin=no_entries,
        hub_starts=np.zeros(1, np.int64),
        hub_members=no_entries.astype(np.int32),
        factor=np.zeros(0),
        hub=no_entries,
        receives=np.ones(count, np.bool_),
        scale=np.ones(count),
        pairs=NO_PAIRS,
    )


def _pairs_of(network: Network, profile: Profile) -> Pairs:
    narrow = any(tie.only_if == "both_legs_own_control_or_represent" for tie in profile.ties)
    return network.own_pairs if narrow else network.any_pairs


def _rows(network: Network, tie: ProfileTie, pairs: Pairs) -> list[_Rows]:
    if tie.kind == CO_CONTROLLED:
        return _common_rows(tie, pairs)
    ties = network.ties
    places = _admitted(network, tie)
    source, target = network.nodes[ties.source[places]], network.nodes[ties.target[places]]
    directions = []
    if tie.to in ("target", "both"):
        directions.append((target, source, ties.part_of_target))
    if tie.to in ("source", "both"):
        directions.append((source, target, ties.part_of_source))
    return [_Rows(receiver, sender, _value(network, tie, places, part), places) for receiver, sender, part in directions]


def _value(network: Network, tie: ProfileTie, places: NDArray[np.int64], part: Real) -> Real:
    return coefficient(tie.coefficient, {"share": network.shares[places], "v": part[places]}, rows=len(places))


def _admitted(network: Network, tie: ProfileTie) -> NDArray[np.int64]:
    places = network.ties.of_kind(tie.kind)
    if tie.only_if != "co_controlled_or_shared_contact":
        return places
    source, target = network.nodes[network.ties.source[places]], network.nodes[network.ties.target[places]]
    close = _close_pairs(network)
    return places[[pair in close for pair in zip(source.tolist(), target.tolist(), strict=True)]]


def _close_pairs(network: Network) -> set[tuple[int, int]]:
    """Pairs of nodes with the same owner, controller or representative, or with a contact in common; both ways."""
    pairs = network.own_pairs
    close_pairs = set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    for hub in range(len(network.hubs)):
        sharers = network.hubs.sharers(hub)
        if network.hubs.kind[hub] == CONTACT and len(sharers) <= network.rulebook.possible_succession.sharers_max:
            nodes = network.nodes[sharers].tolist()
            close_pairs |= {(left, right) for left in nodes for right in nodes if left != right}
    return close_pairs | {(right, left) for left, right in close_pairs}


def _common_rows(tie: ProfileTie, pairs: Pairs) -> list[_Rows]:
    quantities = {"leg1": pairs.leg1, "leg2": pairs.leg2, "n": pairs.n.astype(np.float64)}
    value = coefficient(tie.coefficient, quantities, rows=len(pairs))
    origin = -1 - np.arange(len(pairs))
    return [_Rows(pairs.right, pairs.left, value, origin), _Rows(pairs.left, pairs.right, value, origin)]


def _strongest_per_pair(rows: list[_Rows]) -> list[_Rows]:
    """Every pair once, with the greatest of its values."""
    if not rows:
        return []
    combined = _concatenated(rows)
    order = np.lexsort((combined.origin, -combined.value, combined.sender, combined.receiver))
    receiver, sender = combined.receiver[order], combined.sender[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(receiver) != 0) | (np.diff(sender) != 0)
    strongest = order[first]
    return [
        _Rows(combined.receiver[strongest], combined.sender[strongest], combined.value[strongest], combined.origin[strongest])
    ]


def _concatenated(rows: list[_Rows]) -> _Rows:
    empty = np.empty(0, np.int32)
    return _Rows(
        np.concatenate([empty, *(row.receiver for row in rows)]).astype(np.int32),
        np.concatenate([empty, *(row.sender for row in rows)]).astype(np.int32),
        np.concatenate([np.empty(0), *(row.value for row in rows)]),
        np.concatenate([np.empty(0, np.int64), *(row.origin for row in rows)]).astype(np.int64),
    )


def _edges(network: Network, rows: list[_Rows], shared: list[ProfileTie], pairs: Pairs, *, cap: float | None) -> Edges:
    count = len(network)
    combined = _concatenated(rows)
    carrying = np.flatnonzero(network.receives[combined.receiver] & (combined.receiver != combined.sender) & (combined.value > 0))
    carrying = carrying[np.lexsort((combined.origin[carrying], combined.sender[carrying], combined.receiver[carrying]))]
    receiver, value = combined.receiver[carrying], combined.value[carrying]
    hub, members, factor = _hubs(network, shared)
    hub_starts = np.concatenate(([0], np.cumsum([len(nodes) for nodes in members]))).astype(np.int64)
    hub_members = np.concatenate([np.empty(0, np.int32), *members]).astype(np.int32)
    column = np.bincount(receiver, value, count)
    np.add.at(column, hub_members, np.repeat(factor * (np.diff(hub_starts) - 1), np.diff(hub_starts)))
    return Edges(
        starts=np.concatenate(([0], np.cumsum(np.bincount(receiver, minlength=count)))).astype(np.int64),
        senders=combined.sender[carrying],
        coefficients=value,
        origin=combined.origin[carrying],
        hub_starts=hub_starts,
        hub_members=hub_members,
        factor=factor,
        hub=hub,
        receives=network.receives,
        scale=np.ones(count) if cap is None else np.minimum(1.0, cap / np.maximum(column, cap)),
        pairs=pairs,
    )


def _hubs(network: Network, shared: list[ProfileTie]) -> tuple[NDArray[np.int64], list[Whole], Real]:
    """Places of the shared values that carry, their member nodes, and the factor of each."""
    hubs = network.hubs
    formulas = {tie.kind: tie.coefficient for tie in shared}
    hub_places = [place for place in range(len(hubs)) if hubs.kind[place] in formulas]
    members = [np.unique(network.nodes[hubs.sharers(place)]) for place in hub_places]
    several = [place for place, nodes in enumerate(members) if len(nodes) > 1]
    hub_places, members = [hub_places[place] for place in several], [members[place] for place in several]
    n = np.array([len(nodes) for nodes in members], np.float64)
    factor = np.zeros(len(hub_places))
    for kind, formula in formulas.items():
        of_kind = np.array([hubs.kind[place] == kind for place in hub_places], np.bool_)
        factor = np.where(of_kind, coefficient(formula, {"n": n}, rows=len(hub_places)), factor)
    return np.array(hub_places, np.int64), members, factor
