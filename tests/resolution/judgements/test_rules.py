"""The guards as sentences: what may join two records, whatever it weighs."""

import numpy as np
import pytest

from ontology.record import Identifier, Name, NameRole, Record
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.run_statistics import freeze
from resolution.comparisons.weights import field_bits, total_bits
from resolution.judgements.rules import Guards, guard_pairs
from resolution.records.analysed import analyse
from resolution.records.identifiers import identifier
from tests.resolution.parties import USCC_A, USCC_B, firm, person


def judged(left: Record, right: Record, *, share: float = 1e-6) -> Guards:
    units = [analyse(left), analyse(right)]
    frozen = freeze(left.kind, units)
    found = evidence(prepare(left.kind, units, frozen), (np.array([0]), np.array([1])))
    shares = np.array([share, share])
    bits = field_bits(found, frozen.model, shares)
    return guard_pairs(found, bits, total_bits(bits, frozen.prior_bits), shares)


def may_join(left: Record, right: Record, *, share: float = 1e-6) -> bool:
    flags = judged(left, right, share=share)
    return bool(flags.allowed[0] and not flags.forbidden[0])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("a", "欧阳娜娜"), person("b", "欧阳娜娜")),
        (person("a", "Zebulon Q Featherstonehaugh"), person("b", "Zebulon Q Featherstonehaugh")),
        (person("a", "王伟", countries=("cn",)), person("b", "王伟", countries=("cn",))),
    ],
)
def test_persons_never_join_on_a_name_alone_however_rare(left: Record, right: Record) -> None:
    assert not may_join(left, right)


LONG = ("Ramendra Veer Kithawat", "KITHAWAT, Ramendra Veer")


def test_a_long_rare_name_joins_two_persons_of_one_country_by_itself() -> None:
    assert may_join(person("a", LONG[0], countries=("in",)), person("b", LONG[1], countries=("in", "gb")))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("a", LONG[0]), person("b", LONG[0], countries=("in",))),
        (person("a", LONG[0], countries=("in",)), person("b", LONG[0], countries=("pe",))),
        (
            person("a", LONG[0], countries=("in",), born_on="1950-01-30"),
            person("b", LONG[0], countries=("in",), born_on="1981-06-02"),
        ),
        (
            person("a", LONG[0], countries=("in",), attributes={"gender": "male"}),
            person("b", LONG[0], countries=("in",), attributes={"gender": "female"}),
        ),
        (person("a", "Ramendra Kithawat", countries=("in",)), person("b", "Ramendra Kithawat", countries=("in",))),
        (person("a", "R V Kithawat", countries=("in",)), person("b", "R V Kithawat", countries=("in",))),
        (person("a", "Ana Maria Silva", countries=("br",)), person("b", "Ana Maria Silva", countries=("br",))),
        (person("a", "Muhammad Ali Khan", countries=("pk",)), person("b", "Muhammad Ali Khan", countries=("pk",))),
    ],
    ids=["no country", "another country", "another day", "another gender", "two words", "initials", "common", "common, too"],
)
def test_a_name_does_not_stand_by_itself_where_it_is_short_or_common_or_anything_differs(left: Record, right: Record) -> None:
    assert not may_join(left, right)


def test_a_long_rare_name_of_a_firm_and_a_country_join_one_word_or_another_country_does_not() -> None:
    def both(name: str, country: str = "kz", other_country: str = "kz") -> bool:
        return may_join(firm("a", name, countries=(country,)), firm("b", name.upper(), countries=(other_country,)))

    assert both("Zhambylovka Terekty Kuanysh Construction Group")
    assert not both("Zhambylovka Terekty Kuanysh Construction Group", "kz", "uz")
    assert not both("Terekty Air")


def test_persons_of_one_name_join_over_a_day_a_phone_a_door_or_a_firm() -> None:
    for told in (
        {"born_on": "1980-02-01"},
        {"phone": "702-919-1300"},
        {"street": "1515 Adela Lane"},
        {"attributes": {"of_firm": USCC_A}},
    ):
        assert may_join(person("a", "Bob Smith", **told), person("b", "Robert Smith", **told)), told


def test_a_year_of_birth_alone_is_not_enough() -> None:
    assert not may_join(person("a", "王伟", born_on="1980"), person("b", "王伟", born_on="1980"))


def test_the_same_year_or_its_last_digit_misread_counts_beside_the_whole_of_a_rare_name_and_another_generation_does_not() -> None:
    def both(one: str, other: str) -> bool:
        return may_join(
            person("a", "Charles Featherstonehaugh", born_on=one), person("b", "Charles Featherstonehaugh", born_on=other)
        )

    assert both("1852-01-01", "1855-01-01")
    assert both("1852-03-04", "1852-10-21")
    assert not both("1822-01-01", "1852-01-01")


def test_a_year_of_birth_counts_beside_the_whole_of_a_rare_name() -> None:
    year, day = {"born_on": "1980"}, {"born_on": "1980-03-04"}
    assert may_join(person("a", "Charles Featherstonehaugh", **year), person("b", "Charlie Featherstonehaugh", **day))
    assert not may_join(person("a", "Charles Featherstonehaugh", **year), person("b", "Featherstonehaugh", **day))
    assert not may_join(person("a", "欧阳娜娜", **year), person("b", "欧阳娜娜", **day))


def test_another_given_name_is_overruled_by_less_where_the_surname_is_rare() -> None:
    told = {"attributes": {"birth_place": "Aston Hall"}}
    rare, common = ("Jean Featherstonehaugh", "Sean Featherstonehaugh"), ("Jean Smith", "Sean Smith")
    assert may_join(person("a", rare[0], **told), person("b", rare[1], **told))
    assert not may_join(person("a", common[0], **told), person("b", common[1], **told))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fabio Lucchesi", "Fabia Lucchesi"),  # Twins.
        ("Clara Vogel", "Clara Stern"),  # Strangers of one day.
        ("Pavel Andreevich Orlov", "Pavel Timofeevich Orlov"),
        ("Peter Q. Haldane", "Peter James Haldane"),
        ("Park Ji-hoon", "Park Ji-won"),
    ],
)
def test_a_day_of_birth_alone_overrules_no_other_name(one: str, other: str) -> None:
    day = {"born_on": "1967-03-12"}
    assert not may_join(person("a", one, **day), person("b", other, **day))
    assert may_join(person("a", one, **day), person("b", one, **day))


def test_a_weak_name_makes_no_match_and_a_strong_one_does() -> None:
    day = {"born_on": "1964-07-19"}
    own = Name(text="Karim Haddad")
    weak = person("a", own.text, names=(own, Name(text="The Engineer", role=NameRole.WEAK)), **day)
    strong = person("a", own.text, names=(own, Name(text="Samir Mansour", role=NameRole.ALIAS)), **day)
    assert not may_join(weak, person("b", "The Engineer", **day))
    assert may_join(strong, person("b", "Samir Mansour", **day))


def test_kin_under_one_roof_stay_two() -> None:
    home = {"street": "1304 Poppy Hills Dr", "phone": "512-353-8633", "born_on": "1997-09-28"}
    assert not may_join(person("a", "Mark Kusha", **home), person("b", "Marsha Kusha", **home))
    assert not may_join(person("a", "David Dobbins Jr", **home), person("b", "David Dobbins Sr", **home))


def test_two_days_of_birth_keep_namesakes_apart() -> None:
    home = {"street": "3212 W 32nd St"}
    assert not may_join(
        person("a", "John Smith", born_on="1970-10-10", **home), person("b", "John Smith", born_on="1990-03-15", **home)
    )


def number(value: str) -> tuple[Identifier, ...]:
    return (identifier("passport", value, scope="CN"),)


def test_another_passport_is_outweighed_by_the_whole_name_the_day_and_a_phone_but_not_by_a_name_and_a_phone() -> None:
    told = {"phone": "702-919-1300", "born_on": "1980-02-01"}
    one, other = ({"identifiers": number(value)} for value in ("E12345678", "E98765432"))
    assert may_join(person("a", "Bob Smith", **told, **one), person("b", "Robert Smith", **told, **other))
    told.pop("born_on")
    assert not may_join(person("a", "Bob Smith", **told, **one), person("b", "Robert Smith", **told, **other))


def test_a_slip_in_a_passport_number_is_no_other_passport_and_no_same_one() -> None:
    one, other = ({"identifiers": number(value)} for value in ("E12345678", "E12345687"))
    home = {"street": "3212 W 32nd St"}
    assert may_join(person("a", "John Smith", **home, **one), person("b", "John Smith", **home, **other))
    assert not may_join(person("a", "John Smith", **one), person("b", "John Smith", **other))


def test_a_number_but_for_a_slip_and_a_day_are_one_persons_unless_the_slip_is_where_kin_differ() -> None:
    told = {"street": "3212 W 32nd St", "born_on": "1980-02-01"}
    one, slipped, next_ = ({"identifiers": number(value)} for value in ("E12345678", "E12845678", "E12345679"))
    turned, short = ({"identifiers": number(value)} for value in ("E12345768", "E1234567"))
    assert all(
        may_join(person("a", "Amanda Jones", **told, **one), person("b", "Rose Jones", **told, **n)) for n in (turned, short)
    )
    assert may_join(person("a", "Amanda Jones", **told, **one), person("b", "Rose Jones", **told, **slipped))
    assert not may_join(person("a", "Amanda Jones", **told, **one), person("b", "Rose Jones", **told, **next_))
    told.pop("born_on")
    assert not may_join(person("a", "Amanda Jones", **told, **one), person("b", "Rose Jones", **told, **slipped))


def test_under_one_roof_a_number_and_a_day_bear_any_name_a_number_alone_does_not() -> None:
    told = {"identifiers": number("E12345678"), "street": "3212 W 32nd St"}
    born = {"born_on": "1980-02-01"}
    assert may_join(person("a", "Amanda Jones", **told, **born), person("b", "Rose Petersen", **told, **born))
    assert not may_join(person("a", "Amanda Jones", **told), person("b", "Rose Petersen", **told))


def test_a_record_without_a_name_joins_by_an_identifier_only() -> None:
    home = {"street": "1304 Poppy Hills Dr", "phone": "512-353-8633"}
    assert not may_join(person("a", **home), person("b", "Mark Kusha", **home))


def test_firms_join_on_a_whole_registered_name_with_its_region() -> None:
    assert may_join(firm("a", "上海轩琮建材有限公司"), firm("b", "上海轩琮建材有限公司"))


def test_a_common_brand_does_not_join_firms_even_then() -> None:
    assert not may_join(firm("a", "上海华夏建材有限公司"), firm("b", "上海华夏建材有限公司"), share=0.01)


def test_without_a_region_firms_need_one_more_field() -> None:
    assert not may_join(firm("a", "华为技术有限公司"), firm("b", "华为技术有限公司"))
    assert may_join(
        firm("a", "华为技术有限公司", phone="0755-2878-0808"), firm("b", "华为技术有限公司", phone="+86 755 28780808")
    )


def test_two_regions_two_forms_or_another_line_of_business_do_not_join() -> None:
    for other in ("北京华为技术有限公司", "上海华为技术股份有限公司", "上海华为食品有限公司", "上海华为技术有限公司第一分公司"):
        assert not may_join(firm("a", "上海华为技术有限公司"), firm("b", other)), other


def test_a_branch_is_never_its_head_office_not_even_with_its_code() -> None:
    flags = judged(
        firm("a", "苏宁易购集团股份有限公司", uscc=USCC_A), firm("b", "苏宁易购集团股份有限公司上海分公司", uscc=USCC_A)
    )
    assert flags.forbidden[0]


def test_two_codes_are_two_firms_whatever_else_agrees() -> None:
    both = {"phone": "0755-2878-0808", "street": "上海市浦东新区世纪大道1号", "founded_on": "2001-02-03"}
    assert judged(
        firm("a", "上海华为技术有限公司", uscc=USCC_A, **both), firm("b", "上海华为技术有限公司", uscc=USCC_B, **both)
    ).forbidden[0]


def test_one_code_joins_firms_that_changed_their_name() -> None:
    assert may_join(firm("a", "上海华为技术有限公司", uscc=USCC_A), firm("b", "北京大唐电信有限公司", uscc=USCC_A))


def test_a_name_in_pinyin_only_proposes() -> None:
    assert not may_join(firm("a", "重庆长安汽车股份有限公司"), firm("b", "Chongqing Changan Automobile Company Limited"))


def test_in_doubt_are_two_of_whom_one_thing_of_their_own_and_one_more_agree() -> None:
    home = {"street": "1304 Poppy Hills Dr"}
    born, other = {"born_on": "1997-09-28"}, {"born_on": "1961-02-03"}

    def in_doubt(left: Record, right: Record) -> bool:
        flags = judged(left, right)
        assert not flags.allowed[0]
        return bool(flags.doubtful[0])

    assert in_doubt(person("a", "Mark Kusha", **home, **born), person("b", "Marsha Kusha", **home, **born))
    assert in_doubt(person("a", "Mark Kusha", **home, **born), person("b", "Mark Kusha", **home, **other))
    assert not in_doubt(person("a", "Mark Kusha", **home, **born), person("b", "Marsha Kusha", **home, **other))
    assert not in_doubt(person("a", "Mark Kusha Jr", **home, **born), person("b", "Mark Kusha Sr", **home, **born))
    assert not in_doubt(person("a", "欧阳娜娜", **home, **born), person("b", "欧阳丽丽", **home, **born))
    assert not in_doubt(person("a", "Mark Kusha"), person("b", "Mark Kusha"))
