"""Countries of two parties compared: nationality, citizenship, jurisdiction, residence; all of one against all of the other.

A country that two share counts by how rare it is among the records of the store, so that in a store of one country it counts
nothing. Nor does it beside a place that agrees: whoever lives behind one door lives in one country. Two countries of which one
followed the other, or belongs to it, cannot be compared.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from resolution.comparisons.columnar.distinct_pairs import Column, Flags, compare_distinct, number_values
from resolution.comparisons.fields import COUNTRY_EXPECTED, COUNTRY_OTHER, COUNTRY_OTHER_JURISDICTION
from resolution.comparisons.person_columns import Numbering, Numbers
from resolution.records.analysed import Analysed
from resolution.records.country_names import may_be_one_country
from resolution.records.text import NONE

Rarity = Callable[[str], float]
"""log2 of one over the share of records of a country, among those that tell one."""
Codes = frozenset[str]
Origins = tuple[Codes, Codes]
"""All countries of a record, and those that are its jurisdiction, where the source says so."""


class CountryColumns:
    """The countries of these records, each combination of them once."""

    def __init__(self, records: Sequence[Analysed], rarity: Rarity) -> None:
        self._rarity = rarity
        numbering = Numbering[Origins]()
        numbering.number((NONE, NONE))
        self._number = number_values(numbering, ((record.countries, record.jurisdictions) for record in records))
        self._combinations = numbering.keys()

    @property
    def tells(self) -> Flags:
        """Which records tell a country."""
        return np.asarray(self._number > 0, dtype=np.bool_)

    def agree(self, left: Numbers, right: Numbers, place_agrees: Flags) -> Column:
        """Bits of rarity of a country shared (COUNTRY_EXPECTED where the place agrees, too), the level of another; else NaN."""
        agreement = np.full(len(left), np.nan)
        rows = np.flatnonzero((self._number[left] > 0) & (self._number[right] > 0))
        if len(rows):
            agreement[rows] = compare_distinct(
                self._compare, self._combinations, self._number[left[rows]], self._number[right[rows]]
            )
        agreement[place_agrees & (agreement > COUNTRY_EXPECTED)] = COUNTRY_EXPECTED
        return agreement

    def _compare(self, left: Origins, right: Origins) -> float | None:
        (countries, jurisdictions), (other_countries, other_jurisdictions) = left, right
        if jurisdictions and other_jurisdictions and _differ(jurisdictions, other_jurisdictions):
            return COUNTRY_OTHER_JURISDICTION
        shared = countries & other_countries
        if shared:
            return max(COUNTRY_EXPECTED, *map(self._rarity, shared))
        return COUNTRY_OTHER if _differ(countries, other_countries) else None


def _differ(countries: Collection[str], other_countries: Collection[str]) -> bool:
    """Whether no two of them are one country or may be."""
    return not any(country == other or may_be_one_country(country, other) for country in countries for other in other_countries)
