"""The weights of a full run of persons: learned from its own records without labels; the shipped ones where that fails a check.

A store is the best witness of its own slips: how often its records of one person tell two days, two spellings, two homes.
Source: docs/decisions/0037, 0073.
"""

import numpy as np
from numpy.typing import NDArray

from ontology.errors import NothingToDo
from resolution.comparisons import fields
from resolution.comparisons.evidence import Prepared
from resolution.comparisons.model import Model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.judgements.slices import Positions
from resolution.judgements.weighed_pairs import WeighedPairs, weigh, weigh_evidence
from resolution.training.training import LabelledPairs, SampleSizes, learn, sample_rows

SAMPLE = SampleSizes(
    random=300_000, near=300_000, block=100_000, records=200_000
)  # Five seconds of processor, whatever the size of the store.
GROWTH_MAX = 2.0  # A store that has grown by more learns anew; until then what it learned stands, and parties stay what they are.
CHECKED_PAIRS = 200_000
JOINED_SHARE_MIN, JOINED_SHARE_MAX = (
    0.8,
    1.5,
)  # Of the pairs that the shipped weights join: beyond them EM has found something else.
ERRORS_MORE_MAX, ERRORS_FREE = 1.1, 5  # Of pairs that a number tells for sure: so many times as many errors, and a few.


def learn_run_weights(prepared: Prepared, pairs: tuple[Positions, Positions], kept: RunStatistics | None = None) -> RunStatistics:
    """The statistics of the run with learned weights, with those kept from an earlier run, or as they were.

    prepared: the run's units with the shipped weights. pairs: all that keys propose. kept: of the last full run of the store.
    """
    statistics, records = prepared.frozen, len(prepared.records)
    if kept and _stands(kept, statistics.model, records):
        return statistics.with_learned(kept.model, kept.learned_from)
    ends = _sample(pairs, max(SAMPLE.near, CHECKED_PAIRS))
    unlabelled = LabelledPairs(prepared.records, _no_pairs(), _no_pairs(), ends, len(pairs[0]))
    try:
        learned, _ = learn(statistics.model, unlabelled, provenance=f"{records} records", sizes=SAMPLE, prepared=prepared)
    except NothingToDo:
        return statistics
    candidate = statistics.with_learned(learned, records)
    return candidate if _passes(prepared, candidate, _sample(ends, CHECKED_PAIRS)) else statistics


def _stands(kept: RunStatistics, shipped: Model, records: int) -> bool:
    """Whether what the store learned before is still to be used: of the same shipped weights, from half the records or more."""
    is_of_shipped = kept.model.version.partition("+")[0] == shipped.version
    return bool(kept.learned_from) and is_of_shipped and records <= GROWTH_MAX * kept.learned_from


def _no_pairs() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)


def _sample(pairs: tuple[Positions, Positions], pairs_max: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Evenly spaced pairs, in order."""
    rows = sample_rows(len(pairs[0]), pairs_max)
    return pairs[0][rows].astype(np.int64), pairs[1][rows].astype(np.int64)


def _passes(prepared: Prepared, candidate: RunStatistics, ends: tuple[NDArray[np.int64], NDArray[np.int64]]) -> bool:
    """Whether the learned weights do no worse than the shipped ones where an issued number tells, and join about as many."""
    before = weigh(prepared, ends)
    after = weigh_evidence(prepared.with_statistics(candidate), before.evidence)
    joined_before, joined_after = (_count_joined(weighed, prepared.frozen.model) for weighed in (before, after))
    if not JOINED_SHARE_MIN * joined_before <= joined_after <= JOINED_SHARE_MAX * joined_before + ERRORS_FREE:
        return False
    errors = zip(_count_errors(before, prepared.frozen), _count_errors(after, candidate), strict=True)
    return all(errors_after <= ERRORS_MORE_MAX * errors_before + ERRORS_FREE for errors_before, errors_after in errors)


def _count_joined(weighed: WeighedPairs, model: Model) -> int:
    return int((weighed.guards.allowed & (weighed.total >= model.merge_bits)).sum())


def _count_errors(weighed: WeighedPairs, statistics: RunStatistics) -> tuple[int, int]:
    """Pairs of one number that weigh too little without it, and pairs of two that weigh enough without it."""
    ids = weighed.evidence.agreement["ids"]
    enough = weighed.total - np.nan_to_num(weighed.fields["ids"]) >= statistics.model.merge_bits
    return int(((ids >= fields.ID_ISSUED) & ~enough).sum()), int(((ids <= fields.ID_OTHER) & enough).sum())
