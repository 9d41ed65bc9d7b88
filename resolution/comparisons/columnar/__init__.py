"""Firms compared by whole columns: very many pairs at a time, each answer the same as that of the pair by itself."""

from collections.abc import Callable, Sequence
from typing import Protocol

from resolution.comparisons.columnar.asked import Column
from resolution.comparisons.columnar.fields import ManyContacts, ManyDays, ManyIds
from resolution.comparisons.columnar.names import ManyNames
from resolution.comparisons.columnar.places import ManyPlaces
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbers
from resolution.records.analysed import Analysed


class Many(Protocol):
    """One field of many records, ready to be compared."""

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """Agreement of the records that each row numbers, both of which have the field; NaN where it cannot be compared."""


MANY: dict[str, Callable[[Sequence[Analysed], Busy], Many]] = {
    "names": lambda records, busy: ManyNames(records),
    "ids": lambda records, busy: ManyIds(records),
    "days": lambda records, busy: ManyDays(records),
    "contacts": ManyContacts,
    "places": ManyPlaces,
}
"""How each comparison of firms is made ready, by its name."""
