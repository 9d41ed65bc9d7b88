"""What people said of pairs of records. A person's verdict is respected whatever the weights say.

Where verdicts contradict each other, or an exclusive identifier, the cautious reading holds until somebody settles it:
the records are kept apart. `resolution.judgements.conflicts` tells such contradictions with who and when.
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
    def touched(self) -> frozenset[str]:
        """Every record a person spoke of."""
        return frozenset(one for pair in self.same | self.different for one in pair)


def people_said(judgements: Iterable[Judgement], codes: Mapping[str, Codes] | None = None) -> Verdicts:
    """What holds: the latest word of every person on each pair, and of words that contradict each other the cautious one.

    codes: exclusive identifiers of records, for as many as are known.
    `unsure` takes the same person's earlier verdict back and says nothing against another's. `different` stands over `same`,
    also where the same is said only along a chain (a is b, b is c, but a is not c): then the chain does not hold.
    """
    words = [one for one in latest_words(judgements) if one.verdict is not Verdict.UNSURE]
    different = {pair_of(one.left_id, one.right_id) for one in words if one.verdict is Verdict.DIFFERENT}
    same = {pair_of(one.left_id, one.right_id) for one in words if one.verdict is Verdict.SAME} - different
    return Verdicts(frozenset(same - _suspended(same, different, codes or {})), frozenset(different))


def latest_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The latest verdict of each person on each pair; what models say is left out."""
    latest: dict[tuple[str, str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda one: one.decided_at):
        if not one.by.startswith(BY_MODEL):
            latest[*pair_of(one.left_id, one.right_id), one.by] = one
    return [latest[key] for key in sorted(latest)]


def pair_of(left: str, right: str) -> tuple[str, str]:
    """Two ids in one order."""
    return (left, right) if left <= right else (right, left)


def codes_differ(left: Codes, right: Codes) -> bool:
    """Whether both have exclusive identifiers of one scheme, and none of it in common.

    >>> codes_differ({"uscc": ["1"]}, {"uscc": ["2"]}), codes_differ({"uscc": ["1"]}, {"lei": ["2"]})
    (True, False)
    """
    return any(not set(left[scheme]) & set(right[scheme]) for scheme in left.keys() & right.keys())


def chain(same: Collection[Pair], left: Collection[str], right: Collection[str]) -> list[Pair]:
    """The shortest chain of `same` from one of `left` to one of `right`, pair by pair; empty where there is none."""
    beside = _beside(same)
    ends, came = set(right), dict.fromkeys(sorted(left), "")
    waiting = deque(came)
    while waiting:
        at = waiting.popleft()
        if at in ends:
            return list(_way_back(came, at))[::-1]
        for other in beside.get(at, ()):
            if other not in came:
                came[other] = at
                waiting.append(other)
    return []


def coded_apart(part: Iterable[str], codes: Mapping[str, Codes]) -> Iterator[tuple[list[str], list[str]]]:
    """Groups of these records whose exclusive identifiers differ from one another; those of a group are equal."""
    held: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for one in part:
        if told := codes.get(one):
            held.setdefault(tuple(sorted((scheme, tuple(sorted(values))) for scheme, values in told.items())), []).append(one)
    for (left, ones), (right, others) in combinations(sorted(held.items()), 2):
        if codes_differ(dict(left), dict(right)):
            yield ones, others


def connected(same: Iterable[Pair]) -> Iterator[tuple[list[str], set[Pair]]]:
    """Records that pairs connect over any number of steps, each part sorted with its pairs, by first record."""
    beside, seen = _beside(same), set[str]()
    for start in sorted(beside):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            fresh = [other for other in beside[waiting.pop()] if other not in part]
            part.update(fresh)
            waiting += fresh
        seen |= part
        yield sorted(part), {pair_of(one, other) for one in part for other in beside[one]}


def _suspended(same: set[Pair], different: set[Pair], codes: Mapping[str, Codes]) -> set[Pair]:
    """Pairs called the same that lie on a chain between two records that are to be kept apart."""
    suspended: set[Pair] = set()
    apart_of = _beside(different)
    for part, pairs in connected(same):
        within = set(part)
        said = [([one], [other]) for one in part for other in apart_of.get(one, ()) if one < other and other in within]
        for left, right in (*said, *coded_apart(part, codes)):
            while way := chain(pairs - suspended, left, right):
                suspended.update(way)
    return suspended


def _way_back(came: Mapping[str, str], at: str) -> Iterator[Pair]:
    while before := came[at]:
        yield pair_of(before, at)
        at = before


def _beside(same: Iterable[Pair]) -> dict[str, list[str]]:
    beside: dict[str, list[str]] = {}
    for left, right in sorted(same):
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    return beside
