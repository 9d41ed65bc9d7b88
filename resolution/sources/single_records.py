"""One record by itself: a document, or one row read by a mapping. Resident ids are hashed and masked as those of a file."""

import re
from collections.abc import Mapping as Dict
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ontology.errors import RecordInvalid
from ontology.field_errors import describe_field_error
from ontology.limits import excess_of, unstorable_in
from ontology.personal_ids import PersonalIdKey, hash_resident_id, mask, mask_number, mask_number_with_hash, mask_with_hash
from ontology.record import Identifier, Record
from resolution.records.identifiers import identifier, personal_schemes, schemes
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.mappings.references import ACCOUNTS
from resolution.sources.reading import RawRow, Reading
from resolution.sources.statements.countries import countries
from resolution.sources.statements.values import ValueRefused

RESIDENT = "resident_id"
HASH = re.compile(r"[0-9a-f]{64}")
NO_PERSONS = ("firm", "agency")
ROW_OF_NO_FILE = "put"


def record_of(document: object, *, id_key: PersonalIdKey) -> Record:
    """The record a document describes. Raises RecordInvalid; what it repeats of the document is masked.

    Codes are brought into the form they are compared in; `valid` is what their check digit says, whatever the document claims.
    `row_id` may be left out. A resident id in the record's id is told apart by its keyed hash, see `personal_ids.mask_with_hash`.
    """
    if not isinstance(document, dict):
        raise RecordInvalid(problem="not a JSON object", remedy="Send one object with id, dataset, source_class, kind and names.")
    if unstorable_text := unstorable_in(document):
        raise RecordInvalid(field=mask(unstorable_text.field), problem=unstorable_text.problem, remedy=unstorable_text.remedy)
    plain: dict[str, Any] = {"row_id": f"{ROW_OF_NO_FILE}#1"} | document
    plain |= {"countries": _countries(plain["countries"])} if plain.get("countries") else {}
    plain |= (
        {"addresses": [_address(address) for address in plain["addresses"]]} if isinstance(plain.get("addresses"), list) else {}
    )
    person = plain.get("kind") not in NO_PERSONS
    given_codes = _checked_list(plain.pop("identifiers", []))
    identifiers = [_code(code, id_key, person=person) for code in given_codes]
    keyed_id = {"id": _id(plain["id"], given_codes, id_key)} if isinstance(plain.get("id"), str) else {}
    try:
        record = Record.model_validate(_mask_texts(plain) | {"identifiers": identifiers} | keyed_id)
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        field = mask(".".join(str(part) for part in first["loc"]))
        raise RecordInvalid(
            field=field, problem=describe_field_error(first), remedy="docs/guides/live.md shows a record."
        ) from None
    if excess := excess_of(record):
        raise RecordInvalid(field=excess.field, problem=excess.problem, remedy=excess.remedy)
    return record


def records_of_row(values: Dict[str, str], *, mapping: Path, id_key: PersonalIdKey, today: date) -> tuple[list[Record], int]:
    """The records one row makes by a mapping, and how many other statements it makes, which only a file can bring in.

    Raises RecordInvalid, MappingInvalid.
    """
    if unstorable_text := unstorable_in(values):
        raise RecordInvalid(field=mask(unstorable_text.field), problem=unstorable_text.problem, remedy=unstorable_text.remedy)
    choice = choose_reading(
        Path("row"),
        mapping=mapping,
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=id_key,
        today=today,
        index=CrossFileIndex(),
    )
    row_result = choice.make(ROW_OF_NO_FILE).map_row(RawRow(1, {name: str(value) for name, value in values.items()}))
    if row_result.repaired:  # Who sends one row can mend it, and would not see what was left out.
        first = row_result.repaired[0]
        _, _, declare = first.remedy.partition(". ")
        remedy = f"Mend it or leave it out. {declare}".strip()
        raise RecordInvalid(field=first.field, problem=first.problem, remedy=remedy)
    if row_result.trouble:
        raise RecordInvalid(field=row_result.trouble.field, problem=row_result.trouble.problem, remedy=row_result.trouble.remedy)
    records = [statement for statement in row_result.statements if isinstance(statement, Record)]
    if not records:
        raise RecordInvalid(problem="the row names no party", remedy="Fill the columns that name one.")
    return records, len(row_result.statements) - len(records)


def _checked_list(codes: object) -> list[object]:
    if not isinstance(codes, list | tuple):
        raise RecordInvalid(field="identifiers", problem="not a list", remedy="Send a list of {scheme, value}.")
    return list(codes)


def _id(record_id: str, codes: list[object], id_key: PersonalIdKey) -> str:
    """The id as a mapping of a file would make it: what the codes say is a personal number is keyed, whatever its shape."""
    dataset, _, key = record_id.partition(":")
    numbers = {code.get("value") for code in codes if isinstance(code, dict) and code.get("scheme") in personal_schemes()}
    return f"{dataset}:{mask_number_with_hash(key, id_key)}" if key in numbers else mask_with_hash(record_id, id_key)


def _countries(country_words: object) -> list[str]:
    """Codes of countries told by code or by word. Raises RecordInvalid naming what is none."""
    if not isinstance(country_words, list | tuple):
        raise RecordInvalid(field="countries", problem="not a list", remedy="Send a list of codes of ISO 3166-1.")
    try:
        return list(dict.fromkeys(code for word in country_words for code in countries(str(word))))
    except ValueRefused as cause:
        raise RecordInvalid(field="countries", problem=mask(cause.trouble.problem), remedy=cause.trouble.remedy) from None


def _address(address: object) -> object:
    country = address.get("country") if isinstance(address, dict) else None
    return address | {"country": _countries([country])[0]} if isinstance(address, dict) and country else address


def _code(code: object, id_key: PersonalIdKey, *, person: bool) -> Identifier:
    scheme, value = (code.get("scheme"), code.get("value")) if isinstance(code, dict) else (None, None)
    if scheme not in schemes() or not isinstance(value, str) or not value.strip():
        known_schemes = ", ".join(schemes())
        raise RecordInvalid(
            field="identifiers", problem="a code without a known scheme and a value", remedy=f"Schemes: {known_schemes}."
        )
    if scheme == RESIDENT and not HASH.fullmatch(value):  # A hash, as a record shows it, is sent back as it is.
        hashed, masked = hash_resident_id(value, id_key), mask_number(value)
        return Identifier(scheme=RESIDENT, value=hashed or masked, valid=hashed is not None, masked=masked)
    scope, _, number = value.rpartition(":") if schemes()[str(scheme)].scoped else ("", "", value)  # As a record shows it.
    masked_number = mask(number, declared=not person or str(scheme) in ACCOUNTS)
    compared = identifier(str(scheme), masked_number, scope=scope or None)
    shown_text = code.get("masked") if isinstance(code, dict) else None
    return compared.model_copy(update={"masked": mask(shown_text)}) if isinstance(shown_text, str) else compared


def _mask_texts(node: Any) -> Any:
    if isinstance(node, str):
        return mask(node)
    if isinstance(node, dict):
        return {mask(str(name)): _mask_texts(value) for name, value in node.items()}
    return [_mask_texts(inner) for inner in node] if isinstance(node, list) else node
