"""The keys of a record: two records that share one are worth comparing. Nothing else decides who meets whom."""

from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from ontology.base import PartyKind
from resolution.records.analysed import Analysed
from resolution.records.contacts import is_shared_mailbox
from resolution.records.firms import FirmName
from resolution.records.identifiers import HINT, without_place
from resolution.records.persons import PersonName, spoken
from resolution.records.readings import surname_outlines, written_in_signs
from resolution.records.skeletons import skeleton
from resolution.records.text import plain_u
from resolution.records.translations import meanings

PHONE_TAIL = 7  # Digits that are the same with and without an area code.
TOKEN_MIN = 3
MASKED_RESIDENT_ID = f"{HINT}resident_id"  # Of three characters and two one in 30,000 shares it: no key by itself.
TELLING_PARTS = ("10.4:", "14.0:")  # County, year of birth and end, or county and day of birth: a few dozen share it.


def keys(record: Analysed) -> set[str]:
    """Every key of a record. The first letter tells the kind, so that parties of two kinds never meet.

    >>> from ontology.record import Name, Record
    >>> from resolution.records.analysed import analyse
    >>> told = dict(id="r", dataset="d", source_class="3", row_id="f#1", kind="firm", names=[Name(text="华为技术有限公司")])
    >>> sorted(keys(analyse(Record.model_validate(told))))
    ['f:brand:华为', 'f:core:华为技术', 'f:mean:=science technology+~huawei', 'f:sound:huawei']
    """
    skeletons = _skeletons(record) if record.places or record.birth_place else set[str]()
    kind_keys = _person_keys(record, skeletons) if record.kind is PartyKind.PERSON else _firm_keys(record)
    all_keys = [*kind_keys, *_id_keys(record), *_contact_keys(record), *_place_keys(record, skeletons)]
    kind = record.kind[0]  # The kind is a text itself; asking for its value is slow.
    return {f"{kind}:{key}" for key in all_keys}


def _id_keys(record: Analysed) -> list[str]:
    if not record.ids:
        return []
    codes = [(scheme, value) for scheme, values in record.ids.items() if scheme != MASKED_RESIDENT_ID for value in values]
    bare = [f"id:{scheme}:{without_place(value)}" for scheme, value in codes]  # One source tells where a passport is from.
    parts = [value for value in record.ids.get(MASKED_RESIDENT_ID, ()) if value.startswith(TELLING_PARTS)]
    return [f"id:{scheme}:{value}" for scheme, value in codes] + bare + [f"id:part:{value}" for value in parts]


def _contact_keys(record: Analysed) -> list[str]:
    keys = [f"phone:{phone[-PHONE_TAIL:]}" for phone in record.phones]
    keys += [f"mail:{mail}" for mail in record.emails if not is_shared_mailbox(mail)]
    keys += [f"site:{site}" for site in record.sites]
    return keys


def _place_keys(record: Analysed, skeletons: Collection[str]) -> list[str]:
    if not record.places:
        return []
    keys: list[str] = []
    for place in record.places:
        if place.numbers:
            keys += [f"door:{number}:{word}" for number in place.numbers for word in place.words | place.sounds]
        if len(place.numbers) > 1:
            keys += [f"doors:{pair}" for pair in _pairs(place.numbers)]
        if place.postcode:
            keys += [f"post:{place.postcode}:{part}" for part in skeletons]
        if place.town:
            keys += [f"town:{place.town}:{part}" for part in _pairs(skeletons)]
    return keys


def _skeletons(record: Analysed) -> set[str]:
    words = {token for name in record.persons for token in spoken(name)}
    words |= {token for firm in record.firms for token in (firm.tokens or (firm.brand,))}
    return {skeleton(word) for word in words if len(word) >= 2}


def _pairs(parts: Collection[str]) -> list[str]:
    """Every two of them; of one alone itself."""
    return [f"{left}+{right}" for left, right in combinations(sorted(parts), 2)] if len(parts) > 1 else [*parts]


def _person_keys(record: Analysed, skeletons: Collection[str]) -> list[str]:
    keys: list[str] = []
    for name in record.persons:
        keys += [f"sound:{sound}" for sound in name.sounds]
        parts = [skeleton(token) for token in spoken(name)]
        if not name.han:
            keys += [
                f"pair:{part}" for part in _pairs({p for p, token in zip(parts, spoken(name), strict=True) if len(token) > 1})
            ]
        keys += [f"rare:{token}" for token in name.tokens if len(token) >= TOKEN_MIN]
        if record.day:
            outlines = surname_outlines(name.text, name.family) if written_in_signs(name) else ()
            day_parts = {*parts, *outlines, *[sound[:4] for sound in name.sounds]}
            keys += [key for day in record.days for key in _day_keys(day, day_parts)]
        if record.of_firms:
            keys += [f"of:{firm}:{part}" for firm in record.of_firms for part in _name_parts(name)]
    return keys + _home_keys(record, skeletons) if record.places or record.birth_place else keys


def _home_keys(record: Analysed, skeletons: Collection[str]) -> list[str]:
    """Where somebody lives, was born and when: keys that need no name, for those whose name was written in another way."""
    keys = [f"home:{place.postcode}" for place in record.places if place.postcode and not place.words]
    outlines = {_outline(name.family or name.tokens[-1]) for name in record.persons if name.tokens and not name.han}
    if record.birth_place:
        keys += [f"native:{record.birth_place}:{part}" for part in {*skeletons, *outlines}]
        keys += [f"native:{record.birth_place}:{day[:4]}" for day in record.days]
        keys += [f"native:{record.birth_place}:{place.postcode[:3]}" for place in record.places if place.postcode]
    return keys


def _outline(word: str) -> str:
    """First letter, length and last letter: what stays where a letter between is misread, of which the sound does not."""
    return f"{word[0]}{len(word)}{word[-1]}"


def _name_parts(name: PersonName) -> set[str]:
    return {skeleton(token) for token in spoken(name)} | set(name.sounds if name.han else ())


def _day_keys(day: str, parts: Collection[str]) -> list[str]:
    year, digits = day[:4], "".join(sorted(day[5:]))
    keys = [f"born:{year}:{part}" for part in parts]
    return keys + [f"day:{digits}:{part}" for part in parts] if len(day) == 10 else keys


def _firm_keys(record: Analysed) -> Iterator[str]:
    for name in record.firms:
        if name.han:
            yield from _han_keys(name)
        else:
            yield from _latin_keys(name)
        yield from (f"mean:{meaning}" for part in meanings(name) for meaning in part)


def _han_keys(name: FirmName) -> Iterator[str]:
    yield f"brand:{name.brand}"
    yield f"core:{name.core}"
    yield from (f"area:{code[:2]}:{name.brand}" for code in name.regions[:1])
    yield from (f"sound:{sound}" for sound in {name.sound, *name.openings})


def _latin_keys(name: FirmName) -> Iterator[str]:
    words = [token for token in name.tokens if len(token) >= TOKEN_MIN]
    yield f"joined:{name.sound}"
    yield from (f"rare:{token}" for token in words)
    yield from (f"pair:{pair}" for pair in _pairs({skeleton(token) for token in words}))
    yield from (f"sound:{part}" for part in map(plain_u, {*words, *("".join(pair) for pair in pairwise(words))}))
