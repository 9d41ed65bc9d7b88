"""The screen drops only pairs that nobody would keep: none that reach the lowest cut, meet at a place or share a number."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.base import PartyKind
from ontology.record import Address, Contact, Name, NameRole, Record
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Prepared, prepare
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.person_screen import build_screen
from resolution.comparisons.run_statistics import freeze
from resolution.entities.components import flag_connecting_pairs
from resolution.judgements.kin_evidence import are_kin
from resolution.judgements.weighed_pairs import weigh
from resolution.records.analysed import analyse
from resolution.records.identifiers import identifier
from resolution.records.several_days import OTHER_DAYS
from tests.resolution.parties import person

NAMES = (
    "Ann Lee",
    "Anne Lee",
    "A Lee",
    "Lee",
    "Ana Leigh-Wood",
    "Robert Ngo",
    "Bob Ngo",
    "Роберт Нго",
    "王伟",
    "王小伟",
    "Wang Wei",
)
DAYS = ("1970-01-01", "1968-03-04", "1968-04-03", "1968-03-05", "1968", "1986-03-04", "1931-12-30", "1969-01-20")
POSTCODES = ("NE1 4LP", "NE1 4LQ", "NE15 9AA", "SW1A 1AA")
TOWNS = ("leeds", "leed", "york", "newcastle", "newcastle upon tyne")
CALLINGS = ("actor", "actress", "member of parliament", "politician")
MAILS = (
    "ann@lee.example",
    "anne@lee.example",
    "info@lee.example",
    "e.lindqvist3@harborview.org",
    "e.lindqvist3@habrorvlew.org",
    "e.lindqist3@habrorvlew.org",
    "e.lindqvist8@habrorview.org",
)
STREETS = ("12 High Street, Leeds", "12 High Street, York", "14 High Street, Leeds")


def maybe(*values: str) -> st.SearchStrategy[str | None]:
    """One of these, or none."""
    return st.one_of(st.none(), st.sampled_from(values))


@st.composite
def persons(draw: st.DrawFn) -> Record:
    """A person who tells some of all that there is to compare."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    weak = draw(st.booleans())
    day, other_day = draw(maybe(*DAYS)), draw(maybe(*DAYS))
    postcode, street = draw(maybe(*POSTCODES)), draw(maybe(*STREETS))
    mails, phone = draw(st.lists(st.sampled_from(MAILS), max_size=2, unique=True)), draw(maybe("0211-5550333", "0211-5550334"))
    passport, country, firm = (
        draw(maybe("E12345678", "E12345679")),
        draw(maybe("gb", "cn", "de")),
        draw(maybe("Acme Ltd", "Zeta")),
    )
    told = {
        "birth_place": draw(maybe(*TOWNS)),
        "occupation": draw(maybe(*CALLINGS)),
        "gender": draw(maybe("m", "f")),
        "of_firm": firm,
        OTHER_DAYS: other_day if day else None,
    }
    addresses = [Address(text=postcode, postcode=postcode)] if postcode else []
    return person(
        "r",
        names=tuple(Name(text=text, role=NameRole.WEAK if weak and at else NameRole.PRIMARY) for at, text in enumerate(names)),
        born_on=day,
        addresses=tuple(addresses + ([Address(text=street)] if street else [])),
        contacts=tuple(
            [Contact(kind="email", value=mail) for mail in mails] + ([Contact(kind="phone", value=phone)] if phone else [])
        ),
        identifiers=(identifier("passport", passport),) if passport else (),
        countries=(country,) if country else (),
        attributes={name: value for name, value in told.items() if value},
    )


def prepared(records: list[Record], possible_bits: float) -> Prepared:
    """Persons ready to be compared, with this lowest cut."""
    analysed = [analyse(record.model_copy(update={"id": f"r{at}"})) for at, record in enumerate(records)]
    shipped = freeze(PartyKind.PERSON, analysed, ModelChoice())
    model = shipped.model.model_copy(update={"possible_bits": possible_bits})
    return prepare(PartyKind.PERSON, analysed, shipped.model_copy(update={"model": model}))


@settings(max_examples=150, deadline=None)
@given(st.lists(persons(), min_size=8, max_size=14), st.sampled_from([-12.0, -4.0, 0.0, 6.0]))
def test_no_pair_is_dropped_that_is_kept_or_counted_where_all_are_compared(records: list[Record], possible_bits: float) -> None:
    units = prepared(records, possible_bits)
    ends = np.triu_indices(len(records), 1)
    weighed = weigh(units, ends)
    matters = flag_connecting_pairs(weighed, units.frozen) | weighed.guards.meets
    matters |= are_kin(weighed.evidence, weighed.guards.of_home)
    assert units.person_columns is not None
    is_open = build_screen(units, units.person_columns).flag_open_pairs(*ends)
    dropped = np.flatnonzero(matters & ~is_open)
    assert not len(dropped), [(records[ends[0][row]], records[ends[1][row]], weighed.total[row]) for row in dropped.tolist()]


def test_the_screen_knows_every_comparison_of_persons() -> None:
    """Whoever adds one adds it to the screen, as a value that it weighs or as a mark that leaves a pair open."""
    weighed, left_open = {"names", "days", "places", "occupations", "genders", "contacts", "countries"}, {"ids", "of_firms"}
    assert {comparison.name for comparison in comparisons(PartyKind.PERSON)} == weighed | left_open


def test_two_who_share_a_name_alone_are_dropped_and_two_who_share_a_day_and_a_town_are_not() -> None:
    told: dict[str, Any] = {"born_on": "1968-03-04", "attributes": {"birth_place": "leeds"}}
    other: dict[str, Any] = {"born_on": "1931-12-30", "attributes": {"birth_place": "york"}}
    units = prepared([person("r", "Ann Lee", **told), person("r", "Ann Lee", **other), person("r", "Ann Lee", **told)], 8.0)
    assert units.person_columns is not None
    is_open = build_screen(units, units.person_columns).flag_open_pairs(np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert is_open.tolist() == [False, True, False]


def test_two_whose_mailbox_has_several_slips_are_compared_where_that_can_decide() -> None:
    mails = ("e.lindqvist3@harborview.org", "e.lindqvist3@habrorvlew.org", "o.quist8@quarryside.org")
    records = [person("r", names=(), contacts=(Contact(kind="email", value=mail),)) for mail in mails]
    ends = np.array([0, 0]), np.array([1, 2])
    near, other = weigh(prepared(records, 0.0), ends).total.tolist()
    assert near > other
    units = prepared(records, (near + other) / 2)
    assert units.person_columns is not None
    assert build_screen(units, units.person_columns).flag_open_pairs(*ends).tolist() == [True, False]
