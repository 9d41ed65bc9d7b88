"""Assembles an entity from its records: every name, fact and identifier once, those of public bodies first."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from ontology.base import PartyKind, build_unchecked
from ontology.entity import Entity
from ontology.record import Name, NameRole, Record
from ontology.registration import state_of, status_names, status_text
from ontology.scripts import other_name
from resolution.records.addresses import says_where
from resolution.records.contacts import usable
from resolution.records.firms import firm_name
from resolution.records.kinds import may_be_person
from resolution.records.regions import region_name
from resolution.records.text import fold

Entry = TypeVar("Entry")
ROLES = {NameRole.PRIMARY: 0, NameRole.PREVIOUS: 1, NameRole.ALIAS: 2, NameRole.WEAK: 3}


def assemble(entity_id: str, records: Sequence[Record]) -> Entity:
    """Make one entity of its records, whose kinds are equal or unknown. The order of `records` has no influence.

    Contacts and addresses that are written for none stay with the records: they would tie parties that share nothing.
    """
    ordered_records = (
        sorted(records, key=lambda record: (-int(record.source_class.value), record.dataset, record.id))
        if len(records) > 1
        else records
    )
    names = _names(ordered_records)
    display_name = _display_name(ordered_records, names)
    kind = next((record.kind for record in ordered_records if record.kind is not PartyKind.UNKNOWN), PartyKind.UNKNOWN)
    return build_unchecked(
        Entity,
        {
            "id": entity_id,
            "kind": kind,
            "may_be_person": kind is PartyKind.UNKNOWN
            and any(may_be_person(record.name) for record in ordered_records if record.names),
            "name": display_name,
            "name_other": _other_name(display_name, names),
            "names": names,
            "identifiers": _deduplicate(
                [identifier for record in ordered_records for identifier in record.identifiers],
                key=lambda identifier: (identifier.scheme, identifier.value),
            ),
            "addresses": _deduplicate(
                [address for record in ordered_records for address in record.addresses if says_where(address)],
                key=lambda address: fold(address.text),
            ),
            "contacts": _deduplicate(
                [contact for record in ordered_records for contact in record.contacts if usable(contact)],
                key=lambda contact: (contact.kind, contact.value),
            ),
            "born_on": _day([record.born_on for record in ordered_records if record.born_on]),
            "founded_on": _day([record.founded_on for record in ordered_records if record.founded_on]),
            "ended_on": max([record.ended_on for record in ordered_records if record.ended_on], default=None),
            "countries": tuple(sorted({country for record in ordered_records for country in record.countries})),
            "place": _place(ordered_records, kind, display_name),
            "attributes": _attributes(ordered_records),
            "record_ids": tuple(sorted([record.id for record in ordered_records])),
            "sources": tuple(sorted({record.dataset for record in ordered_records})),
        },
    )


def _other_name(display_name: str, names: Sequence[Name]) -> str | None:
    texts = [name.text for name in names]
    return other_name(display_name, texts) if texts != [display_name] else None


def _attributes(ordered_records: Sequence[Record]) -> dict[str, str]:
    """Further facts, those of the best source; of several statuses the one seen last, of one day's a finding before none."""
    if len(ordered_records) == 1:
        return dict(sorted(ordered_records[0].attributes.items()))
    attributes = {key: value for record in reversed(ordered_records) for key, value in sorted(record.attributes.items())}
    statuses = [record for record in ordered_records if record.attributes and status_text(record.attributes)]
    if len(statuses) > 1:
        latest = max(
            statuses, key=lambda record: (record.observed_on or date.min, state_of(status_text(record.attributes)) is not None)
        )
        attributes[status_names()[0]] = status_text(latest.attributes)
    return attributes


def _names(ordered_records: Sequence[Record]) -> tuple[Name, ...]:
    """Every name once, the strongest role it is used in, primary names first."""
    all_names = [name for record in ordered_records for name in record.names]
    if len(all_names) < 2:
        return tuple(all_names)
    return _deduplicate(sorted(all_names, key=lambda name: ROLES[name.role]), key=lambda name: fold(name.text))


def _display_name(ordered_records: Sequence[Record], names: Sequence[Name]) -> str:
    """The primary name of the best source; of equal sources the one most records use, then the longest, in simplified Han."""
    if not names:
        return ordered_records[0].id
    if len(ordered_records) == 1:
        return ordered_records[0].name
    best = [
        record for record in ordered_records if record.source_class == ordered_records[0].source_class and record.names
    ] or ordered_records
    counts = Counter(record.name for record in best if record.names)
    return min(counts, key=lambda text: (-counts[text], -len(text), fold(text) != text.lower(), text))


def _day(days: Sequence[str]) -> str | None:
    """The most exact day; of equally exact ones the one told most often, then the first."""
    if len(days) < 2:
        return days[0] if days else None
    counts = Counter(days)
    return min(counts, key=lambda day: (-len(day), -counts[day], day))


def _place(ordered_records: Sequence[Record], kind: PartyKind, display_name: str) -> str | None:
    place = next(
        (
            address.city or address.region
            for record in ordered_records
            for address in record.addresses
            if address.city or address.region
        ),
        None,
    )
    if place or kind is PartyKind.PERSON:
        return place
    regions = firm_name(display_name).regions
    return region_name(regions[0]) if regions else None


def _deduplicate(entries: Sequence[Entry], *, key: Callable[[Entry], object]) -> tuple[Entry, ...]:
    if len(entries) < 2:
        return tuple(entries)
    first_by_key: dict[object, Entry] = {}
    for entry in entries:
        first_by_key.setdefault(key(entry), entry)
    return tuple(first_by_key.values())
