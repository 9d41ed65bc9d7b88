"""People's verdicts on pairs of records. A verdict holds whatever the weights are.

Where verdicts contradict each other, or an exclusive identifier, the records are kept apart until somebody settles it.
`resolution.judgements.conflicts` reports such contradictions with who and when.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ontology.judgement import Judgement, Verdict

BY_MODEL = "model:"
Pair = tuple[str, str]
Codes = Mapping[str, Collection[str]]
"""Values of exclusive identifiers by scheme."""


@dataclass(frozen=True)
class Verdicts:
    """Pairs of record ids (the smaller first) that a person called the same, or different."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()

    @property
    def judged_records(self) -> frozenset[str]:
        """Every record in a verdict."""
        return frozenset(record_id for pair in self.same | self.different for record_id in pair)


def combine_judgements(judgements: Iterable[Judgement], codes: Mapping[str, Codes] | None = None) -> Verdicts:
    """The verdicts in force: the latest of every person on each pair; of contradicting ones the cautious one.

    codes: exclusive identifiers of records, as far as known.
    `unsure` takes back the same person's earlier verdict and does not contradict another's. `different` overrides `same`, also
    where `same` follows only from a chain (a is b, b is c, but a is not c): then the chain does not hold.
    """
    latest = [judgement for judgement in latest_words(judgements) if judgement.verdict is not Verdict.UNSURE]
    different_pairs = {
        pair_of(judgement.left_id, judgement.right_id) for judgement in latest if judgement.verdict is Verdict.DIFFERENT
    }
    same_pairs = {
        pair_of(judgement.left_id, judgement.right_id) for judgement in latest if judgement.verdict is Verdict.SAME
    } - different_pairs
    return Verdicts(
        frozenset(same_pairs - _pairs_on_open_chains(same_pairs, different_pairs, codes or {})), frozenset(different_pairs)
    )


def latest_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The latest verdict of each person on each pair; judgements of models are left out."""
    latest: dict[tuple[str, str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda judgement: judgement.decided_at):
        if not judgement.by.startswith(BY_MODEL):
            latest[*pair_of(judgement.left_id, judgement.right_id), judgement.by] = judgement
    return [latest[key] for key in sorted(latest)]


def pair_of(left: str, right: str) -> tuple[str, str]:
    """The pair of two ids, the smaller first."""
    return (left, right) if left <= right else (right, left)


def codes_differ(left: Codes, right: Codes) -> bool:
    """Whether both have exclusive identifiers of one scheme and none of that scheme in common.

    >>> codes_differ({"uscc": ["1"]}, {"uscc": ["2"]}), codes_differ({"uscc": ["1"]}, {"lei": ["2"]})
    (True, False)
    """
    return any(frozenset(left[scheme]).isdisjoint(right[scheme]) for scheme in left.keys() & right.keys())


def shortest_chain(same_pairs: Collection[Pair], left: Collection[str], right: Collection[str]) -> list[Pair]:
    """The shortest chain of `same_pairs` from one of `left` to one of `right`, pair by pair; empty where there is none."""
    neighbours = _neighbours(same_pairs)
    ends, came_from = set(right), dict.fromkeys(sorted(left), "")
    waiting = deque(came_from)
    while waiting:
        record = waiting.popleft()
        if record in ends:
            return list(_way_back(came_from, record))[::-1]
        for neighbour in neighbours.get(record, ()):
            if neighbour not in came_from:
                came_from[neighbour] = record
                waiting.append(neighbour)
    return []


def groups_with_other_codes(part: Iterable[str], codes: Mapping[str, Codes]) -> Iterator[tuple[list[str], list[str]]]:
    """Pairs of groups of these records whose exclusive identifiers differ; within a group they are equal."""
    group_of_codes: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for record_id in part:
        if record_codes := codes.get(record_id):
            group_of_codes.setdefault(
                tuple(sorted((scheme, tuple(sorted(values))) for scheme, values in record_codes.items())), []
            ).append(record_id)
    for (left, left_group), (right, right_group) in combinations(sorted(group_of_codes.items()), 2):
        if codes_differ(dict(left), dict(right)):
            yield left_group, right_group


def connected_groups(same_pairs: Iterable[Pair]) -> Iterator[tuple[list[str], set[Pair]]]:
    """Connected components of these pairs, each with its sorted records and pairs, ordered by first record."""
    neighbours, visited = _neighbours(same_pairs), set[str]()
    for start in sorted(neighbours):
        if start in visited:
            continue
        group, frontier = {start}, [start]
        while frontier:
            unvisited = [neighbour for neighbour in neighbours[frontier.pop()] if neighbour not in group]
            group.update(unvisited)
            frontier += unvisited
        visited |= group
        yield sorted(group), {pair_of(record_id, neighbour) for record_id in group for neighbour in neighbours[record_id]}


def _pairs_on_open_chains(same_pairs: set[Pair], different_pairs: set[Pair], codes: Mapping[str, Codes]) -> set[Pair]:
    """Pairs called the same that lie on a chain between two records that are to be kept apart."""
    suspended: set[Pair] = set()
    separated_from = _neighbours(different_pairs)
    for part, pairs in connected_groups(same_pairs):
        within = set(part)
        separated_ends = [
            ([left], [right]) for left in part for right in separated_from.get(left, ()) if left < right and right in within
        ]
        for left, right in (*separated_ends, *groups_with_other_codes(part, codes)):
            while way := shortest_chain(pairs - suspended, left, right):
                suspended.update(way)
    return suspended


def _way_back(came_from: Mapping[str, str], record: str) -> Iterator[Pair]:
    while before := came_from[record]:
        yield pair_of(before, record)
        record = before


def _neighbours(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for left, right in sorted(pairs):
        neighbours.setdefault(left, []).append(right)
        neighbours.setdefault(right, []).append(left)
    return neighbours
