"""Addresses of firms as columns, and how well those of very many pairs agree: `fields.places_agree`, a column at a time."""

from collections.abc import Sequence

import numpy as np

from resolution.comparisons import fields
from resolution.comparisons.columnar.asked import Column, Flags, each_once, numbered, numbered_from, one_step_apart, pair_by_pair
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records.addresses import Place
from resolution.records.analysed import Analysed

NUMBERS_MAX = 4  # Numbers of one address that are compared in columns; addresses with more are asked pair by pair.
NUMBER_MIN = 3  # Characters from which one slip leaves something of a number.


class ManyPlaces:
    """The addresses of these records, each once; records that have several are asked pair by pair."""

    def __init__(self, records: Sequence[Analysed], busy: Busy) -> None:
        self._records, self._busy = records, busy
        numbering = Numbering[Place]()
        one = (numbering.number(record.places[0]) if len(record.places) == 1 else -1 for record in records)
        self._of = np.fromiter(one, np.int64, len(records))
        self._places = places = numbering.things()
        self._plain = np.array([len(place.numbers) <= NUMBERS_MAX for place in places], dtype=np.bool_)
        self._read = np.array([bool(place.sounds) for place in places], dtype=np.bool_)
        self._streets, self._street = numbered_from(frozenset(), (place.words for place in places))
        _, self._postcode = numbered_from("", (place.postcode for place in places))
        self._busy_door = np.array([place.agent or busy(place.door) for place in places], dtype=np.bool_)
        self._numbers, self._number = _numbers(places)

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`fields.places_agree` of the records that each row numbers; all of them have an address."""
        one, other = self._of[left], self._of[right]
        plain = (one >= 0) & (other >= 0)
        plain[plain] = self._by_columns(one[plain], other[plain])
        level = np.empty(len(left))
        level[plain] = self._agree(one[plain], other[plain])
        agree = lambda one, other: fields.places_agree(one, other, self._busy)  # noqa: E731
        level[~plain] = pair_by_pair(agree, self._records, left[~plain], right[~plain])
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
        one, other = self._street[a], self._street[b]
        found = one > 0
        rows = np.flatnonzero(one != other)
        found[rows] = each_once(fields.street_agrees, self._streets, one[rows], other[rows]) > 0
        return np.asarray(found, dtype=np.bool_)

    def _shared(self, a: Numbers, b: Numbers) -> Numbers:
        """How many numbers two addresses have in common."""
        found = np.zeros(len(a), dtype=np.int64)
        for one in self._number[a].T:
            for other in self._number[b].T:
                found += (one >= 0) & (one == other)
        return found

    def _number_slipped(self, a: Numbers, b: Numbers) -> Flags:
        """Whether a number of one address is one of the other but for a slip."""
        found = np.zeros(len(a), dtype=np.bool_)
        long = np.array([len(number) >= NUMBER_MIN for number in self._numbers], dtype=np.bool_)
        for one in self._number[a].T:
            for other in self._number[b].T:
                rows = np.flatnonzero((one >= 0) & (other >= 0) & long[one] & long[other] & ~found)
                found[rows] = one_step_apart(self._numbers, one[rows], other[rows])
        return found


def _numbers(places: Sequence[Place]) -> tuple[list[str], Numbers]:
    """Every number there is, and which of them each address has: NUMBERS_MAX columns, -1 where it has fewer."""
    numbering = Numbering[str]()
    numbering.number("")  # So that -1 and 0 point at something where no address has a number.
    held = np.full((len(places), NUMBERS_MAX), -1, dtype=np.int64)
    for at, place in enumerate(places):
        own = numbered(numbering, sorted(place.numbers)[:NUMBERS_MAX])
        held[at, : len(own)] = own
    return numbering.things(), held
