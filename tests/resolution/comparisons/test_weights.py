import numpy as np
import pytest

from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import evidence, explain_pairs, levels_of, prepare
from resolution.comparisons.model import model
from resolution.comparisons.name_shares import busy_values
from resolution.comparisons.run_statistics import freeze
from resolution.comparisons.weights import field_bits
from resolution.records.analysed import Analysed, analyse
from tests.resolution.parties import USCC_A, USCC_B, firm, person

FIRMS = [
    firm(
        "a",
        "上海华为技术有限公司",
        uscc=USCC_A,
        phone="021-55512345",
        street="上海市浦东新区世纪大道1号",
        founded_on="2001-02-03",
    ),
    firm("b", "上海华为技术有限公司", street="上海市浦东新区世纪大道1号"),
    firm("c", "Shanghai Huawei Technology Co., Ltd.", phone="+86 21 5551 2345"),
    firm("d", "北京华为技术有限公司", uscc=USCC_B, founded_on="2001"),
    firm("e", "Univrsl Export Inc", countries=("gb",)),
    firm("f", "Universal Exports LLC", founded_on="2001-02-04", countries=("us", "gb")),
]
PERSONS = [
    person("a", "王伟", born_on="1980-01-02", attributes={"of_firm": USCC_A}),
    person("b", "Wang Wei", born_on="1980-02-01"),
    person("c", "王伟", attributes={"of_firm": USCC_A}, countries=("cn",)),
    person("d", "Bob Smith", phone="702-919-1300", street="1515 Adela Lane", countries=("us",)),
    person("e", "Robert Smith", phone="919-1300", street="1515 Adela Ln"),
    person("f", countries=("su",)),
]
CASES = [(PartyKind.FIRM, FIRMS), (PartyKind.PERSON, PERSONS)]


def every_pair(count: int) -> tuple[np.ndarray, np.ndarray]:
    left, right = np.triu_indices(count, 1)
    return left.astype(np.int64), right.astype(np.int64)


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    units = [analyse(record) for record in [*PERSONS[:3:2], *(person(f"n{n}", "李娜", born_on=f"19{n}") for n in range(50, 90))]]
    frozen = freeze(PartyKind.PERSON, units)
    found = evidence(prepare(PartyKind.PERSON, units, frozen), (np.array([0, 2]), np.array([1, 3])))
    rare, common = field_bits(found, frozen.model, frozen.shares(units))["names"]
    assert rare > common > 0


def test_one_party_told_often_does_not_make_its_name_common() -> None:
    units = [analyse(firm(f"r{n}", "岚汀市轩琮建材有限公司", uscc=USCC_A, street=f"路{n}号")) for n in range(40)]
    assert freeze(PartyKind.FIRM, units).shares(units).max() == model(PartyKind.FIRM).name_shares.share_min


def test_the_desk_of_many_is_busy_and_the_phone_of_a_family_is_not() -> None:
    family = [
        analyse(person(f"k{n}", f"{name} Kusha", phone="555-1000-22"))
        for n, name in enumerate(["Ed", "Mary", "Mark", "Ann", "Jo", "Al"])
    ]
    desk = [
        analyse(person(f"d{n}", f"Ann {name}", phone="555-2000-33"))
        for n, name in enumerate(["Li", "Ma", "Wu", "Xu", "Hu", "Lu"])
    ]
    assert busy_values([*family, *desk]) == {"555200033"}


def test_a_firm_of_many_names_does_not_make_its_own_door_a_busy_one() -> None:
    names = [f"{brand} Instruments GmbH" for brand in ("Alba", "Bruno", "Cilla", "Dorn", "Elba", "Falk", "Gerda", "Hugo")]
    renamed = [firm(f"r{at}", *names[at : at + 2], phone="0211-5550444") for at in range(7)]
    strangers = [firm(f"s{at}", name, phone="0211-5550555") for at, name in enumerate(names)]
    busy = busy_values([analyse(record) for record in (firm("m", *names, phone="0211-5550333"), *renamed, *strangers)])
    assert len(busy) == 1
    assert busy <= analyse(strangers[0]).phones


@pytest.mark.parametrize("kind", list(PartyKind))
def test_the_best_level_of_a_comparison_weighs_most(kind: PartyKind) -> None:
    for told in comparisons(kind):
        weights = [odds.bits for odds in model(kind).odds(told)]
        assert weights[0] == max(weights), told.name


def test_what_cannot_be_compared_is_in_no_level_and_not_told() -> None:
    units = [analyse(PERSONS[0]), analyse(PERSONS[3])]
    found = evidence(prepare(PartyKind.PERSON, units, freeze(PartyKind.PERSON, units)), every_pair(2))
    days = next(one for one in comparisons(PartyKind.PERSON) if one.name == "days")
    assert levels_of(days, found.agreement["days"]).tolist() == [-1]
    assert "days" not in explain_pairs(found, np.array([0]))[0]


def test_records_that_say_the_same_have_one_content() -> None:
    one, other = analyse(FIRMS[0]), analyse(FIRMS[0].model_copy(update={"id": "z", "dataset": "court", "row_id": "g#9"}))
    assert isinstance(one, Analysed)
    assert one.content == other.content != analyse(FIRMS[1]).content
