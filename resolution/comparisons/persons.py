"""How well two persons agree, field by field, as columns over many pairs; NaN always means: cannot be compared."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from resolution.comparisons import fields, person_names, person_values
from resolution.comparisons.home_levels import BIRTHS, POSTCODE_AREA, RARE_BITS, RARE_POSTCODE_BITS, STREETS
from resolution.comparisons.person_columns import PersonColumns
from resolution.records.analysed import Analysed
from resolution.records.readings import read_alike

Pairs = NDArray[np.int64]
Column = NDArray[np.float64]

READING_BITS = 6.0  # Of a spelling by another system than pinyin: more names fall together in each.


def names_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> tuple[Column, Column]:
    """Kind of agreement of the best names (`person_names.SAME` …), and bits for and against; NaN where none can be compared."""
    names, words = columns.names, columns.words
    kinds, bits = person_names.names_agree(
        *pairs,
        columns.names_of.start,
        columns.names_of.values,
        columns.weak,
        (names.table, names.words, names.bits, names.rough_sounds),
        (
            words.bytes,
            words.lengths,
            words.skeletons,
            words.skeleton_lengths,
            words.aliases.start,
            words.aliases.values,
            words.learned.start,
            words.learned.values,
            words.letters,
        ),
        words.bits,
    )
    alike = _read_alike(columns, pairs, np.isnan(kinds))
    kinds[alike], bits[alike] = person_names.SOUND, READING_BITS
    return kinds, bits


def _read_alike(columns: PersonColumns, pairs: tuple[Pairs, Pairs], mask: NDArray[np.bool_]) -> Pairs:
    """Rows of pairs of which one is written in signs and one in letters, and both are spellings of one name."""
    left, right = pairs
    signs, letters = columns.has_signs, columns.has_letters
    rows = np.flatnonzero(mask & ((signs[left] & letters[right]) | (letters[left] & signs[right])))
    ends = zip(rows.tolist(), left[rows].tolist(), right[rows].tolist(), strict=True)
    records = columns.records
    alike = [row for row, i, j in ends if any(read_alike(a, b) for a in records[i].persons for b in records[j].persons)]
    return np.array(alike, dtype=np.int64)


def days_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """Nearness of the days of birth, of the nearest two where there are several; the same day counts more where few bear it."""
    nearness: Column = person_values.days_agree(*pairs, columns.day, columns.day_bits)
    if columns.other_days:
        rows, left, right = _further_days(columns, pairs)
        np.fmax.at(nearness, rows, person_values.days_agree(left, right, columns.day, columns.day_bits))
    return nearness


def _further_days(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> tuple[Pairs, Pairs, Pairs]:
    """Rows of pairs of which one has several days, once for every two days, and where the two stand."""
    rows = np.flatnonzero(columns.has_several_days[pairs[0]] | columns.has_several_days[pairs[1]])
    ends = zip(rows.tolist(), pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    of_days = [
        (row, day, other_day)
        for row, left, right in ends
        for day in (left, *columns.other_days.get(left, ()))
        for other_day in (right, *columns.other_days.get(right, ()))
    ]
    by_column = np.array(of_days, dtype=np.int64).reshape(-1, 3)
    return by_column[:, 0], by_column[:, 1], by_column[:, 2]


def places_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """Home and birth place as one: people often live where they were born, so that one says little more than the other."""
    home = _value_levels(columns, pairs, "postcode", POSTCODE_AREA, rare=RARE_POSTCODE_BITS)
    agree = lambda left, right: fields.places_agree(left, right, columns.frozen.is_busy)  # noqa: E731
    street = _compare_records(columns, pairs, columns.has_street, agree)
    for place_level, level in STREETS.items():
        home[street == place_level] = level
    home[(home == person_values.UNTOLD) & (street == fields.PLACE_OTHER)] = person_values.OTHER
    birth = _value_levels(columns, pairs, "birth_place", 0)
    combined = home * len(BIRTHS) + birth
    return np.where(combined > 0, combined, np.nan).astype(np.float64)


def occupations_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """The same calling, one spelled alike, or another."""
    levels = _value_levels(columns, pairs, "occupation", 0)
    return np.where(levels > 0, levels, np.nan).astype(np.float64)


def genders_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """The same, or another."""
    value_of = columns.gender.numbers
    left, right = value_of[pairs[0]], value_of[pairs[1]]
    return np.where((left < 0) | (right < 0), np.nan, (left == right).astype(np.float64))


def contacts_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.mails_agree`; in columns where both have nothing but one mail address that is their own."""
    plain = columns.has_lone_mail[pairs[0]] & columns.has_lone_mail[pairs[1]]
    agreement = _compare_records(
        columns, pairs, columns.has_contacts, lambda left, right: fields.mails_agree(left, right, columns.frozen.is_busy), ~plain
    )
    email = _value_levels(columns, (pairs[0][plain], pairs[1][plain]), "email", -1)
    levels = np.full(len(person_values.LEVELS), fields.CONTACT_OTHER)
    levels[[person_values.SAME, person_values.SAME_RARE]] = fields.CONTACT_ONE
    levels[person_values.ALIKE] = fields.CONTACT_NEAR
    agreement[plain] = levels[email]
    _find_misspelled_mails(columns, pairs, np.flatnonzero(plain & (agreement == fields.CONTACT_OTHER)), agreement)
    return agreement


def _find_misspelled_mails(columns: PersonColumns, pairs: tuple[Pairs, Pairs], rows: Pairs, agreement: Column) -> None:
    """Set those of these rows to near whose mail addresses are one but for more than one slip."""
    if not len(rows):
        return
    mails = [[next(iter(columns.records[at].emails)) for at in side[rows].tolist()] for side in pairs]
    edits = cpdist(*mails, scorer=OSA.distance, score_cutoff=fields.MAIL_EDITS_MAX, dtype=np.int32)
    for at in np.flatnonzero(edits <= fields.MAIL_EDITS_MAX).tolist():
        if fields.are_one_mailbox(mails[0][at], mails[1][at]):
            agreement[rows[at]] = fields.CONTACT_NEAR


def ids_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.person_ids_agree`."""
    return _compare_records(columns, pairs, columns.has_ids, fields.person_ids_agree)


def of_firms_agree(columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Column:
    """As `fields.of_firms_agree`."""
    return _compare_records(columns, pairs, columns.has_firms, fields.of_firms_agree)


def _value_levels(columns: PersonColumns, pairs: tuple[Pairs, Pairs], field: str, area: int, *, rare: float = RARE_BITS) -> Pairs:
    values = getattr(columns, field)
    levels: Pairs = person_values.values_agree(*pairs, values.numbers, values.bytes, values.lengths, values.bits, area, rare)
    return levels


def _compare_records(
    columns: PersonColumns,
    pairs: tuple[Pairs, Pairs],
    has: NDArray[np.bool_],
    agree: Callable[[Analysed, Analysed], float | None],
    mask: NDArray[np.bool_] | None = None,
) -> Column:
    """One agreement a pair of which both have the field; None becomes NaN."""
    comparable = has[pairs[0]] & has[pairs[1]]
    rows = np.flatnonzero(comparable if mask is None else comparable & mask)
    column = np.full(len(pairs[0]), np.nan)
    records = columns.records
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    column[rows] = np.array([agree(records[i], records[j]) for i, j in ends], dtype=np.float64)
    return column
