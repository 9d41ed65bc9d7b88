"""The search rows of a party: its folded names, the pinyin of its Han names, a firm's public codes and name keys."""

from collections.abc import Iterator
from itertools import pairwise

from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.record import Name
from resolution.comparisons.crowds import GENERIC_BITS_MAX
from resolution.comparisons.firm_names import SOUND_MIN
from resolution.comparisons.names import of_firm
from resolution.records.firms import FirmName, firm_name
from resolution.records.identifiers import schemes
from resolution.records.persons import person_name
from resolution.records.regions import region_name
from resolution.records.skeletons import skeleton
from resolution.records.text import fold, is_han, sound

Row = dict[str, str | None]


def search_rows(entity: Entity) -> Iterator[Row]:
    """Rows of `entities/put_names`: one a name, one a sound (role `sound`), one a public code (role `code`), and of a
    firm one a key of its names (role `key`): never shown or searched for as words, only looked up whole.

    `shown` is unique within the party. No identifier of a person is ever among them.
    """
    texts_seen: set[str] = set()
    for folded, text, role in _writings(entity):
        if folded and text not in texts_seen:
            texts_seen.add(text)
            yield {"entity_id": entity.id, "folded": folded, "shown": text, "role": role}


def _writings(entity: Entity) -> Iterator[tuple[str, str, str]]:
    for name in entity.names:
        yield fold(name.text), name.text, name.role.value
    for name in entity.names:
        if is_han(name.text):
            pronunciation = _pronunciation(entity.kind, name)
            yield pronunciation, pronunciation, "sound"
    if entity.kind is not PartyKind.PERSON:
        for code in entity.identifiers:
            if code.scheme in schemes() and schemes()[code.scheme].told:
                yield fold(code.value), code.value, "code"
        for key in sorted({key for name in entity.names for key in name_keys(firm_name(name.text))}):
            yield key, key, "key"


def name_keys(name: FirmName) -> tuple[str, ...]:
    """Keys that a firm's name is looked up by, the most specific first: the whole name, its brand or rare words, its sound.

    >>> name_keys(firm_name("Hengtai Trading Co., Ltd."))
    ('all:hengtaitrading', 'word:hngt')
    """
    if name.han:
        return (f"all:{name.core}", f"brand:{name.brand}", f"sound:{name.sound}")
    telling = [word for word in of_firm(name).tokens if word.bits > GENERIC_BITS_MAX]
    return (f"all:{name.sound}", *dict.fromkeys(f"word:{word.skeleton}" for word in telling))


def query_keys(name: FirmName) -> tuple[str, ...]:
    """Keys to look up firms of this name, or of one that sounds like it in the other script."""
    keys = name_keys(name)
    if name.han:
        return (*keys, f"word:{skeleton(name.sound)}")
    spellings = [*name.tokens, *("".join(pair) for pair in pairwise(name.tokens))]
    return (*keys, *dict.fromkeys(f"sound:{word}" for word in spellings if len(word) >= SOUND_MIN))


def _pronunciation(kind: PartyKind, name: Name) -> str:
    """Pinyin by words: surname and given name, or region, brand and line of business."""
    if kind is PartyKind.PERSON:
        person = person_name(name)
        return " ".join(part for part in (sound(person.family), sound(person.tokens[0].removeprefix(person.family))) if part)
    firm = firm_name(name.text)
    region = region_name(firm.regions[0]) if firm.regions else None
    return " ".join(sound(part) for part in (region, firm.brand, firm.industry) if part)
