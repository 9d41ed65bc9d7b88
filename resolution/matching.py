"""Groups records into parties, in memory. Steps: keys, pairs, evidence, weights, guards, clusters.

A whole store and a single record take the same steps. The weight of a pair depends only on its two records and on the
`RunStatistics` (comparisons/run_statistics.py). The clustering of a connected component depends only on its units, the edges
of at least `possible_bits` between them, people's verdicts and the same `RunStatistics` (entities/components.py,
`cluster_units`). A full run computes the statistics from all records and keeps them. Later records are weighed with the kept
statistics: `match(…, statistics=kept)` counts nothing anew.
Records are prepared in four ways before pairs are compared: values that too many records hold are removed
(`without_crowded`), firms with one code share their names (`with_shared_names`), a person's record carries keys of its firms
(`firms_of`), and records with equal content become one unit (`group_into_units`). Each changes what is compared, never how.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from ontology.record import Record
from resolution.candidates import Candidates, candidates
from resolution.candidates.key_hashes import Hashes, KeyHashCache
from resolution.comparisons.crowds import crowded_values, without_crowded
from resolution.comparisons.evidence import Evidence, Prepared, prepare
from resolution.comparisons.evidence import evidence as compare_pairs
from resolution.comparisons.model import LevelBits
from resolution.comparisons.model_choice import SHIPPED_MODELS, ModelChoice
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.comparisons.splink_scores import splink_level_bits, splink_scores
from resolution.entities.components import cluster_units
from resolution.entities.kin_counts import flag_multi_record
from resolution.entities.side_assignment import both_sides
from resolution.judgements.partners import with_partners
from resolution.judgements.slices import Positions
from resolution.judgements.verdicts import Verdicts
from resolution.judgements.weighed_pairs import WeighedPairs, weigh_evidence
from resolution.match_results import MatchResult, build_match_result, merge_kind_results
from resolution.records.analysed import Analysed, analyse_sides, tie_keys, with_shared_names
from resolution.records.sides import is_person_side, record_of

Integers = NDArray[np.int64]
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much is done and how much there is."""


@dataclass(frozen=True)
class KindComparison:
    """Everything that was compared of one kind.

    plain:         each record by itself.
    records:       the same records with what other records add to them (firms, shared names).
    key_holders:   keys as numbers, and the position of the unit that holds each.
    edges:         positions of two units in one connected component, whether they end in one party or not.
    members:       record ids of each unit.
    weighed_pairs: the pairs that clustering read.
    """

    statistics: RunStatistics
    plain: Sequence[Analysed]
    records: Sequence[Analysed]
    units: Sequence[Analysed]
    key_holders: tuple[Hashes, NDArray[np.int32]]
    edges: tuple[Integers, Integers]
    members: Sequence[Sequence[str]]
    weighed_pairs: WeighedPairs


LearnWeights = Callable[[Prepared, tuple[Positions, Positions]], RunStatistics]
"""Given the units of a full run and all pairs that keys propose: the statistics to weigh them with."""
OnKindCompared = Callable[[KindComparison], None]
"""Called once a kind with what was compared."""


@dataclass(frozen=True)
class _MatchingTask:
    """The arguments of `match_analysed`, the same for every kind."""

    analysed: dict[PartyKind, list[Analysed]]
    verdicts: Verdicts
    statistics: Mapping[PartyKind, RunStatistics]
    known_keys: Mapping[PartyKind, KeyHashCache]
    progress: Progress
    on_kind_compared: OnKindCompared
    choices: ModelChoice
    learn: LearnWeights | None
    listings: Mapping[str, Collection[str]]


def match(
    records: Iterable[Record],
    verdicts: Verdicts,
    *,
    firms_of: Mapping[str, Collection[str]] | None = None,
    listings: Mapping[str, Collection[str]] | None = None,
    statistics: Mapping[PartyKind, RunStatistics] | None = None,
    choices: ModelChoice = SHIPPED_MODELS,
    progress: Progress | None = None,
) -> MatchResult:
    """As `match_analysed`, of records that have not been analysed yet."""
    sides = (side for record in records for side in analyse_sides(record))
    return match_analysed(
        sides, verdicts, firms_of=firms_of, listings=listings, statistics=statistics, choices=choices, progress=progress
    )


def match_analysed(
    analysed: Iterable[Analysed],
    verdicts: Verdicts,
    *,
    firms_of: Mapping[str, Collection[str]] | None = None,
    listings: Mapping[str, Collection[str]] | None = None,
    statistics: Mapping[PartyKind, RunStatistics] | None = None,
    choices: ModelChoice = SHIPPED_MODELS,
    progress: Progress | None = None,
    on_kind_compared: OnKindCompared | None = None,
    load_persons: Callable[[], Iterable[Analysed]] = tuple,
    known_keys: Mapping[PartyKind, KeyHashCache] | None = None,
    learn: LearnWeights | None = None,
) -> MatchResult:
    """Find the parties among records. The order of the records has no influence.

    Records of two known kinds are never one party. A record of unknown kind may join a party of either kind.

    firms_of: for a person's record, the ids of firm records that sources link it with. For a firm's record, the ids of records
    that sources tie it to: tied firms are two parties. Firms are matched first, so that two persons of one name share a firm
    even where two sources state it under two record ids.
    listings: marks of the listings that name a record, by its id: a party joins a listed one only above a stricter cut.
    statistics: what an earlier run kept, by kind; nothing is counted anew for such a kind.
    choices: models and aliases to weigh with, where no statistics were kept.
    on_kind_compared: called with everything that was compared, once a kind.
    load_persons: called after the firms are matched; returns further persons.
    known_keys: numbered keys of the records, by kind; emptied by the call.
    learn: finds the weights of a full run of persons, where no model was chosen for them.
    """
    quiet, ignored = (lambda stage, done, total: None), (lambda compared: None)
    task = _MatchingTask(
        _group_by_kind(analysed),
        both_sides(verdicts),
        statistics or {},
        known_keys or {},
        progress or quiet,
        on_kind_compared or ignored,
        choices,
        learn,
        listings or {},
    )
    tied_firm_keys = {record_id: tie_keys(firm_ids) for record_id, firm_ids in (firms_of or {}).items()}
    firm_results = [_match_kind(task, kind, tied_firm_keys) for kind in (PartyKind.FIRM, PartyKind.AGENCY)]
    task.analysed[PartyKind.PERSON] += load_persons()
    unknown_kind_ids = {record_of(side.id) for side in task.analysed[PartyKind.PERSON] if is_person_side(side.id)}
    firm_keys = _firm_keys_of_persons(
        firms_of or {}, (part for kind_result in firm_results for part in kind_result.parts), unknown_kind_ids
    )
    person_result = _match_kind(task, PartyKind.PERSON, firm_keys)
    kind_results = [*firm_results, person_result]
    parts, joined_pairs, possible_pairs = merge_kind_results(kind_results)
    return MatchResult(
        parts=parts,
        joined_pairs=joined_pairs,
        possible_pairs=sorted(possible_pairs, key=lambda pair: (-pair.bits, pair.left_id, pair.right_id)),
        pairs_compared=sum(kind_result.pairs_compared for kind_result in kind_results),
        keys_dropped=sum(kind_result.keys_dropped for kind_result in kind_results),
        statistics={
            kind: kind_statistics for kind_result in kind_results for kind, kind_statistics in kind_result.statistics.items()
        },
    )


def _group_by_kind(analysed: Iterable[Analysed]) -> dict[PartyKind, list[Analysed]]:
    by_kind: dict[PartyKind, list[Analysed]] = defaultdict(list)
    for record in analysed:
        by_kind[record.kind].append(record)
    return by_kind


def _firm_keys_of_persons(
    firms_of: Mapping[str, Collection[str]], parts: Iterable[list[str]], unknown_kind_ids: Collection[str]
) -> dict[str, list[str]]:
    """For a person's record, a key for each of its firms: the first record of known kind in the firm's part."""
    parts_of_known_kind = (
        [[record for record in part if record not in unknown_kind_ids] for part in parts] if unknown_kind_ids else parts
    )
    head_of = {record: part[0] for part in parts_of_known_kind for record in part}
    return {person: [f"@{head_of[firm]}" for firm in firms if firm in head_of] for person, firms in firms_of.items()}


def _with_firms(record: Analysed, firm_keys: Mapping[str, Collection[str]]) -> Analysed:
    firms = firm_keys.get(record_of(record.id)) if firm_keys else None
    return record.with_firms(firms) if firms else record


def _with_listings(record: Analysed, listings: Mapping[str, Collection[str]]) -> Analysed:
    return record.with_listings(listings.get(record_of(record.id), ())) if listings else record


def _match_kind(task: _MatchingTask, kind: PartyKind, firm_keys: Mapping[str, Collection[str]]) -> MatchResult:
    records = sorted(task.analysed.get(kind, ()), key=lambda record: record.id)
    if not records:
        return MatchResult([], [], [], 0, 0)
    task.progress(f"read {kind.value}s", 0, len(records))
    crowded = task.statistics[kind].crowded if kind in task.statistics else crowded_values(records)
    records = [without_crowded(record, crowded) for record in records] if crowded else records
    analysed = records
    if firm_keys or task.listings:
        analysed = [_with_firms(_with_listings(record, task.listings), firm_keys) for record in records]
    if kind is not PartyKind.PERSON:
        analysed = with_shared_names(analysed)
    statistics = task.statistics.get(kind) or freeze(kind, analysed, task.choices, crowded=crowded)
    is_full_run = kind not in task.statistics
    level_bits = splink_level_bits(statistics.model) if is_full_run else None
    alike = _AlikeRecords.of(analysed, statistics, level_bits)
    joins = alike.flag_joining(statistics, level_bits)
    units, members = alike.units(joins, task.verdicts)
    task.progress(f"compare {kind.value}s", 0, len(units))
    proposed, prepared = _propose_and_prepare(kind, units, statistics, level_bits, task.known_keys.get(kind))
    if is_full_run and task.learn and kind is PartyKind.PERSON and not task.choices.is_chosen(kind):
        statistics = task.learn(prepared, (proposed.left, proposed.right))
        level_bits = splink_level_bits(statistics.model)
        prepared = prepared.with_statistics(statistics, level_bits)
        joins_then, joins = joins, alike.flag_joining(statistics, level_bits)
        if joins != joins_then:
            known_keys = proposed.known_keys(units)  # To make them of a million records anew takes a minute.
            units, members = alike.units(joins, task.verdicts)
            proposed, prepared = _propose_and_prepare(kind, units, statistics, level_bits, known_keys)
    if is_full_run:
        statistics = with_partners(prepared, (proposed.left, proposed.right))
        prepared = replace(prepared, frozen=statistics)
    # Of a million records 280 MB: nobody else holds them once they are weighed.
    pairs_to_weigh = [(proposed.left, proposed.right)]
    proposed = proposed.without_pairs()
    clustering = cluster_units(
        units,
        pairs_to_weigh.pop(),
        task.verdicts,
        statistics,
        multi_record=flag_multi_record(members),
        prepared=prepared,
        count_kin=is_full_run,
        score_pairs=partial(splink_scores, statistics=statistics, record_shares=prepared.shares) if is_full_run else None,
    )
    final_statistics = clustering.statistics.with_stopped_keys(proposed.dropped_keys) if is_full_run else statistics
    edges = clustering.weighed_pairs.evidence.left, clustering.weighed_pairs.evidence.right
    task.on_kind_compared(
        KindComparison(final_statistics, records, analysed, units, proposed.key_holders, edges, members, clustering.weighed_pairs)
    )
    return build_match_result(final_statistics, (units, members), clustering, len(proposed.dropped_keys))


def _propose_and_prepare(
    kind: PartyKind,
    units: Sequence[Analysed],
    statistics: RunStatistics,
    level_bits: LevelBits | None,
    known_keys: KeyHashCache | None,
) -> tuple[Candidates, Prepared]:
    """The pairs that the units' keys propose, and the units made ready to be compared."""
    with ThreadPoolExecutor(1) as threads:  # Sorting keys leaves the interpreter to whoever makes columns of the records.
        proposal = threads.submit(candidates, units, stopped=statistics.stopped_keys, hashed=known_keys)
        prepared = prepare(kind, units, statistics, level_bits)
        return proposal.result(), prepared


def group_into_units(
    analysed: list[Analysed], verdicts: Verdicts, statistics: RunStatistics, level_bits: LevelBits | None = None
) -> tuple[list[Analysed], list[list[str]]]:
    """Make one unit of records with equal content, where that content is enough to join two records; else one unit a record.

    Returns the units and the ids of each unit's records. Where a person judged one of the records, each of them stays a unit
    of its own. level_bits: other weights than those of the statistics' model.
    """
    alike = _AlikeRecords.of(analysed, statistics, level_bits)
    return alike.units(alike.flag_joining(statistics, level_bits), verdicts)


@dataclass(frozen=True)
class _AlikeRecords:
    """Groups of records with equal content, and the first of each group of several compared with itself; None without any."""

    groups: list[list[Analysed]]
    compared: tuple[Prepared, Evidence] | None

    @classmethod
    def of(cls, analysed: list[Analysed], statistics: RunStatistics, level_bits: LevelBits | None) -> "_AlikeRecords":
        alike: dict[str, list[Analysed]] = defaultdict(list)
        for record in analysed:
            alike[record.content].append(record)
        groups = list(alike.values())
        first = [group[0] for group in groups if len(group) > 1]
        if not first:
            return cls(groups, None)
        prepared = prepare(statistics.kind, first, statistics, level_bits)
        positions = np.arange(len(first), dtype=np.int64)
        return cls(groups, (prepared, compare_pairs(prepared, (positions, positions))))

    def flag_joining(self, statistics: RunStatistics, level_bits: LevelBits | None) -> list[bool]:
        """For each group, whether two of its records would join under these weights; False for a group of one."""
        if not self.compared:
            return [False] * len(self.groups)
        prepared, evidence = self.compared
        weighed_pairs = weigh_evidence(prepared.with_statistics(statistics.without_partners, level_bits), evidence)
        joins = iter((weighed_pairs.guards.allowed & (weighed_pairs.total >= statistics.model.merge_bits)).tolist())
        return [len(group) > 1 and next(joins) for group in self.groups]

    def units(self, joins: list[bool], verdicts: Verdicts) -> tuple[list[Analysed], list[list[str]]]:
        """Units and the ids of each unit's records."""
        units: list[Analysed] = []
        members: list[list[str]] = []
        judged_records = verdicts.judged_records
        for group, joins_group in zip(self.groups, joins, strict=True):
            is_one_unit = joins_group and judged_records.isdisjoint(record.id for record in group)
            units += group[:1] if is_one_unit else group
            members += [[record.id for record in group]] if is_one_unit else [[record.id] for record in group]
        return units, members
