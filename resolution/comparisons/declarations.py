"""Every comparison, declared once: its name, how two records agree in it, and the levels that agreement falls into."""

from collections.abc import Callable
from dataclasses import dataclass

from ontology.base import PartyKind
from resolution.comparisons import fields, firm_names, home_levels, person_values
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
    """One field of evidence. `levels` run from the highest agreement down and the last takes everything; None is in none.

    has: whether a record has the field; a pair in which one has not is not compared. Persons are compared in columns
    (`persons.py`), countries of both kinds in `countries.py`, rarity from other columns: those have neither `agree` nor `has`.
    ordered: whether the levels are steps of one number, so that a higher one never weighs less.
    """

    name: str
    levels: tuple[Level, ...]
    has: Has | None = None
    agree: Agree | None = None
    ordered: bool = False


def _levels(**at_least: float) -> tuple[Level, ...]:
    return tuple(Level(label, value) for label, value in at_least.items())


ID_LEVELS = _levels(
    exclusive=fields.ID_EXCLUSIVE,
    issued=fields.ID_ISSUED,
    loose=fields.ID_LOOSE,
    other=fields.ID_OTHER,
    conflict=fields.ID_CONFLICT,
)
DAY_LEVELS = _levels(
    exact=dates.EXACT,
    swapped=dates.SWAPPED,
    near=dates.NEAR,
    partial=dates.PARTIAL,
    same_year=dates.SAME_YEAR,
    different=dates.DIFFERENT,
)
CONTACT_LEVELS = _levels(
    two=fields.CONTACT_TWO,
    one=fields.CONTACT_ONE,
    busy=fields.CONTACT_BUSY,
    other=fields.CONTACT_OTHER,
)
FIRM_CONTACT_LEVELS = (*CONTACT_LEVELS[:2], Level("named", fields.CONTACT_NAMED), *CONTACT_LEVELS[2:])
PERSON_CONTACT_LEVELS = (*CONTACT_LEVELS[:2], Level("near", fields.CONTACT_NEAR), *CONTACT_LEVELS[2:])
PLACE_LEVELS = _levels(
    door=fields.PLACE_DOOR,
    near=fields.PLACE_NEAR,
    busy=fields.PLACE_BUSY,
    postcode=fields.PLACE_POSTCODE,
    other=fields.PLACE_OTHER,
)
FIRM_NAME_LEVELS = _levels(
    same_in_region=firm_names.SAME_IN_REGION,
    same=firm_names.SAME,
    other_form=firm_names.OTHER_FORM,
    alike=firm_names.ALIKE,
    short=firm_names.SHORT,
    translation=firm_names.TRANSLATION,
    sound=firm_names.SOUND,
    translated=firm_names.TRANSLATED,
    other_business=firm_names.OTHER_BUSINESS,
    something=firm_names.SOMETHING,
    nothing=firm_names.NOTHING,
    member=firm_names.MEMBER,
    other_region=firm_names.OTHER_REGION,
    branch=firm_names.BRANCH,
)
FIRM_NAMES = Comparison(
    "names", FIRM_NAME_LEVELS, lambda r: bool(r.firms), lambda left, right, busy: firm_names.names_agree(left, right)
)
COUNTRIES = Comparison(
    "countries",
    _levels(
        rarest=fields.COUNTRY_RAREST,
        rare=fields.COUNTRY_RARE,
        unusual=fields.COUNTRY_UNUSUAL,
        common=fields.COUNTRY_COMMON,
        expected=fields.COUNTRY_EXPECTED,
        other=fields.COUNTRY_OTHER,
        other_jurisdiction=fields.COUNTRY_OTHER_JURISDICTION,
    ),
    ordered=True,
)
RARITY = Comparison("rarity", _levels(few=1.0, many=0.0))
"""Whether something that few bear here is shared in full. Made of the other comparisons: of it, only the run's size weighs."""
FIRM = (
    FIRM_NAMES,
    Comparison("ids", ID_LEVELS, lambda r: bool(r.ids or r.loose_ids), lambda left, right, busy: fields.ids_agree(left, right)),
    Comparison("days", DAY_LEVELS, lambda r: r.day is not None, lambda left, right, busy: fields.days_agree(left, right)),
    Comparison("contacts", FIRM_CONTACT_LEVELS, lambda r: bool(r.phones or r.emails or r.sites), fields.contacts_agree),
    Comparison("places", PLACE_LEVELS, lambda r: bool(r.places), fields.places_agree),
    COUNTRIES,
    RARITY,
)

NAME_BITS = (30, 27, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0, -2, -4, -6, -8)  # Of agreement; the last takes the rest.
PERSON_NAME_LEVELS = tuple(Level(f"bits_{bits}".replace("-", "minus_"), float(bits)) for bits in (*NAME_BITS, -100))
PERSON_DAY_LEVELS = (
    Level("rare", dates.EXACT + 2),
    Level("unusual", dates.EXACT + 1),
    *DAY_LEVELS[:4],
    Level("close", dates.CLOSE),
    DAY_LEVELS[4],
    Level("nearby", dates.NEARBY),
    DAY_LEVELS[5],
    Level("years_apart", dates.YEARS_APART),
    Level("wholly", dates.WHOLLY),
    Level("far", dates.FAR),
)
PERSON_PLACE_LEVELS = tuple(
    Level(f"{home}_{birth}", float(h * len(home_levels.BIRTHS) + b))
    for h, home in reversed(tuple(enumerate(home_levels.HOMES)))
    for b, birth in reversed(tuple(enumerate(home_levels.BIRTHS)))
    if birth and (h or b)
)
OF_FIRM_LEVELS = _levels(same=fields.OF_SAME, alike=fields.OF_ALIKE, other=fields.OF_OTHER)
OCCUPATION_LEVELS = _levels(
    same=person_values.SAME_RARE, common=person_values.SAME, alike=person_values.ALIKE, other=person_values.OTHER
)
GENDER_LEVELS = _levels(same=1.0, other=0.0)
PERSON = (
    Comparison("names", PERSON_NAME_LEVELS, ordered=True),
    Comparison("ids", ID_LEVELS),
    Comparison("days", PERSON_DAY_LEVELS),
    Comparison("contacts", PERSON_CONTACT_LEVELS),
    Comparison("places", PERSON_PLACE_LEVELS),
    Comparison("of_firms", OF_FIRM_LEVELS),
    Comparison("occupations", OCCUPATION_LEVELS),
    Comparison("genders", GENDER_LEVELS),
    COUNTRIES,
)


def comparisons(kind: PartyKind) -> tuple[Comparison, ...]:
    """The comparisons of one kind of party; agencies are compared as firms are."""
    return PERSON if kind is PartyKind.PERSON else FIRM
