"""Counts in a store how pairs that meet at one place fall into one person, two of a family, and two others. Without labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.households import (
    LABELS,
    LEVEL_COUNTS,
    PATTERNS,
    STEPS,
    Chances,
    Households,
    decode_patterns,
    encode_patterns,
    sum_log_chances,
)
from resolution.judgements.weighed_pairs import WeighedPairs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
ROUNDS = 100


def patterns_of(weighed_pairs: WeighedPairs, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Integers:
    """The patterns (comparisons/households.py) of these rows."""
    evidence = weighed_pairs.evidence
    return encode_patterns(evidence.names[rows], {name: evidence.agreement[name][rows] for name in STEPS})


@dataclass
class MeetingPairs:
    """Counts patterns of all pairs that meet at one place, whatever they weigh. The order of calls has no influence."""

    batches: list[Integers] = field(default_factory=list)

    def add(self, weighed_pairs: WeighedPairs) -> None:
        """Count those of these pairs that meet."""
        if weighed_pairs.evidence.kind is PartyKind.PERSON and weighed_pairs.guards.meets.any():
            self.batches.append(np.bincount(patterns_of(weighed_pairs, weighed_pairs.guards.meets), minlength=PATTERNS))

    def counts(self) -> Integers:
        """How many pairs have each pattern."""
        return np.asarray(np.sum([np.zeros(PATTERNS, dtype=np.int64), *self.batches], axis=0), dtype=np.int64)


def learn_households(believed: Households, counts: Integers) -> Households:
    """The shares of the three classes, and the chances of one person, by expectation maximisation.

    counts: pairs of each pattern. What families and other neighbours are like is believed, not counted: they alone tell a
    family from one person whose records are full of errors.
    Source: Dempster, Laird and Rubin 1977, Maximum Likelihood from Incomplete Data via the EM Algorithm.
    """
    patterns = np.flatnonzero(counts)
    if not len(patterns):
        return believed
    pair_counts, levels = counts[patterns], decode_patterns(patterns)
    log_shares, tables = believed.log_chances()
    believed_pairs = np.array([believed.shares.one_person, believed.shares.kin, believed.shares.others])
    believed_chances = {name: np.exp(table[:-1, 0]) for name, table in tables.items()}
    for _ in range(ROUNDS):
        log_odds = log_shares + sum_log_chances(tables, patterns)
        likely = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
        likely *= (pair_counts / likely.sum(axis=1))[:, None]
        shares = likely.sum(axis=0) + believed_pairs
        log_shares = np.log(shares / shares.sum())
        for name, table in tables.items():
            seen = np.bincount(levels[name], weights=likely[:, 0], minlength=LEVEL_COUNTS[name])[:-1]
            chances = (seen + believed.firmly * believed_chances[name]) / (seen.sum() + believed.firmly)
            table[:-1, 0] = np.log(chances)
    return _with_counts(believed, np.exp(log_shares), tables, int(pair_counts.sum()))


def _with_counts(believed: Households, shares: Floats, tables: Mapping[str, Floats], pairs: int) -> Households:
    levels = {
        name: {label: _rounded(np.exp(row)) for label, row in zip(LABELS[name], table[:-1], strict=True)}
        for name, table in tables.items()
    }
    return believed.with_counts(_rounded(shares), levels, pairs)


def _rounded(row: Floats) -> Chances:
    """Six digits each, so that the order of additions leaves no trace."""
    one_person, kin, others = (float(f"{chance:.6g}") for chance in row)
    return Chances(one_person=one_person, kin=kin, others=others)
