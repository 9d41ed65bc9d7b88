"""What the graph formats share: rows opened and masked, troubles caught, resident ids sealed."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from ontology.base import SourceClass, Statement
from ontology.limits import excess_of
from ontology.personal_ids import keyed, mask, mask_row, sealed
from ontology.record import Address, Identifier, Record
from ontology.texts import read_json
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.statements.party_plan import Origin, code, kept_all_the_same, record_id
from resolution.sources.statements.row_results import RowResult
from resolution.sources.statements.values import ValueRefused, partial_day

T = TypeVar("T")


@dataclass
class Seen:
    """What files of one call were seen to hold, by the names they use: for rows that point to one another."""

    anchors: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)


class GraphTeller(ABC):
    """One graph file being told; a format adds `_statements` for one opened row. See `RowMapper`."""

    refers = True
    gathers = False

    def __init__(self, dataset: str, file_id: str, id_key: bytes, seen: Seen) -> None:
        self._seen = seen
        self._dataset, self._file_id, self._id_key = dataset, file_id, id_key
        self._repaired: list[Trouble] = []

    def parties_named(self) -> frozenset[str]:
        """See `RowMapper.parties_named`."""
        return frozenset()

    def own_ids(self) -> tuple[str, ...]:
        """See `RowMapper.own_ids`: rows of a graph format may repeat a record."""
        return ()

    def tell(self, row: RawRow) -> RowResult:
        """See `RowMapper.tell`."""
        told = RowResult(row.number, mask_row(row.values), trouble=row.trouble)
        if row.trouble:
            return told
        origin = Origin(self._dataset, SourceClass.PUBLIC, f"{self._file_id}#{row.number}", None)
        self._repaired = told.repaired
        try:
            told.statements = list(self._statements({name: opened(text) for name, text in row.values.items()}, origin))
            told.trouble = _excess(told.statements)
            told.statements = [] if told.trouble else told.statements
        except ValueRefused as cause:
            told.trouble = cause.trouble
        except ValidationError as cause:
            first = cause.errors()[0]
            told.trouble = Trouble(".".join(map(str, first["loc"])), first["msg"], "Mend the value.")
        told.references = references(told.statements)
        told.ignored = not told.statements and told.trouble is None
        told.ignored_as = self._ignored_as(row.values) if told.ignored else ""
        return told

    @abstractmethod
    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        """What one opened row states. Raises ValueRefused."""

    def _ignored_as(self, row: dict[str, str]) -> str:
        """What a row is that states nothing here, in the format's own word."""
        return ""

    def _spared(self, read: Callable[[], T], named: str) -> T | None:
        """A fact that a statement can do without: one that cannot be read is left out, and told."""
        try:
            return read()
        except ValueRefused as cause:
            self._repaired.append(Trouble(cause.trouble.field or named, cause.trouble.problem, "Kept without it."))
            return None

    def _birth(self, text: str | None, named: str) -> str | None:
        """Where the day of birth is impossible, its year or nothing: a person is not lost for a slip in one of its facts."""
        try:
            return partial_day(text) if text else None
        except ValueRefused as cause:
            told = kept_all_the_same(cause)
            self._repaired.append(Trouble(named, told.problem, told.remedy))
            return cause.sure

    def _id(self, own: object, dataset: str | None = None) -> str:
        """The id of a record by its name in the file."""
        return record_id(dataset or self._dataset, str(own), self._id_key)

    def _named(self, own: str) -> str:
        """A name in the file as part of a key."""
        return keyed(own, self._id_key)

    def _code(self, scheme: str, text: str, scope: str | None = None, *, person: bool) -> Identifier | None:
        """A code of a party: a person's resident id is sealed, under whatever scheme; the number of a firm is none."""
        hashed = sealed(text, self._id_key) if person else None
        if hashed:
            return Identifier(scheme="resident_id", value=hashed, masked=mask(text))
        shown = mask(text, declared=not person)
        return code(scheme, shown, scope) if shown == text else None


def _excess(stated: list[Statement]) -> Trouble | None:
    """Where a record has more names or codes than can be compared."""
    found = next((excess for one in stated if isinstance(one, Record) and (excess := excess_of(one))), None)
    return Trouble(*found) if found else None


def references(stated: list[Statement]) -> tuple[str, ...]:
    """Ids of records that statements name and do not give."""
    own = {one.id for one in stated}
    named = (vars(one).get(end) for one in stated for end in ("source_id", "target_id", "record_id"))
    return tuple(sorted({one for one in named if one} - own))


def opened(text: str) -> Any:
    """A cell of a graph file: JSON where it holds a list or an object."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return read_json(text)
    except json.JSONDecodeError:
        return text


def texts(found: Any) -> list[str]:
    """A value that may be one text, several or none, as masked texts."""
    listed = found if isinstance(found, list) else [found]
    return [mask(str(one)) for one in listed if one not in (None, "")]


def ids(found: Any) -> list[str]:
    """As `texts`, of names of other rows: as the file has them, to be keyed where they become ids."""
    return [str(one) for one in (found if isinstance(found, list) else [found]) if one not in (None, "")]


def first(found: Any) -> str | None:
    """The first of what may be several texts."""
    return next(iter(texts(found)), None)
