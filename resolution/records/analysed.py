"""A record in the form it is compared in: made once, read by every pair."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import TypeVar

from ontology.base import PartyKind
from ontology.limits import NAMES_MAX
from ontology.record import NameRole, Record
from resolution.records.addresses import Place, places
from resolution.records.contacts import by_kind
from resolution.records.firms import FirmName, firm_name
from resolution.records.identifiers import (
    HINT,
    NO_PLACE,
    comparable,
    exclusive_schemes,
    hint_of,
    is_uscc,
    normal,
    place_of,
    schemes,
)
from resolution.records.name_cells import names_in
from resolution.records.persons import PersonName, person_name
from resolution.records.placeholders import listed
from resolution.records.sides import side_ids, side_kind
from resolution.records.text import NONE, fold

NAMES_SHARED_MAX = 8  # A code under which more names run is a code misused.
OF_FIRM = ("of_firm", "employer")  # Attributes of a person that tell the firm; several are parted by "; ".
BIRTH_PLACE = ("birth_place", "place_of_birth")  # Attributes of a person, by any of their names.
OCCUPATION = ("occupation", "profession")
GENDER = ("gender", "sex")
RESIDENT_MASKED = "resident_id_masked"  # Attribute of a person whose source hid the middle of the number.
MASK = re.compile(r"\d{3}\*{13}\d[\dX]")  # Of 18 characters; the last two of the 15 of old are others.


SUPPORTING = (NameRole.ALIAS, NameRole.WEAK)
NO_IDS: dict[str, frozenset[str]] = {}
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Analysed:
    """One record, ready to be compared. Ids are by scheme, valid ones only; `hint:reg_no` is what several parties may share.

    aliases: folded names that are not its own but ones it is also known by, or weak ones: they support, never identify.
    weak:    the weak ones of them (nicknames, broad words): they may confirm a match and never make one.
    content: the same for records that say the same, whoever says it.
    of_firms: of persons, keys of firms they stand beside; of firms, keys of records they are tied to (`tie_keys`).
    birth_place, occupation, gender: of persons, folded; "" where not told.
    """

    id: str
    kind: PartyKind
    firms: tuple[FirmName, ...]
    persons: tuple[PersonName, ...]
    aliases: frozenset[str]
    ids: dict[str, frozenset[str]]
    loose_ids: frozenset[str]
    places: tuple[Place, ...]
    phones: frozenset[str]
    emails: frozenset[str]
    sites: frozenset[str]
    day: str | None
    of_firms: frozenset[str]
    content: str
    birth_place: str = ""
    occupation: str = ""
    gender: str = ""
    weak: frozenset[str] = NONE

    def with_firms(self, firms: Iterable[str]) -> "Analysed":
        """The same record beside further firms, by any key that is the same for the same firm; of a firm those it is tied to."""
        every = self.of_firms | frozenset(firms)
        return replace(self, of_firms=every, content=_hash(f"{self.content}{sorted(every)}")) if every != self.of_firms else self

    @property
    def exclusive(self) -> dict[str, frozenset[str]]:
        """Ids of which a party has one for life."""
        return {scheme: values for scheme, values in self.ids.items() if scheme in exclusive_schemes()}

    def __reduce__(self) -> tuple[type["Analysed"], tuple[object, ...]]:
        return Analysed, _PARTS(self)


_PARTS = attrgetter(*(part.name for part in fields(Analysed)))


def analyse(record: Record, side_id: str | None = None) -> Analysed:
    """Take a record apart: names, ids, addresses, contacts and its day of birth or founding.

    side_id: of a record of unknown kind the side to take (sides.py); the firm's by itself.
    """
    own = side_id or record.id
    kind = side_kind(record, own)
    person = kind is PartyKind.PERSON
    ids, loose = _ids(record)
    named = (name for name in record.names if any(map(str.isalpha, name.text)))  # "---" and "12345" name nobody.
    names = [one for name in named for one in names_in(name)][:NAMES_MAX]  # Several files may tell more together.
    country = record.countries[0] if len(record.countries) == 1 else ""
    return Analysed(
        id=own,
        kind=kind,
        firms=() if person else _once([firm for name in names if (firm := firm_name(name.text)).text]),
        persons=_once([parsed for name in names if (parsed := person_name(name)).text]) if person else (),
        aliases=frozenset([fold(name.text) for name in names if name.role in SUPPORTING]) or NONE,
        weak=frozenset([fold(name.text) for name in names if name.role is NameRole.WEAK]) or NONE,
        ids=ids,
        loose_ids=loose,
        places=_once(places(record.addresses)) if record.addresses else (),
        phones=by_kind(record.contacts, "phone", country) if record.contacts else NONE,
        emails=by_kind(record.contacts, "email") if record.contacts else NONE,
        sites=by_kind(record.contacts, "website") if record.contacts else NONE,
        day=_day(record.born_on if person else record.founded_on),
        of_firms=_firms_of(record.attributes) if person and record.attributes else NONE,
        content=_content(record) if kind is record.kind else _hash(f"{_content(record)}{kind}"),
        birth_place=_told(record, BIRTH_PLACE) if person else "",
        occupation=_told(record, OCCUPATION) if person else "",
        gender=_told(record, GENDER) if person else "",
    )


def tie_keys(record_ids: Iterable[str]) -> tuple[str, ...]:
    """Keys of records that a firm's record is tied to."""
    return tuple(f"@{record_id}" for record_id in record_ids)


def are_tied(left: Analysed, right: Analysed) -> bool:
    """Whether a source ties two records of firms, so that they are two: owner and owned, head office and branch."""
    return f"@{left.id}" in right.of_firms or f"@{right.id}" in left.of_firms


def _day(told: str | None) -> str | None:
    """A day of birth or founding; None of one that programs write for none."""
    return None if told in listed("days") else told


def analyse_sides(record: Record) -> list[Analysed]:
    """A record taken apart; one of unknown kind once for each side it is compared from."""
    return [analyse(record, side) for side in side_ids(record)]


def _once(told: list[Told]) -> tuple[Told, ...]:
    return tuple(told if len(told) < 2 else dict.fromkeys(told))


def _told(record: Record, attributes: tuple[str, ...]) -> str:
    """The first of these attributes that the record has, folded."""
    return next((folded for name in attributes if (folded := fold(record.attributes.get(name, "")))), "")


def with_shared_names(records: Sequence[Analysed]) -> list[Analysed]:
    """Firms that share an exclusive identifier know each other's names: a source that tells an earlier one tells it for all.

    A branch told under its head office's code shares no name with it. Each keeps its own names first; the order of
    records has no influence.
    """
    return [knowing(record, names) for record, names in zip(records, shared_names(records), strict=True)]


def shared_names(records: Sequence[Analysed]) -> list[list[FirmName]]:
    """For each record the names that records with one of its codes bear, its own among them."""
    names: dict[tuple[str, str, str], dict[FirmName, None]] = {}
    for record in sorted(records, key=lambda record: record.id):
        for code in name_codes(record):
            own = [name for name in record.firms if name.text not in record.aliases]
            names.setdefault(code, {}).update(dict.fromkeys(own[:NAMES_SHARED_MAX]))
    return [[name for code in name_codes(record) for name in names[code]] for record in records]


def name_codes(record: Analysed) -> list[tuple[str, str, str]]:
    """Codes under which a firm shares its names: scheme, value and branch."""
    if not record.firms:
        return []
    branch = record.firms[0].branch
    return sorted((scheme, value, branch) for scheme, values in record.exclusive.items() for value in values)


def knowing(record: Analysed, names: Iterable[FirmName]) -> Analysed:
    """The same record bearing also the first of these names that it does not bear itself."""
    own = frozenset(record.firms)
    more = tuple(name for name in dict.fromkeys(names) if name not in own)[:NAMES_SHARED_MAX]
    if not more:
        return record
    every = (*record.firms, *more)
    return replace(record, firms=every, content=_hash(record.content + "|".join(name.text for name in every)))


def _ids(record: Record) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    masked = _masks(record) if RESIDENT_MASKED in record.attributes or record.identifiers else NONE
    if not record.identifiers and not masked:
        return NO_IDS, NONE
    found: dict[str, set[str]] = {f"{HINT}resident_id": set(masked)} if masked else {}
    loose: set[str] = set()
    for one in (one for one in record.identifiers if one.valid):
        scheme = schemes()[one.scheme]
        if scheme.grade == "loose":
            loose.add(f"{one.scheme}:{one.value}")
            continue
        value = comparable(one)
        hint = hint_of(one.scheme, value)
        if hint:
            found.setdefault(f"{HINT}{one.scheme}", set()).add(hint)
        if hint != value:
            place = _perhaps(record, several=scheme.several) if scheme.scoped and not place_of(value) else ""
            found.setdefault(scheme.family or one.scheme, set()).add(f"{place}:{value}" if place else value)
    return {scheme: frozenset(values) for scheme, values in found.items()}, frozenset(loose) or NONE


def _perhaps(record: Record, *, several: bool) -> str:
    """Who may have issued a code of which the source does not tell it: one of several countries; of a passport the only one."""
    if len(record.countries) > 1:
        return NO_PLACE
    return f"{NO_PLACE}{record.countries[0].upper()}" if several and record.countries else ""


def _masks(record: Record) -> frozenset[str]:
    """What a half-hidden resident id still tells: region and end, and the year where the record tells it."""
    told = [record.attributes.get(RESIDENT_MASKED), *(one.masked for one in record.identifiers if one.scheme == "resident_id")]
    return frozenset([text[:3] + text[-2:] for text in told if text and MASK.fullmatch(text)]) or NONE


def _firms_of(attributes: Mapping[str, str]) -> frozenset[str]:
    told = [part.strip() for name in OF_FIRM if name in attributes for part in attributes[name].split(";")]
    return frozenset([_firm_key(part) for part in told if part]) or NONE


@lru_cache(maxsize=1 << 16)
def _firm_key(told: str) -> str:
    code = normal(told)
    return code[8:17] if is_uscc(code) else firm_name(told).core


def _content(record: Record) -> str:
    """Hash of what the record says, without its id and source: equal content makes equal decisions."""
    told: bytes = record.__pydantic_serializer__.to_json(record, include=_SAID)  # As `model_dump_json`, in half the time.
    return blake2b(told, digest_size=8).hexdigest()


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


_SAID = {"kind", "names", "identifiers", "addresses", "contacts", "born_on", "founded_on", "countries", "attributes"}
