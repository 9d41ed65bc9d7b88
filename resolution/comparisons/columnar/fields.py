"""Identifiers, days and contacts of firms as columns, and how well those of very many pairs agree: `fields`, a column at a time.

Values are compared as numbers where a record has one of a kind; the few that have several, or that share something, are asked
pair by pair.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import fields
from resolution.comparisons.columnar.distinct_pairs import Column, Flags, compare_distinct, compare_pairs, number_values
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records import dates
from resolution.records.analysed import Analysed
from resolution.records.contacts import phone_tail
from resolution.records.identifiers import exclusive_schemes

NONE, SEVERAL = 0, -1  # A record has no value of a field, or more than one; else the value's number.
DAY_LENGTH = 10  # Of a whole day.


class IdColumns:
    """The identifiers of these records, a column for every scheme that one of them has."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        self._records = records
        schemes = {scheme for record in records for scheme in record.ids}
        self._exclusive = [_of_scheme(records, scheme) for scheme in sorted(schemes & exclusive_schemes())]
        issued = [_of_scheme(records, scheme) for scheme in sorted(schemes - exclusive_schemes())]
        self._other_schemes = [*issued, _single_values(record.loose_ids for record in records)]

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.ids_agree` of the records that each row numbers."""
        shared, several, conflict = (np.zeros(len(left), dtype=np.bool_) for _ in range(3))
        for column in self._exclusive:
            both_have, unsure = _both_have(column, left, right), _unsure(column, left, right)
            shared |= both_have
            several |= unsure
            conflict |= both_have & ~unsure & (column[left] != column[right])
        level = np.where(shared, fields.ID_EXCLUSIVE, np.nan)
        level[conflict] = fields.ID_CONFLICT
        undecided = several.copy()
        for column in self._other_schemes:
            undecided |= ~shared & _both_have(column, left, right)
        rows = np.flatnonzero(undecided & ~conflict)
        level[rows] = compare_pairs(fields.ids_agree, self._records, left[rows], right[rows])
        return level


class DayColumns:
    """The days of founding of these records, letter by letter; records that tell several are asked pair by pair."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        self._records = records
        self._several = np.array([bool(record.other_days) for record in records], dtype=np.bool_)
        numbering = Numbering[str]()
        self._day_of = number_values(numbering, (record.day or "" for record in records))
        self._days = numbering.keys()
        self._whole = np.array(
            [len(day) == DAY_LENGTH and not day.endswith(dates.FIRST_OF_YEAR) for day in self._days], dtype=np.bool_
        )
        self._letters = _letters(self._days)
        self._swapped_letters = _letters([dates.swapped(day) for day in self._days])

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.days_agree` of the records that each row numbers; all of them have a day."""
        left_day, right_day = self._day_of[left], self._day_of[right]
        whole = self._whole[left_day] & self._whole[right_day]
        level = np.empty(len(left))
        level[~whole] = compare_distinct(dates.nearness, self._days, left_day[~whole], right_day[~whole])
        level[whole] = self._nearness(left_day[whole], right_day[whole])
        rows = np.flatnonzero(self._several[left] | self._several[right])
        level[rows] = compare_pairs(fields.days_agree, self._records, left[rows], right[rows])
        return level

    def _nearness(self, left_day: Numbers, right_day: Numbers) -> Column:
        letters, swapped, other_letters = self._letters[left_day], self._swapped_letters[left_day], self._letters[right_day]
        near = _one_slip(letters, other_letters) | _one_slip(swapped, other_letters)
        level = np.where((letters[:, :4] == other_letters[:, :4]).all(axis=1), dates.SAME_YEAR, dates.DIFFERENT)
        level[near] = dates.NEAR
        level[(swapped == other_letters).all(axis=1)] = dates.SWAPPED
        level[left_day == right_day] = dates.EXACT
        return level


class ContactColumns:
    """Phones, mail addresses and sites of these records."""

    def __init__(self, records: Sequence[Analysed], busy: Busy) -> None:
        self._records, self._busy = records, busy
        self._phoned = np.array([bool(record.phones) for record in records], dtype=np.bool_)
        tails = _single_values([tail for phone in record.phones if (tail := phone_tail(phone))] for record in records)
        self._mails = _single_values(record.emails for record in records)
        self._columns = (tails, self._mails, _single_values(record.sites for record in records))

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.contacts_agree` of the records that each row numbers."""
        compared = (self._phoned[left] & self._phoned[right]) | _both_have(self._mails, left, right)
        level = np.where(compared, fields.CONTACT_OTHER, np.nan)
        may_share = np.zeros(len(left), dtype=np.bool_)
        for column in self._columns:
            may_share |= _both_have(column, left, right) & ((column[left] == column[right]) | _unsure(column, left, right))
        rows = np.flatnonzero(may_share)
        agree = lambda left_record, right_record: fields.contacts_agree(left_record, right_record, self._busy)  # noqa: E731
        level[rows] = compare_pairs(agree, self._records, left[rows], right[rows])
        return level


def _of_scheme(records: Sequence[Analysed], scheme: str) -> Numbers:
    return _single_values(record.ids.get(scheme, ()) for record in records)


def _single_values(value_sets: Iterable[Collection[str]]) -> Numbers:
    """The number of the only value a record has, from 1 on; NONE, or SEVERAL."""
    numbering = Numbering[str]()
    value_sets_list = [set(values) for values in value_sets]
    numbers = (
        SEVERAL if len(values) > 1 else numbering.number(min(values)) + 1 if values else NONE for values in value_sets_list
    )
    return np.fromiter(numbers, np.int64, len(value_sets_list))


def _both_have(column: Numbers, left: Numbers, right: Numbers) -> Flags:
    return np.asarray((column[left] != NONE) & (column[right] != NONE), dtype=np.bool_)


def _unsure(column: Numbers, left: Numbers, right: Numbers) -> Flags:
    """Of two records that have the field, whether one has several values."""
    return np.asarray(_both_have(column, left, right) & ((column[left] == SEVERAL) | (column[right] == SEVERAL)), dtype=np.bool_)


def _letters(texts: Sequence[str]) -> NDArray[np.uint8]:
    """The letters of texts of DAY_LENGTH, a column each; of others none that tells anything."""
    padded = "".join(f"{text:<{DAY_LENGTH}}"[:DAY_LENGTH] for text in texts)
    letters: NDArray[np.uint8] = np.frombuffer(padded.encode(), np.uint8).reshape(-1, DAY_LENGTH)
    return letters


def _one_slip(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> Flags:
    """Whether two days differ in one digit, or in two neighbours exchanged."""
    differ = left != right
    count, first = differ.sum(axis=1), np.argmax(differ, axis=1)
    second = np.minimum(first + 1, DAY_LENGTH - 1)
    rows = np.arange(len(left))
    exchanged = (left[rows, first] == right[rows, second]) & (left[rows, second] == right[rows, first])
    return np.asarray((count == 1) | ((count == 2) & differ[rows, second] & exchanged), dtype=np.bool_)
