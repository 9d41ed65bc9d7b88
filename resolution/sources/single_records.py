"""One record by itself: a document, or one row told by a mapping. Resident ids are hashed and masked as those of a file."""

import re
from collections.abc import Mapping as Dict
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ontology.errors import RecordInvalid
from ontology.limits import excess_of, unstorable_in
from ontology.personal_ids import PersonalIdKey, keyed, keyed_whole, mask, masked_whole, sealed
from ontology.record import Identifier, Record
from resolution.records.identifiers import identifier, personal_schemes, schemes
from resolution.sources.choice import chosen
from resolution.sources.graphs.graph_mapper import Seen
from resolution.sources.mappings.references import ACCOUNTS
from resolution.sources.reading import RawRow, Reading
from resolution.sources.statements.countries import countries
from resolution.sources.statements.values import ValueRefused

RESIDENT = "resident_id"
HASH = re.compile(r"[0-9a-f]{64}")
NO_PERSONS = ("firm", "agency")
ROW_OF_NO_FILE = "put"


def record_of(told: object, *, id_key: PersonalIdKey) -> Record:
    """The record a document describes. Raises RecordInvalid; what it repeats of the document is masked.

    Codes are brought into the form they are compared in; `valid` is what their check digit says, whatever the document claims.
    `row_id` may be left out. A resident id in the record's id is told apart by its keyed hash, see `personal_ids.keyed`.
    """
    if not isinstance(told, dict):
        raise RecordInvalid(problem="not a JSON object", remedy="Send one object with id, dataset, source_class, kind and names.")
    if found := unstorable_in(told):
        raise RecordInvalid(field=mask(found.field), problem=found.problem, remedy=found.remedy)
    plain: dict[str, Any] = {"row_id": f"{ROW_OF_NO_FILE}#1"} | told
    plain |= {"countries": _countries(plain["countries"])} if plain.get("countries") else {}
    plain |= {"addresses": [_address(one) for one in plain["addresses"]]} if isinstance(plain.get("addresses"), list) else {}
    person = plain.get("kind") not in NO_PERSONS
    given = _listed(plain.pop("identifiers", []))
    codes = [_code(one, id_key, person=person) for one in given]
    own = {"id": _id(plain["id"], given, id_key)} if isinstance(plain.get("id"), str) else {}
    try:
        record = Record.model_validate(_masked(plain) | {"identifiers": codes} | own)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_context=False)[0]
        field = mask(".".join(str(part) for part in first["loc"]))
        raise RecordInvalid(field=field, problem=first["msg"], remedy="docs/guides/live.md shows a record.") from None
    if excess := excess_of(record):
        raise RecordInvalid(field=excess.field, problem=excess.problem, remedy=excess.remedy)
    return record


def records_of_row(values: Dict[str, str], *, mapping: Path, id_key: PersonalIdKey, today: date) -> tuple[list[Record], int]:
    """The records one row tells by a mapping, and how many other statements it makes, which only a file can bring in.

    Raises RecordInvalid, MappingInvalid.
    """
    if found := unstorable_in(values):
        raise RecordInvalid(field=mask(found.field), problem=found.problem, remedy=found.remedy)
    choice = chosen(
        Path("row"), mapping=mapping, kind=None, dataset=None, reading=Reading(), id_key=id_key, today=today, seen=Seen()
    )
    told = choice.make(ROW_OF_NO_FILE).tell(RawRow(1, {name: str(value) for name, value in values.items()}))
    if told.repaired:  # Who sends one row can mend it, and would not see what was left out.
        first = told.repaired[0]
        _, _, declare = first.remedy.partition(". ")
        remedy = f"Mend it or leave it out. {declare}".strip()
        raise RecordInvalid(field=first.field, problem=first.problem, remedy=remedy)
    if told.trouble:
        raise RecordInvalid(field=told.trouble.field, problem=told.trouble.problem, remedy=told.trouble.remedy)
    records = [one for one in told.statements if isinstance(one, Record)]
    if not records:
        raise RecordInvalid(problem="the row names no party", remedy="Fill the columns that name one.")
    return records, len(told.statements) - len(records)


def _listed(told: object) -> list[object]:
    if not isinstance(told, list | tuple):
        raise RecordInvalid(field="identifiers", problem="not a list", remedy="Send a list of {scheme, value}.")
    return list(told)


def _id(own: str, codes: list[object], id_key: PersonalIdKey) -> str:
    """The id as a mapping of a file would make it: what the codes say is a personal number is keyed, whatever its shape."""
    dataset, _, key = own.partition(":")
    numbers = {one.get("value") for one in codes if isinstance(one, dict) and one.get("scheme") in personal_schemes()}
    return f"{dataset}:{keyed_whole(key, id_key)}" if key in numbers else keyed(own, id_key)


def _countries(told: object) -> list[str]:
    """Codes of countries told by code or by word. Raises RecordInvalid naming what is none."""
    if not isinstance(told, list | tuple):
        raise RecordInvalid(field="countries", problem="not a list", remedy="Send a list of codes of ISO 3166-1.")
    try:
        return list(dict.fromkeys(code for one in told for code in countries(str(one))))
    except ValueRefused as cause:
        raise RecordInvalid(field="countries", problem=mask(cause.trouble.problem), remedy=cause.trouble.remedy) from None


def _address(told: object) -> object:
    land = told.get("country") if isinstance(told, dict) else None
    return told | {"country": _countries([land])[0]} if isinstance(told, dict) and land else told


def _code(told: object, id_key: PersonalIdKey, *, person: bool) -> Identifier:
    scheme, value = (told.get("scheme"), told.get("value")) if isinstance(told, dict) else (None, None)
    if scheme not in schemes() or not isinstance(value, str) or not value.strip():
        known = ", ".join(schemes())
        raise RecordInvalid(field="identifiers", problem="a code without a known scheme and a value", remedy=f"Schemes: {known}.")
    if scheme == RESIDENT and not HASH.fullmatch(value):  # A hash, as a record shows it, is sent back as it is.
        hashed, masked = sealed(value, id_key), masked_whole(value)
        return Identifier(scheme=RESIDENT, value=hashed or masked, valid=hashed is not None, masked=masked)
    place, _, number = value.rpartition(":") if schemes()[str(scheme)].scoped else ("", "", value)  # As a record shows it.
    own = mask(number, declared=not person or str(scheme) in ACCOUNTS)
    given = identifier(str(scheme), own, scope=place or None)
    shown = told.get("masked") if isinstance(told, dict) else None
    return given.model_copy(update={"masked": mask(shown)}) if isinstance(shown, str) else given


def _masked(told: Any) -> Any:
    if isinstance(told, str):
        return mask(told)
    if isinstance(told, dict):
        return {mask(str(name)): _masked(value) for name, value in told.items()}
    return [_masked(one) for one in told] if isinstance(told, list) else told
