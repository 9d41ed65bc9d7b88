# ruff: noqa: PLR0912, PLR0917  # Compiled functions take columns, not objects.
"""Pairs of persons that cannot reach the lowest cut, told before they are compared: of very many pairs most are such.

Two records share a key by a name that many bear, and nothing else agrees. What day, home, birth place, calling, gender and
mailbox weigh together, and the most that the names could add, takes a twentieth of the time that comparing in full does. What
this cannot tell of a pair (numbers, streets, firms, several days) it leaves open: the pair is compared. So no pair is dropped
that would be kept.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons import fields, person_values
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Prepared, levels_of
from resolution.comparisons.home_levels import BIRTHS, HOMES, POSTCODE_AREA, RARE_BITS, RARE_POSTCODE_BITS
from resolution.comparisons.model import LevelBits
from resolution.comparisons.person_columns import PersonColumns, Values
from resolution.comparisons.person_names import END, LETTER_BITS, SOUND_BITS, START
from resolution.comparisons.person_values import (
    ALIKE,
    AREA,
    OTHER,
    SAME,
    SAME_RARE,
    UNTOLD,
    level_in_spelling,
    may_be_misspelled,
    nearness_of_days,
)
from resolution.records import dates

Positions = NDArray[np.int64] | NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

DIFFERS = len(person_values.LEVELS)  # Two values that are not the same, before their spelling is looked at.
DAY, POSTCODE, BIRTH_PLACE, OCCUPATION, GENDER, MAIL, NAME, MARKS = range(8)  # Columns of the table of records.
NAME_UNIT = 1 << 16  # The most a name can weigh, in whole numbers of so small a part of a bit, rounded up.
HAS_IDS, HAS_STREET, HAS_FIRMS = 1, 2, 4  # Marks that leave a pair open where both records bear one.
HAS_CONTACTS, HAS_LONE_MAIL, HAS_SEVERAL_DAYS, HAS_COUNTRIES = 8, 16, 32, 64
DAY_STEPS_SHIFT = 7  # From here on: how many steps more the same day counts, by its rarity.
SLACK_BITS = 1e-6  # Sums in another order differ in their last digits.
SLICE_PAIRS = 1 << 20
THREADS = 2
NEARNESS = (
    *(dates.EXACT + more for more in (2, 1, 0)),
    *(dates.SWAPPED, dates.NEAR, dates.PARTIAL, dates.CLOSE, dates.YEAR_NEAR, dates.SAME_YEAR, dates.NEARBY),
    *(dates.DIFFERENT, dates.YEARS_APART, dates.WHOLLY, dates.FAR),
)
NEARNESS_SCALE = 10  # Steps of a tenth tell them apart.


_Spellings = tuple[NDArray[np.uint8], NDArray[np.int64], Flags]
"""Values of one field: their bytes, how many, and which are rare."""


class _Bits(NamedTuple):
    """What agreement weighs in bits.

    days:      by nearness, from FAR on.
    places:    by level of home and of birth place; the last of both is DIFFERS, the most of all levels of other values.
    occupations, mails: by level; the last is DIFFERS, too.
    genders:   another, the same.
    limits:    the prior, the most that countries add, and the cut.
    """

    days: Floats
    places: Floats
    occupations: Floats
    mails: Floats
    genders: Floats
    limits: tuple[float, float, float]


@dataclass(frozen=True)
class PersonScreen:
    """Prepared persons as a table of what the screen reads, one line of a processor's cache for two records."""

    table: NDArray[np.int32]
    spellings: tuple[_Spellings, ...]
    bits: _Bits

    def flag_open_pairs(self, left: Positions, right: Positions) -> Flags:
        """Which pairs may reach the cut, meet at one place or share a number; all others do none of it."""
        is_open = np.empty(len(left), dtype=np.bool_)

        def screen_slice(start: int) -> None:
            rows = slice(start, start + SLICE_PAIRS)
            _screen(left[rows], right[rows], self.table, *self.bits, self.spellings, is_open[rows])

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(screen_slice, range(0, len(left), SLICE_PAIRS)))
        return is_open


def build_screen(prepared: Prepared, columns: PersonColumns) -> PersonScreen:
    """The screen of these persons under the weights and the lowest cut of their statistics."""
    level_bits = prepared.level_bits
    fields_of_values = (columns.postcode, columns.birth_place, columns.occupation, columns.email)
    rare_bits = (RARE_POSTCODE_BITS, RARE_BITS, RARE_BITS, RARE_BITS)
    return PersonScreen(
        _table(prepared, columns),
        tuple(_spellings(values, rare) for values, rare in zip(fields_of_values, rare_bits, strict=True)),
        _bits(level_bits, prepared.frozen.prior_bits, prepared.frozen.model.possible_bits),
    )


def _table(prepared: Prepared, columns: PersonColumns) -> NDArray[np.int32]:
    table = np.empty((len(columns.records), 8), dtype=np.int32)
    table[:, DAY] = columns.day[: len(table)]
    table[:, POSTCODE], table[:, BIRTH_PLACE] = columns.postcode.numbers, columns.birth_place.numbers
    table[:, OCCUPATION], table[:, GENDER] = columns.occupation.numbers, columns.gender.numbers
    table[:, MAIL] = columns.email.numbers
    table[:, NAME] = np.ceil(_name_bits_max(columns, prepared.level_bits) * NAME_UNIT)
    marks = np.zeros(len(table), dtype=np.int32)
    for mark, has in (
        (HAS_IDS, columns.has_ids),
        (HAS_STREET, columns.has_street),
        (HAS_FIRMS, columns.has_firms),
        (HAS_CONTACTS, columns.has_contacts),
        (HAS_LONE_MAIL, columns.has_lone_mail),
        (HAS_SEVERAL_DAYS, columns.has_several_days),
        (HAS_COUNTRIES, prepared.countries.tells),
    ):
        marks[has] |= mark
    day_bits = columns.day_bits[: len(table)]
    steps = (day_bits >= person_values.UNUSUAL_BITS).astype(np.int32) + (day_bits >= person_values.RARE_DAY_BITS)
    table[:, MARKS] = marks | steps << DAY_STEPS_SHIFT
    return table


def _name_bits_max(columns: PersonColumns, level_bits: LevelBits) -> Floats:
    """The most that the names of each record can weigh against any other: all words of one of them, or the whole name."""
    names = columns.names
    word_bits = np.concatenate([[0.0], np.cumsum(np.maximum(columns.words.bits[names.words], LETTER_BITS))])
    of_words = word_bits[names.table[:, END]] - word_bits[names.table[:, START]]
    of_names = np.maximum(np.maximum(of_words, names.bits), SOUND_BITS) + SLACK_BITS
    of_records = _highest(columns.names_of.start, columns.names_of.values, of_names)
    comparison = _comparison("names")
    most = np.maximum.accumulate(level_bits["names"][:-1][::-1])[::-1]  # Of a level and all below it: agreement may be less.
    return np.maximum(most[levels_of(comparison, of_records)], 0.0)


@njit(cache=True, nogil=True)
def _highest(start, values, bits):  # type: ignore[no-untyped-def]
    highest = np.zeros(len(start) - 1)
    for row in range(len(highest)):
        for index in range(start[row], start[row + 1]):
            highest[row] = max(highest[row], bits[values[index]])
    return highest


def _comparison(name: str) -> Comparison:
    return next(comparison for comparison in comparisons(PartyKind.PERSON) if comparison.name == name)


def _spellings(values: Values, rare_bits: float) -> _Spellings:
    return values.bytes, values.lengths, values.bits >= rare_bits


def _bits(level_bits: LevelBits, prior_bits: float, cut_bits: float) -> _Bits:
    days = np.full(round((NEARNESS[0] - dates.FAR) * NEARNESS_SCALE) + 1, np.inf)
    for nearness, bits in zip(NEARNESS, _weigh(level_bits, "days", np.array(NEARNESS)), strict=True):
        days[round((nearness - dates.FAR) * NEARNESS_SCALE)] = bits
    homes, births = np.divmod(np.arange(len(HOMES) * len(BIRTHS)), len(BIRTHS))
    combined = np.where(homes + births > 0, homes * len(BIRTHS) + births, np.nan)
    places = _weigh(level_bits, "places", combined).reshape(len(HOMES), len(BIRTHS))[: SAME_RARE + 1]
    calling_levels = np.array([np.nan, *map(float, person_values.LEVELS[1:])])
    mail_levels = np.full(len(person_values.LEVELS), fields.CONTACT_OTHER)
    mail_levels[ALIKE], mail_levels[UNTOLD] = fields.CONTACT_NEAR, np.nan
    return _Bits(
        days,
        _with_most(_with_most(places, (OTHER, AREA, ALIKE)).T, (OTHER, ALIKE)).T.copy(),
        _with_most(_weigh(level_bits, "occupations", calling_levels), (OTHER, ALIKE)),
        _with_most(_weigh(level_bits, "contacts", mail_levels), (OTHER, ALIKE)),
        _weigh(level_bits, "genders", np.array([0.0, 1.0])),
        (prior_bits, max(0.0, float(np.nanmax(level_bits["countries"]))), cut_bits - SLACK_BITS),
    )


def _weigh(level_bits: LevelBits, name: str, agreement: Floats) -> Floats:
    """What each agreement weighs in one comparison, 0 where it cannot be compared."""
    return np.nan_to_num(level_bits[name][levels_of(_comparison(name), agreement)])


def _with_most(bits: Floats, levels: tuple[int, ...]) -> Floats:
    """One row more, at DIFFERS: the most of these levels."""
    return np.concatenate([bits, bits[list(levels)].max(axis=0, keepdims=True)])


@njit(cache=True, nogil=True)
def _screen(left, right, table, days, places, occupations, mails, genders, limits, spellings, is_open):  # type: ignore[no-untyped-def]
    """Mark the open pairs. Everything a pair needs but spelling is read in place: a row cut out takes longer than all else."""
    prior, countries, cut = limits
    postcodes, birth_places, callings, addresses = spellings
    counts = np.zeros(128, dtype=np.int64)
    for row in range(len(left)):
        i, j = left[row], right[row]
        marks, other_marks = table[i, MARKS], table[j, MARKS]
        both = marks & other_marks
        is_open[row] = True
        if both & (HAS_IDS | HAS_STREET | HAS_FIRMS) or (marks | other_marks) & HAS_SEVERAL_DAYS:
            continue
        if both & HAS_CONTACTS and not both & HAS_LONE_MAIL:
            continue
        mail = DIFFERS if both & HAS_LONE_MAIL else UNTOLD
        if mail == DIFFERS and table[i, MAIL] == table[j, MAIL]:
            continue  # They meet, and are counted whatever they weigh.
        total = prior + min(table[i, NAME], table[j, NAME]) / NAME_UNIT
        if both & HAS_COUNTRIES:
            total += countries
        if table[i, GENDER] >= 0 and table[j, GENDER] >= 0:
            total += genders[1 if table[i, GENDER] == table[j, GENDER] else 0]
        day, other_day = table[i, DAY], table[j, DAY]
        if day > 0 and other_day > 0:
            nearness = nearness_of_days(min(day, other_day), max(day, other_day))
            if nearness == dates.EXACT:
                nearness += marks >> DAY_STEPS_SHIFT
            total += days[round((nearness - dates.FAR) * NEARNESS_SCALE)]
        home = _level(table[i, POSTCODE], table[j, POSTCODE], postcodes[2])
        birth = _level(table[i, BIRTH_PLACE], table[j, BIRTH_PLACE], birth_places[2])
        calling = _level(table[i, OCCUPATION], table[j, OCCUPATION], callings[2])
        if total + places[home, birth] + occupations[calling] + mails[mail] < cut:
            is_open[row] = False
            continue
        if home == DIFFERS:
            home = level_in_spelling(postcodes[0], postcodes[1], table[i, POSTCODE], table[j, POSTCODE], POSTCODE_AREA)
        if birth == DIFFERS:
            birth = level_in_spelling(birth_places[0], birth_places[1], table[i, BIRTH_PLACE], table[j, BIRTH_PLACE], 0)
        if calling == DIFFERS:
            calling = level_in_spelling(callings[0], callings[1], table[i, OCCUPATION], table[j, OCCUPATION], 0)
        if mail == DIFFERS:
            mail = level_in_spelling(addresses[0], addresses[1], table[i, MAIL], table[j, MAIL], -1)
            if mail == OTHER and may_be_misspelled(addresses[0], addresses[1], table[i, MAIL], table[j, MAIL], counts):
                mail = DIFFERS
        is_open[row] = total + places[home, birth] + occupations[calling] + mails[mail] >= cut


@njit(cache=True, nogil=True)
def _level(value, other_value, is_rare):  # type: ignore[no-untyped-def]
    if value < 0 or other_value < 0:
        return UNTOLD
    if value == other_value:
        return SAME_RARE if is_rare[value] else SAME
    return DIFFERS
