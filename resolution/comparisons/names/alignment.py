"""Words of two names aligned one to one: equal ones first, then the most alike, two words against one where they join."""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolution.comparisons.names.parsed import ParsedName
from resolution.comparisons.names.tokens import ALIAS_ALIKE, ALIKE_MIN, INITIAL_ALIKE, Kind, Token, alike
from resolution.records.syllables import one_word

JOINED_ALIKE, JOINED_EDITS_MAX, JOINED_MIN = 0.97, 2, 3
EXACT, JOINED, INITIAL, ROMANISED = Kind.EXACT, Kind.JOINED, Kind.INITIAL, Kind.ROMANISED  # Enum look-ups are slow.

Placed = tuple[int, Token]
Pair = tuple[float, Kind, int, int, int]
"""How alike, in what way, edits, and which words on each side, as bits of a number: 0b110 is the second and the third."""


Alignment = tuple[frozenset[str], Sequence[Pair], Sequence[Placed], Sequence[Placed]]
"""Words on both sides, pairs that are not simply equal, and the words of each side left without a partner.

A plain tuple: it is made for every pair, and named ones take four times as long.
"""


class AlignedWords(NamedTuple):
    """Words that stand for each other, as told to people. bits: what sharing them tells."""

    left: str
    right: str
    kind: Kind
    alike: float
    bits: float


def align(left: ParsedName, right: ParsedName) -> Alignment:
    """Symmetric but for the order of the two."""
    equal = left.words & right.words
    if equal:
        lefts: Sequence[Placed] = [word for word in left.placed if word[1].text not in equal]
        rights: Sequence[Placed] = [word for word in right.placed if word[1].text not in equal]
    else:
        lefts, rights = left.placed, right.placed
    if not lefts or not rights:
        return equal, (), lefts, rights
    found = _single(lefts, rights)
    if len(lefts) > 1 or len(rights) > 1:
        _join(left, lefts, rights, found, swapped=False)
        _join(right, rights, lefts, found, swapped=True)
    if not found:
        return equal, (), lefts, rights
    if len(found) > 1:
        found.sort(key=_order)
    return _chosen(equal, lefts, rights, found)


def aligned_words(left: ParsedName, right: ParsedName, found: Alignment) -> tuple[AlignedWords, ...]:
    """The whole alignment in words, equal ones first."""
    equal = [AlignedWords(word.text, word.text, EXACT, 1.0, word.bits) for word in left.tokens if word.text in found[0]]
    return (*equal, *(_told(left, right, pair) for pair in found[1]))


def pair_bits(left: ParsedName, right: ParsedName, pair: Pair) -> float:
    """What sharing these words tells: of an initial little; parts written together tell what the word tells."""
    _, kind, _, ours, theirs = pair
    one = sum([word.bits for at, word in left.placed if ours >> at & 1])
    other = sum([word.bits for at, word in right.placed if theirs >> at & 1])
    return max(one, other) if kind is JOINED else min(one, other)


def _told(left: ParsedName, right: ParsedName, pair: Pair) -> AlignedWords:
    one = " ".join(word.text for at, word in left.placed if pair[3] >> at & 1)
    other = " ".join(word.text for at, word in right.placed if pair[4] >> at & 1)
    return AlignedWords(one, other, pair[1], pair[0], pair_bits(left, right, pair))


def _order(one: Pair) -> tuple[float, int, int]:
    """Most alike first; at a tie words in nearly one place, so that the two names may change sides."""
    return -one[0], abs(one[3] - one[4]), one[3] + one[4]


def _single(lefts: Sequence[Placed], rights: Sequence[Placed]) -> list[Pair]:
    found: list[Pair] = []
    for i, one in lefts:
        for j, other in rights:
            same, kind, edits = alike(one, other)
            if same >= ALIKE_MIN:
                found.append((same, kind, edits, 1 << i, 1 << j))
    return found


def _join(many: ParsedName, open_: Sequence[Placed], few: Sequence[Placed], found: list[Pair], *, swapped: bool) -> None:
    """Add neighbours of one side that, written together, are a word of the other (van der bilt, vanderbilt; j c, jc)."""
    if len(open_) < 2:
        return
    free = sum(1 << at for at, _ in open_)
    for at, word in few:
        length = len(word.text)
        for run, text, initials in many.runs:
            near = -JOINED_EDITS_MAX <= len(text) - length <= JOINED_EDITS_MAX
            if (near or word.text == initials) and run & free == run:
                told = _as_one(text, initials, word)
                if told:
                    found.append((*told, 1 << at, run) if swapped else (*told, run, 1 << at))


def _as_one(text: str, initials: str, word: Token) -> tuple[float, Kind, int] | None:
    if word.text == initials and len(initials) < JOINED_MIN and not word.light:
        return INITIAL_ALIKE, INITIAL, 0
    if len(word.text) < JOINED_MIN:
        return None
    edits = OSA.distance(text, word.text, score_cutoff=JOINED_EDITS_MAX)
    if edits == 0:
        return JOINED_ALIKE, JOINED, 0
    longer = max(len(text), len(word.text))
    if (edits == 1 and longer >= 6) or (edits == 2 and longer > 8):
        return 1 - edits / longer, JOINED, edits
    return (ALIAS_ALIKE, ROMANISED, 0) if one_word(text, word.text) else None


def _chosen(equal: frozenset[str], lefts: Sequence[Placed], rights: Sequence[Placed], found: list[Pair]) -> Alignment:
    ours = theirs = 0
    pairs = []
    for pair in found:
        if not (ours & pair[3] or theirs & pair[4]):
            ours |= pair[3]
            theirs |= pair[4]
            pairs.append(pair)
    left_only = [word for word in lefts if not ours >> word[0] & 1]
    return equal, pairs, left_only, [word for word in rights if not theirs >> word[0] & 1]
