"""Reasons to put a party without a listing before a person, by the rulebook's thresholds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from graph.network.coefficients import column
from graph.network.links import Real
from graph.network.network import Network
from graph.network.successions import Succession, successions
from graph.signals.signals import Signals


class ReviewReason(StrEnum):
    """Why, the heaviest first."""

    OWNED = "owned"
    EXPOSED = "exposed"
    SUCCESSOR = "successor"
    NEAR = "near"
    RING = "ring"
    REPORTED = "reported"


OWN_DEALINGS = frozenset({ReviewReason.RING, ReviewReason.REPORTED})  # What a party did itself, no listed party being near.


@dataclass(frozen=True)
class ReviewReasons:
    """Finds the reasons to review nodes of a network, in bulk."""

    network: Network
    signals: Signals

    @cached_property
    def points(self) -> dict[str, Real]:
        """Points, 0 or below, that exposures bear before caps, per profile and node; 0 where a person has to confirm first."""
        return {name: self._points(name) for name in self.signals.risks}

    @cached_property
    def by_node(self) -> Mapping[int, tuple[ReviewReason, ...]]:
        """Reasons by node, the heaviest first; nodes without a reason are left out."""
        reasons_by_node: dict[int, list[ReviewReason]] = defaultdict(list)
        for reason, nodes in self._reasons():
            for node in nodes:
                if self.network.receives[node]:
                    reasons_by_node[int(node)].append(reason)
        return {node: tuple(reasons) for node, reasons in sorted(reasons_by_node.items())}

    @cached_property
    def successions(self) -> Mapping[int, tuple[Succession, ...]]:
        """Possible successions by the node of the new firm."""
        successions_by_node: dict[int, list[Succession]] = defaultdict(list)
        for case in successions(self.network):
            successions_by_node[int(self.network.nodes[case.new])].append(case)
        return {node: tuple(cases) for node, cases in successions_by_node.items()}

    def _reasons(self) -> Iterable[tuple[ReviewReason, Iterable[int]]]:
        rule, evidence = self.network.rulebook.look, self.signals.evidence
        yield (
            ReviewReason.OWNED,
            sorted({node for ownership in self.signals.deemed.values() for node in (*ownership.owned, *ownership.control)}),
        )
        yield ReviewReason.EXPOSED, np.flatnonzero(sum(self.points.values(), np.zeros(len(self.network))) <= -rule.points_from)
        yield ReviewReason.SUCCESSOR, sorted(self.successions)
        yield ReviewReason.NEAR, np.flatnonzero(self._near())
        yield (
            ReviewReason.RING,
            sorted(node for node, ring in self.signals.ring_of.items() if len(ring.members) >= rule.ring_size_min),
        )
        yield (
            ReviewReason.REPORTED,
            np.flatnonzero((evidence.value <= rule.evidence_to) & (evidence.reporters >= rule.reporters_min)),
        )

    def _near(self) -> Real:
        near = np.zeros(len(self.network))
        for name, threshold in self.network.rulebook.look.exposure_from.items():
            near += self.signals.risks[name].exposure >= threshold
        return near

    def _points(self, name: str) -> Real:
        profile = self.network.rulebook.profiles[name]
        if not profile.cap_points or profile.human_review_required:
            return np.zeros(len(self.network))
        quantities = {
            "cap_points": np.full(len(self.network), profile.cap_points, np.float64),
            "exposure": self.signals.risks[name].exposure,
        }
        return column(self.network.rulebook.score.exposure.expression, quantities, rows=len(self.network))
