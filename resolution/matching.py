"""Records -> parts that are one party each, in memory: keys, pairs, evidence, weights, guards, clusters, in this order."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import duckdb
import numpy as np
from numpy.typing import NDArray

from ontology.record import Record
from ontology.words import PartyKind
from resolution.candidates import candidates
from resolution.comparisons.evidence import evidence, explained
from resolution.comparisons.model import Model, model
from resolution.comparisons.shares import busy_values, name_shares
from resolution.comparisons.splink_scores import splink_bits
from resolution.comparisons.weights import field_bits
from resolution.entities.clusters import Cut, components
from resolution.entities.parts import parts_of
from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.judgements.weighed import Weighed, kept_apart, together, weigh
from resolution.records.analysed import Analysed, analyse, with_shared_names

Whole = NDArray[np.int64]
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much is done and how much there is."""

WHOLE_MAX = 64  # Records of one connected part up to which every pair in it is compared, not only candidates.


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
    """parts: record ids of each party. joined, possible: pairs within a party, and between two that may be one."""

    parts: list[list[str]]
    joined: list[Match]
    possible: list[Match]
    pairs_compared: int
    keys_dropped: int


@dataclass(frozen=True)
class _Ask:
    """What was asked, and what to work with."""

    records: Sequence[Record]
    verdicts: Verdicts
    connection: duckdb.DuckDBPyConnection
    progress: Progress


def match(
    records: Sequence[Record],
    verdicts: Verdicts,
    *,
    firms_of: Mapping[str, Collection[str]] | None = None,
    progress: Progress | None = None,
) -> Matched:
    """Find the parties among records. Their order has no influence; parties of two kinds are never one.

    firms_of: for a person's record, the records of firms that sources link it with. Firms are found first, so that two
    persons of one name are known to stand beside the same firm even where two sources tell of it.
    """
    with duckdb.connect() as connection:
        ask = _Ask(records, verdicts, connection, progress or (lambda stage, done, total: None))
        firms = [_match_kind(ask, kind, {}) for kind in (PartyKind.FIRM, PartyKind.AGENCY)]
        beside = _beside(firms_of or {}, (part for one in firms for part in one.parts))
        persons = _match_kind(ask, PartyKind.PERSON, beside)
    each = [*firms, persons]
    return Matched(
        parts=sorted(part for one in each for part in one.parts),
        joined=[pair for one in each for pair in one.joined],
        possible=sorted(
            (pair for one in each for pair in one.possible), key=lambda pair: (-pair.bits, pair.left_id, pair.right_id)
        ),
        pairs_compared=sum(one.pairs_compared for one in each),
        keys_dropped=sum(one.keys_dropped for one in each),
    )


def _beside(firms_of: Mapping[str, Collection[str]], parts: Iterable[list[str]]) -> dict[str, list[str]]:
    """For a person's record, the firms it stands beside, each by the first record of the firm's part."""
    head = {record: part[0] for part in parts for record in part}
    return {person: [f"@{head[firm]}" for firm in firms if firm in head] for person, firms in firms_of.items()}


def _match_kind(ask: _Ask, kind: PartyKind, beside: Mapping[str, Collection[str]]) -> Matched:
    own = sorted((record for record in ask.records if record.kind is kind), key=lambda record: record.id)
    if not own:
        return Matched([], [], [], 0, 0)
    ask.progress(f"read {kind.value}s", 0, len(own))
    ground = _Ground(kind, model(kind), len(own), ask.connection)
    analysed = with_shared_names([analyse(record).with_firms(beside.get(record.id, ())) for record in own])
    units, members = _units(ground, analysed, ask.verdicts)
    ask.progress(f"compare {kind.value}s", 0, len(units))
    weighed, dropped = _compared(ground, units, ask.verdicts)
    ask.progress(f"join {kind.value}s", 0, len(units))
    cut = Cut(ground.prior_bits, ground.model.merge_bits, ground.model.group_bits)
    same = [(left, right) for left, right, pair in _spoken(units, ask.verdicts) if pair in ask.verdicts.same]
    parts = parts_of(units, weighed, cut=cut, possible=ground.model.possible_bits, same=same)
    return _told(ground, (units, members), weighed, parts, dropped)


@dataclass(frozen=True)
class _Ground:
    """What all steps of one kind stand on."""

    kind: PartyKind
    model: Model
    records: int
    connection: duckdb.DuckDBPyConnection

    @property
    def prior_bits(self) -> float:
        return self.model.prior_bits(self.records)


def _compared(ground: _Ground, units: list[Analysed], verdicts: Verdicts) -> tuple[Weighed, int]:
    """All candidate pairs, those a person spoke of, and every pair of small connected parts; keys dropped."""
    proposed = candidates(units, ground.connection)
    busy, shares = busy_values(units).__contains__, name_shares(units, ground.model)
    pairs = _with_spoken((proposed.left, proposed.right), units, verdicts)
    found = evidence(ground.kind, units, pairs, busy=busy)
    first = weigh(found, splink_bits(found, ground.model, shares, ground.connection), prior_bits=ground.prior_bits, shares=shares)
    rest = evidence(ground.kind, units, _rest(first, ground.model.possible_bits, len(units)), busy=busy)
    second = weigh(rest, field_bits(rest, ground.model, shares), prior_bits=ground.prior_bits, shares=shares)
    weighed = together(first, second)
    if verdicts.different:
        apart = [pair in verdicts.different for pair in _ids(weighed, units)]
        weighed = kept_apart(weighed, np.array(apart, dtype=np.bool_))
    return weighed, proposed.keys_dropped


def _units(ground: _Ground, analysed: list[Analysed], verdicts: Verdicts) -> tuple[list[Analysed], list[list[str]]]:
    """Records that say the same become one unit where what they say is enough to join two; else each is its own."""
    alike: dict[str, list[Analysed]] = defaultdict(list)
    for one in analysed:
        alike[one.content].append(one)
    units: list[Analysed] = []
    members: list[list[str]] = []
    for group, joins in zip(alike.values(), _enough_alone(ground, list(alike.values())), strict=True):
        whole = joins and not any(one.id in verdicts.touched for one in group)
        units += group[:1] if whole else group
        members += [[one.id for one in group]] if whole else [[one.id] for one in group]
    return units, members


def _enough_alone(ground: _Ground, groups: list[list[Analysed]]) -> list[bool]:
    """For each group of records that say exactly the same whether they would be joined; False where there is but one."""
    first = [group[0] for group in groups]
    itself = np.array([at for at, group in enumerate(groups) if len(group) > 1], dtype=np.int64)
    found = evidence(ground.kind, first, (itself, itself), busy=busy_values(first).__contains__)
    shares = name_shares(first, ground.model)
    weighed = weigh(found, field_bits(found, ground.model, shares), prior_bits=ground.prior_bits, shares=shares)
    joins = np.zeros(len(first), dtype=np.bool_)
    joins[itself] = weighed.guards.allowed & (weighed.total >= ground.model.merge_bits)
    return list(map(bool, joins))


def _spoken(units: Sequence[Analysed], verdicts: Verdicts) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Pairs of units, the first before the second, that a person spoke of."""
    at = {unit.id: position for position, unit in enumerate(units) if unit.id in verdicts.touched}
    for pair in sorted(verdicts.same | verdicts.different):
        if pair[0] in at and pair[1] in at:
            left, right = sorted((at[pair[0]], at[pair[1]]))
            yield left, right, pair


def _with_spoken(pairs: tuple[Whole, Whole], units: Sequence[Analysed], verdicts: Verdicts) -> tuple[Whole, Whole]:
    """The pairs and those a person spoke of, sorted."""
    spoken = [(left, right) for left, right, _ in _spoken(units, verdicts)]
    if not spoken:
        return pairs
    unique = np.unique(np.concatenate([np.stack(pairs, axis=1), np.array(spoken, dtype=np.int64)]), axis=0)
    return unique[:, 0], unique[:, 1]


def _rest(weighed: Weighed, possible_bits: float, units: int) -> tuple[Whole, Whole]:
    """Pairs of small connected parts that no key proposed: a group is weighed by all pairs between, not by some."""
    near = weighed.total >= possible_bits
    left, right = weighed.found.left[near].tolist(), weighed.found.right[near].tolist()
    parts: dict[int, list[int]] = defaultdict(list)
    heads = components(units, left, right)
    for at in sorted({*left, *right}):
        parts[heads[at]].append(at)
    known = set(zip(weighed.found.left.tolist(), weighed.found.right.tolist(), strict=True))
    every = (pair for part in parts.values() if 2 < len(part) <= WHOLE_MAX for pair in combinations(part, 2))
    missing = np.array(sorted(pair for pair in every if pair not in known), dtype=np.int64).reshape(-1, 2)
    return missing[:, 0], missing[:, 1]


def _ids(weighed: Weighed, units: Sequence[Analysed]) -> Iterator[tuple[str, str]]:
    """Record ids of each pair, the smaller first."""
    for left, right in zip(weighed.found.left.tolist(), weighed.found.right.tolist(), strict=True):
        yield pair_of(units[left].id, units[right].id)


def _told(
    ground: _Ground, held: tuple[list[Analysed], list[list[str]]], weighed: Weighed, parts: list[list[int]], dropped: int
) -> Matched:
    """Parts as record ids, and the pairs worth telling: those that may join within a part, and possible ones between two."""
    units, members = held
    part_of = np.empty(len(units), dtype=np.int64)
    for number, part in enumerate(parts):
        part_of[part] = number
    within = part_of[weighed.found.left] == part_of[weighed.found.right]
    joined = within & weighed.guards.allowed & (weighed.total >= ground.model.merge_bits)
    possible = ~within & ~weighed.guards.forbidden & (weighed.total >= ground.model.possible_bits)
    return Matched(
        parts=[sorted(one for at in part for one in members[at]) for part in parts],
        joined=list(_matches(ground, units, weighed, joined)),
        possible=_best_between(list(_matches(ground, units, weighed, possible)), part_of, units),
        pairs_compared=len(weighed),
        keys_dropped=dropped,
    )


def _matches(ground: _Ground, units: list[Analysed], weighed: Weighed, chosen: NDArray[np.bool_]) -> Iterator[Match]:
    rows = np.flatnonzero(chosen)
    ends = zip(weighed.found.left[rows].tolist(), weighed.found.right[rows].tolist(), strict=True)
    for (left, right), bits, words in zip(ends, weighed.total[rows].tolist(), explained(weighed.found, rows), strict=True):
        yield Match(*pair_of(units[left].id, units[right].id), bits, words, ground.model.version)


def _best_between(found: list[Match], part_of: NDArray[np.int64], units: list[Analysed]) -> list[Match]:
    """The strongest pair of any two parts."""
    part = {unit.id: int(part_of[at]) for at, unit in enumerate(units)}
    best: dict[tuple[int, int], Match] = {}
    for one in sorted(found, key=lambda one: (-one.bits, one.left_id, one.right_id)):
        left, right = part[one.left_id], part[one.right_id]
        best.setdefault((min(left, right), max(left, right)), one)
    return list(best.values())
