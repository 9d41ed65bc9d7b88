"""What the graph formats share: rows opened and masked, troubles caught, resident ids sealed."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from ontology.base import SourceClass, Statement
from ontology.documents import read_json
from ontology.limits import excess_of
from ontology.personal_ids import hash_resident_id, mask, mask_row, mask_with_hash
from ontology.record import Address, Identifier, Record
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.statements.party_facts import cached_identifier, repair_trouble
from resolution.sources.statements.party_plan import Origin, record_id
from resolution.sources.statements.row_results import RowResult
from resolution.sources.statements.values import ValueRefused, partial_day

T = TypeVar("T")


@dataclass
class CrossFileIndex:
    """What the files of one call hold, by the names they use: for rows that point to one another.

    anchors:   record id by anchor, `<domain>:<key>` hashed.
    addresses: address by the id of its entity.
    no_parties: ids of entities that are no party, such as ships: what names them states nothing of a party.
    documents: of each holder, scheme and issuing country of a document by the id of its entity and its number.
    accounts:  of each holder, the addresses of its wallets, in the order of the file.
    """

    anchors: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)
    no_parties: set[str] = field(default_factory=set)
    documents: dict[str, dict[tuple[str, str], tuple[str, str | None]]] = field(default_factory=dict)
    accounts: dict[str, dict[str, None]] = field(default_factory=dict)


class GraphMapper(ABC):
    """Rows of one graph file to statements; a format adds `_statements` for one opened row. See `RowMapper`."""

    refers = True
    gathers = False

    def __init__(self, dataset: str, file_id: str, id_key: bytes, index: CrossFileIndex) -> None:
        self._index = index
        self._dataset, self._file_id, self._id_key = dataset, file_id, id_key
        self._repaired: list[Trouble] = []

    def parties_named(self) -> frozenset[str]:
        """See `RowMapper.parties_named`."""
        return frozenset()

    def unique_ids(self) -> tuple[str, ...]:
        """See `RowMapper.unique_ids`: rows of a graph format may repeat a record."""
        return ()

    def map_row(self, row: RawRow) -> RowResult:
        """See `RowMapper.map_row`."""
        row_result = RowResult(row.number, mask_row(row.values), trouble=row.trouble)
        if row.trouble:
            return row_result
        origin = Origin(self._dataset, SourceClass.PUBLIC, f"{self._file_id}#{row.number}", None)
        self._repaired = row_result.repaired
        try:
            row_result.statements = list(
                self._statements({name: json_or_text(text) for name, text in row.values.items()}, origin)
            )
            row_result.trouble = _excess_trouble(row_result.statements)
            row_result.statements = [] if row_result.trouble else row_result.statements
        except ValueRefused as cause:
            row_result.trouble = cause.trouble
        except ValidationError as cause:
            first_text = cause.errors()[0]
            row_result.trouble = Trouble(".".join(map(str, first_text["loc"])), first_text["msg"], "Mend the value.")
        named_elsewhere = references(row_result.statements)
        if any(isinstance(statement, Record) for statement in row_result.statements):
            row_result.additions = named_elsewhere  # Of a party with ties in its row only the ties hang on the others.
        else:
            row_result.references = named_elsewhere
        row_result.ignored = not row_result.statements and row_result.trouble is None
        row_result.ignored_as = self._ignored_as(row.values) if row_result.ignored else ""
        return row_result

    def map_rows(self, rows: Sequence[RawRow]) -> list[RowResult]:
        """See `RowMapper.map_rows`."""
        return list(map(self.map_row, rows))

    @abstractmethod
    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        """What one opened row states. Raises ValueRefused."""

    def _ignored_as(self, row: dict[str, str]) -> str:
        """What a row is that states nothing here, in the format's own word."""
        return ""

    def _optional_fact(self, read: Callable[[], T], field_name: str) -> T | None:
        """A fact that a statement can do without: one that cannot be read is left out, and reported as a repair."""
        try:
            return read()
        except ValueRefused as cause:
            self._repaired.append(Trouble(cause.trouble.field or field_name, cause.trouble.problem, "Kept without it."))
            return None

    def _birth_day(self, text: str | None, field_name: str) -> str | None:
        """Where the day of birth is impossible, its year or nothing: a person is not lost for a slip in one of its facts."""
        try:
            return partial_day(text) if text else None
        except ValueRefused as cause:
            repair = repair_trouble(cause)
            self._repaired.append(Trouble(field_name, repair.problem, repair.remedy))
            return cause.sure

    def _record_id(self, name: object, dataset: str | None = None) -> str:
        """The id of a record by its name in the file."""
        return record_id(dataset or self._dataset, str(name), self._id_key)

    def _keyed_name(self, name: str) -> str:
        """A name in the file as part of a key."""
        return mask_with_hash(name, self._id_key)

    def _identifier(self, scheme: str, text: str, scope: str | None = None, *, person: bool) -> Identifier | None:
        """A code of a party: a person's resident id is sealed, under whatever scheme; the number of a firm is none."""
        hashed = hash_resident_id(text, self._id_key) if person else None
        if hashed:
            return Identifier(scheme="resident_id", value=hashed, masked=mask(text))
        masked_text = mask(text, declared=not person)
        return cached_identifier(scheme, masked_text, scope) if masked_text == text else None


def _excess_trouble(statements: list[Statement]) -> Trouble | None:
    """Where a record has more names or codes than can be compared."""
    first_excess = next(
        (excess for statement in statements if isinstance(statement, Record) and (excess := excess_of(statement))), None
    )
    return Trouble(*first_excess) if first_excess else None


def references(statements: list[Statement]) -> tuple[str, ...]:
    """Ids of records that statements name and do not give."""
    own_ids = {statement.id for statement in statements}
    named_ids = (vars(statement).get(end) for statement in statements for end in ("source_id", "target_id", "record_id"))
    return tuple(sorted({named_id for named_id in named_ids if named_id} - own_ids))


def json_or_text(text: str) -> Any:
    """A cell of a graph file: JSON where it holds a list or an object."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return read_json(text)
    except json.JSONDecodeError:
        return text


def masked_texts(cell: Any) -> list[str]:
    """A value that may be one text, several or none, as masked texts."""
    listed = cell if isinstance(cell, list) else [cell]
    return [mask(str(element)) for element in listed if element not in (None, "")]


def referenced_ids(cell: Any) -> list[str]:
    """As `masked_texts`, of names of other rows: as the file has them, to be keyed where they become ids.

    Of a row that stands within this one, its id.
    """
    listed = cell if isinstance(cell, list) else [cell]
    names = (element.get("id") if isinstance(element, dict) else element for element in listed)
    return [str(name) for name in names if name not in (None, "")]


def first_text(cell: Any) -> str | None:
    """The first of what may be several texts."""
    return next(iter(masked_texts(cell)), None)
