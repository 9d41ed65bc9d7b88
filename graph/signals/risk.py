"""Risk, one profile at a time: what listed parties bring to others; own listings and echoes are kept apart from exposure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.edges import association_edges, edges_from
from graph.network.listings import ListingStatus
from graph.network.network import Network
from graph.signals.kernel import Real
from graph.signals.operator import TOLERANCE, Operator
from graph.signals.updates import Solution, solve
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Profile
from ontology.signal import Contribution

CREDITORS = "creditor_or_complainant_of_the_case"


@dataclass(frozen=True)
class Seed:
    """One listing as a source: the strength it brings at its node, and the nodes that never receive it."""

    listing_status: ListingStatus
    node: int
    strength: float
    blocked: tuple[int, ...]


@dataclass(frozen=True)
class Risk:
    """One profile over a network. `value` is b, `own_part` the part of a node's own listings with echoes, `exposure` the rest."""

    network: Network
    name: str
    profile: Profile
    operator: Operator
    seeds: Sequence[Seed]

    @property
    def hops(self) -> int:
        """How far the profile reaches."""
        return self.profile.max_hops or 0

    @cached_property
    def seeds_at(self) -> Mapping[int, tuple[Seed, ...]]:
        """Seeds by node."""
        seeds_by_node: dict[int, list[Seed]] = defaultdict(list)
        for seed in self.seeds:
            seeds_by_node[seed.node].append(seed)
        return {node: tuple(seeds) for node, seeds in seeds_by_node.items()}

    @cached_property
    def _listed(self) -> NDArray[np.bool_]:
        listed = np.zeros(len(self.network), np.bool_)
        listed[list(self.seeds_at)] = True
        return listed

    @cached_property
    def strengths(self) -> Real:
        """s: strength of the listings at each node."""
        return self._strengths(list(self.seeds))

    @cached_property
    def value(self) -> Real:
        """b: own strength and everything that arrives; a person holds only its own."""
        total = self.operator.finite(self._strengths([seed for seed in self.seeds if not seed.blocked]), self.hops)
        for seed in self.seeds:
            if seed.blocked:
                nodes, arrived = self.operator.reach_from(seed.node, self.hops, seed.blocked)
                total[nodes] += seed.strength * arrived
        return total

    @cached_property
    def bounds(self) -> list[Real]:
        """For 0..hops: the greatest strength of any path of at most so many hops from a listed party to each node."""
        return self.operator.greatest(self.strengths, self.hops)

    @cached_property
    def near(self) -> NDArray[np.bool_]:
        """Hop by hop, from a node back: the nodes that any listed party brings something to within the hops that are left."""
        return np.array([bound > 0.0 for bound in self.bounds[: self.hops][::-1]], np.bool_).reshape(self.hops, len(self.network))

    @cached_property
    def own_part(self) -> Real:
        """The part of b that stems from the node's own listings, echoes included."""
        own_part = np.zeros(len(self.network))
        free = [seed for seed in self.seeds if not seed.blocked]
        nodes = np.array([seed.node for seed in free], np.int64)
        np.add.at(own_part, nodes, [seed.strength for seed in free] * self.operator.echoes(nodes, self.hops))
        for seed in self.seeds:
            if seed.blocked:
                own_part[seed.node] += seed.strength * self.operator.echoes(np.array([seed.node]), self.hops, seed.blocked)[0]
        return own_part

    @cached_property
    def exposure(self) -> Real:
        """The part of b that stems from others; 0 where only rounding is left."""
        exposure = self.value - self.own_part
        return np.where(exposure > 1e-12, exposure, 0.0)

    def contributions(self, node: int) -> tuple[Contribution, ...]:
        """How much each other listed party brings to a node, the greatest first; they add up to its exposure within 1e-9."""
        brought: dict[int, dict[str, float]] = defaultdict(dict)
        free = self._arriving(node, ())
        near = [seed for listed_node in sorted(free) for seed in self.seeds_at[listed_node]]
        for seed in near:
            if seed.node != node:
                arrived = free if not seed.blocked else self._arriving(node, seed.blocked)
                value = seed.strength * arrived.get(seed.node, 0.0)
                if value > 0.0:
                    brought[seed.listing_status.party][seed.listing_status.listing.id] = value
        ids = self.network.parties.ids
        contributions = [
            Contribution(listed_id=ids[party], listing_ids=tuple(value_by_listing), value=sum(value_by_listing.values()))
            for party, value_by_listing in brought.items()
        ]
        return tuple(sorted(contributions, key=lambda contribution: (-contribution.value, contribution.listed_id)))

    def _arriving(self, node: int, blocked: tuple[int, ...]) -> dict[int, float]:
        """What a unit at each listed node brings to a node, those that reach it."""
        nodes, values = self.operator.reach_into(node, self.near, blocked)
        listed = self._listed[nodes]
        return dict(zip(nodes[listed].tolist(), values[listed].tolist(), strict=True))

    def _strengths(self, seeds: list[Seed]) -> Real:
        strengths = np.zeros(len(self.network))
        for seed in seeds:
            strengths[seed.node] += seed.strength
        return strengths


def risk(network: Network, name: str) -> Risk:
    """Risk in one finite profile of the rulebook."""
    profile = network.rulebook.profiles[name]
    return Risk(network, name, profile, Operator(edges_from(network, profile)), seeds_of(network, name))


def finite_profiles_of(rulebook: Rulebook) -> tuple[str, ...]:
    """Names of the profiles whose exposure is computed, in the rulebook's order."""
    return tuple(name for name, profile in rulebook.profiles.items() if profile.mode == "exposure")


def seeds_of(network: Network, name: str) -> tuple[Seed, ...]:
    """Listings in force as seeds of a profile: several at one node share `min(1, sum)` pro rata."""
    fixed = network.rulebook.profiles[name].mode == "fixed_point"
    listings_by_node: dict[int, list[ListingStatus]] = defaultdict(list)
    for party, listings in network.listings.items():
        for status in listings:
            if status.active and status.rule and (fixed or name in status.rule.propagation) and _applies(network, status):
                listings_by_node[int(network.nodes[party])].append(status)
    never = CREDITORS in network.rulebook.profiles[name].never_to
    return tuple(
        seed for node in sorted(listings_by_node) for seed in _split_seeds(network, node, listings_by_node[node], never=never)
    )


def association(network: Network, before: Real | None = None) -> Solution:
    """The damped fixed point over all listings: how close each party is to listed ones at any distance.

    before: the value of an earlier run, from which the solution is warm-started.
    """
    name = next(name for name, profile in network.rulebook.profiles.items() if profile.mode == "fixed_point")
    profile = network.rulebook.profiles[name]
    seeds = np.zeros(len(network))
    for seed in seeds_of(network, name):
        seeds[seed.node] += seed.strength
    operator = Operator(association_edges(network, profile))
    return solve(operator, seeds, before, keep=profile.receiver_cap or 0.0, tolerance=TOLERANCE)


def _applies(network: Network, status: ListingStatus) -> bool:
    return status.rule is not None and status.rule.binds(network.parties.kind_of(status.party))


def _split_seeds(network: Network, node: int, listings: list[ListingStatus], *, never: bool) -> list[Seed]:
    book = network.rulebook
    strengths = [book.strength(status.rule) if status.rule else 0.0 for status in listings]
    whole = sum(strengths)
    return [
        Seed(status, node, strength * min(1.0, whole) / whole, _blocked(network, status, node) if never else ())
        for status, strength in zip(listings, strengths, strict=True)
        if strength > 0
    ]


def _blocked(network: Network, status: ListingStatus, node: int) -> tuple[int, ...]:
    return tuple(sorted({int(network.nodes[creditor]) for creditor in status.creditors} - {node}))
