"""Under which writings a party is found: its names folded, how its Han names sound, and a firm's public codes."""

from collections.abc import Iterator

from ontology.entity import Entity
from ontology.record import Name
from ontology.words import PartyKind
from resolution.records.firms import firm_name
from resolution.records.identifiers import schemes
from resolution.records.persons import person_name
from resolution.records.regions import region_name
from resolution.records.text import fold, is_han, sound

Row = dict[str, str | None]


def search_rows(entity: Entity) -> Iterator[Row]:
    """Rows of `entities/put_names`: one a name, one a sound (role `sound`), one a public code (role `code`).

    `shown` is unique within the party. No identifier of a person is ever among them.
    """
    shown: set[str] = set()
    for folded, text, role in _writings(entity):
        if folded and text not in shown:
            shown.add(text)
            yield {"entity_id": entity.id, "folded": folded, "shown": text, "role": role}


def _writings(entity: Entity) -> Iterator[tuple[str, str, str]]:
    for name in entity.names:
        yield fold(name.text), name.text, name.role.value
    for name in entity.names:
        if is_han(name.text):
            read = _sound(entity.kind, name)
            yield read, read, "sound"
    if entity.kind is not PartyKind.PERSON:
        for code in entity.identifiers:
            if code.scheme in schemes() and schemes()[code.scheme].told:
                yield fold(code.value), code.value, "code"


def _sound(kind: PartyKind, name: Name) -> str:
    """Pinyin by words: surname and given name, or region, brand and line of business."""
    if kind is PartyKind.PERSON:
        told = person_name(name)
        return " ".join(part for part in (sound(told.family), sound(told.tokens[0].removeprefix(told.family))) if part)
    firm = firm_name(name.text)
    region = region_name(firm.regions[0]) if firm.regions else None
    return " ".join(sound(part) for part in (region, firm.brand, firm.industry) if part)
