"""The order of the rankings: whom to review first, and who is reliable, as columns of parties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Real
from graph.scores.review_reasons import OWN_DEALINGS, ReviewReason
from ontology.score import Standing

if TYPE_CHECKING:
    from graph.scores.scoring import Scoring  # Which keeps the orders.


@dataclass(frozen=True)
class RiskOrder:
    """Firms and agencies to review, the first first. `strength` 0..1 is that of listings, or the exposure that put it here.

    points: of its own listings, or those its exposures bear before caps, 0 or below.
    """

    party: NDArray[np.int64]
    strength: Real
    points: NDArray[np.int64]


def riskiest(scoring: "Scoring") -> RiskOrder:
    """Own active listings first, by strength then points; then by association, those that bear points first; then own dealings.

    Never persons, and nobody of unknown kind whose name could be a person's.
    """
    entries = [*_listed(scoring), *_by_association(scoring)]
    party, strength, points = zip(*entries, strict=True) if entries else ((), (), ())
    return RiskOrder(np.array(party, np.int64), np.array(strength, np.float64), np.array(points, np.int64))


def most_reliable(scoring: "Scoring", scores: Iterable[tuple[int, int | None, Standing]]) -> NDArray[np.int64]:
    """Firms and agencies with nothing found against them, the highest score first, evidence and trust among equals.

    scores: party, score and standing of at least every party that `receives`: a branch counts as its head office only.
    """
    network = scoring.network
    good = [
        (party, value)
        for party, value, standing in scores
        if value is not None and standing is Standing.NOTHING_FOUND and network.receives[party]
    ]
    party, value = np.array(good, np.int64).reshape(-1, 2).T
    node = network.nodes[party]
    order = np.lexsort((party, -scoring.signals.trust.value[node], -scoring.signals.evidence.value[node], -value))
    return party[order]


def _listed(scoring: "Scoring") -> list[tuple[int, float, int]]:
    """Firms and agencies with a listing in force of their own; the head office of a listed branch is listed, too."""
    network, book = scoring.network, scoring.network.rulebook
    listed_parties = network.listed.tolist()
    entries = []
    for party in sorted({*listed_parties, *(int(network.nodes[party_]) for party_ in listed_parties)}):
        if not network.parties.personal[party]:
            rules = [status.rule for status in scoring.listings(party) if status.rule]
            strength = min(1.0, sum(book.strength(rule) for rule in rules))
            entries.append((party, strength, sum(rule.points_for(network.parties.kind_of(party)) for rule in rules)))
    return sorted(entries, key=lambda entry: (-entry[1], entry[2], network.parties.ids[entry[0]]))


def _by_association(scoring: "Scoring") -> Iterator[tuple[int, float, int]]:
    review_reasons, ids = scoring.review_reasons, scoring.network.parties.ids
    listed = set(scoring.network.nodes[scoring.network.listed].tolist())
    entries = []
    for node, reasons in review_reasons.by_node.items():
        if node not in listed:
            points = sum(float(points[node]) for points in review_reasons.points.values())
            bears = any(reason in (ReviewReason.OWNED, ReviewReason.EXPOSED) for reason in reasons)
            order = (OWN_DEALINGS.issuperset(reasons), not bears, -_strength(scoring, node, reasons), ids[node])
            entries.append((order, node, points))
    for (_, _, strength, _), node, points in sorted(entries):
        yield node, -strength, round(points)


def _strength(scoring: "Scoring", node: int, reasons: tuple[ReviewReason, ...]) -> float:
    """What orders parties by association: the greatest of the exposures and cases that put them there."""
    strengths = [float(risk.exposure[node]) for name, risk in scoring.signals.risks.items() if _counts(scoring, name, node)]
    if ReviewReason.OWNED in reasons:
        strengths.append(1.0)
    if ReviewReason.RING in reasons:
        strengths.append(scoring.signals.ring_of[node].strength)
    if ReviewReason.REPORTED in reasons:
        strengths.append(-float(scoring.signals.evidence.value[node]))
    if ReviewReason.SUCCESSOR in reasons:
        strengths.append(0.5)  # As strong as half a listing: people and two more signs agree.
    return min(1.0, max(strengths, default=0.0))


def _counts(scoring: "Scoring", name: str, node: int) -> bool:
    threshold = scoring.network.rulebook.look.exposure_from.get(name, 2.0)
    return bool(scoring.review_reasons.points[name][node] < 0 or scoring.signals.risks[name].exposure[node] >= threshold)
