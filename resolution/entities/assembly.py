"""What an entity says: everything its records say, once, public bodies first."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from ontology.base import PartyKind
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

Said = TypeVar("Said")
ROLES = {NameRole.PRIMARY: 0, NameRole.PREVIOUS: 1, NameRole.ALIAS: 2, NameRole.WEAK: 3}


def assemble(entity_id: str, records: Sequence[Record]) -> Entity:
    """One entity of its records, all of one kind or of one and unknown. The order of `records` has no influence.

    Contacts and addresses that are written for none stay with the records: they would tie parties that share nothing.
    """
    ranked = sorted(records, key=lambda record: (-int(record.source_class.value), record.dataset, record.id))
    names = _names(ranked)
    shown = _shown(ranked, names)
    kind = next((record.kind for record in ranked if record.kind is not PartyKind.UNKNOWN), PartyKind.UNKNOWN)
    return Entity(
        id=entity_id,
        kind=kind,
        may_be_person=kind is PartyKind.UNKNOWN and any(may_be_person(record.name) for record in ranked if record.names),
        name=shown,
        name_other=other_name(shown, [name.text for name in names]),
        names=names,
        identifiers=_once([one for record in ranked for one in record.identifiers], key=lambda one: (one.scheme, one.value)),
        addresses=_once(
            [one for record in ranked for one in record.addresses if says_where(one)], key=lambda one: fold(one.text)
        ),
        contacts=_once(
            [one for record in ranked for one in record.contacts if usable(one)], key=lambda one: (one.kind, one.value)
        ),
        born_on=_day([record.born_on for record in ranked if record.born_on]),
        founded_on=_day([record.founded_on for record in ranked if record.founded_on]),
        ended_on=max((record.ended_on for record in ranked if record.ended_on), default=None),
        countries=tuple(sorted({country for record in ranked for country in record.countries})),
        attributes=_attributes(ranked),
        place=_place(ranked, kind, shown),
        record_ids=tuple(sorted(record.id for record in ranked)),
        sources=tuple(sorted({record.dataset for record in ranked})),
    )


def _attributes(ranked: Sequence[Record]) -> dict[str, str]:
    """Further facts, those of the best source; of several statuses the one seen last, of one day's a finding before none."""
    attributes = {key: value for record in reversed(ranked) for key, value in sorted(record.attributes.items())}
    statuses = [record for record in ranked if record.attributes and status_text(record.attributes)] if len(ranked) > 1 else []
    if len(statuses) > 1:
        last = max(
            statuses, key=lambda record: (record.observed_on or date.min, state_of(status_text(record.attributes)) is not None)
        )
        attributes[status_names()[0]] = status_text(last.attributes)
    return attributes


def _names(ranked: Sequence[Record]) -> tuple[Name, ...]:
    """Every name once, the strongest role it is used in, primary names first."""
    every = [name for record in ranked for name in record.names]
    return _once(sorted(every, key=lambda name: ROLES[name.role]), key=lambda name: fold(name.text))


def _shown(ranked: Sequence[Record], names: Sequence[Name]) -> str:
    """The primary name of the best source; of equal sources the one most records use, then the longest, in simplified Han."""
    if not names:
        return ranked[0].id
    if len(ranked) == 1:
        return ranked[0].name
    best = [record for record in ranked if record.source_class == ranked[0].source_class and record.names] or ranked
    counts = Counter(record.name for record in best if record.names)
    return min(counts, key=lambda text: (-counts[text], -len(text), fold(text) != text.lower(), text))


def _day(days: Sequence[str]) -> str | None:
    """The most exact day; of equally exact ones the one told most often, then the first."""
    if len(days) < 2:
        return days[0] if days else None
    counts = Counter(days)
    return min(counts, key=lambda day: (-len(day), -counts[day], day))


def _place(ranked: Sequence[Record], kind: PartyKind, shown: str) -> str | None:
    told = next((one.city or one.region for record in ranked for one in record.addresses if one.city or one.region), None)
    if told or kind is PartyKind.PERSON:
        return told
    regions = firm_name(shown).regions
    return region_name(regions[0]) if regions else None


def _once(said: Sequence[Said], *, key: Callable[[Said], object]) -> tuple[Said, ...]:
    if len(said) < 2:
        return tuple(said)
    found: dict[object, Said] = {}
    for one in said:
        found.setdefault(key(one), one)
    return tuple(found.values())
