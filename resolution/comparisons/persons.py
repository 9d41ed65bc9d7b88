"""How well two persons agree, field by field, as columns over many pairs; NaN always means: cannot be compared."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import alignments, fields, values
from resolution.comparisons.homes import BIRTHS, POSTCODE_AREA, RARE_BITS, RARE_POSTCODE_BITS, STREETS
from resolution.comparisons.person_columns import Packed
from resolution.records.analysed import Analysed
from resolution.records.readings import read_alike

Pairs = NDArray[np.int64]
Column = NDArray[np.float64]

READING_BITS = 6.0  # Of a spelling by another system than pinyin: more names fall together in each.

KIND_WORDS = {
    alignments.SAME_HAN: "same",
    alignments.SAME: "same",
    alignments.ALIKE: "alike",
    alignments.INITIAL: "initial",
    alignments.MOSTLY: "mostly",
    alignments.SOUND: "sound",
    alignments.SLIPPED: "slipped",
    alignments.PART: "part",
    alignments.OTHER_FAMILY: "other_family",
    alignments.OTHER_MIDDLE: "other_middle",
    alignments.OTHER_GIVEN: "other_given",
    alignments.NOTHING: "nothing",
    alignments.OTHER_HAN: "other_characters",
    alignments.OTHER_GENERATION: "other_generation",
    alignments.UNTOLD: "untold",
}


def names_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> tuple[Column, Column]:
    """Kind of agreement of the best names (`alignments.SAME` …), and bits for and against; NaN where none can be compared."""
    names, words = packed.names, packed.words
    kinds, bits = alignments.names_agree(
        *pairs,
        packed.names_of.start,
        packed.names_of.held,
        packed.weak,
        (names.table, names.words, names.bits, names.heard),
        (
            words.bytes,
            words.lengths,
            words.skeletons,
            words.bones,
            words.aliases.start,
            words.aliases.held,
            words.learned.start,
            words.learned.held,
            words.letters,
        ),
        words.bits,
    )
    alike = _read_alike(packed, pairs, np.isnan(kinds))
    kinds[alike], bits[alike] = alignments.SOUND, READING_BITS
    return kinds, bits


def _read_alike(packed: Packed, pairs: tuple[Pairs, Pairs], among: NDArray[np.bool_]) -> Pairs:
    """Rows of pairs of which one is written in signs and one in letters, and both are spellings of one name."""
    one, other = pairs
    signs, letters = packed.has_signs, packed.has_letters
    rows = np.flatnonzero(among & ((signs[one] & letters[other]) | (letters[one] & signs[other])))
    ends = zip(rows.tolist(), one[rows].tolist(), other[rows].tolist(), strict=True)
    records = packed.records
    found = [row for row, i, j in ends if any(read_alike(a, b) for a in records[i].persons for b in records[j].persons)]
    return np.array(found, dtype=np.int64)


def days_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """Nearness of the days of birth; the same day counts more where few are born on it."""
    found: Column = values.days_agree(*pairs, packed.day, packed.day_bits)
    return found


def places_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """Home and birth place as one: people often live where they were born, so that one says little more than the other."""
    home = _values(packed, pairs, "postcode", POSTCODE_AREA, rare=RARE_POSTCODE_BITS)
    agree = lambda one, other: fields.places_agree(one, other, packed.frozen.is_busy)  # noqa: E731
    street = _told(packed, pairs, packed.has_street, agree)
    for told, level in STREETS.items():
        home[street == told] = level
    home[(home == values.UNTOLD) & (street == fields.PLACE_OTHER)] = values.OTHER
    birth = _values(packed, pairs, "birth_place", 0)
    both = home * len(BIRTHS) + birth
    return np.where(both > 0, both, np.nan).astype(np.float64)


def occupations_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """The same calling, one spelled alike, or another."""
    found = _values(packed, pairs, "occupation", 0)
    return np.where(found > 0, found, np.nan).astype(np.float64)


def genders_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """The same, or another."""
    of = packed.gender.of
    one, other = of[pairs[0]], of[pairs[1]]
    return np.where((one < 0) | (other < 0), np.nan, (one == other).astype(np.float64))


def contacts_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.mails_agree`; in columns where both have nothing but one mail address that is their own."""
    plain = packed.one_own_mail[pairs[0]] & packed.one_own_mail[pairs[1]]
    found = _told(
        packed, pairs, packed.has_contacts, lambda one, other: fields.mails_agree(one, other, packed.frozen.is_busy), ~plain
    )
    email = _values(packed, (pairs[0][plain], pairs[1][plain]), "email", -1)
    levels = np.full(len(values.LEVELS), fields.CONTACT_OTHER)
    levels[[values.SAME, values.SAME_RARE]] = fields.CONTACT_ONE
    levels[values.ALIKE] = fields.CONTACT_NEAR
    found[plain] = levels[email]
    return found


def ids_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.person_ids_agree`."""
    return _told(packed, pairs, packed.has_ids, fields.person_ids_agree)


def of_firms_agree(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.of_firms_agree`."""
    return _told(packed, pairs, packed.has_firms, fields.of_firms_agree)


def _values(packed: Packed, pairs: tuple[Pairs, Pairs], field: str, area: int, *, rare: float = RARE_BITS) -> Pairs:
    held = getattr(packed, field)
    found: Pairs = values.values_agree(*pairs, held.of, held.bytes, held.lengths, held.bits, area, rare)
    return found


def _told(
    packed: Packed,
    pairs: tuple[Pairs, Pairs],
    has: NDArray[np.bool_],
    agree: Callable[[Analysed, Analysed], float | None],
    among: NDArray[np.bool_] | None = None,
) -> Column:
    """One agreement a pair of which both have the field; None becomes NaN."""
    both = has[pairs[0]] & has[pairs[1]]
    rows = np.flatnonzero(both if among is None else both & among)
    column = np.full(len(pairs[0]), np.nan)
    records = packed.records
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    column[rows] = np.array([agree(records[i], records[j]) for i, j in ends], dtype=np.float64)
    return column
