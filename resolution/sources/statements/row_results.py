"""What came of one row, and the protocol of what maps rows: the meeting place of mappings and graph formats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ontology.base import Statement
from resolution.sources.reading import RawRow, Trouble


class SumLine(NamedTuple):
    """One line of a fact that takes several rows: what marks its row, and what the parts of its amount come to, where stated."""

    mark: int
    parts: float | None


@dataclass(slots=True)
class RowResult:
    """One row, masked, with the statements it makes, or with the trouble that keeps it out.

    ignored:    the row says of itself that it states nothing (a void invoice).
    ignored_as: what a row of a graph format is that states nothing here (`Vessel`), to be counted and reported.
    repaired:   values left out because they cannot be taken, although the row went in; `Trouble.remedy` says what was kept.
    references: ids of records the statements need, which this row does not give itself.
    party_ids:  ids of the parties it names, those too that earlier rows have described.
    additions:  ids of records that the row adds to and does not give.
    sum_lines:  by id the statements of which this row is one line.
    key_texts:  the row with the texts for keys in place of the masked ones, where something was masked; never kept or shown.
    """

    number: int
    values: dict[str, str]
    statements: list[Statement] = field(default_factory=list)
    trouble: Trouble | None = None
    ignored: bool = False
    ignored_as: str = ""
    repaired: list[Trouble] = field(default_factory=list)
    references: tuple[str, ...] = ()
    party_ids: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()
    sum_lines: dict[str, SumLine] = field(default_factory=dict)
    key_texts: dict[str, str] | None = None


class RowMapper(Protocol):
    """Turns rows of one file into statements; made anew for each file."""

    @property
    def refers(self) -> bool:
        """Whether rows may name records that stand elsewhere."""
        ...

    @property
    def gathers(self) -> bool:
        """Whether a record that comes again already says what earlier rows said of it, or stands for them."""
        ...

    def parties_named(self) -> frozenset[str]:
        """Names of the mapping's parties that a row has named so far; none of a graph format, which has no such names."""
        ...

    def unique_ids(self) -> tuple[str, ...]:
        """Ids of records that only one row of the file may give, given since this was asked last."""
        ...

    def map_row(self, row: RawRow) -> RowResult:
        """The statements of a row. Never raises for what stands in the row: that is the trouble it hands back."""
        ...

    def map_rows(self, rows: Sequence[RawRow]) -> list[RowResult]:
        """What `map_row` makes of each row, in their order."""
        ...
