"""Aliases: counted over parties, never applied by themselves, and compared once a person accepted them."""

from datetime import UTC, datetime

import pytest

from api.reviews.aliases import aliases, rule_on_alias
from api.reviews.judging import Signature
from ontology.base import PartyKind
from ontology.errors import WrongCall
from ontology.record import Address, Record
from resolution.aliases.steward_list import Ruling, accepted_aliases
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.live import Live
from resolution.pipeline import resolve
from resolution.records.analysed import analyse
from resolution.records.identifiers import identifier
from store.port import Store
from store.rows import to_row
from tests.resolution.comparisons.test_weights import every_pair
from tests.resolution.parties import firm, person

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIN = Signature("lin", NOON)
TOWNS = ("Harburg", "Wolfsheim", "Emstal", "Kasselbach")
LEIS = ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "7LTWFZYICNSX8D621K86", "549300DTUYXVMJXZNY75")


def lei(at: int) -> dict[str, object]:
    return {"identifiers": (identifier("lei", LEIS[at]),)}


def twice(at: int) -> list[Record]:
    """One firm told by two sources under one code, once in short."""
    return [firm(f"a{at}", f"Volkswagen {TOWNS[at]} AG", **lei(at)), firm(f"b{at}", f"VW {TOWNS[at]} AG", **lei(at))]


RECORDS = [record for at in range(3) for record in twice(at)]
DOOR = Address(text="Lange Strasse 14, 38440 Kasselbach", postcode="38440", country="de")
STREET = {"addresses": (DOOR,), "phone": "+49 5361 991234"}
NEW = [firm("n1", "Volkswagen Kasselbach Handel AG", **STREET), firm("n2", "VW Kasselbach Handel AG", **STREET)]


def filled(store: Store, records: list[Record]) -> Store:
    store.write("sources/put_records", rows=[to_row(record) for record in records])
    resolve(store, now=NOON)
    return store


def test_what_several_parties_show_is_proposed_and_changes_nothing(store: Store) -> None:
    told = aliases(filled(store, RECORDS))
    assert [(one.kind, one.left, one.right, one.parties) for one in told.proposals] == [(PartyKind.FIRM, "volkswagen", "vw", 3)]
    assert (told.version, told.aliases, accepted_aliases(store)[PartyKind.FIRM]) == (0, (), ())


def test_what_one_party_shows_is_not_proposed(store: Store) -> None:
    assert aliases(filled(store, RECORDS[:4])).proposals == ()


def test_a_word_is_kept_with_who_and_why_and_the_pair_is_not_proposed_again(store: Store) -> None:
    filled(store, RECORDS)
    said = rule_on_alias(store, "VW", "Volkswagen", Ruling.REFUSED, reason="not here", signature=LIN)
    told = aliases(store)
    assert (told.proposals, told.aliases, told.version) == ((), (said.alias,), 1)
    assert (said.alias.by, said.alias.reason, said.alias.parties) == ("lin", "not here", 3)
    assert accepted_aliases(store)[PartyKind.FIRM] == ()
    rule_on_alias(store, "volkswagen", "vw", Ruling.ACCEPTED, reason="", signature=LIN)
    assert (accepted_aliases(store)[PartyKind.FIRM], aliases(store).version) == ((("volkswagen", "vw"),), 2)


def test_a_pair_nobody_showed_needs_its_kind(store: Store) -> None:
    filled(store, RECORDS)
    with pytest.raises(WrongCall):
        rule_on_alias(store, "bayer", "bay", Ruling.ACCEPTED, reason="", signature=LIN)
    said = rule_on_alias(store, "bayer", "bay", Ruling.ACCEPTED, reason="", signature=LIN, kind=PartyKind.FIRM)
    assert said.alias.parties == 0


def bits(kind: PartyKind, records: list[Record], pairs: tuple[tuple[str, str], ...]) -> float:
    """What the names of the first two weigh."""
    units = [analyse(record) for record in records]
    frozen = freeze(kind, units, ModelChoice(aliases={kind: pairs}))
    return float(weigh_pairs(kind, units, every_pair(2), frozen).fields["names"][0])


@pytest.mark.parametrize(
    ("kind", "names", "pair"),
    [
        (PartyKind.FIRM, ("Volkswagen Kasselbach AG", "VW Kasselbach AG"), ("volkswagen", "vw")),
        (PartyKind.FIRM, ("International Machines Corp", "Big Blue Corp"), ("big blue", "international machines")),
        (PartyKind.FIRM, ("杭州腾达科技有限公司", "杭州云鹏科技有限公司"), ("云鹏", "腾达")),
        (PartyKind.PERSON, ("Zebulon Quarrington", "Turkey Quarrington"), ("turkey", "zebulon")),
    ],
)
def test_an_accepted_alias_weighs_more_than_none_and_less_than_the_same_name(
    kind: PartyKind, names: tuple[str, str], pair: tuple[str, str]
) -> None:
    make = person if kind is PartyKind.PERSON else firm
    one, other, same = make("1", names[0]), make("2", names[1]), make("2", names[0])
    without, with_, equal = bits(kind, [one, other], ()), bits(kind, [one, other], (pair,)), bits(kind, [one, same], ())
    assert without < with_ < equal


def test_accepted_aliases_hold_from_the_next_resolve_on_and_live_goes_by_them_too(store: Store) -> None:
    filled(store, [*RECORDS, NEW[0]])
    rule_on_alias(store, "vw", "volkswagen", Ruling.ACCEPTED, reason="", signature=LIN)
    resolve(store, now=NOON)
    Live(store).put(NEW[1], now=NOON)
    live = dict(zip(*store.columns("entities/members").values(), strict=True))
    assert live["n1"] == live["n2"]
    resolve(store, now=NOON)
    assert dict(zip(*store.columns("entities/members").values(), strict=True)) == live
