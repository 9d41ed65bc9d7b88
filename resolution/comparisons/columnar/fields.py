"""Identifiers, days and contacts of firms as columns, and how well those of very many pairs agree: `fields`, a column at a time.

Values are compared as numbers where a record has one of a kind; the few that have several, or that share something, are asked
pair by pair.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import fields
from resolution.comparisons.columnar.asked import Column, Flags, each_once, numbered, pair_by_pair
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records import dates
from resolution.records.analysed import Analysed
from resolution.records.contacts import phone_tail
from resolution.records.identifiers import exclusive_schemes

NONE, SEVERAL = 0, -1  # A record has no value of a field, or more than one; else the value's number.
DAY_LENGTH = 10  # Of a whole day.


class ManyIds:
    """The identifiers of these records, a column for every scheme that one of them has."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        self._records = records
        schemes = {scheme for record in records for scheme in record.ids}
        self._exclusive = [_of_scheme(records, scheme) for scheme in sorted(schemes & exclusive_schemes())]
        issued = [_of_scheme(records, scheme) for scheme in sorted(schemes - exclusive_schemes())]
        self._others = [*issued, _single(record.loose_ids for record in records)]

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.ids_agree` of the records that each row numbers."""
        shared, several, conflict = (np.zeros(len(left), dtype=np.bool_) for _ in range(3))
        for held in self._exclusive:
            both, unsure = _both(held, left, right), _unsure(held, left, right)
            shared |= both
            several |= unsure
            conflict |= both & ~unsure & (held[left] != held[right])
        level = np.where(shared, fields.ID_EXCLUSIVE, np.nan)
        level[conflict] = fields.ID_CONFLICT
        asked = several.copy()
        for held in self._others:
            asked |= ~shared & _both(held, left, right)
        rows = np.flatnonzero(asked & ~conflict)
        level[rows] = pair_by_pair(fields.ids_agree, self._records, left[rows], right[rows])
        return level


class ManyDays:
    """The days of founding of these records, letter by letter."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        numbering = Numbering[str]()
        self._of = numbered(numbering, (record.day or "" for record in records))
        self._days = numbering.things()
        self._whole = np.array(
            [len(day) == DAY_LENGTH and not day.endswith(dates.FIRST_OF_YEAR) for day in self._days], dtype=np.bool_
        )
        self._letters = _letters(self._days)
        self._turned = _letters([dates.swapped(day) for day in self._days])

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.days_agree` of the records that each row numbers; all of them have a day."""
        one, other = self._of[left], self._of[right]
        whole = self._whole[one] & self._whole[other]
        level = np.empty(len(left))
        level[~whole] = each_once(dates.nearness, self._days, one[~whole], other[~whole])
        level[whole] = self._nearness(one[whole], other[whole])
        return level

    def _nearness(self, one: Numbers, other: Numbers) -> Column:
        told, turned, beside = self._letters[one], self._turned[one], self._letters[other]
        near = _one_slip(told, beside) | _one_slip(turned, beside)
        level = np.where((told[:, :4] == beside[:, :4]).all(axis=1), dates.SAME_YEAR, dates.DIFFERENT)
        level[near] = dates.NEAR
        level[(turned == beside).all(axis=1)] = dates.SWAPPED
        level[one == other] = dates.EXACT
        return level


class ManyContacts:
    """Phones, mail addresses and sites of these records."""

    def __init__(self, records: Sequence[Analysed], busy: Busy) -> None:
        self._records, self._busy = records, busy
        self._phoned = np.array([bool(record.phones) for record in records], dtype=np.bool_)
        tails = _single([tail for phone in record.phones if (tail := phone_tail(phone))] for record in records)
        self._mails = _single(record.emails for record in records)
        self._held = (tails, self._mails, _single(record.sites for record in records))

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.contacts_agree` of the records that each row numbers."""
        compared = (self._phoned[left] & self._phoned[right]) | _both(self._mails, left, right)
        level = np.where(compared, fields.CONTACT_OTHER, np.nan)
        may_share = np.zeros(len(left), dtype=np.bool_)
        for held in self._held:
            may_share |= _both(held, left, right) & ((held[left] == held[right]) | _unsure(held, left, right))
        rows = np.flatnonzero(may_share)
        agree = lambda one, other: fields.contacts_agree(one, other, self._busy)  # noqa: E731
        level[rows] = pair_by_pair(agree, self._records, left[rows], right[rows])
        return level


def _of_scheme(records: Sequence[Analysed], scheme: str) -> Numbers:
    return _single(record.ids.get(scheme, ()) for record in records)


def _single(each: Iterable[Collection[str]]) -> Numbers:
    """The number of the only value a record has, from 1 on; NONE, or SEVERAL."""
    numbering = Numbering[str]()
    told = [set(values) for values in each]
    one = (SEVERAL if len(values) > 1 else numbering.number(min(values)) + 1 if values else NONE for values in told)
    return np.fromiter(one, np.int64, len(told))


def _both(held: Numbers, left: Numbers, right: Numbers) -> Flags:
    return np.asarray((held[left] != NONE) & (held[right] != NONE), dtype=np.bool_)


def _unsure(held: Numbers, left: Numbers, right: Numbers) -> Flags:
    """Of two records that have the field, whether one has several values."""
    return np.asarray(_both(held, left, right) & ((held[left] == SEVERAL) | (held[right] == SEVERAL)), dtype=np.bool_)


def _letters(texts: Sequence[str]) -> NDArray[np.uint8]:
    """The letters of texts of DAY_LENGTH, a column each; of others none that tells anything."""
    told = "".join(f"{text:<{DAY_LENGTH}}"[:DAY_LENGTH] for text in texts)
    letters: NDArray[np.uint8] = np.frombuffer(told.encode(), np.uint8).reshape(-1, DAY_LENGTH)
    return letters


def _one_slip(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Flags:
    """Whether two days differ in one digit, or in two neighbours exchanged."""
    differ = one != other
    count, first = differ.sum(axis=1), np.argmax(differ, axis=1)
    second = np.minimum(first + 1, DAY_LENGTH - 1)
    rows = np.arange(len(one))
    exchanged = (one[rows, first] == other[rows, second]) & (one[rows, second] == other[rows, first])
    return np.asarray((count == 1) | ((count == 2) & differ[rows, second] & exchanged), dtype=np.bool_)
