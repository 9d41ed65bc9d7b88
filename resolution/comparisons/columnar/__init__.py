"""Firms compared by whole columns: very many pairs at a time, each answer the same as that of the pair by itself."""

from collections.abc import Callable, Sequence
from typing import Protocol

from resolution.comparisons.columnar.distinct_pairs import Column
from resolution.comparisons.columnar.fields import ContactColumns, DayColumns, IdColumns
from resolution.comparisons.columnar.names import NameColumns
from resolution.comparisons.columnar.places import PlaceColumns
from resolution.comparisons.fields import Busy
from resolution.comparisons.person_columns import Numbers
from resolution.records.analysed import Analysed


class FieldColumns(Protocol):
    """One field of many records as columns, ready to be compared."""

    def agree(self, left: Numbers, right: Numbers) -> Column:
        """Agreement of the records that each row numbers, both of which have the field; NaN where it cannot be compared."""


FIELD_COLUMNS: dict[str, Callable[[Sequence[Analysed], Busy], FieldColumns]] = {
    "names": lambda records, busy: NameColumns(records),
    "ids": lambda records, busy: IdColumns(records),
    "days": lambda records, busy: DayColumns(records),
    "contacts": ContactColumns,
    "places": PlaceColumns,
}
"""How the columns of each comparison of firms are made, by its name."""
