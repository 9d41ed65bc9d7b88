"""Compares pairs of records: weights and guards. The result for a pair is the same alone or among a million."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.evidence import Evidence, Pairs, Prepared, evidence, prepare
from resolution.comparisons.model import LevelBits
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import add_up, total_bits
from resolution.judgements.rules import Guards, guard_pairs, hold_accusing_pairs
from resolution.records.analysed import Analysed

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WeighedPairs:
    """Compared pairs of one kind: agreement, weight of each field and in total (bits, prior included), and guards."""

    evidence: Evidence
    fields: dict[str, Floats]
    total: Floats
    guards: Guards

    def __len__(self) -> int:
        return len(self.total)


def weigh_pairs(
    kind: PartyKind,
    records: Sequence[Analysed],
    pairs: tuple[Pairs, Pairs],
    statistics: RunStatistics,
    level_bits: LevelBits | None = None,
) -> WeighedPairs:
    """Compare and weigh pairs of positions in `records`. A result depends only on the two records and `statistics`."""
    return weigh(prepare(kind, records, statistics, level_bits), pairs)


def weigh(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> WeighedPairs:
    """As `weigh_pairs`, of records prepared before."""
    return weigh_evidence(prepared, evidence(prepared, pairs))


def weigh_evidence(prepared: Prepared, pair_evidence: Evidence) -> WeighedPairs:
    """Weigh pairs that were compared before: their evidence stays what it is under any model."""
    statistics = prepared.frozen
    fields, total = add_up(pair_evidence, statistics.model, prepared.shares, statistics.prior_bits, prepared.level_bits)
    accuses = prepared.accuses(pair_evidence.left, pair_evidence.right)
    return WeighedPairs(pair_evidence, fields, total, _guard(prepared, pair_evidence, fields, total, accuses))


def _guard(
    prepared: Prepared, pair_evidence: Evidence, fields: dict[str, Floats], total: Floats, accuses: NDArray[np.bool_]
) -> Guards:
    flags = guard_pairs(pair_evidence, fields, total, prepared.shares)
    merge_bits = prepared.frozen.model.merge_bits
    return hold_accusing_pairs(flags, accuses, pair_evidence.agreement["ids"], total, merge_bits) if accuses.any() else flags


def forbid_pairs(weighed_pairs: WeighedPairs, is_forbidden: NDArray[np.bool_]) -> WeighedPairs:
    """The pairs with those marked forbidden that a person called different."""
    flags = weighed_pairs.guards
    guards_of_pairs = replace(
        flags,
        allowed=flags.allowed & ~is_forbidden,
        forbidden=flags.forbidden | is_forbidden,
        doubtful=flags.doubtful & ~is_forbidden,
    )
    return replace(weighed_pairs, guards=guards_of_pairs)


def best_of(prepared: Prepared, weighed_pairs: WeighedPairs) -> WeighedPairs:
    """One pair made of the best agreement of each field over all pairs, with guards of its own."""
    pair_evidence, first = weighed_pairs.evidence, np.zeros(1, dtype=np.int64)
    agreement = {name: _column_max(column) for name, column in pair_evidence.agreement.items()}
    fields = {name: _column_max(column) for name, column in weighed_pairs.fields.items()}
    pooled = Evidence(
        pair_evidence.kind,
        pair_evidence.left[first],
        pair_evidence.right[first],
        agreement,
        _column_max(pair_evidence.names),
        np.array([pair_evidence.tied_by_source.any()]),
        np.array([np.all(pair_evidence.common)], dtype=np.bool_),
        np.array([pair_evidence.whole_name.any()], dtype=np.bool_),
    )
    total = total_bits(fields, prepared.frozen.prior_bits)
    accuses = np.array([prepared.accuses(pair_evidence.left, pair_evidence.right).any()])
    return WeighedPairs(pooled, fields, total, _guard(prepared, pooled, fields, total, accuses))


def _column_max(column: Floats) -> Floats:
    """The highest of a column as one row, NaN where every row is NaN."""
    return np.fmax.reduce(column, keepdims=True)
