"""What the scorecard weighs: one number a feature, all from the alignment and the two names."""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolution.comparisons.names.alignment import Alignment, IndexedToken, pair_bits
from resolution.comparisons.names.parsed import ParsedName
from resolution.comparisons.names.tokens import TEXT_MAX, Kind

EDITS_MAX, CONFLICT_BITS_MAX, EXTRA_BITS_MAX = 6, 20.0, 40.0
BITS_A_UNIT = 10.0
ACRONYM_MIN = 3  # Letters.
SOUND = Kind.SOUND
NO_BITS = (0.0, 0)
SIMILARITY = OSA.normalized_similarity

Row = tuple[float, ...]


class Features(NamedTuple):
    """How two names agree and differ; 0 in all but `joined` means nothing to tell.

    edits:          letters that differ in aligned words, 0..6.
    conflicts:      words without a partner on both sides: the smaller number. `conflict_bits`: what they tell, tens of bits.
    extra_firm:     what words without a partner tell, in tens of bits, in names of firms; `extra_person` the same of persons.
    sounds:         aligned words that only sound alike.
    joined:         edit similarity of the names without gaps, 0..1.
    core:           1 where they are equal without gaps.
    other_form, other_place: 1 where both tell one and they differ.
    acronym:        1 where one is the initials of the other.
    reversed:       1 where the father's name on one side is the own name on the other.
    single:         1 where one side has a single word and the other more.
    """

    edits: float
    conflicts: float
    conflict_bits: float
    extra_firm: float
    extra_person: float
    sounds: float
    joined: float
    core: float
    other_form: float
    other_place: float
    acronym: float
    reversed: float
    single: float


SIGNS = Features(
    edits=-1,
    conflicts=-1,
    conflict_bits=-1,
    extra_firm=-1,
    extra_person=-1,
    sounds=1,
    joined=1,
    core=1,
    other_form=-1,
    other_place=-1,
    acronym=1,
    reversed=-1,
    single=-1,
)
"""The sign each weight must have: a model that learns otherwise has learned a quirk of its labels."""


def features(left: ParsedName, right: ParsedName, alignment: Alignment) -> Row:
    """The features of an aligned pair, in the order of `Features`; symmetric."""
    edits = sounds = 0
    for _, kind, changed_letters, _, _ in alignment[1]:
        edits += changed_letters
        sounds += kind is SOUND
    left_bits, left_words = _unaligned(alignment[2]) if alignment[2] else NO_BITS
    right_bits, right_words = _unaligned(alignment[3]) if alignment[3] else NO_BITS
    shared_bits = left_bits if left_bits < right_bits else right_bits
    extra = left_bits + right_bits
    extra = (extra if extra < EXTRA_BITS_MAX else EXTRA_BITS_MAX) / BITS_A_UNIT
    core = left.compact == right.compact or left.whole == right.whole
    lone = left.single is not right.single
    return (
        edits if edits < EDITS_MAX else EDITS_MAX,
        left_words if left_words < right_words else right_words,
        (shared_bits if shared_bits < CONFLICT_BITS_MAX else CONFLICT_BITS_MAX) / BITS_A_UNIT,
        0.0 if left.person else extra,
        extra if left.person else 0.0,
        sounds,
        1.0 if core else SIMILARITY(left.compact[:TEXT_MAX], right.compact[:TEXT_MAX]),
        core,
        not left.person and other_form(left, right),
        not left.person and other_place(left, right),
        lone and is_acronym(left, right),
        left.person and is_reversed(left, right),
        lone,
    )


def matched_bits(left: ParsedName, right: ParsedName, alignment: Alignment) -> float:
    """What the words that have a partner tell, in bits."""
    bits = 0.0  # Added up one by one: `sum` rounds otherwise, and the columns must say the same to the last bit.
    for word in left.tokens:
        if word.text in alignment[0]:
            bits += word.bits
    for pair in alignment[1]:
        bits += pair_bits(left, right, pair)
    return bits


def is_acronym(left: ParsedName, right: ParsedName) -> bool:
    """Whether one name is one word: the initials of the other's."""
    if left.single:
        return left.compact == right.initials and len(left.compact) >= ACRONYM_MIN
    return right.single and right.compact == left.initials and len(right.compact) >= ACRONYM_MIN


def other_form(left: ParsedName, right: ParsedName) -> bool:
    """Whether both names tell a legal form, and not the same."""
    return bool(left.form and right.form) and left.form != right.form


def other_place(left: ParsedName, right: ParsedName) -> bool:
    """Whether both names tell a place and share none."""
    return bool(left.places and right.places) and left.places.isdisjoint(right.places)


def is_reversed(left: ParsedName, right: ParsedName) -> bool:
    """Whether each one's own name stands on the other side only as the father's (Omar bin Ahmad, Ahmad bin Omar)."""
    if not left.own_words or not right.own_words:
        return False
    return left.own_words.isdisjoint(right.own_words) and left.own_words <= right.words and right.own_words <= left.words


def _unaligned(words: Sequence[IndexedToken]) -> tuple[float, int]:
    """Bits of the words, and how many of them are more than a particle."""
    bits, count = 0.0, 0
    for _, word in words:
        bits += word.bits
        count += not word.light
    return bits, count
