"""What matching comes to: parties as record ids, the pairs that hold them together, and those that wait for a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind, build_unchecked
from ontology.judgement import Judgement, Verdict
from resolution.comparisons.evidence import explain_pairs
from resolution.comparisons.run_statistics import RunStatistics
from resolution.entities.components import Clustering
from resolution.entities.kin_counts import find_freed_pairs
from resolution.entities.side_assignment import assign_sides
from resolution.judgements.verdicts import pair_of
from resolution.judgements.weighed_pairs import WeighedPairs
from resolution.records.analysed import Analysed
from resolution.records.sides import is_person_side

KIN_RARE = "kin rare"  # The reason why two records that contradict each other were joined.


@dataclass(frozen=True)
class Match:
    """A pair of records, its weight in bits, and what agrees in words."""

    left_id: str
    right_id: str
    bits: float
    reason: str
    model: str


@dataclass(frozen=True)
class MatchResult:
    """The parties found and the pairs worth keeping.

    parts:          record ids of each party.
    joined_pairs:   pairs within a party.
    possible_pairs: pairs between two parties that may be one.
    statistics:     the statistics the weights were computed with, by kind.
    """

    parts: list[list[str]]
    joined_pairs: list[Match]
    possible_pairs: list[Match]
    pairs_compared: int
    keys_dropped: int
    statistics: dict[PartyKind, RunStatistics] = field(default_factory=dict)


def merge_kind_results(kind_results: Sequence[MatchResult]) -> tuple[list[list[str]], list[Match], list[Match]]:
    """Parts, joined pairs and possible pairs of all kinds. Each record of unknown kind is assigned to one part."""
    parts = [part for kind_result in kind_results for part in kind_result.parts]
    joined_pairs = [pair for kind_result in kind_results for pair in kind_result.joined_pairs]
    possible_pairs = [pair for kind_result in kind_results for pair in kind_result.possible_pairs]
    if not any(is_person_side(side) for part in parts for side in part):
        return sorted(parts), joined_pairs, possible_pairs
    sides = assign_sides(parts)
    return sides.parts, sides.joined_pairs(joined_pairs), sides.possible_pairs(possible_pairs)


def build_match_result(
    statistics: RunStatistics, grouping: tuple[list[Analysed], list[list[str]]], clustering: Clustering, keys_dropped: int
) -> MatchResult:
    """Parts as record ids, and the pairs worth keeping: joining pairs within a part, possible pairs between two parts."""
    units, members = grouping
    weighed_pairs = clustering.weighed_pairs
    sizes = np.fromiter(map(len, clustering.parts), np.int64, len(clustering.parts))
    part_of = np.empty(len(units), dtype=np.int64)
    part_of[np.fromiter(chain.from_iterable(clustering.parts), np.int64, len(units))] = np.repeat(np.arange(len(sizes)), sizes)
    within = part_of[weighed_pairs.evidence.left] == part_of[weighed_pairs.evidence.right]
    joins = within & weighed_pairs.guards.allowed & (weighed_pairs.total >= statistics.model.merge_bits)
    freed_at_home, freed_if_lone = find_freed_pairs(weighed_pairs, units, statistics)
    is_in_pair = (sizes == 2)[part_of[weighed_pairs.evidence.left]]
    overruled_pairs = _matches(
        statistics,
        units,
        weighed_pairs,
        within & (freed_at_home | freed_if_lone & (is_in_pair | (weighed_pairs.total >= statistics.model.merge_bits))),
    )
    is_possible = ~within & ~weighed_pairs.guards.forbidden & (weighed_pairs.total >= statistics.model.possible_bits)
    return MatchResult(
        parts=[sorted(chain.from_iterable([members[at] for at in part])) for part in clustering.parts],
        joined_pairs=[
            *_matches(statistics, units, weighed_pairs, joins),
            *(replace(pair, reason=f"{pair.reason}, {KIN_RARE}") for pair in overruled_pairs),
        ],
        possible_pairs=_best_between(statistics, units, weighed_pairs, is_possible, part_of),
        pairs_compared=clustering.pairs_compared,
        keys_dropped=keys_dropped,
        statistics={statistics.kind: statistics},
    )


def _matches(
    statistics: RunStatistics, units: list[Analysed], weighed_pairs: WeighedPairs, mask: NDArray[np.bool_]
) -> Iterator[Match]:
    rows = np.flatnonzero(mask)
    ends = zip(weighed_pairs.evidence.left[rows].tolist(), weighed_pairs.evidence.right[rows].tolist(), strict=True)
    for (left, right), bits, reason in zip(
        ends, weighed_pairs.total[rows].tolist(), explain_pairs(weighed_pairs.evidence, rows), strict=True
    ):
        yield Match(*pair_of(units[left].id, units[right].id), bits, reason, statistics.model.version)


def _best_between(
    statistics: RunStatistics,
    units: list[Analysed],
    weighed_pairs: WeighedPairs,
    mask: NDArray[np.bool_],
    part_of: NDArray[np.int64],
) -> list[Match]:
    """The strongest pair of any two parts."""
    left, right = part_of[weighed_pairs.evidence.left[mask]], part_of[weighed_pairs.evidence.right[mask]]
    ends = zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True)
    pairs = zip(_matches(statistics, units, weighed_pairs, mask), ends, strict=True)
    best: dict[tuple[int, int], Match] = {}
    for pair, parts in sorted(pairs, key=lambda entry: (-entry[0].bits, entry[0].left_id, entry[0].right_id)):
        best.setdefault(parts, pair)
    return list(best.values())


def model_judgements(matched: MatchResult, now: datetime) -> Iterator[Judgement]:
    """The model's judgements: `same` for joined pairs, `unsure` for possible ones. Pairs that it keeps apart have none."""
    for verdict, pairs in ((Verdict.SAME, matched.joined_pairs), (Verdict.UNSURE, matched.possible_pairs)):
        yield from (_judgement(pair, verdict, now) for pair in pairs)


def _judgement(pair: Match, verdict: Verdict, now: datetime) -> Judgement:
    return build_unchecked(
        Judgement,
        {
            "left_id": pair.left_id,
            "right_id": pair.right_id,
            "verdict": verdict,
            "by": f"model:{pair.model}",
            "reason": pair.reason,
            "decided_at": now,
            "match_weight": round(pair.bits, 6),
        },
    )
