"""Estimates the number of partners of a record, and so the prior of a pair, from the records alone, without labels.

A register has one record of a person, an archive ten: the prior odds of a pair differ accordingly. The expected number of
matches among the proposed pairs is computed with the current prior and gives the next one, until it converges.
"""

import numpy as np

from resolution.comparisons.evidence import Prepared
from resolution.comparisons.run_statistics import RunStatistics
from resolution.judgements.slices import Positions
from resolution.judgements.weighed_pairs import weigh

SAMPLE_PAIRS = 1 << 17  # A quarter of a second; of a million records with 35 million pairs some 2,000 true ones are among them.
ROUNDS = 8
BITS_MAX = 60.0


def with_partners(prepared: Prepared, pairs: tuple[Positions, Positions]) -> RunStatistics:
    """The run's statistics with the expected number of partners of a record; unchanged where their model does not use it.

    pairs: all pairs that keys propose, sorted; an evenly spaced sample is weighed.
    Source: expectation maximisation of a mixture's share, all else fixed; Dempster, Laird and Rubin 1977.
    """
    statistics, records = prepared.frozen, len(prepared.records)
    assumed = statistics.model.random_match_records
    if not assumed or not len(pairs[0]):
        return statistics
    step = max(len(pairs[0]) // SAMPLE_PAIRS, 1)
    left, right = (side[::step].astype(np.int64) for side in pairs)
    bits = weigh(prepared, (left, right)).total - statistics.prior_bits
    partners_per_sample = 2.0 * len(pairs[0]) / len(left)  # Partners that a sampled pair stands for.
    partners = statistics.model.random_match
    for _ in range(ROUNDS):
        odds = bits + statistics.model_copy(update={"partners": partners}).prior_bits
        likely = 1.0 / (1.0 + 2.0 ** -np.clip(odds, -BITS_MAX, BITS_MAX))
        partners = (partners_per_sample * float(likely.sum()) + statistics.model.random_match * assumed) / (records + assumed)
    return statistics.model_copy(update={"partners": partners})
