"""Descriptions of parties as callers send them: FollowTheMoney entities, read as a source's entities are."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.contract.ftm_model import schemata
from api.schemas.contract_matches import EntityExample
from ontology.base import PartyKind
from ontology.errors import ContractInvalid
from ontology.personal_ids import PersonalIdKey, mask, mask_number
from ontology.record import Record
from resolution.records.identifiers import schemes
from resolution.sources.graphs.follow_the_money import FOLLOW_THE_MONEY, model
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import RawRow

QUERIES_MAX = 100
VALUES_MAX = 200  # Of one description, over all properties: no list of the field tells more of a party.
VALUE_LENGTH_MAX = 2_000
OWN_ID = "description"
PERSONAL_NUMBERS = ("idNumber", "passportNumber", "socialSecurityNumber")
NO_KEY: PersonalIdKey = b"no number is hashed with it"
GetKey = Callable[[], PersonalIdKey]
"""Reads the key that personal numbers are hashed with."""


@dataclass(frozen=True)
class Description:
    """What is known of a party: as it was sent, personal numbers masked, and as a record; None where kith has no such parties."""

    example: EntityExample
    record: Record | None

    @property
    def has_personal_number(self) -> bool:
        """Whether a number that a state gives to its people is compared."""
        return self.record is not None and any(schemes()[code.scheme].personal for code in self.record.identifiers)


def read_descriptions(
    examples: Mapping[str, EntityExample], *, get_key: GetKey | None, personal_ids: bool
) -> dict[str, Description]:
    """Descriptions by name. get_key: None where the caller may not compare personal numbers, which are left out then.

    Raises ContractInvalid where there is none, more than `QUERIES_MAX`, or one that is no entity.
    """
    if not examples:
        raise ContractInvalid(detail="No queries provided.", errors=["queries: at least one"])
    if len(examples) > QUERIES_MAX:
        raise ContractInvalid(detail="Too many queries in one batch.", errors=[f"queries: at most {QUERIES_MAX}"])
    errors = [error for name, example in examples.items() for error in _errors(mask(name), example)]
    if errors:
        raise ContractInvalid(detail="Invalid entity", errors=errors)
    key_source = get_key if personal_ids else None
    return {name: _description(example, key_source) for name, example in examples.items()}


def _errors(name: str, example: EntityExample) -> list[str]:
    schema = schemata().get(example.schema_)
    if schema is None:
        return [f"queries.{name}.schema: no schema {mask(example.schema_)!r}"]
    if not schema.matchable:
        return [f"queries.{name}.schema: entities of {schema.name} cannot be matched"]
    values = [value for texts in _values(example).values() for value in texts]
    if len(values) > VALUES_MAX:
        return [f"queries.{name}.properties: at most {VALUES_MAX} values"]
    unreadable = [value for value in values if isinstance(value, dict | list) or len(str(value)) > VALUE_LENGTH_MAX]
    if unreadable:
        return [f"queries.{name}.properties: values are texts of at most {VALUE_LENGTH_MAX} signs"]
    return [] if values else [f"queries.{name}.properties: at least one value"]


def _values(example: EntityExample) -> dict[str, list[Any]]:
    """Values by property; those of unknown properties and empty ones are left out."""
    known = schemata()[example.schema_].properties
    listed = {prop: [texts] if isinstance(texts, str) else texts for prop, texts in example.properties.items() if prop in known}
    return {prop: kept for prop, texts in listed.items() if (kept := [text for text in texts if text not in (None, "")])}


def _description(example: EntityExample, get_key: GetKey | None) -> Description:
    values = _values(example)
    shown_example = EntityExample(
        id=mask(example.id) if example.id else None,
        schema_=example.schema_,
        properties={prop: [_mask_value(prop, str(text)) for text in texts] for prop, texts in values.items()},
    )
    if example.schema_ not in model()["parties"]:
        return Description(shown_example, None)
    has_number = any(prop in values for prop in PERSONAL_NUMBERS)
    record = _record(example.schema_, values, get_key() if get_key and has_number else NO_KEY)
    return Description(shown_example, record if get_key else _without_personal_numbers(record))


def _mask_value(prop: str, text: str) -> str:
    return mask_number(text) if prop in PERSONAL_NUMBERS else mask(text)


def _record(schema: str, values: dict[str, list[Any]], key: PersonalIdKey) -> Record:
    mapper = FOLLOW_THE_MONEY.make(OWN_ID, OWN_ID, key, CrossFileIndex())
    row = RawRow(1, {"id": OWN_ID, "schema": schema, "properties": json.dumps(values)})
    row_result = mapper.map_row(row)
    if row_result.trouble:
        raise ContractInvalid(detail="Invalid entity", errors=[f"{row_result.trouble.field}: {row_result.trouble.problem}"])
    return next(statement for statement in row_result.statements if isinstance(statement, Record))


def _without_personal_numbers(record: Record) -> Record:
    if record.kind is not PartyKind.PERSON and record.kind is not PartyKind.UNKNOWN:
        return record
    public = tuple(code for code in record.identifiers if not schemes()[code.scheme].personal)
    return record if len(public) == len(record.identifiers) else record.model_copy(update={"identifiers": public})
