"""All signals of a network, each computed on first use and never summed with another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.network.links import Real
from graph.network.network import Network
from graph.signals.evidence import Evidence, evidence
from graph.signals.incremental import Update
from graph.signals.ownership import DeemedOwnership, deem_owned, legal_profiles
from graph.signals.rings import Circulation, Ring, conjured_gain, rings
from graph.signals.risk import Risk, association, finite_profiles_of, risk
from graph.signals.trust import Trust, reference, trust
from graph.signals.updates import PreviousSignals, Solution


@dataclass(frozen=True)
class Signals:
    """Signals over one network; `seeds` are ids of vetted parties that replace the rulebook's seeds of trust.

    `previous` are the signals of an earlier run: those that are fixed points are brought up to date from there.
    """

    network: Network
    seeds: tuple[str, ...] = ()
    previous: PreviousSignals | None = None

    @cached_property
    def risks(self) -> dict[str, Risk]:
        """Risk by finite profile."""
        return {name: risk(self.network, name) for name in finite_profiles_of(self.network.rulebook)}

    @cached_property
    def association(self) -> Real:
        """Closeness to listed parties at any distance, per node."""
        return self._association.value

    @cached_property
    def closeness(self) -> Real:
        """Association clipped to the published scale 0..1, where 1 is listed itself."""
        return np.minimum(self.association, 1.0)

    @cached_property
    def trust(self) -> Trust:
        """Trust per node."""
        return trust(self.network, self.seeds, before=self._before("trust"))

    @property
    def updates(self) -> dict[str, Update]:
        """How each fixed point was computed, with the bound on its error."""
        return {"association": self._association.update, "trust": self.trust.solution.update}

    @cached_property
    def trust_reference(self) -> float:
        """t_ref of the rulebook's trust points."""
        return reference(self.network, self.trust.received)

    @cached_property
    def evidence(self) -> Evidence:
        """Evidence per node: reported outcomes of dealings."""
        return evidence(self.network, self.trust.value)

    @cached_property
    def deemed(self) -> dict[str, DeemedOwnership]:
        """Ownership by sanctioned parties, by rule of legal extension."""
        return {name: deem_owned(self.network, name) for name in legal_profiles(self.network)}

    @cached_property
    def circulation(self) -> Circulation:
        """Circular trade, per node."""
        return Circulation(self.network)

    @cached_property
    def rings(self) -> Sequence[Ring]:
        """Cases of trade that may conjure credit, those a person dismissed among them."""
        return rings(self.circulation)

    @cached_property
    def ring_of(self) -> Mapping[int, Ring]:
        """The strongest case of each node that no person has dismissed."""
        return {node: ring for ring in reversed(self.rings) if not ring.dismissed for node in ring.members}

    def gain(self, ring: Ring) -> float:
        """Conjured gain of a case: trust of its members with their inner ties over that without."""
        if ring.id not in self.gains:
            self.gains[ring.id] = conjured_gain(self.network, self._undiscounted, ring.members)
        return self.gains[ring.id]

    @cached_property
    def gains(self) -> dict[str, float]:
        """Conjured gains by case, those asked for so far: each solves trust once more."""
        return {}

    @cached_property
    def _undiscounted(self) -> Trust:
        return trust(self.network, self.seeds, discounted=False)

    @cached_property
    def _association(self) -> Solution:
        return association(self.network, self._before("association"))

    def _before(self, name: str) -> Real | None:
        return self.previous.values_for(name, self.network.parties) if self.previous else None
