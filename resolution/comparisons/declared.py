"""Every comparison, declared once: its name, how two records agree in it, and the levels that agreement falls into."""

from collections.abc import Callable
from dataclasses import dataclass

from ontology.words import PartyKind
from resolution.comparisons import fields, firms, persons
from resolution.comparisons.fields import Busy
from resolution.records import dates
from resolution.records.analysed import Analysed

Has = Callable[[Analysed], bool]
Agree = Callable[[Analysed, Analysed, Busy], float | None]


@dataclass(frozen=True)
class Level:
    """One level: agreement of at least `at_least` falls into it, unless it fell into one before."""

    label: str
    at_least: float


@dataclass(frozen=True)
class Comparison:
    """One field of evidence. `levels` run from best to worst and the last takes everything; None is in no level.

    has: whether a record has the field; a pair in which one has not is not compared.
    """

    name: str
    has: Has
    agree: Agree
    levels: tuple[Level, ...]


def _levels(**at_least: float) -> tuple[Level, ...]:
    return tuple(Level(label, value) for label, value in at_least.items())


IDS = Comparison(
    "ids",
    lambda record: bool(record.ids or record.loose_ids),
    lambda left, right, busy: fields.ids_agree(left, right),
    _levels(
        exclusive=fields.ID_EXCLUSIVE,
        issued=fields.ID_ISSUED,
        loose=fields.ID_LOOSE,
        other=fields.ID_OTHER,
        conflict=fields.ID_CONFLICT,
    ),
)
DAYS = Comparison(
    "days",
    lambda record: record.day is not None,
    lambda left, right, busy: fields.days_agree(left, right),
    _levels(
        exact=dates.EXACT,
        swapped=dates.SWAPPED,
        near=dates.NEAR,
        partial=dates.PARTIAL,
        same_year=dates.SAME_YEAR,
        different=dates.DIFFERENT,
    ),
)
CONTACTS = Comparison(
    "contacts",
    lambda record: bool(record.phones or record.emails or record.sites),
    fields.contacts_agree,
    _levels(two=fields.CONTACT_TWO, one=fields.CONTACT_ONE, busy=fields.CONTACT_BUSY, other=fields.CONTACT_OTHER),
)
PLACES = Comparison(
    "places",
    lambda record: bool(record.places),
    fields.places_agree,
    _levels(
        door=fields.PLACE_DOOR,
        near=fields.PLACE_NEAR,
        busy=fields.PLACE_BUSY,
        postcode=fields.PLACE_POSTCODE,
        other=fields.PLACE_OTHER,
    ),
)
OF_FIRMS = Comparison(
    "of_firms",
    lambda record: bool(record.of_firms),
    lambda left, right, busy: fields.of_firms_agree(left, right),
    _levels(same=fields.OF_SAME, alike=fields.OF_ALIKE, other=fields.OF_OTHER),
)
PERSON_NAMES = Comparison(
    "names",
    lambda record: True,
    lambda left, right, busy: persons.names_agree(left.persons, right.persons),
    _levels(
        same=persons.SAME,
        alike=persons.ALIKE,
        initial=persons.INITIAL,
        mostly=persons.MOSTLY,
        sound=persons.SOUND,
        part=persons.PART,
        other_family=persons.OTHER_FAMILY,
        other_given=persons.OTHER_GIVEN,
        nothing=persons.NOTHING,
        other_generation=persons.OTHER_GENERATION,
        untold=persons.UNTOLD,
    ),
)
FIRM_NAMES = Comparison(
    "names",
    lambda record: bool(record.firms),
    lambda left, right, busy: firms.names_agree(left, right),
    _levels(
        same_in_region=firms.SAME_IN_REGION,
        same=firms.SAME,
        other_form=firms.OTHER_FORM,
        alike=firms.ALIKE,
        short=firms.SHORT,
        sound=firms.SOUND,
        other_business=firms.OTHER_BUSINESS,
        something=firms.SOMETHING,
        nothing=firms.NOTHING,
        other_region=firms.OTHER_REGION,
        branch=firms.BRANCH,
    ),
)

PERSON = (PERSON_NAMES, IDS, DAYS, CONTACTS, PLACES, OF_FIRMS)
FIRM = (FIRM_NAMES, IDS, DAYS, CONTACTS, PLACES)


def comparisons(kind: PartyKind) -> tuple[Comparison, ...]:
    """The comparisons of one kind of party; agencies are compared as firms are."""
    return PERSON if kind is PartyKind.PERSON else FIRM
