"""Descriptions compared with parties as records are: the same comparisons, the same weights in bits, and a score 0..1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence, evidence, levels_of, prepare
from resolution.comparisons.firm_names import SOUND_MIN
from resolution.comparisons.names import log_odds, of_firm
from resolution.comparisons.person_names import KIND_WORDS
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import Floats, field_bits
from resolution.records.analysed import Analysed
from resolution.records.persons import spoken

NAMES_MAX = 24  # Names of a party whose letters are compared.
SAME = "same"
SOUND, SHORT_SOUND = "sound", "short_sound"  # Levels of a Han name that sounds as the other is written.
SHORT_SIGNS = 2
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class ComparedPairs:
    """Descriptions and parties compared, a row a pair.

    bits:      of each field, in bits, NaN where it cannot be compared; of persons' names the bits of the words that agree.
    levels:    of each field, the label of its level; "" where it cannot be compared.
    likeness:  of the letters of the two names that are most alike, 0..1.
    rarity:    bits of the words of persons' names that agree; of firms those of the shorter name, whatever agrees of it.
    card_odds: of firms, log odds of the scorecard of names, -3.5..3.5; 0.0 where it cannot compare them, and of persons.
    """

    side: PartyKind
    bits: dict[str, Floats]
    levels: dict[str, list[str]]
    likeness: Floats
    rarity: Floats
    card_odds: Floats

    def __len__(self) -> int:
        return len(self.likeness)


def compare_forms(
    side: PartyKind, forms: Sequence[Analysed], pairs: tuple[Sequence[int], Sequence[int]], statistics: RunStatistics
) -> ComparedPairs:
    """Compare pairs of positions in `forms`, all of one side. statistics: of the last full run, all else that counts."""
    left, right = (np.array(ends, dtype=np.int64) for ends in pairs)
    prepared = prepare(side, forms, statistics)
    pair_evidence = evidence(prepared, (left, right))
    bits = field_bits(pair_evidence, statistics.model, prepared.shares, prepared.level_bits)
    labels = _labels(forms, pair_evidence)
    if side is PartyKind.PERSON:
        rarity, card_odds = _person_rarity(forms, pair_evidence, labels["names"], statistics), np.zeros(len(left))
    else:
        rarity, card_odds = _card_columns(forms, left, right)
    return ComparedPairs(side, bits, labels, _likeness(forms, left, right), rarity, card_odds)


def _person_rarity(
    forms: Sequence[Analysed], pair_evidence: Evidence, labels: Sequence[str], statistics: RunStatistics
) -> Floats:
    """Bits of the words that agree; of a name that is the same in letters those of all its words, however few may bear it."""
    rarity = np.nan_to_num(pair_evidence.agreement["names"])
    for row in (row for row, label in enumerate(labels) if label == SAME):
        names, other_names = (
            {tuple(sorted(name.tokens)) for name in forms[ends[row]].persons if not name.han}
            for ends in (pair_evidence.left, pair_evidence.right)
        )
        rarity[row] = max([rarity[row], *(sum(map(statistics.word_bits, words)) for words in names & other_names)])
    return rarity


def _labels(forms: Sequence[Analysed], pair_evidence: Evidence) -> dict[str, list[str]]:
    """The level of each comparison and pair, in words."""
    labels: dict[str, list[str]] = {}
    for comparison in comparisons(pair_evidence.kind):
        words = [*(level.label for level in comparison.levels), ""]
        labels[comparison.name] = [words[level] for level in levels_of(comparison, pair_evidence.agreement[comparison.name])]
    if pair_evidence.kind is PartyKind.PERSON:
        labels["names"] = [KIND_WORDS.get(kind, "") for kind in pair_evidence.names.tolist()]
        for row in (row for row, label in enumerate(labels["names"]) if label == SOUND):
            if not any(_is_long(forms[ends[row]]) for ends in (pair_evidence.left, pair_evidence.right)):
                labels["names"][row] = SHORT_SOUND
    return labels


def _is_long(form: Analysed) -> bool:
    """Whether it has a Han name of three signs: many more people share the sound of two."""
    return any(name.han and len(name.text) > SHORT_SIGNS for name in form.persons)


def _likeness(forms: Sequence[Analysed], left: Positions, right: Positions) -> Floats:
    """Share of letters that the two names most alike have in common, their words in order of the alphabet; 0.0 without names.

    A Han name and one in letters are compared by how the first sounds.
    """
    writings = {position: name_writings(forms[position]) for position in {*left.tolist(), *right.tolist()}}
    queries, choices, starts = list[str](), list[str](), [0]
    for first, second in zip(left.tolist(), right.tolist(), strict=True):
        for text, other_text in _comparable(writings[first], writings[second]):
            queries.append(text)
            choices.append(other_text)
        starts.append(len(queries))
    best = np.zeros(len(left))
    if queries:
        similarity = cpdist(queries, choices, scorer=Indel.normalized_similarity, dtype=np.float64)
        has_names = np.diff(starts) > 0
        best[has_names] = np.maximum.reduceat(similarity, np.array(starts[:-1])[has_names])
    return best


class NameWritings(NamedTuple):
    """The names of a party as they are compared letter by letter. joined: those in letters without gaps between their words.

    heard: of names in letters how they may have been heard.
    """

    letters: tuple[str, ...]
    joined: tuple[str, ...]
    heard: tuple[str, ...]
    han: tuple[str, ...]
    sounds: tuple[str, ...]


def name_writings(form: Analysed) -> NameWritings:
    """Its names in letters, their words in order of the alphabet; its Han names, and how they sound."""
    persons = [name for name in form.persons[:NAMES_MAX] if name.text not in form.weak]
    latin, firms = [name for name in persons if not name.han], form.firms[:NAMES_MAX]
    latin_firms = [name for name in firms if not name.han]
    words_of_names = (*map(spoken, latin), *(name.tokens for name in latin_firms))
    return NameWritings(
        tuple(" ".join(sorted(words)) for words in words_of_names),
        tuple(map("".join, words_of_names)),
        (*(sound for name in latin for sound in name.sounds), *(word for name in latin_firms for word in _heard(name.tokens))),
        (*(name.text for name in persons if name.han), *(name.core for name in firms if name.han)),
        (*(sound for name in persons if name.han for sound in name.sounds), *(name.sound for name in firms if name.han)),
    )


def _heard(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words, and two in a row, by which a Han brand may be written."""
    return tuple(word for word in (*words, *map("".join, pairwise(words))) if len(word) >= SOUND_MIN)


def _comparable(left: NameWritings, right: NameWritings) -> Iterator[tuple[str, str]]:
    yield from product(left.letters, right.letters)
    yield from product(left.joined, right.joined)
    yield from product(left.han, right.han)
    yield from product(left.heard, right.sounds)
    yield from product(left.sounds, right.heard)


def _card_columns(forms: Sequence[Analysed], left: Positions, right: Positions) -> tuple[Floats, Floats]:
    """Of the two firm names that agree best by the scorecard the bits of the shorter one, and the log odds."""
    rarity, best = np.zeros(len(left)), np.zeros(len(left))
    for row, (first, second) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        names, other_names = (forms[position].firms[:NAMES_MAX] for position in (first, second))
        scored = [
            (odds, min(parsed.bits, other_parsed.bits))
            for parsed, other_parsed in product(map(of_firm, names), map(of_firm, other_names))
            if (odds := log_odds(parsed, other_parsed)) is not None
        ]
        best[row], rarity[row] = max(scored, default=(0.0, 0.0))
    return rarity, best
