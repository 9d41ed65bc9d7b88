"""A party, or what a caller describes as one, in the form that records are compared in."""

from dataclasses import replace

from ontology.base import PartyKind, SourceClass, build_unchecked
from ontology.entity import Entity
from ontology.record import Record
from resolution.comparisons.crowds import CrowdedValues, without_crowded
from resolution.records.analysed import Analysed, analyse
from resolution.records.identifiers import HINT
from resolution.records.sides import as_person

SIDES = (PartyKind.PERSON, PartyKind.FIRM)
"""The two models a party is compared by; agencies are compared as firms."""


def party_sides(kind: PartyKind) -> tuple[PartyKind, ...]:
    """The models a party of this kind is compared by: both where its kind is not known."""
    if kind is PartyKind.UNKNOWN:
        return SIDES
    return (PartyKind.PERSON,) if kind is PartyKind.PERSON else (PartyKind.FIRM,)


def party_form(party: Entity | Record, side: PartyKind, crowded: CrowdedValues) -> Analysed:
    """All that is known of a party as one record of a side: every name, day, country and code of it is compared.

    crowded: values that too many bear, by kind of value; they carry nothing. A personal number counts whole or not at all.
    """
    record = party if isinstance(party, Record) else _as_record(party)
    is_person_side = side is PartyKind.PERSON and record.kind is PartyKind.UNKNOWN
    form = without_crowded(analyse(record, as_person(record.id) if is_person_side else record.id), crowded)
    hints = [scheme for scheme in form.ids if scheme.startswith(HINT)]
    return replace(form, ids={scheme: form.ids[scheme] for scheme in form.ids if scheme not in hints}) if hints else form


def _as_record(entity: Entity) -> Record:
    return build_unchecked(
        Record,
        {
            "id": entity.id,
            "dataset": "",
            "source_class": SourceClass.PUBLIC,
            "row_id": entity.id,
            "release_id": None,
            "kind": entity.kind,
            "names": entity.names,
            "identifiers": entity.identifiers,
            "addresses": entity.addresses,
            "contacts": entity.contacts,
            "born_on": entity.born_on,
            "founded_on": entity.founded_on,
            "ended_on": entity.ended_on,
            "countries": entity.countries,
            "attributes": entity.attributes,
            "observed_on": None,
        },
    )
