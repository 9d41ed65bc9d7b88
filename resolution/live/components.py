"""Clusters connected components anew, with the same function as for a whole store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ontology.base import PartyKind
from resolution.comparisons.run_statistics import RunStatistics
from resolution.entities.components import cluster_units
from resolution.entities.kin_counts import flag_multi_record
from resolution.judgements.verdicts import Verdicts
from resolution.live.edges import edges_among, reachable_units
from resolution.live.live_session import LiveSession, Pair, content_key
from resolution.live.postings import Integers
from resolution.match_results import MatchResult, build_match_result, merge_kind_results
from resolution.matching import group_into_units
from resolution.records.analysed import Analysed


@dataclass(frozen=True)
class LiveClustering:
    """The parties of the connected components that a call affects."""

    parts: list[list[str]]
    judged: list[MatchResult]


def cluster_parts(session: LiveSession, seeds: Collection[int]) -> LiveClustering:
    """Cluster every connected component that holds one of these units, all components of a kind at once."""
    by_kind: dict[PartyKind, set[int]] = defaultdict(set)
    for number, form in session.record_cache.forms(reachable_units(session, seeds)).items():
        by_kind[form.kind].add(number)
    kind_results = [_cluster_kind(session, numbers) for numbers in by_kind.values()]
    parts, joined_pairs, possible_pairs = merge_kind_results(kind_results)
    return LiveClustering(parts, [MatchResult(parts, joined_pairs, possible_pairs, 0, 0)])


@dataclass(frozen=True)
class ConnectedPart:
    """Units of connected components of one kind: the ids of their records, the edges between them, and people's verdicts."""

    units: list[Analysed]
    members: list[list[str]]
    pairs: tuple[Integers, Integers]
    verdicts: Verdicts
    statistics: RunStatistics


def connected_part(session: LiveSession, numbers: Collection[int]) -> ConnectedPart:
    """The connected components of one kind that hold these units; numbers of records that are no units are ignored."""
    records = _records(session, numbers)
    statistics = session.basis(records[0].kind).statistics
    verdicts = session.verdicts_of([record.id for record in records])
    ids = session.record_cache.ids_of(numbers)
    own_ids = set(ids.values())  # Of records that say the same but are units of their own, others may be in other parts.
    units_with_records = [
        unit_records
        for unit_records in zip(*group_into_units(records, verdicts, statistics), strict=True)
        if unit_records[0].id in own_ids
    ]
    position_of_unit = {unit.id: at for at, (unit, _) in enumerate(units_with_records)}
    position_of_number = {number: position_of_unit[id_] for number, id_ in ids.items() if id_ in position_of_unit}
    pairs = _pairs(edges_among(session, numbers), position_of_number)
    return ConnectedPart(
        [unit for unit, _ in units_with_records], [records for _, records in units_with_records], pairs, verdicts, statistics
    )


def _cluster_kind(session: LiveSession, numbers: set[int]) -> MatchResult:
    alone = _alone(session, numbers)
    lone = [[id_] for id_ in session.record_cache.ids_of(alone).values()]
    if len(alone) == len(numbers):
        return MatchResult(lone, [], [], 0, 0)
    part = connected_part(session, numbers - alone)
    clustering = cluster_units(
        part.units, part.pairs, part.verdicts, part.statistics, multi_record=flag_multi_record(part.members)
    )
    match_result = build_match_result(part.statistics, (part.units, part.members), clustering, 0)
    return replace(match_result, parts=match_result.parts + lone)


def _alone(session: LiveSession, numbers: Collection[int]) -> set[int]:
    """Units of one record that nothing is near to: each is a party, without a look."""
    forms = session.record_cache.forms([number for number, neighbours in session.edges_of(numbers).items() if not neighbours])
    holders = session.holders_of_all({content_key(form.content) for form in forms.values()})
    return {number for number, form in forms.items() if len(holders[content_key(form.content)]) == 1}


def _records(session: LiveSession, units: Collection[int]) -> list[Analysed]:
    """All records of these units, by id."""
    forms = session.record_cache.forms(units)
    keys = {number: content_key(form.content) for number, form in forms.items()}
    holders = session.holders_of_all(set(keys.values()))
    alike = {number: form for unit, form in forms.items() for number in holders[keys[unit]]}
    ids = session.record_cache.ids_of(alike)
    return sorted((replace(form, id=ids[number]) for number, form in alike.items()), key=lambda record: record.id)


def _pairs(edges: Iterable[Pair], position_of: Mapping[int, int]) -> tuple[Integers, Integers]:
    """Edges as pairs of positions, the first before the second."""
    pairs = sorted(
        (min(position_of[left], position_of[right]), max(position_of[left], position_of[right])) for left, right in edges
    )
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]
