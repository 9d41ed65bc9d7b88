"""Names of firms as columns, and how well those of very many pairs agree: `firm_names.names_agree`, a column at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import firm_names
from resolution.comparisons.columnar import name_kernels as kernels
from resolution.comparisons.columnar import pair_kernels as parts
from resolution.comparisons.columnar.distinct_pairs import Column, Flags, compare_distinct, number_values_from, one_step_apart
from resolution.comparisons.columnar.name_tables import NameTables
from resolution.comparisons.person_columns import Numbers, Ragged
from resolution.records.analysed import Analysed
from resolution.records.firms import regions_differ, regions_same
from resolution.records.forms import families_differ

NAME_PAIRS = 1 << 20  # Pairs of names compared at a time: each takes some hundred bytes while it is.
RECORD_PAIRS = 1 << 13  # Pairs of records that one thread compares at a time.
THREADS = 2
BRAND_MIN = 4  # Characters from which one slip leaves something of a brand.


class NameColumns:
    """The names of these records, each once, every part of them a number; 0 is a part that is not told."""

    def __init__(self, records: Sequence[Analysed]) -> None:
        self._tables = NameTables(records)
        self._han_names = HanNames(self._tables)

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """`firm_names.names_agree` of the records that each row numbers; all of them have names."""
        own, any_level = self._han_names.best_levels(left, right)
        stretches = [slice(start, start + RECORD_PAIRS) for start in range(0, len(left), RECORD_PAIRS)]
        if len(stretches) < 2:
            return self._agree(left, right, own, any_level)
        with ThreadPoolExecutor(THREADS) as threads:  # Compiled code leaves the interpreter alone.
            levels = threads.map(lambda part: self._agree(left[part], right[part], own[part], any_level[part]), stretches)
            return np.concatenate(list(levels))

    def _agree(self, left: Numbers, right: Numbers, own: Column, any_level: Column) -> Column:
        tables = self._tables
        levels: Column = kernels.agree_records(
            left, right, own, any_level, tables.names, tables.texts, tables.records, tables.card
        )
        return levels


class HanNames:
    """Names of which both are Han, compared with whole columns of parts."""

    def __init__(self, tables: NameTables) -> None:
        names = tables.firm_names
        table = tables.names.table
        self._name, self._is_own = tables.records.names[:, kernels.NAME], tables.records.names[:, kernels.IS_OWN] > 0
        is_han = table[self._name, parts.HAN] > 0
        start = np.append(tables.records.table[:, kernels.FIRST], len(self._name))
        self._places = Ragged(np.append(0, np.cumsum(is_han))[start], np.flatnonzero(is_han))
        self._branch, self._number, self._roles = (
            table[:, column] for column in (parts.BRANCH_NUMBER, parts.NUMBER, parts.ROLES)
        )
        self._brands, self._brand = number_values_from("", (name.brand for name in names))
        self._brand_length = np.array([len(name.brand) for name in names], dtype=np.int64)
        self._is_unregioned = np.array([firm_names.is_unregioned(name) for name in names], dtype=np.bool_)
        self._regions, self._region = number_values_from((), (name.regions for name in names))
        self._industries, self._industry = number_values_from("", (name.industry for name in names))
        self._forms, self._form = number_values_from("", (name.form for name in names))

    def best_levels(self, left: Numbers, right: Numbers) -> tuple[Column, Column]:
        """The best level of own names, and of any names, of the two records of each row; -inf where none are both Han."""
        start = self._places.start
        own, any_level = np.full(len(left), -np.inf), np.full(len(left), -np.inf)
        each_left, each_right = start[left + 1] - start[left], start[right + 1] - start[right]
        rows = np.flatnonzero(each_left * each_right)
        counts = (each_left * each_right)[rows]
        for stretch in _stretches(counts):
            part = rows[stretch]
            own[part], any_level[part] = self._best_of_names(
                start[left[part]], start[right[part]], each_right[part], counts[stretch]
            )
        return own, any_level

    def _best_of_names(
        self, left_start: Numbers, right_start: Numbers, right_counts: Numbers, counts: Numbers
    ) -> tuple[Column, Column]:
        """The best levels over the names of both records. left_start, right_start: where the names of each begin."""
        begin = np.cumsum(counts) - counts
        index = np.arange(int(counts.sum())) - np.repeat(begin, counts)
        across = np.repeat(right_counts, counts)
        x = self._places.values[np.repeat(left_start, counts) + index // across]
        y = self._places.values[np.repeat(right_start, counts) + index % across]
        level = self._agree(self._name[x], self._name[y])
        own_level = np.where(self._is_own[x] & self._is_own[y], level, -np.inf)
        return np.maximum.reduceat(own_level, begin), np.maximum.reduceat(level, begin)

    def _agree(self, a: Numbers, b: Numbers) -> Column:
        """`firm_names.agree` of the names that each row numbers."""
        level = np.full(len(a), firm_names.BRANCH)
        same_branch = self._branch[a] == self._branch[b]
        other_number = same_branch & _differ(self._number, a, b)
        level[other_number] = firm_names.OTHER_REGION
        rows = np.flatnonzero(same_branch & ~other_number)
        level[rows] = self._of_han(a[rows], b[rows])
        rows = rows[level[rows] >= firm_names.OTHER_BUSINESS]
        level[rows] = self._of_groups(level[rows], a[rows], b[rows])
        return level

    def _of_groups(self, level: Column, a: Numbers, b: Numbers) -> Column:
        """Levels of names of one brand, of which some are two members of a group."""
        is_group = self._two_of_a_group(a, b)
        registered = (self._form[a] > 0) & (self._form[b] > 0)
        plain = np.where(is_group, np.minimum(level, firm_names.OTHER_BUSINESS), level)
        return np.where(registered & (is_group | (level <= firm_names.SHORT)), firm_names.MEMBER, plain)

    def _two_of_a_group(self, a: Numbers, b: Numbers) -> Flags:
        families = compare_distinct(families_differ, self._forms, self._form[a], self._form[b])
        return np.asarray((self._roles[a] != self._roles[b]) | (families > 0), dtype=np.bool_)

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
        whole = np.where(
            same_region | (self._is_unregioned[a] & self._is_unregioned[b]), firm_names.SAME_IN_REGION, firm_names.SAME
        )
        left_out = np.where(same_region & (industry > 0), firm_names.SAME_IN_REGION, firm_names.SHORT)
        formed = np.where((form > 0) & (other_form > 0), firm_names.OTHER_FORM, left_out)
        level = np.where(form != other_form, formed, whole)
        rows = np.flatnonzero(industry != other_industry)
        level[rows] = compare_distinct(firm_names.business_agrees, self._industries, industry[rows], other_industry[rows])
        level[compare_distinct(regions_differ, self._regions, region, other_region) > 0] = firm_names.OTHER_REGION
        return level


def _differ(part: NDArray[np.int64], a: Numbers, b: Numbers) -> Flags:
    """Whether both names tell a part, each another one."""
    left, right = part[a], part[b]
    return np.asarray((left > 0) & (right > 0) & (left != right), dtype=np.bool_)


def _stretches(counts: Numbers) -> Iterator[slice]:
    """Rows that hold about NAME_PAIRS together."""
    number = np.cumsum(counts) // NAME_PAIRS
    ends = np.flatnonzero(np.diff(number, append=-1)) + 1
    yield from (slice(start, end) for start, end in pairwise([0, *ends.tolist()]))
