"""Verdicts that contradict each other, or an exclusive identifier: told with who and when, never settled silently."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel
from ontology.judgement import LedgerEntry, Verdict
from resolution.judgements.ledger import standing
from resolution.judgements.verdicts import Codes, Pair, chain, coded_apart, connected

CodesOf = Callable[[Iterable[str]], Mapping[str, Codes]]


class ConflictKind(StrEnum):
    """What stands against what."""

    PEOPLE = "people"
    CHAIN = "chain"
    IDENTIFIER = "identifier"


class Conflict(ImmutableModel):
    """Words that cannot all hold. Until one of `lines` is undone or said anew, the two records stay apart."""

    kind: ConflictKind = Field(
        description="people: two said otherwise of one pair; chain: along others; identifier: a code says so."
    )
    left_id: Identity
    right_id: Identity
    lines: tuple[LedgerEntry, ...] = Field(description="Every line concerned; a chain is told in its order.")
    scheme: str | None = Field(None, description="The identifier that stands against the word.")


def conflicts(lines: Iterable[LedgerEntry], codes_of: CodesOf) -> list[Conflict]:
    """Every contradiction among what people say, by pair.

    codes_of: hands out the exclusive identifiers of records, by scheme.
    """
    said = standing(lines)
    by_pair: dict[Pair, list[LedgerEntry]] = defaultdict(list)
    for line in said:
        by_pair[line.left_id, line.right_id].append(line)
    same = {pair: _of(told, Verdict.SAME) for pair, told in by_pair.items() if _of(told, Verdict.SAME)}
    different = {pair: _of(told, Verdict.DIFFERENT) for pair, told in by_pair.items() if _of(told, Verdict.DIFFERENT)}
    codes = codes_of({one for pair in (*same, *different) for one in pair})
    found = [*_of_people(by_pair), *_along_chains(same, different), *_against_codes(same, different, codes)]
    return sorted(found, key=lambda one: (one.left_id, one.right_id, one.kind, one.scheme or ""))


def _of_people(by_pair: Mapping[Pair, Sequence[LedgerEntry]]) -> Iterator[Conflict]:
    """Pairs that one person calls the same and another different."""
    for (left, right), told in by_pair.items():
        lines = [line for line in told if line.verdict is not Verdict.UNSURE]
        if len({line.verdict for line in lines}) > 1:
            yield Conflict(kind=ConflictKind.PEOPLE, left_id=left, right_id=right, lines=_in_time(lines))


def _along_chains(
    same: Mapping[Pair, Sequence[LedgerEntry]], different: Mapping[Pair, Sequence[LedgerEntry]]
) -> Iterator[Conflict]:
    """Pairs called different that a chain of `same` connects."""
    part_of = {one: pairs for part, pairs in connected(same) for one in part}
    for pair in sorted(different):
        pairs = part_of.get(pair[0], set())
        if pairs is not part_of.get(pair[1]):
            continue
        if way := chain(pairs - {pair}, [pair[0]], [pair[1]]):
            lines = [*(line for step in way for line in same[step]), *different[pair]]
            yield Conflict(kind=ConflictKind.CHAIN, left_id=pair[0], right_id=pair[1], lines=tuple(lines))


def _against_codes(
    same: Mapping[Pair, Sequence[LedgerEntry]], different: Mapping[Pair, Sequence[LedgerEntry]], codes: Mapping[str, Codes]
) -> Iterator[Conflict]:
    """Chains of `same` across two exclusive identifiers, and pairs called different that bear one."""
    for part, pairs in connected(same):
        for ones, others in coded_apart(part, codes):
            way = chain(pairs, ones, others)
            ends = _ends(way)
            lines = tuple(line for step in way for line in same[step])
            scheme = next(name for name, held in sorted(codes[ends[0]].items()) if _other(held, codes[ends[1]].get(name)))
            yield Conflict(kind=ConflictKind.IDENTIFIER, left_id=ends[0], right_id=ends[1], lines=lines, scheme=scheme)
    nothing: Codes = {}
    for left, right in sorted(different):
        one, other = codes.get(left, nothing), codes.get(right, nothing)
        shared = [name for name, held in one.items() if set(held) & set(other.get(name, ()))]
        if shared:
            lines = _in_time(different[left, right])
            yield Conflict(kind=ConflictKind.IDENTIFIER, left_id=left, right_id=right, lines=lines, scheme=min(shared))


def _of(told: Iterable[LedgerEntry], verdict: Verdict) -> list[LedgerEntry]:
    return [line for line in told if line.verdict is verdict]


def _in_time(lines: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    return tuple(sorted(lines, key=lambda line: (line.decided_at, line.id)))


def _ends(way: Sequence[Pair]) -> Pair:
    """First and last record of a chain, the smaller first."""
    counts: dict[str, int] = defaultdict(int)
    for one in (record for step in way for record in step):
        counts[one] += 1
    left, right = sorted(record for record, n in counts.items() if n == 1)
    return left, right


def _other(held: Iterable[str], other: Iterable[str] | None) -> bool:
    return other is not None and not set(held) & set(other)
