"""The properties of a party as a FollowTheMoney entity: names, days, places and public codes, never a number of a person."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic_core import from_json

from api.contract.ftm_model import schemata
from api.contract.ftm_tables import ftm_tables
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.record import Identifier
from resolution.records.identifiers import schemes
from store.port import Row

Properties = dict[str, list[str]]
Pairs = Iterable[tuple[str, str]]
USCC = "uscc"
COUNTRY_CODE_LENGTH = 2
YEAR_LENGTH = 4


def schema_of(entity: Entity) -> str:
    """Schema of a party: of its kind, but Organization for a firm whose credit code is that of an association or foundation."""
    return _schema(entity.kind, ((code.scheme, code.value) for code in entity.identifiers if code.valid))


def schema_of_row(row: Row) -> str:
    """As `schema_of`, of a row of the store, whose document is read only where it may tell more."""
    is_firm = row["kind"] == PartyKind.FIRM and f'"{USCC}"' in row["document"]
    return schema_of_document(PartyKind(row["kind"]), from_json(row["document"]) if is_firm else {})


def schema_of_document(kind: PartyKind, document: Mapping[str, Any]) -> str:
    """As `schema_of`, of a party's document as plain JSON, without the fields that have their default."""
    codes = document.get("identifiers", ()) if kind is PartyKind.FIRM else ()
    return _schema(kind, ((code["scheme"], code["value"]) for code in codes if code.get("valid", True)))


def _schema(kind: PartyKind, valid_codes: Iterable[tuple[str, str]]) -> str:
    prefixes = ftm_tables().organizations
    if kind is PartyKind.FIRM and any(scheme == USCC and value.startswith(prefixes) for scheme, value in valid_codes):
        return "Organization"
    return ftm_tables().schemata[kind]


def party_properties(entity: Entity, as_of: date, *, year_only: bool) -> Properties:
    """Properties of a party by name, each value once, in the order of the party.

    year_only: of a birth only the year, for partners: with the date most of a masked id could be guessed.
    """
    pairs = [*_names(entity), *_places(entity), *_days(entity, as_of, year_only=year_only), *_codes(entity), *_attributes(entity)]
    return collect(schema_of(entity), pairs)


def public_codes(entity: Entity) -> list[str]:
    """Codes of a party that are handed out, without the properties they stand under."""
    return list(dict.fromkeys(value for prop, value in _codes(entity) if prop))


def kept_codes(entity: Entity) -> dict[tuple[str, str], str]:
    """Codes as they are kept, by property and number: with the place of the issuer in front, where it has one."""
    return {(prop, number): kept_value for prop, number, kept_value in _code_values(entity)}


def collect(schema: str, pairs: Pairs) -> Properties:
    """Values by property, each once; of properties that the schema does not have none."""
    declared, properties = schemata()[schema].properties, Properties()
    for prop, value in pairs:
        if prop in declared and value and value not in properties.setdefault(prop, []):
            properties[prop].append(value)
    return properties


def is_person(entity: Entity) -> bool:
    """Whether it is a person, or a party of unknown kind that is called as people are: both are spared the same."""
    return entity.kind is PartyKind.PERSON or entity.may_be_person


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    for name in entity.names:
        yield ftm_tables().names[name.role], name.text
        yield "firstName", name.given or ""
        yield "lastName", name.family or ""
    if not entity.names:
        yield "name", entity.name


def _places(entity: Entity) -> Iterator[tuple[str, str]]:
    yield from (("country", country) for country in entity.countries)
    yield from (("address", address.text) for address in entity.addresses)
    if not is_person(entity):
        kinds = ftm_tables().contacts
        yield from ((kinds[contact.kind], contact.value) for contact in entity.contacts if contact.kind in kinds)


def _days(entity: Entity, as_of: date, *, year_only: bool) -> Iterator[tuple[str, str]]:
    if entity.born_on:
        yield "birthDate", entity.born_on[:YEAR_LENGTH] if year_only else entity.born_on
    yield "incorporationDate", entity.founded_on or ""
    if entity.ended_on and entity.ended_on <= as_of:
        yield ("deathDate" if entity.kind is PartyKind.PERSON else "dissolutionDate"), entity.ended_on.isoformat()


def _codes(entity: Entity) -> Iterator[tuple[str, str]]:
    return ((prop, number) for prop, number, _ in _code_values(entity))


def _code_values(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Property, number and kept value of public codes that are not known to be wrong; of a person those of `of_persons`."""
    tables, properties = ftm_tables(), schemata()[schema_of(entity)].properties
    for code in entity.identifiers:
        may_show = code.valid and schemes()[code.scheme].told and (not is_person(entity) or code.scheme in tables.of_persons)
        if not may_show:
            continue
        place, number = _place_and_number(code)
        candidates = tables.issued_by.get(place, {}).get(code.scheme, ()) + tables.identifiers.get(code.scheme, ())
        yield next((prop for prop in candidates if prop in properties), ""), number, code.value


def _place_and_number(code: Identifier) -> tuple[str, str]:
    """Country of the issuer in lower case, and the number without it; a number of a court or a state is kept whole."""
    place, mark, number = code.value.partition(":")
    is_of_country = bool(mark) and len(place) == COUNTRY_CODE_LENGTH and schemes()[code.scheme].scoped
    return (place.lower(), number) if is_of_country else ("", code.value)


def _attributes(entity: Entity) -> Iterator[tuple[str, str]]:
    attributes = ftm_tables().of_office if is_person(entity) else ftm_tables().attributes
    for name, prop in attributes.items():
        yield from ((prop, part) for part in entity.attributes.get(name, "").split("; "))
