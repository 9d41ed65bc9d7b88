"""Names of firms as columns, and how well those of very many pairs agree: `firm_names.names_agree`, a column at a time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import firm_names
from resolution.comparisons.columnar.distinct_pairs import Column, Flags, compare_distinct, number_values_from, one_step_apart
from resolution.comparisons.person_columns import Numbering, Numbers, Ragged
from resolution.records.analysed import Analysed
from resolution.records.firms import FirmName, places_of_branches_differ, regions_differ, regions_same
from resolution.records.forms import families_differ

NAME_PAIRS = 1 << 20  # Pairs of names compared at a time: each takes some hundred bytes while it is.
BRAND_MIN = 4  # Characters from which one slip leaves something of a brand.
SOUNDS = 4  # Of a Han brand: the whole, and its openings.


class NameColumns:
    """The names of these records, each once, every part of them a number; 0 is a part that is not told."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        numbering = Numbering[FirmName]()
        self._names_of = Ragged.of([[numbering.number(name) for name in firm_names.strong_names(record)] for record in records])
        self._is_own = np.array([is_own for record in records for is_own in _is_own_name(record)], dtype=np.bool_)
        self._names = names = numbering.keys()
        self._han = np.array([name.han for name in names], dtype=np.bool_)
        self._branches, self._branch = number_values_from("", (name.branch for name in names))
        _, self._number = number_values_from(frozenset(), (name.numbers for name in names))
        self._brands, self._brand = number_values_from("", (name.brand for name in names))
        self._brand_length = np.array([len(name.brand) for name in names], dtype=np.int64)
        self._regions, self._region = number_values_from((), (name.regions for name in names))
        self._industries, self._industry = number_values_from("", (name.industry for name in names))
        self._forms, self._form = number_values_from("", (name.form for name in names))
        _, self._roles = number_values_from(frozenset(), (name.roles for name in names))
        self._places, self._place = number_values_from(frozenset(), (name.places for name in names))
        _, self._token = number_values_from((), (name.tokens for name in names))
        _, self._sound = number_values_from("", (name.sound for name in names))
        self._han_sounds, self._latin_codes = self._sounds()

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`firm_names.names_agree` of the records that each row numbers; all of them have names."""
        start = self._names_of.start
        each_left, each_right = start[left + 1] - start[left], start[right + 1] - start[right]
        counts = each_left * each_right
        parts = [
            self._best_of_names(start[left[rows]], start[right[rows]], each_right[rows], counts[rows])
            for rows in _stretches(counts)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _best_of_names(self, left_start: Numbers, right_start: Numbers, right_counts: Numbers, counts: Numbers) -> Column:
        """The best level over all names of one record and of the other. left_start, right_start: where each one's names begin."""
        begin = np.cumsum(counts) - counts
        index = np.arange(int(counts.sum())) - np.repeat(begin, counts)
        across = np.repeat(right_counts, counts)
        x, y = np.repeat(left_start, counts) + index // across, np.repeat(right_start, counts) + index % across
        level = self._agree(self._names_of.values[x], self._names_of.values[y])
        level[np.isnan(level)] = -np.inf
        any_best = np.maximum.reduceat(level, begin)
        own_best = np.maximum.reduceat(np.where(self._is_own[x] & self._is_own[y], level, -np.inf), begin)
        weak = (own_best < firm_names.NOTHING) & (own_best > -np.inf)
        is_own_best = (any_best == -np.inf) | (own_best >= any_best) | weak
        best = np.where(is_own_best, own_best, np.minimum(any_best, firm_names.SHORT))
        best = np.where(own_best == -np.inf, any_best, best)
        return np.where(best == -np.inf, np.nan, best)

    def _agree(self, a: Numbers, b: Numbers) -> Column:
        """`firm_names.agree` of the names that each row numbers."""
        level = np.full(len(a), np.nan)
        han, other_han = self._han[a], self._han[b]
        branches_differ = self._branches_differ(a, b, han & other_han)
        level[branches_differ] = firm_names.BRANCH
        mixed_scripts = np.flatnonzero(~branches_differ & (han != other_han))
        level[mixed_scripts] = self._in_sound(
            np.where(han[mixed_scripts], a[mixed_scripts], b[mixed_scripts]),
            np.where(han[mixed_scripts], b[mixed_scripts], a[mixed_scripts]),
        )
        alike = ~branches_differ & (han == other_han)
        other_number = alike & _differ(self._number, a, b)
        level[other_number] = firm_names.OTHER_REGION
        rows = np.flatnonzero(alike & ~other_number & han)
        level[rows] = self._of_han(a[rows], b[rows])
        rows = np.flatnonzero(alike & ~other_number & ~han)
        level[rows] = self._of_latin(a[rows], b[rows])
        rows = np.flatnonzero(alike & (level >= firm_names.OTHER_BUSINESS))
        level[rows] = self._of_groups(level[rows], a[rows], b[rows])
        return level

    def _of_groups(self, level: Column, a: Numbers, b: Numbers) -> Column:
        """Levels of names of one brand, of which some are two members of a group."""
        is_group = self._two_of_a_group(a, b)
        registered = (self._form[a] > 0) & (self._form[b] > 0)
        plain = np.where(is_group, np.minimum(level, firm_names.OTHER_BUSINESS), level)
        return np.where(registered & (is_group | (level <= firm_names.SHORT)), firm_names.MEMBER, plain)

    def _branches_differ(self, a: Numbers, b: Numbers, both_han: Flags) -> Flags:
        branch, other_branch = self._branch[a], self._branch[b]
        differ = ((branch > 0) != (other_branch > 0)) | (both_han & (branch != other_branch))
        rows = np.flatnonzero((branch > 0) & (other_branch > 0) & (branch != other_branch) & ~self._han[a] & ~self._han[b])
        differ[rows] = compare_distinct(places_of_branches_differ, self._branches, branch[rows], other_branch[rows]) > 0
        return np.asarray(differ, dtype=np.bool_)

    def _two_of_a_group(self, a: Numbers, b: Numbers) -> Flags:
        families = compare_distinct(families_differ, self._forms, self._form[a], self._form[b])
        return np.asarray((self._roles[a] != self._roles[b]) | (families > 0), dtype=np.bool_)

    def _in_sound(self, han: Numbers, latin: Numbers) -> Column:
        is_heard = np.zeros(len(han), dtype=np.bool_)
        for sound in self._han_sounds.T:
            codes = latin * len(self._names) * SOUNDS + sound[han]
            index = np.minimum(np.searchsorted(self._latin_codes, codes), len(self._latin_codes) - 1)
            is_heard |= (sound[han] >= 0) & (self._latin_codes[index] == codes)
        return np.where(is_heard, firm_names.SOUND, np.nan)

    def _sounds(self) -> tuple[NDArray[np.int64], Numbers]:
        """How each Han name may sound, as numbers; and the numbers of the words of each Latin one, as sorted codes."""
        numbering = Numbering[str]()
        spoken = np.full((len(self._names), SOUNDS), -1, dtype=np.int64)
        for index, name in enumerate(self._names):
            sounds = {name.sound, *name.openings} if name.han else ()
            numbers = [numbering.number(sound) for sound in sounds if len(sound) >= firm_names.SOUND_MIN]
            spoken[index, : len(numbers)] = numbers
        number_by_sound = numbering.number_by_key()
        name_stride = len(self._names) * SOUNDS
        words = ((index, word) for index, name in enumerate(self._names) if not name.han for word in firm_names.heard_words(name))
        heard = [-1, *(index * name_stride + number_by_sound[word] for index, word in words if word in number_by_sound)]
        return spoken, np.unique(np.array(heard, dtype=np.int64))

    def _of_han(self, a: Numbers, b: Numbers) -> Column:
        level = np.full(len(a), firm_names.NOTHING)
        brand, other_brand = self._brand[a], self._brand[b]
        length, other_length = self._brand_length[a], self._brand_length[b]
        near = (np.minimum(length, other_length) >= BRAND_MIN) & (np.abs(length - other_length) <= 1)
        rows = np.flatnonzero((brand != other_brand) & near)
        level[rows[one_step_apart(self._brands, brand[rows], other_brand[rows])]] = firm_names.SOMETHING
        rows = np.flatnonzero(brand == other_brand)
        level[rows] = self._of_one_brand(a[rows], b[rows])
        return level

    def _of_one_brand(self, a: Numbers, b: Numbers) -> Column:
        region, other_region = self._region[a], self._region[b]
        industry, other_industry = self._industry[a], self._industry[b]
        form, other_form = self._form[a], self._form[b]
        same_region = compare_distinct(regions_same, self._regions, region, other_region) > 0
        whole = np.where(same_region, firm_names.SAME_IN_REGION, firm_names.SAME)
        formed = np.where((form > 0) & (other_form > 0), firm_names.OTHER_FORM, firm_names.SHORT)
        level = np.where(form != other_form, formed, whole)
        rows = np.flatnonzero(industry != other_industry)
        level[rows] = compare_distinct(firm_names.business_agrees, self._industries, industry[rows], other_industry[rows])
        level[compare_distinct(regions_differ, self._regions, region, other_region) > 0] = firm_names.OTHER_REGION
        return level

    def _of_latin(self, a: Numbers, b: Numbers) -> Column:
        level = np.where(_differ(self._form, a, b), firm_names.OTHER_FORM, firm_names.SAME)
        rows = np.flatnonzero((self._token[a] != self._token[b]) & (self._sound[a] != self._sound[b]))
        level[rows] = compare_distinct(firm_names.agree, self._names, a[rows], b[rows])
        rows = np.flatnonzero(_differ(self._place, a, b))
        disjoint = compare_distinct(frozenset.isdisjoint, self._places, self._place[a[rows]], self._place[b[rows]])
        level[rows[disjoint > 0]] = firm_names.OTHER_REGION
        return level


def _is_own_name(record: Analysed) -> list[bool]:
    own_names = firm_names.own_names(record)
    strong_names = firm_names.strong_names(record)
    return [True] * len(strong_names) if len(own_names) == len(strong_names) else [name in own_names for name in strong_names]


def _differ(part: Numbers, a: Numbers, b: Numbers) -> Flags:
    """Whether both names tell a part, each another one."""
    left, right = part[a], part[b]
    return np.asarray((left > 0) & (right > 0) & (left != right), dtype=np.bool_)


def _stretches(counts: Numbers) -> Iterator[slice]:
    """Rows that hold about NAME_PAIRS together."""
    number = np.cumsum(counts) // NAME_PAIRS
    ends = np.flatnonzero(np.diff(number, append=-1)) + 1
    yield from (slice(start, end) for start, end in pairwise([0, *ends.tolist()]))
