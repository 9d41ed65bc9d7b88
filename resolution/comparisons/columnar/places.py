"""Addresses of firms as columns, and how well those of very many pairs agree: `fields.places_agree`, a column at a time."""

from collections.abc import Sequence

import numpy as np

from resolution.comparisons import fields
from resolution.comparisons.columnar.distinct_pairs import (
    Column,
    Flags,
    compare_distinct,
    compare_pairs,
    number_values,
    number_values_from,
    one_step_apart,
)
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records.addresses import Place
from resolution.records.analysed import Analysed

NUMBERS_MAX = 4  # Numbers of one address that are compared in columns; addresses with more are asked pair by pair.
NUMBER_MIN = 3  # Characters from which one slip leaves something of a number.


class PlaceColumns:
    """The addresses of these records, each once; records that have several are asked pair by pair."""

    def __init__(self, records: Sequence[Analysed], busy: Busy) -> None:
        self._records, self._busy = records, busy
        numbering = Numbering[Place]()
        place_numbers = (numbering.number(record.places[0]) if len(record.places) == 1 else -1 for record in records)
        self._place_of = np.fromiter(place_numbers, np.int64, len(records))
        self._places = places = numbering.keys()
        self._plain = np.array([len(place.numbers) <= NUMBERS_MAX for place in places], dtype=np.bool_)
        self._read = np.array([bool(place.sounds) for place in places], dtype=np.bool_)
        self._streets, self._street = number_values_from(frozenset(), (place.words for place in places))
        _, self._postcode = number_values_from("", (place.postcode for place in places))
        self._busy_door = np.array([place.agent or busy(place.door) for place in places], dtype=np.bool_)
        self._numbers, self._number = _numbers(places)

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.places_agree` of the records that each row numbers; all of them have an address."""
        left_place, right_place = self._place_of[left], self._place_of[right]
        plain = (left_place >= 0) & (right_place >= 0)
        plain[plain] = self._by_columns(left_place[plain], right_place[plain])
        level = np.empty(len(left))
        level[plain] = self._agree(left_place[plain], right_place[plain])
        agree = lambda left_place, right_place: fields.places_agree(left_place, right_place, self._busy)  # noqa: E731
        level[~plain] = compare_pairs(agree, self._records, left[~plain], right[~plain])
        return level

    def _by_columns(self, a: Numbers, b: Numbers) -> Flags:
        """Whether two addresses are of one script and have few numbers."""
        return np.asarray(self._plain[a] & self._plain[b] & (self._read[a] == self._read[b]), dtype=np.bool_)

    def _agree(self, a: Numbers, b: Numbers) -> Column:
        words, other_words = self._street[a] > 0, self._street[b] > 0
        numbers, other_numbers = self._number[a, 0] >= 0, self._number[b, 0] >= 0
        street, shared = self._street_agrees(a, b), self._shared(a, b)
        door = street & (shared > 0)
        door |= ~(words & other_words) & (shared > 1)
        level = np.where(words & other_words & numbers & other_numbers, fields.PLACE_OTHER, np.nan)
        area = (self._postcode[a] > 0) & (self._postcode[a] == self._postcode[b])
        level[area | (street & ~(numbers | other_numbers))] = fields.PLACE_POSTCODE
        rows = np.flatnonzero(street & ~door)
        level[rows[self._number_slipped(a[rows], b[rows])]] = fields.PLACE_NEAR
        level[door] = np.where(self._busy_door[a] | self._busy_door[b], fields.PLACE_BUSY, fields.PLACE_DOOR)[door]
        return level

    def _street_agrees(self, a: Numbers, b: Numbers) -> Flags:
        left_street, right_street = self._street[a], self._street[b]
        agrees = left_street > 0
        rows = np.flatnonzero(left_street != right_street)
        agrees[rows] = compare_distinct(fields.street_agrees, self._streets, left_street[rows], right_street[rows]) > 0
        return np.asarray(agrees, dtype=np.bool_)

    def _shared(self, a: Numbers, b: Numbers) -> Numbers:
        """How many numbers two addresses have in common."""
        counts = np.zeros(len(a), dtype=np.int64)
        for left_number in self._number[a].T:
            for right_number in self._number[b].T:
                counts += (left_number >= 0) & (left_number == right_number)
        return counts

    def _number_slipped(self, a: Numbers, b: Numbers) -> Flags:
        """Whether a number of one address is one of the other but for a slip."""
        slipped = np.zeros(len(a), dtype=np.bool_)
        long = np.array([len(number) >= NUMBER_MIN for number in self._numbers], dtype=np.bool_)
        for left_number in self._number[a].T:
            for right_number in self._number[b].T:
                rows = np.flatnonzero(
                    (left_number >= 0) & (right_number >= 0) & long[left_number] & long[right_number] & ~slipped
                )
                slipped[rows] = one_step_apart(self._numbers, left_number[rows], right_number[rows])
        return slipped


def _numbers(places: Sequence[Place]) -> tuple[list[str], Numbers]:
    """Every number there is, and which of them each address has: NUMBERS_MAX columns, -1 where it has fewer."""
    numbering = Numbering[str]()
    numbering.number("")  # So that -1 and 0 point at something where no address has a number.
    number_columns = np.full((len(places), NUMBERS_MAX), -1, dtype=np.int64)
    for index, place in enumerate(places):
        place_numbers = number_values(numbering, sorted(place.numbers)[:NUMBERS_MAX])
        number_columns[index, : len(place_numbers)] = place_numbers
    return numbering.keys(), number_columns
