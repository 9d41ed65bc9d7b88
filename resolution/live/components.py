"""Connected parts clustered anew: the same function as for a whole store, over the units of one part."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ontology.base import PartyKind
from resolution.comparisons.run_statistics import RunStatistics
from resolution.entities.components import join
from resolution.entities.kin_counts import several
from resolution.judgements.verdicts import Verdicts
from resolution.live.edges import edges_among, reached
from resolution.live.live_session import LiveSession, Pair, content_key
from resolution.live.postings import Whole
from resolution.matching import Matched, settled, told, units_of
from resolution.records.analysed import Analysed


@dataclass(frozen=True)
class Clustered:
    """What became of the connected parts that a call touched."""

    parts: list[list[str]]
    judged: list[Matched]


def cluster(call: LiveSession, seeds: Collection[int]) -> Clustered:
    """Cluster every connected part with one of these units in it, all parts of a kind at once."""
    by_kind: dict[PartyKind, set[int]] = defaultdict(set)
    for number, form in call.parties.forms(reached(call, seeds)).items():
        by_kind[form.kind].add(number)
    found = [_clustered(call, own) for own in by_kind.values()]
    parts, joined, possible = settled(found)
    return Clustered(parts, [Matched(parts, joined, possible, 0, 0)])


@dataclass(frozen=True)
class Part:
    """The units of connected parts of one kind with the ids of their records, the edges between them, and what people said."""

    units: list[Analysed]
    members: list[list[str]]
    pairs: tuple[Whole, Whole]
    verdicts: Verdicts
    frozen: RunStatistics


def part_of(call: LiveSession, numbers: Collection[int]) -> Part:
    """Connected parts of one kind, of these units; numbers of records that are no units of their own are passed over."""
    records = _records(call, numbers)
    frozen = call.ground(records[0].kind).frozen
    verdicts = call.verdicts_of([record.id for record in records])
    ids = call.parties.named(numbers)
    own = set(ids.values())  # Of records that say the same but are units of their own, others may be in other parts.
    held = [one for one in zip(*units_of(records, verdicts, frozen), strict=True) if one[0].id in own]
    place = {unit.id: at for at, (unit, _) in enumerate(held)}
    at = {number: place[id_] for number, id_ in ids.items() if id_ in place}
    pairs = _pairs(edges_among(call, numbers), at)
    return Part([unit for unit, _ in held], [records for _, records in held], pairs, verdicts, frozen)


def _clustered(call: LiveSession, numbers: set[int]) -> Matched:
    alone = _alone(call, numbers)
    lone = [[id_] for id_ in call.parties.named(alone).values()]
    if len(alone) == len(numbers):
        return Matched(lone, [], [], 0, 0)
    part = part_of(call, numbers - alone)
    joined = join(part.units, part.pairs, part.verdicts, part.frozen, several=several(part.members))
    found = told(part.frozen, (part.units, part.members), joined, 0)
    return replace(found, parts=found.parts + lone)


def _alone(call: LiveSession, numbers: Collection[int]) -> set[int]:
    """Units of one record that nothing is near to: each is a party, without a look."""
    forms = call.parties.forms([number for number, own in call.edges_of(numbers).items() if not own])
    held = call.holders_of_all({content_key(form.content) for form in forms.values()})
    return {number for number, form in forms.items() if len(held[content_key(form.content)]) == 1}


def _records(call: LiveSession, units: Collection[int]) -> list[Analysed]:
    """All records of these units, by id."""
    forms = call.parties.forms(units)
    keys = {number: content_key(form.content) for number, form in forms.items()}
    held = call.holders_of_all(set(keys.values()))
    alike = {number: form for unit, form in forms.items() for number in held[keys[unit]]}
    ids = call.parties.named(alike)
    return sorted((replace(form, id=ids[number]) for number, form in alike.items()), key=lambda one: one.id)


def _pairs(edges: Iterable[Pair], at: Mapping[int, int]) -> tuple[Whole, Whole]:
    """Edges as pairs of positions, the first before the second."""
    pairs = sorted((min(at[one], at[other]), max(at[one], at[other])) for one, other in edges)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]
