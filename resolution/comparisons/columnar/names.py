"""Names of firms as columns, and how well those of very many pairs agree: `firms.names_agree`, a column at a time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import firms
from resolution.comparisons.columnar.asked import Column, Flags, each_once, numbered_from, one_step_apart
from resolution.comparisons.person_columns import Numbering, Numbers, Ragged
from resolution.records.analysed import Analysed
from resolution.records.firms import FirmName, places_of_branches_differ, regions_differ, regions_same
from resolution.records.forms import families_differ

NAME_PAIRS = 1 << 20  # Pairs of names compared at a time: each takes some hundred bytes while it is.
BRAND_MIN = 4  # Characters from which one slip leaves something of a brand.
SOUNDS = 4  # Of a Han brand: the whole, and its openings.


class ManyNames:
    """The names of these records, each once, every part of them a number; 0 is a part that is not told."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        numbering = Numbering[FirmName]()
        self._of = Ragged.of([[numbering.number(name) for name in firms.strong_names(record)] for record in records])
        self._own = np.array([own for record in records for own in _own_flags(record)], dtype=np.bool_)
        self._names = names = numbering.things()
        self._han = np.array([name.han for name in names], dtype=np.bool_)
        self._branches, self._branch = numbered_from("", (name.branch for name in names))
        _, self._number = numbered_from(frozenset(), (name.numbers for name in names))
        self._brands, self._brand = numbered_from("", (name.brand for name in names))
        self._brand_length = np.array([len(name.brand) for name in names], dtype=np.int64)
        self._regions, self._region = numbered_from((), (name.regions for name in names))
        self._industries, self._industry = numbered_from("", (name.industry for name in names))
        self._forms, self._form = numbered_from("", (name.form for name in names))
        _, self._roles = numbered_from(frozenset(), (name.roles for name in names))
        self._places, self._place = numbered_from(frozenset(), (name.places for name in names))
        _, self._token = numbered_from((), (name.tokens for name in names))
        _, self._sound = numbered_from("", (name.sound for name in names))
        self._spoken, self._heard = self._sounds()

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`firms.names_agree` of the records that each row numbers; all of them have names."""
        start = self._of.start
        each_left, each_right = start[left + 1] - start[left], start[right + 1] - start[right]
        counts = each_left * each_right
        parts = [self._best(start[left[rows]], start[right[rows]], each_right[rows], counts[rows]) for rows in _stretches(counts)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _best(self, first: Numbers, other: Numbers, wide: Numbers, counts: Numbers) -> Column:
        """The best of every name of one record with every name of the other. first, other: where the names of each begin."""
        begin = np.cumsum(counts) - counts
        at = np.arange(int(counts.sum())) - np.repeat(begin, counts)
        across = np.repeat(wide, counts)
        x, y = np.repeat(first, counts) + at // across, np.repeat(other, counts) + at % across
        level = self._agree(self._of.held[x], self._of.held[y])
        level[np.isnan(level)] = -np.inf
        known_as = np.maximum.reduceat(level, begin)
        own = np.maximum.reduceat(np.where(self._own[x] & self._own[y], level, -np.inf), begin)
        weak = (own < firms.NOTHING) & (own > -np.inf)
        held = (known_as == -np.inf) | (own >= known_as) | weak
        best = np.where(held, own, np.minimum(known_as, firms.SHORT))
        best = np.where(own == -np.inf, known_as, best)
        return np.where(best == -np.inf, np.nan, best)

    def _agree(self, a: Numbers, b: Numbers) -> Column:
        """`firms.agree` of the names that each row numbers."""
        level = np.full(len(a), np.nan)
        han, other_han = self._han[a], self._han[b]
        apart = self._branches_differ(a, b, han & other_han)
        level[apart] = firms.BRANCH
        mixed = np.flatnonzero(~apart & (han != other_han))
        level[mixed] = self._in_sound(np.where(han[mixed], a[mixed], b[mixed]), np.where(han[mixed], b[mixed], a[mixed]))
        alike = ~apart & (han == other_han)
        elsewhere = alike & _differ(self._number, a, b)
        level[elsewhere] = firms.OTHER_REGION
        rows = np.flatnonzero(alike & ~elsewhere & han)
        level[rows] = self._of_han(a[rows], b[rows])
        rows = np.flatnonzero(alike & ~elsewhere & ~han)
        level[rows] = self._of_latin(a[rows], b[rows])
        rows = np.flatnonzero(alike & (level >= firms.OTHER_BUSINESS))
        level[rows] = self._of_groups(level[rows], a[rows], b[rows])
        return level

    def _of_groups(self, level: Column, a: Numbers, b: Numbers) -> Column:
        """Levels of names of one brand, of which some are two members of a group."""
        apart = self._two_of_a_group(a, b)
        registered = (self._form[a] > 0) & (self._form[b] > 0)
        plain = np.where(apart, np.minimum(level, firms.OTHER_BUSINESS), level)
        return np.where(registered & (apart | (level <= firms.SHORT)), firms.MEMBER, plain)

    def _branches_differ(self, a: Numbers, b: Numbers, both_han: Flags) -> Flags:
        branch, other = self._branch[a], self._branch[b]
        apart = ((branch > 0) != (other > 0)) | (both_han & (branch != other))
        rows = np.flatnonzero((branch > 0) & (other > 0) & (branch != other) & ~self._han[a] & ~self._han[b])
        apart[rows] = each_once(places_of_branches_differ, self._branches, branch[rows], other[rows]) > 0
        return np.asarray(apart, dtype=np.bool_)

    def _two_of_a_group(self, a: Numbers, b: Numbers) -> Flags:
        families = each_once(families_differ, self._forms, self._form[a], self._form[b])
        return np.asarray((self._roles[a] != self._roles[b]) | (families > 0), dtype=np.bool_)

    def _in_sound(self, han: Numbers, latin: Numbers) -> Column:
        found = np.zeros(len(han), dtype=np.bool_)
        for sound in self._spoken.T:
            asked = latin * len(self._names) * SOUNDS + sound[han]
            at = np.minimum(np.searchsorted(self._heard, asked), len(self._heard) - 1)
            found |= (sound[han] >= 0) & (self._heard[at] == asked)
        return np.where(found, firms.SOUND, np.nan)

    def _sounds(self) -> tuple[NDArray[np.int64], Numbers]:
        """How each Han name may sound, as numbers; and the numbers of the words of each Latin one, as sorted codes."""
        numbering = Numbering[str]()
        spoken = np.full((len(self._names), SOUNDS), -1, dtype=np.int64)
        for at, name in enumerate(self._names):
            told = {name.sound, *name.openings} if name.han else ()
            numbers = [numbering.number(sound) for sound in told if len(sound) >= firms.SOUND_MIN]
            spoken[at, : len(numbers)] = numbers
        known = numbering.numbers()
        each = len(self._names) * SOUNDS
        words = ((at, word) for at, name in enumerate(self._names) if not name.han for word in firms.heard_words(name))
        heard = [-1, *(at * each + known[word] for at, word in words if word in known)]
        return spoken, np.unique(np.array(heard, dtype=np.int64))

    def _of_han(self, a: Numbers, b: Numbers) -> Column:
        level = np.full(len(a), firms.NOTHING)
        brand, other = self._brand[a], self._brand[b]
        length, other_length = self._brand_length[a], self._brand_length[b]
        near = (np.minimum(length, other_length) >= BRAND_MIN) & (np.abs(length - other_length) <= 1)
        rows = np.flatnonzero((brand != other) & near)
        level[rows[one_step_apart(self._brands, brand[rows], other[rows])]] = firms.SOMETHING
        rows = np.flatnonzero(brand == other)
        level[rows] = self._of_one_brand(a[rows], b[rows])
        return level

    def _of_one_brand(self, a: Numbers, b: Numbers) -> Column:
        region, other_region = self._region[a], self._region[b]
        industry, other_industry = self._industry[a], self._industry[b]
        form, other_form = self._form[a], self._form[b]
        same_region = each_once(regions_same, self._regions, region, other_region) > 0
        whole = np.where(same_region, firms.SAME_IN_REGION, firms.SAME)
        formed = np.where((form > 0) & (other_form > 0), firms.OTHER_FORM, firms.SHORT)
        level = np.where(form != other_form, formed, whole)
        rows = np.flatnonzero(industry != other_industry)
        level[rows] = each_once(firms.business_agrees, self._industries, industry[rows], other_industry[rows])
        level[each_once(regions_differ, self._regions, region, other_region) > 0] = firms.OTHER_REGION
        return level

    def _of_latin(self, a: Numbers, b: Numbers) -> Column:
        level = np.where(_differ(self._form, a, b), firms.OTHER_FORM, firms.SAME)
        rows = np.flatnonzero((self._token[a] != self._token[b]) & (self._sound[a] != self._sound[b]))
        level[rows] = each_once(firms.agree, self._names, a[rows], b[rows])
        rows = np.flatnonzero(_differ(self._place, a, b))
        apart = each_once(frozenset.isdisjoint, self._places, self._place[a[rows]], self._place[b[rows]])
        level[rows[apart > 0]] = firms.OTHER_REGION
        return level


def _own_flags(record: Analysed) -> list[bool]:
    own = firms.own_names(record)
    strong = firms.strong_names(record)
    return [True] * len(strong) if len(own) == len(strong) else [name in own for name in strong]


def _differ(part: Numbers, a: Numbers, b: Numbers) -> Flags:
    """Whether both names tell a part, each another one."""
    one, other = part[a], part[b]
    return np.asarray((one > 0) & (other > 0) & (one != other), dtype=np.bool_)


def _stretches(counts: Numbers) -> Iterator[slice]:
    """Rows that hold about NAME_PAIRS together."""
    number = np.cumsum(counts) // NAME_PAIRS
    ends = np.flatnonzero(np.diff(number, append=-1)) + 1
    yield from (slice(start, end) for start, end in pairwise([0, *ends.tolist()]))
