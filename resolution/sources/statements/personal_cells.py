"""Cells that hold personal ids: masked before anything is kept, and sealed beside it, so that the number goes no further."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ontology.masked_ids import mask_resident_id, shown_parts, shown_year
from ontology.personal_ids import PersonalIdKey, hash_resident_id, mask, mask_number_with_hash, mask_row, mask_with_hash
from resolution.sources.mappings.language import ItemsOf
from resolution.sources.mappings.language import Mapping as MappingPage
from resolution.sources.mappings.references import (
    HASH,
    KEYED,
    SHOWN,
    TAKEN,
    YEAR,
    always_personal_columns,
    captured_ids,
    number_columns,
    parts,
    personal_columns,
    resident_id_columns,
)
from resolution.sources.statements.cell_items import cells, parts_of
from resolution.sources.statements.empty_cells import empty_tests_of
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.party_facts import NO_PERSONS
from resolution.sources.statements.party_plan import PartyPlan
from resolution.sources.statements.row_results import RowResult
from resolution.sources.statements.value_readers import Fields, text_reader


class PersonalCells:
    """The cells of one mapping that hold personal ids, by what their columns are declared as.

    numbers:   columns of numbers that are no person's, whatever they look like.
    may_mask:  whether any cell of the file may have to be masked for what its column is, not for its shape alone.
    has_personal: whether some column holds nothing but personal ids.
    """

    def __init__(self, mapping: MappingPage, headers: Headers, id_key: PersonalIdKey) -> None:
        self._headers, self._id_key = headers, id_key
        self._personal, self.numbers = personal_columns(mapping), number_columns(mapping)
        self._always_personal, self._resident = always_personal_columns(mapping), resident_id_columns(mapping)
        self._captured = [
            (name, str(value.column), text_reader(value.model_copy(update={"when": (), "values": {}})))
            for name, value in captured_ids(mapping).items()
        ]
        self._items = {part.column: part for _, part in parts(mapping) if isinstance(part, ItemsOf)}
        empty = empty_tests_of(mapping)
        self._parts = {column: parts_of(items_spec, empty) for column, items_spec in self._items.items()}
        self.has_personal = bool(self._always_personal)
        self.may_mask = bool(self._always_personal or self._resident or self._captured)

    def of_either(self, mapping: MappingPage, plans: list[PartyPlan]) -> dict[str, PartyPlan]:
        """Columns that hold a person's id or a firm's number, with the party whose kind tells which."""
        return {
            column: plan
            for plan in plans
            for code in mapping.parties[plan.name].identifiers
            if (column := code.value.column) in self._personal and not code.each and len(code.schemes) > 1
        }

    def mask_values(self, raw: dict[str, str]) -> dict[str, str]:
        """The row as it may be kept: what its columns are declared as goes before what a number looks like."""
        raw = self._without_captured(raw, mask_resident_id)
        masked = mask_row(raw, declared=self._headers.only_of(self.numbers, raw))
        resident = self._headers.only_of(self._resident, masked) if self._resident else ()
        whole_masked = {name: text for name in resident if (text := _unless_json(mask_resident_id, masked[name])) != masked[name]}
        return masked | whole_masked if whole_masked else masked

    def _without_captured(self, raw: dict[str, str], write: Callable[[str], str]) -> dict[str, str]:
        """The row with what is taken from its cells as resident ids written so; a cell that holds it otherwise as a whole."""
        if self._captured:
            self._headers.fields(raw)  # So that the headers of this row are known.
        for _, column, _ in self._captured:
            header, taken_ids = self._headers.header(column), self._taken(column, raw)
            if header in raw and taken_ids:
                cell = raw[header]
                for text in taken_ids:
                    cell = cell.replace(text, write(text)) if text in cell else write(cell)
                raw = raw | {header: cell}
        return raw

    def _taken(self, column: str, raw: dict[str, str]) -> list[str]:
        """The resident ids that patterns take of a column's cell."""
        cell = {column: self._headers.cell(column, raw)}
        texts = (read(cell) for _, captured_column, read in self._captured if captured_column == column and cell[column])
        return [part for text in texts if text for part in text.split("; ")]

    def with_firms_numbers(
        self, raw: dict[str, str], masked: dict[str, str], fields: Fields, owners: Mapping[str, PartyPlan]
    ) -> dict[str, str]:
        """In a column for both, the number of a firm is no person's: registrations of old have 15 digits, too."""
        for column, plan in owners.items():
            header = self._headers.header(column)
            if header in raw and masked[header] != raw[header] and plan.kind(fields) in NO_PERSONS:
                masked = masked | {header: mask(raw[header], declared=True)}
                fields |= {column: masked[header].strip()} if column in fields else {}
        return masked

    def keep_apart(self, raw: dict[str, str], row_result: RowResult, fields: Fields) -> None:
        """Put the text for keys beside each masked one: what is shown alike is not the same."""
        numbers = self._headers.only_of(self.numbers, row_result.values)
        personal = self._headers.only_of(self._always_personal, row_result.values)
        readable = self._without_captured(raw, partial(mask_number_with_hash, key=self._id_key))
        header_cells = zip(row_result.values, readable.values(), strict=True)
        row_result.key_texts = {name: self._for_keys(text, name in personal, name in numbers) for name, text in header_cells}
        texts = self._headers.fields(row_result.key_texts)
        fields |= {f"{KEYED}{column}": text for column, text in texts.items() if text != fields.get(column)}
        for outer, items_spec in self._items.items():
            if f"{KEYED}{outer}" in fields:
                self._keep_items_apart(outer, cells(self._headers.cell(outer, raw), items_spec), fields)

    def _keep_items_apart(self, outer: str, items: list[dict[str, Any] | list[str]], fields: Fields) -> None:
        for place, item in enumerate(items):
            for name, text in self._parts[outer](item).items():
                column = f"{outer}.{name}"
                if (key_text := self._for_keys(text, column in self._always_personal, column in self.numbers)) != text:
                    fields[f"{KEYED}{column}.{place}"] = key_text

    def _for_keys(self, text: str, personal: bool, number: bool) -> str:
        return (
            _unless_json(partial(mask_number_with_hash, key=self._id_key), text)
            if personal
            else mask_with_hash(text, self._id_key, declared=number)
        )

    def seal(self, raw: dict[str, str], fields: Fields) -> None:
        """Put keyed hash and year of birth of each resident id beside its masked text: the number itself goes no further."""
        for column in self._personal:
            outer, _, inner = column.partition(".")
            text = self._headers.cell(outer, raw)
            if inner and text:
                for place, item in enumerate(cells(text, self._items[outer])):
                    self._seal_number(self._parts[outer](item).get(inner, ""), f"{column}.{place}", fields)
            elif text:
                self._seal_number(text, column, fields)
        for name, column, read in self._captured:
            if taken_ids := read({column: cell} if (cell := self._headers.cell(column, raw)) else {}):
                fields[f"{TAKEN}{name}"] = "; ".join(map(mask_resident_id, taken_ids.split("; ")))
                self._seal_number(taken_ids, name, fields)

    def _seal_number(self, text: str, column: str, fields: Fields) -> None:
        if hashed := hash_resident_id(text, self._id_key):
            fields[f"{HASH}{column}"] = hashed
        if year := shown_year(text):
            fields[f"{YEAR}{column}"] = year
        if parts := shown_parts(text, self._id_key):
            fields[f"{SHOWN}{column}"] = " ".join(parts)


def _unless_json(write: Callable[[str], str], text: str) -> str:
    """A list or an object is no number, though each of its parts may be."""
    return text if text.startswith(("[", "{")) else write(text)
