"""Proposals: pairs of names that parties bear under one exclusive identifier, counted over parties."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from pydantic import Field
from rapidfuzz.distance import OSA

from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.errors import NothingToDo
from resolution.records.analysed import Analysed
from resolution.records.documents import analysed_documents
from resolution.records.firms import FirmName, regions_differ
from resolution.records.persons import PersonName, given_aliases
from store.port import Store

PARTIES_MIN = 3  # A name seen for another in one party is a slip or a marriage; in several it is a habit.
WORDS_MAX = 3  # Words of a firm's name that one alias may stand for.
NAMES_MAX = 12  # Different names under one code: beyond it the code is misused.
EXAMPLES = 3
PAGE = 4_000

Pair = tuple[str, str]
"""Two names, the first in the order of the alphabet first."""


class Proposal(ImmutableModel):
    """Two names that several parties bear for one another."""

    kind: PartyKind = Field(description="Kind of party that bears the names.")
    left: str = Field(description="One name, as folded for comparison.")
    right: str = Field(description="The other name.")
    parties: int = Field(description="Parties whose records bear both under one exclusive identifier.")
    examples: tuple[Identity, ...] = Field(description="Some of them.")


def propose_aliases(store: Store, *, parties_min: int = PARTIES_MIN) -> list[Proposal]:
    """Pairs seen in at least so many parties, the most frequent first. Raises NothingToDo before the first resolve.

    Nothing follows from a proposal until a person accepts it.
    """
    members = store.columns("entities/members")
    if not members["record_id"]:
        raise NothingToDo(needs="entities", remedy="Run `kith resolve` first.")
    party_of = dict(zip(members["record_id"], members["entity_id"], strict=True))
    return count_proposals(_forms(store), party_of, parties_min=parties_min)


def count_proposals(forms: Iterable[Analysed], party_of: Mapping[str, str], *, parties_min: int) -> list[Proposal]:
    """The same of records at hand. Their order has no influence."""
    parties_by_pair: dict[tuple[PartyKind, Pair], set[str]] = defaultdict(set)
    for (party, kind), persons, firms in _under_one_code(forms, party_of):
        pairs = [*_pairs(persons, _between_persons), *_pairs(firms, _between_firms)]
        for pair in pairs:
            parties_by_pair[kind, pair].add(party)
    proposals = [
        Proposal(kind=kind, left=left, right=right, parties=len(parties), examples=tuple(sorted(parties)[:EXAMPLES]))
        for (kind, (left, right)), parties in parties_by_pair.items()
        if len(parties) >= parties_min
    ]
    return sorted(proposals, key=lambda proposal: (-proposal.parties, proposal.kind, proposal.left, proposal.right))


def _forms(store: Store) -> Iterator[Analysed]:
    after = ""
    while (page := store.columns("entities/documents", after=after, limit=PAGE))["id"]:
        yield from analysed_documents(page["document"])
        after = page["id"][-1]


def _under_one_code(
    forms: Iterable[Analysed], party_of: Mapping[str, str]
) -> Iterator[tuple[tuple[str, PartyKind], list[PersonName], list[FirmName]]]:
    """For each party and exclusive identifier the names its records bear themselves; agencies count as firms."""
    persons: dict[tuple[str, str, str], dict[PersonName, None]] = defaultdict(dict)
    firms: dict[tuple[str, str, str], dict[FirmName, None]] = defaultdict(dict)
    for form in forms:
        if form.id not in party_of:
            continue
        for scheme, values in form.exclusive.items():
            for value in values:
                key = party_of[form.id], scheme, value
                persons[key].update(dict.fromkeys(name for name in form.persons if name.text not in form.aliases))
                firms[key].update(dict.fromkeys(name for name in form.firms if name.text not in form.aliases))
    for key in sorted(persons.keys() | firms.keys()):
        kind = PartyKind.PERSON if persons[key] else PartyKind.FIRM
        yield (key[0], kind), [*persons[key]], [*firms[key]]


Name = TypeVar("Name", PersonName, FirmName)


def _pairs(names: list[Name], between: Callable[[Name, Name], Pair | None]) -> set[Pair]:
    if len(names) > NAMES_MAX:
        return set()
    return {pair for left, right in combinations(names, 2) if (pair := between(left, right))}


def _between_persons(left_name: PersonName, right_name: PersonName) -> Pair | None:
    """The word of each that the other lacks, where all other words agree and at least one does."""
    if left_name.han or right_name.han or not set(left_name.tokens) & set(right_name.tokens):
        return None
    left_words, right_words = (
        _words_without(left_name.tokens, right_name.tokens),
        _words_without(right_name.tokens, left_name.tokens),
    )
    if len(left_words) != 1 or len(right_words) != 1 or given_aliases(left_words[0]) & given_aliases(right_words[0]):
        return None
    return _pair(left_words[0], right_words[0])


def _between_firms(left_name: FirmName, right_name: FirmName) -> Pair | None:
    """What differs of two names of one firm: words in Latin letters, or the brand of Han names that agree in all else."""
    if left_name.han != right_name.han or left_name.branch or right_name.branch or left_name.numbers != right_name.numbers:
        return None
    if left_name.han:
        agree = left_name.industry == right_name.industry and not regions_differ(left_name.regions, right_name.regions)
        return _pair(left_name.brand, right_name.brand) if agree and left_name.brand != right_name.brand else None
    left_words, right_words = (
        _words_without(left_name.tokens, right_name.tokens),
        _words_without(right_name.tokens, left_name.tokens),
    )
    if not left_words or not right_words or max(len(left_words), len(right_words)) > WORDS_MAX:
        return None
    return _pair(" ".join(left_words), " ".join(right_words))


def _words_without(tokens: tuple[str, ...], excluded: tuple[str, ...]) -> list[str]:
    return [token for token in tokens if token not in excluded]


def _pair(left: str, right: str) -> Pair | None:
    """In order; None where it is an initial or a mere misspelling, which are compared as such already."""
    if min(len(left), len(right)) < 2 or (min(len(left), len(right)) >= 5 and OSA.distance(left, right) <= 1):
        return None
    return (left, right) if left < right else (right, left)
