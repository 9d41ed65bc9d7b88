"""Evidence: reported outcomes of dealings with a party, weighed by the trust in the reporters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network.coefficients import column
from graph.network.links import Real, Whole
from graph.network.network import Network
from graph.network.parties import KINDS


@dataclass(frozen=True)
class Evidence:
    """`value` e per node, -1..1, 0 without a trusted report; `reporters` how many parties that trust reaches reported on it."""

    value: Real
    reporters: NDArray[np.int64]
    mean_trust: float


def evidence(network: Network, trust: Real) -> Evidence:
    """`e_v = sum_u tau_u w_uv / (kappa + sum_u tau_u)`, w the mean outcome of all dealings u reported of v.

    `tau_u` grows with the trust in u relative to the mean over reporters with trust above 0. A reporter without trust has
    weight 0, so invented reporters change nothing.
    """
    rule, count = network.rulebook.evidence, len(network)
    reporter, subject, weight = _per_pair(network)
    trusted_reporters = np.unique(reporter[trust[reporter] > 0])
    mean = float(trust[trusted_reporters].mean()) if len(trusted_reporters) else 0.0
    if mean == 0.0:
        return Evidence(np.zeros(count), np.zeros(count, np.int64), 0.0)
    trust_ratio = column(rule.tau.expression, {"t": trust[reporter], "t_mean": np.full(len(reporter), mean)}, rows=len(reporter))
    tau = np.maximum(trust_ratio, 0.0) ** rule.tau.power
    numerator, denominator = np.bincount(subject, tau * weight, count), np.bincount(subject, tau, count)
    return Evidence(numerator / (rule.kappa + denominator), np.bincount(subject[tau > 0], minlength=count), mean)


def _per_pair(network: Network) -> tuple[Whole, Whole, Real]:
    """Reporter, subject and mean outcome of every two nodes that dealt; only kinds of reporters the rulebook names.

    What members of a confirmed ring say of each other is left out.
    """
    experiences = network.experiences
    allowed = np.array([kind in network.rulebook.evidence.reporters for kind in KINDS])
    experiences = experiences.select(allowed[network.parties.kind[experiences.reporter]])
    reporter, subject = network.nodes[experiences.reporter].astype(np.int64), network.nodes[experiences.subject].astype(np.int64)
    counted = (reporter != subject) & ~network.within_confirmed_ring(reporter, subject)
    pair, place = np.unique(reporter[counted] * len(network) + subject[counted], return_inverse=True)
    mean = np.bincount(place, experiences.weight[counted]) / np.bincount(place) if len(pair) else np.empty(0)
    return pair // max(len(network), 1), pair % max(len(network), 1), mean
