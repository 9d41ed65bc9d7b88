"""Verdicts that contradict each other or an exclusive identifier: reported with who and when, never settled silently."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel
from ontology.judgement import LedgerEntry, Verdict
from resolution.judgements.ledger import standing_entries
from resolution.judgements.verdicts import Codes, Pair, connected_groups, groups_with_other_codes, shortest_chain

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


def find_conflicts(lines: Iterable[LedgerEntry], codes_of: CodesOf) -> list[Conflict]:
    """Every contradiction among people's verdicts, sorted by pair.

    codes_of: returns the exclusive identifiers of records, by scheme.
    """
    verdict_entries = standing_entries(lines)
    by_pair: dict[Pair, list[LedgerEntry]] = defaultdict(list)
    for line in verdict_entries:
        by_pair[line.left_id, line.right_id].append(line)
    same_entries = {
        pair: _with_verdict(pair_entries, Verdict.SAME)
        for pair, pair_entries in by_pair.items()
        if _with_verdict(pair_entries, Verdict.SAME)
    }
    different_entries = {
        pair: _with_verdict(pair_entries, Verdict.DIFFERENT)
        for pair, pair_entries in by_pair.items()
        if _with_verdict(pair_entries, Verdict.DIFFERENT)
    }
    codes = codes_of({record_id for pair in (*same_entries, *different_entries) for record_id in pair})
    all_conflicts = [
        *_of_people(by_pair),
        *_along_chains(same_entries, different_entries),
        *_against_codes(same_entries, different_entries, codes),
    ]
    return sorted(all_conflicts, key=lambda conflict: (conflict.left_id, conflict.right_id, conflict.kind, conflict.scheme or ""))


def _of_people(by_pair: Mapping[Pair, Sequence[LedgerEntry]]) -> Iterator[Conflict]:
    """Pairs that one person calls the same and another different."""
    for (left, right), pair_entries in by_pair.items():
        lines = [line for line in pair_entries if line.verdict is not Verdict.UNSURE]
        if len({line.verdict for line in lines}) > 1:
            yield Conflict(kind=ConflictKind.PEOPLE, left_id=left, right_id=right, lines=_in_time(lines))


def _along_chains(
    same_entries: Mapping[Pair, Sequence[LedgerEntry]], different_entries: Mapping[Pair, Sequence[LedgerEntry]]
) -> Iterator[Conflict]:
    """Pairs called different that a chain of `same` connects."""
    part_of = {record_id: pairs for part, pairs in connected_groups(same_entries) for record_id in part}
    for pair in sorted(different_entries):
        pairs = part_of.get(pair[0], set())
        if pairs is not part_of.get(pair[1]):
            continue
        if steps := shortest_chain(pairs - {pair}, [pair[0]], [pair[1]]):
            lines = [*(line for step in steps for line in same_entries[step]), *different_entries[pair]]
            yield Conflict(kind=ConflictKind.CHAIN, left_id=pair[0], right_id=pair[1], lines=tuple(lines))


def _against_codes(
    same_entries: Mapping[Pair, Sequence[LedgerEntry]],
    different_entries: Mapping[Pair, Sequence[LedgerEntry]],
    codes: Mapping[str, Codes],
) -> Iterator[Conflict]:
    """Chains of `same` across two exclusive identifiers, and pairs called different that bear one."""
    for part, pairs in connected_groups(same_entries):
        for left_group, right_group in groups_with_other_codes(part, codes):
            steps = shortest_chain(pairs, left_group, right_group)
            ends = _chain_ends(steps)
            lines = tuple(line for step in steps for line in same_entries[step])
            scheme = next(
                name for name, values in sorted(codes[ends[0]].items()) if _none_shared(values, codes[ends[1]].get(name))
            )
            yield Conflict(kind=ConflictKind.IDENTIFIER, left_id=ends[0], right_id=ends[1], lines=lines, scheme=scheme)
    no_codes: Codes = {}
    for left, right in sorted(different_entries):
        left_codes, right_codes = codes.get(left, no_codes), codes.get(right, no_codes)
        shared = [name for name, values in left_codes.items() if set(values) & set(right_codes.get(name, ()))]
        if shared:
            lines = _in_time(different_entries[left, right])
            yield Conflict(kind=ConflictKind.IDENTIFIER, left_id=left, right_id=right, lines=lines, scheme=min(shared))


def _with_verdict(lines: Iterable[LedgerEntry], verdict: Verdict) -> list[LedgerEntry]:
    return [line for line in lines if line.verdict is verdict]


def _in_time(lines: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    return tuple(sorted(lines, key=lambda line: (line.decided_at, line.id)))


def _chain_ends(steps: Sequence[Pair]) -> Pair:
    """First and last record of a chain, the smaller first."""
    counts: dict[str, int] = defaultdict(int)
    for record_id in (record for step in steps for record in step):
        counts[record_id] += 1
    left, right = sorted(record for record, n in counts.items() if n == 1)
    return left, right


def _none_shared(values: Iterable[str], other_values: Iterable[str] | None) -> bool:
    return other_values is not None and not set(values) & set(other_values)
