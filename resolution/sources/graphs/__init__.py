"""Graph formats: a file that holds parties and ties between them in a form of its own, one module each."""

from collections.abc import Callable
from typing import NamedTuple

from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.statements.row_results import RowMapper


class GraphFormat(NamedTuple):
    """A graph format: how a row of it is known, and what maps its rows (`make(dataset, file_id, id_key, index)`).

    lists: where the rows may stand inside the one object of a file; a format with such lists is one of JSON only.
    earlier_marks: those of earlier versions of the format, where they were others.
    """

    name: str
    version: str
    title: str
    marks: frozenset[str]
    make: Callable[[str, str, bytes, CrossFileIndex], RowMapper]
    lists: tuple[str, ...] = ()
    earlier_marks: frozenset[str] = frozenset()

    def fits(self, headers: frozenset[str]) -> bool:
        """Whether rows with these fields are of this format."""
        return self.marks <= headers or (bool(self.earlier_marks) and self.earlier_marks <= headers)
