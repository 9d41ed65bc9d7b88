"""Records -> parts that are one party each, in memory: keys, pairs, evidence, weights, guards, clusters, in this order.

A whole store and a single record go the same way. What a pair weighs hangs on its two records and on a `RunStatistics` only
(comparisons/run_statistics.py); what a connected part becomes hangs on its units, the edges of `possible_bits` and more between
them, people's verdicts and the same `RunStatistics` (entities/components.py, `join`). A batch freezes what all records say, keeps
that, and answers; what comes later is weighed with what was kept: `match(…, frozen=kept)` counts nothing anew.
Four things stand before a pair: values that too many bear are taken out (`without_crowded`), firms of one code share names
(`with_shared_names`), a person stands beside firms (`firms_of`), and records which say the same are one unit (`units_of`). Each
changes what is compared, never how.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from ontology.judgement import Judgement, Verdict
from ontology.record import Record
from resolution.candidates import candidates
from resolution.candidates.key_hashes import Hashes, KeyHashCache
from resolution.comparisons.crowds import crowded_values, without_crowded
from resolution.comparisons.evidence import explain_pairs, prepare
from resolution.comparisons.model_choice import SHIPPED_MODELS, ModelChoice
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.entities.components import Joined, join
from resolution.entities.kin import freed, several
from resolution.entities.settled_sides import both_sides, settle_sides
from resolution.judgements.partners import with_partners
from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.judgements.weighed import Weighed, weigh_pairs
from resolution.records.analysed import Analysed, analyse_sides, tie_keys, with_shared_names
from resolution.records.sides import is_person_side, record_of

KIN_RARE = "kin rare"  # The reason why two records that contradict each other were joined.
Whole = NDArray[np.int64]
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much is done and how much there is."""


@dataclass(frozen=True)
class Match:
    """A pair of records, its weight in bits, and in words what agrees."""

    left_id: str
    right_id: str
    bits: float
    reason: str
    model: str


@dataclass(frozen=True)
class Matched:
    """parts: record ids of each party. joined, possible: pairs within a party, and between two that may be one.

    frozen: what the weights stood on, by kind.
    """

    parts: list[list[str]]
    joined: list[Match]
    possible: list[Match]
    pairs_compared: int
    keys_dropped: int
    frozen: dict[PartyKind, RunStatistics] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """One kind as it was compared: each record by itself and with all that others add, the units, and edges between them.

    held:  keys as numbers, and the position of the unit that holds each.
    edges: positions of two units that are in one connected part, whatever parties come of it.
    members: record ids of each unit. weighed: the pairs that clustering looked at.
    """

    frozen: RunStatistics
    plain: Sequence[Analysed]
    records: Sequence[Analysed]
    units: Sequence[Analysed]
    held: tuple[Hashes, NDArray[np.int32]]
    edges: tuple[Whole, Whole]
    members: Sequence[Sequence[str]]
    weighed: Weighed


Keep = Callable[[Compared], None]
"""Called once a kind, for whoever wants to go on from there."""


@dataclass(frozen=True)
class _Ask:
    """What was asked, and what to work with."""

    analysed: dict[PartyKind, list[Analysed]]
    verdicts: Verdicts
    frozen: Mapping[PartyKind, RunStatistics]
    known: Mapping[PartyKind, KeyHashCache]
    progress: Progress
    keep: Keep
    chosen: ModelChoice


def match(
    records: Iterable[Record],
    verdicts: Verdicts,
    *,
    firms_of: Mapping[str, Collection[str]] | None = None,
    frozen: Mapping[PartyKind, RunStatistics] | None = None,
    chosen: ModelChoice = SHIPPED_MODELS,
    progress: Progress | None = None,
) -> Matched:
    """As `match_analysed`, of records that have not been taken apart yet."""
    sides = (side for record in records for side in analyse_sides(record))
    return match_analysed(sides, verdicts, firms_of=firms_of, frozen=frozen, chosen=chosen, progress=progress)


def match_analysed(
    analysed: Iterable[Analysed],
    verdicts: Verdicts,
    *,
    firms_of: Mapping[str, Collection[str]] | None = None,
    frozen: Mapping[PartyKind, RunStatistics] | None = None,
    chosen: ModelChoice = SHIPPED_MODELS,
    progress: Progress | None = None,
    keep: Keep | None = None,
    later: Callable[[], Iterable[Analysed]] = tuple,
    known: Mapping[PartyKind, KeyHashCache] | None = None,
) -> Matched:
    """Find the parties among records. Their order has no influence; parties of two kinds are never one, records of unknown kind
    are one with either.

    firms_of: for a person's record, the records of firms that sources link it with. Firms are found first, so that two
    persons of one name are known to stand beside the same firm even where two sources tell of it. For a firm's record, the
    records that sources tie it to: firms that are tied are two.
    frozen: what an earlier run kept, by kind; then nothing is counted anew for that kind.
    chosen: models and aliases to weigh with, where nothing was kept.
    keep: is handed what was compared, kind by kind.
    later: asked for further persons when the firms are found. known: keys that were told before, emptied.
    """
    quiet, unkept = (lambda stage, done, total: None), (lambda compared: None)
    ask = _Ask(_by_kind(analysed), both_sides(verdicts), frozen or {}, known or {}, progress or quiet, keep or unkept, chosen)
    tied = {record: tie_keys(others) for record, others in (firms_of or {}).items()}
    firms = [_match_kind(ask, kind, tied) for kind in (PartyKind.FIRM, PartyKind.AGENCY)]
    ask.analysed[PartyKind.PERSON] += later()
    untold = {record_of(one.id) for one in ask.analysed[PartyKind.PERSON] if is_person_side(one.id)}
    beside = _beside(firms_of or {}, (part for one in firms for part in one.parts), untold)
    persons = _match_kind(ask, PartyKind.PERSON, beside)
    each = [*firms, persons]
    parts, joined, possible = settled(each)
    return Matched(
        parts=parts,
        joined=joined,
        possible=sorted(possible, key=lambda pair: (-pair.bits, pair.left_id, pair.right_id)),
        pairs_compared=sum(one.pairs_compared for one in each),
        keys_dropped=sum(one.keys_dropped for one in each),
        frozen={kind: held for one in each for kind, held in one.frozen.items()},
    )


def settled(found: Sequence[Matched]) -> tuple[list[list[str]], list[Match], list[Match]]:
    """Parts, joined and possible pairs of all kinds together, every record of unknown kind in one part."""
    parts = [part for one in found for part in one.parts]
    joined, possible = [pair for one in found for pair in one.joined], [pair for one in found for pair in one.possible]
    if not any(is_person_side(side) for part in parts for side in part):
        return sorted(parts), joined, possible
    sides = settle_sides(parts)
    return sides.parts, sides.joined(joined), sides.possible(possible)


def _by_kind(analysed: Iterable[Analysed]) -> dict[PartyKind, list[Analysed]]:
    found: dict[PartyKind, list[Analysed]] = defaultdict(list)
    for one in analysed:
        found[one.kind].append(one)
    return found


def _beside(firms_of: Mapping[str, Collection[str]], parts: Iterable[list[str]], untold: Collection[str]) -> dict[str, list[str]]:
    """For a person's record, the firms it stands beside, each by the first record of the firm's part that tells its kind."""
    told = [[record for record in part if record not in untold] for part in parts] if untold else parts
    head = {record: part[0] for part in told for record in part}
    return {person: [f"@{head[firm]}" for firm in firms if firm in head] for person, firms in firms_of.items()}


def _with_firms(record: Analysed, beside: Mapping[str, Collection[str]]) -> Analysed:
    firms = beside.get(record_of(record.id)) if beside else None
    return record.with_firms(firms) if firms else record


def _match_kind(ask: _Ask, kind: PartyKind, beside: Mapping[str, Collection[str]]) -> Matched:
    own = sorted(ask.analysed.get(kind, ()), key=lambda record: record.id)
    if not own:
        return Matched([], [], [], 0, 0)
    ask.progress(f"read {kind.value}s", 0, len(own))
    crowded = ask.frozen[kind].crowded if kind in ask.frozen else crowded_values(own)
    own = [without_crowded(one, crowded) for one in own]
    analysed = with_shared_names([_with_firms(one, beside) for one in own])
    frozen = ask.frozen.get(kind) or freeze(kind, analysed, ask.chosen, crowded=crowded)
    units, members = units_of(analysed, ask.verdicts, frozen)
    ask.progress(f"compare {kind.value}s", 0, len(units))
    with ThreadPoolExecutor(1) as threads:  # Sorting keys leaves the interpreter to whoever makes columns of the records.
        asked = threads.submit(candidates, units, stopped=frozen.stopped_keys, hashed=ask.known.get(kind))
        prepared = prepare(kind, units, frozen)
        proposed = asked.result()
    del asked
    if kind not in ask.frozen:
        frozen = with_partners(prepared, (proposed.left, proposed.right))
        prepared = replace(prepared, frozen=frozen)
    handed = [(proposed.left, proposed.right)]  # Of a million records 280 MB: nobody else holds them once they are weighed.
    proposed = proposed.without_pairs()
    anew = kind not in ask.frozen
    joined = join(units, handed.pop(), ask.verdicts, frozen, several=several(members), prepared=prepared, count_kin=anew)
    kept = joined.frozen.with_stopped_keys(proposed.dropped_keys) if anew else frozen
    edges = joined.weighed.found.left, joined.weighed.found.right
    ask.keep(Compared(kept, own, analysed, units, proposed.key_holders, edges, members, joined.weighed))
    return told(kept, (units, members), joined, len(proposed.dropped_keys))


def units_of(analysed: list[Analysed], verdicts: Verdicts, frozen: RunStatistics) -> tuple[list[Analysed], list[list[str]]]:
    """Records that say the same become one unit where what they say is enough to join two; else each is its own.

    Returns the units and the ids of each unit's records. A record that a person spoke of is a unit of its own, with all that
    say the same.
    """
    alike: dict[str, list[Analysed]] = defaultdict(list)
    for one in analysed:
        alike[one.content].append(one)
    units: list[Analysed] = []
    members: list[list[str]] = []
    for group, joins in zip(alike.values(), _enough_alone(list(alike.values()), frozen), strict=True):
        whole = joins and not any(one.id in verdicts.touched for one in group)
        units += group[:1] if whole else group
        members += [[one.id for one in group]] if whole else [[one.id] for one in group]
    return units, members


def _enough_alone(groups: list[list[Analysed]], frozen: RunStatistics) -> list[bool]:
    """For each group of records that say exactly the same whether they would be joined; False where there is but one."""
    first = [group[0] for group in groups if len(group) > 1]
    if not first:
        return [False] * len(groups)
    itself = np.arange(len(first), dtype=np.int64)
    weighed = weigh_pairs(frozen.kind, first, (itself, itself), frozen.without_partners)
    joins = iter((weighed.guards.allowed & (weighed.total >= frozen.model.merge_bits)).tolist())
    return [len(group) > 1 and next(joins) for group in groups]


def told(frozen: RunStatistics, held: tuple[list[Analysed], list[list[str]]], joined: Joined, dropped: int) -> Matched:
    """Parts as record ids, and the pairs worth telling: those that may join within a part, and possible ones between two."""
    units, members = held
    weighed = joined.weighed
    part_of = np.empty(len(units), dtype=np.int64)
    for number, part in enumerate(joined.parts):
        part_of[part] = number
    within = part_of[weighed.found.left] == part_of[weighed.found.right]
    merged = within & weighed.guards.allowed & (weighed.total >= frozen.model.merge_bits)
    home, lone = freed(weighed, units, frozen)
    two = np.array([len(part) == 2 for part in joined.parts], dtype=np.bool_)[part_of[weighed.found.left]]
    in_spite = _matches(frozen, units, weighed, within & (home | lone & (two | (weighed.total >= frozen.model.merge_bits))))
    possible = ~within & ~weighed.guards.forbidden & (weighed.total >= frozen.model.possible_bits)
    return Matched(
        parts=[sorted(one for at in part for one in members[at]) for part in joined.parts],
        joined=[
            *_matches(frozen, units, weighed, merged),
            *(replace(one, reason=f"{one.reason}, {KIN_RARE}") for one in in_spite),
        ],
        possible=_best_between(list(_matches(frozen, units, weighed, possible)), part_of, units),
        pairs_compared=joined.compared,
        keys_dropped=dropped,
        frozen={frozen.kind: frozen},
    )


def _matches(frozen: RunStatistics, units: list[Analysed], weighed: Weighed, chosen: NDArray[np.bool_]) -> Iterator[Match]:
    rows = np.flatnonzero(chosen)
    ends = zip(weighed.found.left[rows].tolist(), weighed.found.right[rows].tolist(), strict=True)
    for (left, right), bits, words in zip(ends, weighed.total[rows].tolist(), explain_pairs(weighed.found, rows), strict=True):
        yield Match(*pair_of(units[left].id, units[right].id), bits, words, frozen.model.version)


def _best_between(found: list[Match], part_of: NDArray[np.int64], units: list[Analysed]) -> list[Match]:
    """The strongest pair of any two parts."""
    part = {unit.id: int(part_of[at]) for at, unit in enumerate(units)}
    best: dict[tuple[int, int], Match] = {}
    for one in sorted(found, key=lambda one: (-one.bits, one.left_id, one.right_id)):
        left, right = part[one.left_id], part[one.right_id]
        best.setdefault((min(left, right), max(left, right)), one)
    return list(best.values())


def model_judgements(matched: Matched, now: datetime) -> Iterator[Judgement]:
    """What the model said: `same` of pairs it joined, `unsure` of possible matches. Pairs it told apart are not kept."""
    for verdict, pairs in ((Verdict.SAME, matched.joined), (Verdict.UNSURE, matched.possible)):
        yield from (_judgement(pair, verdict, now) for pair in pairs)


def _judgement(pair: Match, verdict: Verdict, now: datetime) -> Judgement:
    return Judgement(
        left_id=pair.left_id,
        right_id=pair.right_id,
        verdict=verdict,
        by=f"model:{pair.model}",
        reason=pair.reason,
        decided_at=now,
        match_weight=round(pair.bits, 6),
    )
