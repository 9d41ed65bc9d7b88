"""Compared pairs with their weights and guards: the same for one pair as for a million."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.evidence import Evidence, Pairs, Prepared, evidence, prepare
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import field_bits, total_bits
from resolution.judgements.rules import Guards, guards
from resolution.records.analysed import Analysed

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


def weigh_pairs(kind: PartyKind, records: Sequence[Analysed], pairs: tuple[Pairs, Pairs], frozen: RunStatistics) -> Weighed:
    """Compare, weigh and judge pairs of positions in `records`. Nothing but the two records and `frozen` has any influence."""
    return weigh(prepare(kind, records, frozen), pairs)


def weigh(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> Weighed:
    """The same, of records made ready before."""
    found = evidence(prepared, pairs)
    fields = field_bits(found, prepared.frozen.model, prepared.shares)
    return Weighed(found, fields, total_bits(fields, prepared.frozen.prior_bits), guards(found, fields, prepared.shares))


def kept_apart(weighed: Weighed, apart: NDArray[np.bool_]) -> Weighed:
    """The same with some pairs forbidden, because a person said so."""
    flags = weighed.guards
    kept = replace(flags, allowed=flags.allowed & ~apart, forbidden=flags.forbidden | apart, doubtful=flags.doubtful & ~apart)
    return replace(weighed, guards=kept)


def best_of(prepared: Prepared, weighed: Weighed) -> Weighed:
    """One pair in place of all: of each field the best that any of them says. Their own guards no longer count."""
    found, first = weighed.found, np.zeros(1, dtype=np.int64)
    agreement = {name: _most(column) for name, column in found.agreement.items()}
    fields = {name: _most(column) for name, column in weighed.fields.items()}
    pooled = Evidence(
        found.kind,
        found.left[first],
        found.right[first],
        agreement,
        _most(found.names),
        np.array([found.tied_by_source.any()]),
        np.array([np.all(found.common)], dtype=np.bool_),
    )
    total = total_bits(fields, prepared.frozen.prior_bits)
    return Weighed(pooled, fields, total, guards(pooled, fields, prepared.shares))


def _most(column: Floats) -> Floats:
    """The highest of a column, NaN where none is told."""
    return np.fmax.reduce(column, keepdims=True)
