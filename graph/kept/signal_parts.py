"""Signals and scores as arrays and back: what explanations, rankings and checks read of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.kept import columns as kept
from graph.kept.columns import Arrays
from graph.kept.network_parts import adapter
from graph.network.co_controlled_pairs import NO_PAIRS, Pairs
from graph.network.edges import Edges
from graph.network.network import Network
from graph.network.successions import Succession
from graph.scores.coverage import Coverage
from graph.scores.dealings import Dealings
from graph.scores.positives import Positives
from graph.scores.ranking_order import RiskOrder
from graph.scores.review_reasons import ReviewReason, ReviewReasons
from graph.scores.scoring import Scoring
from graph.signals.evidence import Evidence
from graph.signals.incremental import Update
from graph.signals.operator import Operator
from graph.signals.ownership import DeemedOwnership, Holding, legal_profiles
from graph.signals.rings import Circulation, Ring
from graph.signals.risk import Risk, Seed, finite_profiles_of
from graph.signals.signals import Signals
from graph.signals.trades import Trades
from graph.signals.trust import Flow, Trust
from graph.signals.updates import Solution

GAINS_MAX = 10  # Cases whose gain a run computes: each solves trust once more. Of others a look does.
OWN, ANY, NONE = range(3)  # Which pairs of firms the edges of a profile name.


@dataclass(frozen=True)
class KeptSeed:
    """A `Seed` whose listing is the one at `place` of its party."""

    party: int
    place: int
    node: int
    strength: float
    blocked: tuple[int, ...]


def scoring_to_arrays(scoring: Scoring) -> dict[str, NDArray[Any]]:
    """The arrays of signals and scores; those of the network are kept beside them."""
    network, signals = scoring.network, scoring.signals
    arrays: dict[str, NDArray[Any]] = {}
    for name, risk in signals.risks.items():
        arrays |= _risk_to_arrays(network, f"risk.{name}", risk)
        arrays[f"points.{name}"] = scoring.review_reasons.points[name]
    for name, deemed in signals.deemed.items():
        arrays |= kept.by_number_to_arrays(f"owned.{name}", deemed.owned, adapter(tuple[Holding, ...]).dump_json)
        arrays |= kept.by_number_to_arrays(f"control.{name}", deemed.control, adapter(tuple[int, ...]).dump_json)
    arrays |= kept.encoded_to_arrays("rings", [adapter(Ring).dump_json(ring) for ring in signals.rings])
    strongest = [ring for ring in signals.rings if not ring.dismissed][:GAINS_MAX]
    gains = {ring.id: signals.gain(ring) for ring in strongest}
    arrays |= kept.encoded_to_arrays("gains", [adapter(dict[str, float]).dump_json(gains)])
    places = {ring.id: place for place, ring in enumerate(signals.rings)}
    arrays |= kept.by_number_to_arrays(
        "ring_of", {node: places[ring.id] for node, ring in signals.ring_of.items()}, adapter(int).dump_json
    )
    reasons, positives = scoring.review_reasons, scoring.positives
    arrays |= kept.by_number_to_arrays("reasons", reasons.by_node, adapter(tuple[ReviewReason, ...]).dump_json)
    arrays |= kept.by_number_to_arrays("successions", reasons.successions, adapter(tuple[Succession, ...]).dump_json)
    arrays |= kept.by_number_to_arrays("dealings", positives.dealings, adapter(Dealings).dump_json)
    arrays |= kept.fields_to_arrays("coverage", scoring.coverage)
    arrays |= kept.fields_to_arrays("riskiest", scoring.riskiest)
    arrays |= kept.fields_to_arrays("evidence", signals.evidence)
    arrays |= kept.fields_to_arrays("trades", signals.circulation.trades)
    arrays |= kept.fields_to_arrays("flow", signals.trust.flow)
    return arrays | {
        "association": signals.association,
        "trust.seeds": signals.trust.seeds,
        "trust.value": signals.trust.value,
        "trust.received": signals.trust.received,
        "trust.reference": np.array([signals.trust_reference]),
        "evidence.mean_trust": np.array([signals.evidence.mean_trust]),
        "circulation": signals.circulation.strength,
        "court_covers": np.array([positives.court_covers]),
        "trust_points": scoring.trust_points,
        "evidence_points": scoring.evidence_points,
        "most_reliable": scoring.most_reliable,
        **kept.encoded_to_arrays("copies", [adapter(dict[str, str]).dump_json(scoring.coverage.copies)]),
    }


def scoring_from_arrays(arrays: Arrays, network: Network, *, seeds: tuple[str, ...]) -> Scoring:
    """The scores that `scoring_to_arrays` kept. seeds: ids of the vetted parties of that run."""
    rulebook = network.rulebook
    risks = {name: _risk_from(arrays, network, name) for name in finite_profiles_of(rulebook)}
    rings = kept.JsonValues[Ring](kept.texts_from(arrays, "rings"), adapter(Ring).validate_json)
    trust = kept.with_known(
        Trust(network, arrays["trust.seeds"], kept.fields_from(Flow, arrays, "flow")),
        solution=_solution(arrays["trust.value"]),
        received=arrays["trust.received"],
    )
    signals = kept.with_known(
        Signals(network, seeds),
        risks=risks,
        _association=_solution(arrays["association"]),
        trust=trust,
        trust_reference=float(arrays["trust.reference"][0]),
        evidence=kept.fields_from(Evidence, arrays, "evidence", mean_trust=float(arrays["evidence.mean_trust"][0])),
        deemed={name: _deemed_from(arrays, name) for name in legal_profiles(network)},
        circulation=kept.with_known(
            Circulation(network), strength=arrays["circulation"], trades=kept.fields_from(Trades, arrays, "trades")
        ),
        gains=adapter(dict[str, float]).validate_json(kept.texts_from(arrays, "gains").encoded(0)),
        rings=rings,
        ring_of=kept.by_number_from(arrays, "ring_of", lambda content: rings.item(int(content))),
    )
    reasons = kept.with_known(
        ReviewReasons(network, signals),
        points={name: arrays[f"points.{name}"] for name in risks},
        by_node=kept.by_number_from(arrays, "reasons", adapter(tuple[ReviewReason, ...]).validate_json),
        successions=kept.by_number_from(arrays, "successions", adapter(tuple[Succession, ...]).validate_json),
    )
    positives = kept.with_known(
        Positives(network, signals),
        dealings=kept.by_number_from(arrays, "dealings", adapter(Dealings).validate_json),
        court_covers=bool(arrays["court_covers"][0]),
    )
    copies = adapter(dict[str, str]).validate_json(kept.texts_from(arrays, "copies").encoded(0))
    return kept.with_known(
        Scoring(network, signals),
        review_reasons=reasons,
        positives=positives,
        coverage=kept.fields_from(Coverage, arrays, "coverage", copies=copies),
        riskiest=kept.fields_from(RiskOrder, arrays, "riskiest"),
        most_reliable=arrays["most_reliable"],
        trust_points=arrays["trust_points"],
        evidence_points=arrays["evidence_points"],
    )


class _Seeds(Sequence[Seed]):
    """The seeds of a profile, in the order of their nodes."""

    def __init__(self, by_node: Mapping[int, tuple[Seed, ...]]) -> None:
        self._by_node = by_node

    def __len__(self) -> int:
        return sum(map(len, self._by_node.values()))

    def __iter__(self) -> Iterator[Seed]:
        return (seed for seeds in self._by_node.values() for seed in seeds)

    def __getitem__(self, place: Any) -> Any:
        return list(self)[place]


def _risk_to_arrays(network: Network, name: str, risk: Risk) -> dict[str, NDArray[Any]]:
    operator, edges = risk.operator, risk.operator.edges
    if len(network):
        risk.contributions(int(np.argmax(risk.exposure)))  # Compiles what looks walk with, so that none has to wait for it.
    node_starts, node_hubs, *_ = operator.shared
    pairs = {id(network.own_pairs): OWN, id(network.any_pairs): ANY}.get(id(edges.pairs), NONE)
    return {
        **kept.fields_to_arrays(f"{name}.edges", edges),
        **{f"{name}.bounds.{hop}": bound for hop, bound in enumerate(risk.bounds)},
        **kept.by_number_to_arrays(f"{name}.seeds", risk.seeds_at, lambda seeds: _seeds_to_json(network, seeds)),
        f"{name}.pairs": np.array([pairs]),
        f"{name}.shared.starts": node_starts,
        f"{name}.shared.hubs": node_hubs,
        f"{name}.near": risk.near,
        f"{name}.strengths": risk.strengths,
        f"{name}.value": risk.value,
        f"{name}.own_part": risk.own_part,
        f"{name}.exposure": risk.exposure,
    }


def _risk_from(arrays: Arrays, network: Network, name: str) -> Risk:
    key, profile = f"risk.{name}", network.rulebook.profiles[name]
    pairs: Pairs = {OWN: network.own_pairs, ANY: network.any_pairs}.get(int(arrays[f"{key}.pairs"][0]), NO_PAIRS)
    edges = kept.fields_from(Edges, arrays, f"{key}.edges", pairs=pairs)
    operator = kept.with_known(
        Operator(edges),
        shared=(arrays[f"{key}.shared.starts"], arrays[f"{key}.shared.hubs"], edges.hub_starts, edges.hub_members, edges.factor),
    )
    seeds_at = kept.by_number_from(arrays, f"{key}.seeds", lambda content: _seeds_from_json(network, content))
    return kept.with_known(
        Risk(network, name, profile, operator, _Seeds(seeds_at)),
        seeds_at=seeds_at,
        near=arrays[f"{key}.near"],
        strengths=arrays[f"{key}.strengths"],
        value=arrays[f"{key}.value"],
        own_part=arrays[f"{key}.own_part"],
        exposure=arrays[f"{key}.exposure"],
        bounds=[arrays[f"{key}.bounds.{hop}"] for hop in range((profile.max_hops or 0) + 1)],
    )


def _seeds_to_json(network: Network, seeds: tuple[Seed, ...]) -> bytes:
    kept_seeds = []
    for seed in seeds:
        party = seed.listing_status.party
        place = network.listings[party].index(seed.listing_status)
        kept_seeds.append(KeptSeed(party, place, seed.node, seed.strength, seed.blocked))
    return adapter(tuple[KeptSeed, ...]).dump_json(tuple(kept_seeds))


def _seeds_from_json(network: Network, content: bytes) -> tuple[Seed, ...]:
    return tuple(
        Seed(network.listings[seed.party][seed.place], seed.node, seed.strength, seed.blocked)
        for seed in adapter(tuple[KeptSeed, ...]).validate_json(content)
    )


def _deemed_from(arrays: Arrays, name: str) -> DeemedOwnership:
    return DeemedOwnership(
        name,
        kept.by_number_from(arrays, f"owned.{name}", adapter(tuple[Holding, ...]).validate_json),
        kept.by_number_from(arrays, f"control.{name}", adapter(tuple[int, ...]).validate_json),
    )


def _solution(value: NDArray[np.float64]) -> Solution:
    """A fixed point as it was kept; the bound on its error is told where it was computed."""
    return Solution(value, Update(bulk=True, edges=0, bound=0.0))
