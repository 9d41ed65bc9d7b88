"""Compared pairs with their weights and guards, and how two batches of them become one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.evidence import Evidence
from resolution.comparisons.weights import total_bits
from resolution.judgements.rules import Guards, guards

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """Every compared pair of one kind: agreement, weight of each field and in total (bits, prior included), guards."""

    found: Evidence
    fields: dict[str, Floats]
    total: Floats
    guards: Guards

    def __len__(self) -> int:
        return len(self.total)


def weigh(found: Evidence, fields: dict[str, Floats], *, prior_bits: float, shares: Floats) -> Weighed:
    """Add up the weights of compared pairs and judge them by the guards."""
    return Weighed(found, fields, total_bits(fields, prior_bits), guards(found, shares))


def together(one: Weighed, other: Weighed) -> Weighed:
    """Two batches over the same records as one."""
    found = Evidence(
        one.found.kind,
        np.concatenate([one.found.left, other.found.left]),
        np.concatenate([one.found.right, other.found.right]),
        {name: np.concatenate([column, other.found.agreement[name]]) for name, column in one.found.agreement.items()},
    )
    flags = Guards(
        np.concatenate([one.guards.allowed, other.guards.allowed]),
        np.concatenate([one.guards.against, other.guards.against]),
        np.concatenate([one.guards.forbidden, other.guards.forbidden]),
    )
    fields = {name: np.concatenate([column, other.fields[name]]) for name, column in one.fields.items()}
    return Weighed(found, fields, np.concatenate([one.total, other.total]), flags)


def kept_apart(weighed: Weighed, apart: NDArray[np.bool_]) -> Weighed:
    """The same with some pairs forbidden, because a person said so."""
    flags = Guards(weighed.guards.allowed & ~apart, weighed.guards.against, weighed.guards.forbidden | apart)
    return Weighed(weighed.found, weighed.fields, weighed.total, flags)
