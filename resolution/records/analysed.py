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
from ontology.masked_ids import RESIDENT_PARTS
from ontology.record import NameRole, Record
from resolution.records.addresses import Place, parse_places
from resolution.records.contacts import by_kind
from resolution.records.country_names import comparable_country
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
from resolution.records.several_days import OTHER_DAYS, days_of, exact_days
from resolution.records.sides import side_ids, side_kind
from resolution.records.text import NONE, fold

NAMES_SHARED_MAX = 8  # A code under which more names run is a code misused.
OF_FIRM = ("of_firm", "employer")  # Attributes of a person that tell the firm; several are parted by "; ".
BIRTH_PLACE = ("birth_place", "place_of_birth")  # Attributes of a person, by any of their names.
OCCUPATION = ("occupation", "profession")
GENDER = ("gender", "sex")
NATIONALITY = ("nationality", "citizenship", "country_of_birth", "birth_country", "birthCountry")  # Attributes of a person.
JURISDICTION = "jurisdiction"  # Attribute of a firm: the country under whose law it stands, where the source tells it as such.
RESIDENT_MASKED = "resident_id_masked"  # Attribute of a person whose source hid the middle of the number.
BETWEEN = re.compile(r"[;；|/、\n,，]")  # Several values of one attribute.
MASK = re.compile(r"\d{3}\*{13}\d[\dX]")  # Of 18 characters; the last two of the 15 of old are others.


SUPPORTING = (NameRole.ALIAS, NameRole.WEAK)
NO_IDS: dict[str, frozenset[str]] = {}
Element = TypeVar("Element")


@dataclass(frozen=True, slots=True)
class Analysed:
    """One record, ready to be compared. Ids are by scheme, valid ones only; `hint:reg_no` is what several parties may share.

    aliases: folded names that are not its own but ones it is also known by, or weak ones: they support, never identify.
    weak:    the weak ones of them (nicknames, broad words): they may confirm a match and never make one.
    content: the same for records that say the same, whoever says it.
    of_firms: of persons, keys of firms they stand beside; of firms, keys of records they are tied to (`tie_keys`).
    birth_place, occupation, gender: of persons, folded; "" where not told.
    countries: codes of all countries it is said to be of, a renamed one by its present code; of addresses none.
    listings: marks of the listings in force that name this very record; what shares none of them would be accused by joining.
    other_days: days of birth or founding beside `day`, where sources differ; none where `day` is None.
    jurisdictions: of firms, those of them under whose law they are said to stand.
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
    countries: frozenset[str] = NONE
    jurisdictions: frozenset[str] = NONE
    other_days: tuple[str, ...] = ()
    listings: frozenset[str] = NONE

    @property
    def days(self) -> tuple[str, ...]:
        """Every day of birth or founding."""
        return (self.day, *self.other_days) if self.day else ()

    def with_firms(self, firms: Iterable[str]) -> "Analysed":
        """The same record beside further firms, by any key that is the same for the same firm; of a firm those it is tied to."""
        all_keys = self.of_firms | frozenset(firms)
        return (
            replace(self, of_firms=all_keys, content=_hash(f"{self.content}{sorted(all_keys)}"))
            if all_keys != self.of_firms
            else self
        )

    def with_listings(self, marks: Iterable[str]) -> "Analysed":
        """The same record named by these listings: it says something else than one that none names."""
        listings = frozenset(marks)
        return replace(self, listings=listings, content=_hash(f"{self.content}{sorted(listings)}")) if listings else self

    @property
    def exclusive(self) -> dict[str, frozenset[str]]:
        """Ids of which a party has one for life."""
        return {scheme: values for scheme, values in self.ids.items() if scheme in exclusive_schemes()}

    def __reduce__(self) -> tuple[type["Analysed"], tuple[object, ...]]:
        return Analysed, _PARTS(self)


_PARTS = attrgetter(*(part.name for part in fields(Analysed)))


def analyse(record: Record, side_id: str | None = None) -> Analysed:
    """Parse a record's names, ids, addresses, contacts and its day of birth or founding.

    side_id: of a record of unknown kind the side to take (sides.py); the firm's by itself.
    """
    analysed_id = side_id or record.id
    kind = side_kind(record, analysed_id)
    person = kind is PartyKind.PERSON
    ids, loose = _ids(record)
    spelled_names = (name for name in record.names if any(map(str.isalpha, name.text)))  # "---" and "12345" name nobody.
    names = [cell_name for name in spelled_names for cell_name in names_in(name)][
        :NAMES_MAX
    ]  # Several files may tell more together.
    country = record.countries[0] if len(record.countries) == 1 else ""
    days = _days(record, person=person)
    return Analysed(
        id=analysed_id,
        kind=kind,
        firms=() if person else _distinct([firm for name in names if (firm := firm_name(name.text)).text]),
        persons=_distinct([parsed for name in names if (parsed := person_name(name)).text]) if person else (),
        aliases=frozenset([fold(name.text) for name in names if name.role in SUPPORTING]) or NONE,
        weak=frozenset([fold(name.text) for name in names if name.role is NameRole.WEAK]) or NONE,
        ids=ids,
        loose_ids=loose,
        places=_distinct(parse_places(record.addresses)) if record.addresses else (),
        phones=by_kind(record.contacts, "phone", country) if record.contacts else NONE,
        emails=by_kind(record.contacts, "email") if record.contacts else NONE,
        sites=by_kind(record.contacts, "website") if record.contacts else NONE,
        day=days[0] if days else None,
        other_days=days[1:],
        of_firms=_employer_keys(record.attributes) if person and record.attributes else NONE,
        content=_content(record) if kind is record.kind else _hash(f"{_content(record)}{kind}"),
        birth_place=_first_attribute(record, BIRTH_PLACE) if person else "",
        occupation=_first_attribute(record, OCCUPATION) if person else "",
        gender=_first_attribute(record, GENDER) if person else "",
        countries=_countries(record, person=person) if record.countries or record.attributes else NONE,
        jurisdictions=_attribute_countries(record, (JURISDICTION,)) if not person and record.attributes else NONE,
    )


def tie_keys(record_ids: Iterable[str]) -> tuple[str, ...]:
    """Keys of records that a firm's record is tied to."""
    return tuple(f"@{record_id}" for record_id in record_ids)


def are_tied(left: Analysed, right: Analysed) -> bool:
    """Whether a source ties two records of firms, so that they are two: owner and owned, head office and branch."""
    return f"@{left.id}" in right.of_firms or f"@{right.id}" in left.of_firms


def _days(record: Record, *, person: bool) -> tuple[str, ...]:
    """Days of birth or founding; of those that programs write for none, none."""
    own_day = record.born_on if person else record.founded_on
    if OTHER_DAYS in record.attributes and own_day == (record.born_on or record.founded_on):
        return exact_days(day for day in days_of(record) if day not in listed("days"))
    return (own_day,) if own_day and own_day not in listed("days") else ()


def analyse_sides(record: Record) -> list[Analysed]:
    """The analysed record; one for each side where the kind is unknown."""
    return [analyse(record, side) for side in side_ids(record)]


def _distinct(elements: list[Element]) -> tuple[Element, ...]:
    return tuple(elements if len(elements) < 2 else dict.fromkeys(elements))


def _first_attribute(record: Record, attributes: tuple[str, ...]) -> str:
    """The first of these attributes that the record has, folded."""
    return next((folded for name in attributes if (folded := fold(record.attributes.get(name, "")))), "")


def with_shared_names(records: Sequence[Analysed]) -> list[Analysed]:
    """Firms that share an exclusive identifier know each other's names: a source that tells an earlier one tells it for all.

    A branch told under its head office's code shares no name with it. Each keeps its own names first; the order of
    records has no influence.
    """
    return [with_names(record, names) for record, names in zip(records, shared_names(records), strict=True)]


def shared_names(records: Sequence[Analysed]) -> list[list[FirmName]]:
    """For each record the names that records with one of its codes bear, its own among them."""
    names: dict[tuple[str, str, str], dict[FirmName, None]] = {}
    for record in sorted(records, key=lambda record: record.id):
        for code in name_codes(record):
            own_names = [name for name in record.firms if name.text not in record.aliases]
            names.setdefault(code, {}).update(dict.fromkeys(own_names[:NAMES_SHARED_MAX]))
    return [[name for code in name_codes(record) for name in names[code]] for record in records]


def name_codes(record: Analysed) -> list[tuple[str, str, str]]:
    """Codes under which a firm shares its names: scheme, value and branch."""
    if not record.firms:
        return []
    branch = record.firms[0].branch
    return sorted((scheme, value, branch) for scheme, values in record.exclusive.items() for value in values)


def with_names(record: Analysed, names: Iterable[FirmName]) -> Analysed:
    """The same record with up to NAMES_SHARED_MAX of these names added, the first that it does not bear itself."""
    own_names = frozenset(record.firms)
    further_names = tuple(name for name in dict.fromkeys(names) if name not in own_names)[:NAMES_SHARED_MAX]
    if not further_names:
        return record
    all_names = (*record.firms, *further_names)
    return replace(record, firms=all_names, content=_hash(record.content + "|".join(name.text for name in all_names)))


def _ids(record: Record) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    masked = _masks(record) if RESIDENT_MASKED in record.attributes or record.identifiers else NONE
    if not record.identifiers and not masked:
        return NO_IDS, NONE
    ids: dict[str, set[str]] = {f"{HINT}resident_id": set(masked)} if masked else {}
    loose: set[str] = set()
    for identifier in (identifier for identifier in record.identifiers if identifier.valid):
        scheme = schemes()[identifier.scheme]
        if scheme.grade == "loose":
            loose.add(f"{identifier.scheme}:{identifier.value}")
            continue
        value = comparable(identifier)
        hint = hint_of(identifier.scheme, value)
        if hint:
            ids.setdefault(f"{HINT}{identifier.scheme}", set()).add(hint)
        if hint != value:
            place = _perhaps(record) if scheme.scoped and not scheme.free and not place_of(value) else ""
            ids.setdefault(scheme.family or identifier.scheme, set()).add(f"{place}:{value}" if place else value)
    return {scheme: frozenset(values) for scheme, values in ids.items()}, frozenset(loose) or NONE


def _perhaps(record: Record) -> str:
    """The possible issuer of a code whose source names none: `?` for several countries of its party, `?CC` for the only one."""
    if len(record.countries) > 1:
        return NO_PLACE
    return f"{NO_PLACE}{record.countries[0].upper()}" if record.countries else ""


def _masks(record: Record) -> frozenset[str]:
    """What a resident id tells that is hidden in part: `head.tail:` and its hash, in clear what every mask shows."""
    texts = [
        record.attributes.get(RESIDENT_MASKED),
        *(identifier.masked for identifier in record.identifiers if identifier.scheme == "resident_id"),
    ]
    clear = [f"3.2:{text[:3]}{text[-2:]}" for text in texts if text and MASK.fullmatch(text)]
    return frozenset([*clear, *record.attributes.get(RESIDENT_PARTS, "").split()]) or NONE


def _countries(record: Record, *, person: bool) -> frozenset[str]:
    """Codes of all countries that the record tells but in its addresses."""
    codes = frozenset([code for text in record.countries if (code := comparable_country(text))])
    return codes | _attribute_countries(record, NATIONALITY if person else (JURISDICTION,)) or NONE


def _attribute_countries(record: Record, attributes: tuple[str, ...]) -> frozenset[str]:
    """Codes of the countries in these attributes; several in one are parted by marks."""
    texts = [part for name in attributes if name in record.attributes for part in BETWEEN.split(record.attributes[name])]
    return frozenset([code for text in texts if (code := comparable_country(text))]) or NONE


def _employer_keys(attributes: Mapping[str, str]) -> frozenset[str]:
    texts = [part.strip() for name in OF_FIRM if name in attributes for part in attributes[name].split(";")]
    return frozenset([_firm_key(part) for part in texts if part]) or NONE


@lru_cache(maxsize=1 << 16)
def _firm_key(text: str) -> str:
    code = normal(text)
    return code[8:17] if is_uscc(code) else firm_name(text).core


def _content(record: Record) -> str:
    """Hash of what the record says, without its id and source: equal content makes equal decisions."""
    document: bytes = record.__pydantic_serializer__.to_json(
        record, include=_CONTENT_FIELDS
    )  # As `model_dump_json`, in half the time.
    return blake2b(document, digest_size=8).hexdigest()


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


_CONTENT_FIELDS = {"kind", "names", "identifiers", "addresses", "contacts", "born_on", "founded_on", "countries", "attributes"}
