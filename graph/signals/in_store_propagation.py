"""Signals computed within the store, one round a query: the store keeps the coefficients, and no graph is loaded for a round.

A wave is what arrived in the last round; the sum of all waves is the signal, `sum_h (C^T)^h s`. A listing whose creditors
never receive what it brings runs by itself, together with those of the same creditors.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.network.edges import Edges, association_edges
from graph.network.network import Network
from graph.signals.kernel import Real
from graph.signals.risk import Risk, Seed, seeds_of
from ontology.rulebook import Rulebook
from store.port import Row, Store

TOLERANCE = 1e-7  # What is still under way when a fixed point stops; the answer is to be right to 1e-6.
ROUNDS_MAX = 500


@dataclass(frozen=True)
class CarriedProfile:
    """A profile as the store keeps it: its edges, its sources, and its number of hops (None: until it converges)."""

    name: str
    edges: Edges
    seeds: Sequence[Seed]
    hops: int | None


@dataclass(frozen=True)
class InStoreRun:
    """A profile computed within the store: in how many rounds, and how far it is from the kernel's answer at most."""

    rounds: int
    difference: float


def carried_profiles(network: Network, risks: Iterable[Risk]) -> tuple[CarriedProfile, ...]:
    """Every profile that carries anything: the finite ones, then association."""
    name = fixed_profile(network.rulebook)
    finite = [CarriedProfile(risk.name, risk.operator.edges, risk.seeds, risk.hops) for risk in risks]
    edges = association_edges(network, network.rulebook.profiles[name])
    return (*finite, CarriedProfile(name, edges, seeds_of(network, name), None))


def fixed_profile(rulebook: Rulebook) -> str:
    """The name of the profile that is a fixed point."""
    return next(name for name, profile in rulebook.profiles.items() if profile.mode == "fixed_point")


def write_carried_profiles(store: Store, network: Network, profiles: Sequence[CarriedProfile]) -> None:
    """Replace the stored coefficients of ties and shared values, and the stored sources, by those of these profiles."""
    ids = network.parties.ids
    store.write("signals/clear_carried")
    store.write("signals/put_carriers", rows=({"id": id_} for id_ in ids))
    store.write("signals/put_carried", rows=(row for profile in profiles for row in _tie_rows(profile, ids)))
    store.write("signals/put_carried_shared", rows=(row for profile in profiles for row in _shared_rows(profile, network)))
    store.write("signals/put_carried_seeds", rows=(row for profile in profiles for row in _seed_rows(profile, ids)))


def propagate_profile(store: Store, network: Network, profile: CarriedProfile) -> tuple[Real, int]:
    """The signal of a profile, one value a node, computed by the store, and the number of rounds.

    Needs the coefficients that `write_carried_profiles` writes.
    """
    ids, rounds = network.parties.ids, 0
    store.write("signals/clear_totals")
    for blocked, seeds in _runs(profile):
        store.write("signals/clear_waves")
        store.write("signals/put_waves", rows=[{"id": ids[node], "value": value} for node, value in seeds.items()])
        rounds += _settle(store, profile, [ids[node] for node in blocked])
    signal = np.zeros(len(network))
    totals = store.columns("signals/totals")
    signal[[network.parties.index[id_] for id_ in totals["id"]]] = totals["total"]
    store.write("signals/clear_waves")
    store.write("signals/clear_totals")
    return signal, rounds


def _settle(store: Store, profile: CarriedProfile, blocked: list[str]) -> int:
    """Rounds until the profile's hops are done, or nothing above the tolerance is under way. Returns how many."""
    for number in range(ROUNDS_MAX if profile.hops is None else profile.hops):
        store.write("signals/round", profile=profile.name, blocked=blocked)
        under_way = store.read("signals/wave")[0]["greatest"]
        if under_way <= (TOLERANCE if profile.hops is None else 0.0):
            return number + 1
    return ROUNDS_MAX if profile.hops is None else profile.hops


def _runs(profile: CarriedProfile) -> list[tuple[tuple[int, ...], dict[int, float]]]:
    """Strength by node of the sources with the same creditors, one run each."""
    strengths_by_blocked: dict[tuple[int, ...], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for seed in profile.seeds:
        strengths_by_blocked[seed.blocked][seed.node] += seed.strength
    return sorted(strengths_by_blocked.items())


def _tie_rows(profile: CarriedProfile, ids: Sequence[str]) -> Iterator[Row]:
    """One row a pair of parties: parallel ties are summed."""
    e = profile.edges
    receivers = np.repeat(np.arange(len(e.receives)), np.diff(e.starts))
    pair, place = np.unique(receivers * len(ids) + e.senders, return_inverse=True)
    values = np.bincount(place, e.coefficients * e.scale[receivers], len(pair))
    for key, value in zip(pair.tolist(), values.tolist(), strict=True):
        receiver, sender = divmod(key, len(ids))
        yield {"profile": profile.name, "sender_id": ids[sender], "receiver_id": ids[receiver], "coefficient": value}


def _shared_rows(profile: CarriedProfile, network: Network) -> Iterator[Row]:
    e, ids = profile.edges, network.parties.ids
    for place, hub in enumerate(e.hub.tolist()):
        for member in e.hub_members[e.hub_starts[place] : e.hub_starts[place + 1]].tolist():
            value = float(e.factor[place] * e.scale[member]) if e.receives[member] else 0.0
            yield {"profile": profile.name, "hub_id": network.hubs.id(hub), "entity_id": ids[member], "coefficient": value}


def _seed_rows(profile: CarriedProfile, ids: Sequence[str]) -> Iterator[Row]:
    for seed in profile.seeds:
        yield {
            "profile": profile.name,
            "entity_id": ids[seed.node],
            "listing_id": seed.listing_status.listing.id,
            "strength": seed.strength,
            "blocked": json.dumps([ids[node] for node in seed.blocked]),
        }
