"""Words of two names aligned one to one: equal ones first, then the most alike, two words against one where they join."""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolution.comparisons.names.parsed import ParsedName
from resolution.comparisons.names.tokens import ALIAS_ALIKE, ALIKE_MIN, INITIAL_ALIKE, TEXT_MAX, Kind, Token, alike
from resolution.records.syllables import one_word

JOINED_ALIKE, JOINED_EDITS_MAX, JOINED_MIN = 0.97, 2, 3
EXACT, JOINED, INITIAL, ROMANISED = Kind.EXACT, Kind.JOINED, Kind.INITIAL, Kind.ROMANISED  # Enum look-ups are slow.

IndexedToken = tuple[int, Token]
Pair = tuple[float, Kind, int, int, int]
"""How alike, in what way, edits, and which words on each side, as bits of a number: 0b110 is the second and the third."""


Alignment = tuple[frozenset[str], Sequence[Pair], Sequence[IndexedToken], Sequence[IndexedToken]]
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
        lefts: Sequence[IndexedToken] = [word for word in left.indexed_tokens if word[1].text not in equal]
        rights: Sequence[IndexedToken] = [word for word in right.indexed_tokens if word[1].text not in equal]
    else:
        lefts, rights = left.indexed_tokens, right.indexed_tokens
    if not lefts or not rights:
        return equal, (), lefts, rights
    pairs = _single(lefts, rights)
    if len(lefts) > 1 or len(rights) > 1:
        _join(left, lefts, rights, pairs, swapped=False)
        _join(right, rights, lefts, pairs, swapped=True)
    if not pairs:
        return equal, (), lefts, rights
    if len(pairs) > 1:
        pairs.sort(key=_order)
    return _pick_pairs(equal, lefts, rights, pairs)


def aligned_words(left: ParsedName, right: ParsedName, alignment: Alignment) -> tuple[AlignedWords, ...]:
    """The whole alignment in words, equal ones first."""
    equal = [AlignedWords(word.text, word.text, EXACT, 1.0, word.bits) for word in left.tokens if word.text in alignment[0]]
    return (*equal, *(_in_words(left, right, pair) for pair in alignment[1]))


def pair_bits(left: ParsedName, right: ParsedName, pair: Pair) -> float:
    """What sharing these words tells: of an initial little; parts written together tell what the word tells."""
    _, kind, _, ours, theirs = pair
    left_bits, right_bits = _bits_of(left, ours), _bits_of(right, theirs)
    return max(left_bits, right_bits) if kind is JOINED else min(left_bits, right_bits)


def _bits_of(name: ParsedName, places: int) -> float:
    bits = 0.0
    for index, word in name.indexed_tokens:
        if places >> index & 1:
            bits += word.bits
    return bits


def _in_words(left: ParsedName, right: ParsedName, pair: Pair) -> AlignedWords:
    left_text = " ".join(word.text for index, word in left.indexed_tokens if pair[3] >> index & 1)
    right_text = " ".join(word.text for index, word in right.indexed_tokens if pair[4] >> index & 1)
    return AlignedWords(left_text, right_text, pair[1], pair[0], pair_bits(left, right, pair))


def _order(pair: Pair) -> tuple[float, int, int]:
    """Most alike first; at a tie words in nearly one place, so that the two names may change sides."""
    return -pair[0], abs(pair[3] - pair[4]), pair[3] + pair[4]


def _single(lefts: Sequence[IndexedToken], rights: Sequence[IndexedToken]) -> list[Pair]:
    pairs: list[Pair] = []
    for i, left_word in lefts:
        for j, right_word in rights:
            similarity, kind, edits = alike(left_word, right_word)
            if similarity >= ALIKE_MIN:
                pairs.append((similarity, kind, edits, 1 << i, 1 << j))
    return pairs


def _join(
    name: ParsedName, unpaired: Sequence[IndexedToken], words: Sequence[IndexedToken], pairs: list[Pair], *, swapped: bool
) -> None:
    """Add neighbours of one side that, written together, are a word of the other (van der bilt, vanderbilt; j c, jc)."""
    if len(unpaired) < 2:
        return
    free = sum(1 << index for index, _ in unpaired)
    for index, word in words:
        length = len(word.text)
        for run, text, initials in name.runs:
            near = -JOINED_EDITS_MAX <= len(text) - length <= JOINED_EDITS_MAX
            if (near or word.text == initials) and run & free == run:
                match = _as_one(text, initials, word)
                if match:
                    pairs.append((*match, 1 << index, run) if swapped else (*match, run, 1 << index))


def _as_one(text: str, initials: str, word: Token) -> tuple[float, Kind, int] | None:
    if word.text == initials and len(initials) < JOINED_MIN and not word.light:
        return INITIAL_ALIKE, INITIAL, 0
    if len(word.text) < JOINED_MIN:
        return None
    run, whole = text[:TEXT_MAX], word.text[:TEXT_MAX]
    edits = OSA.distance(run, whole, score_cutoff=JOINED_EDITS_MAX)
    if edits == 0:
        return JOINED_ALIKE, JOINED, 0
    longer = max(len(run), len(whole))
    if (edits == 1 and longer >= 6) or (edits == 2 and longer > 8):
        return 1 - edits / longer, JOINED, edits
    return (ALIAS_ALIKE, ROMANISED, 0) if one_word(text, word.text) else None


def _pick_pairs(
    equal: frozenset[str], lefts: Sequence[IndexedToken], rights: Sequence[IndexedToken], candidates: list[Pair]
) -> Alignment:
    ours = theirs = 0
    disjoint = []
    for pair in candidates:
        if not (ours & pair[3] or theirs & pair[4]):
            ours |= pair[3]
            theirs |= pair[4]
            disjoint.append(pair)
    left_only = [word for word in lefts if not ours >> word[0] & 1]
    return equal, disjoint, left_only, [word for word in rights if not theirs >> word[0] & 1]
