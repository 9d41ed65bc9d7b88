"""What a party is by its name alone: whole words, in many languages and scripts, and unknown where they do not tell."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind
from resolution.records.kind_words import known_words, table, word_set
from resolution.records.kinds import body_by_name, kind_by_name, may_be_person

PERSONS = (
    "Rosa Larkin", "Norma Sharipova", "Regina Fundora", "Patrick Coates", "Marcella Banks", "Thomas Cooper",
    "Walker, Grace", "Sarah Mills", "Margaret Court", "Mr Julian Shopland", "Khalid bin Saleh", "Сергей Петров",
    "Олена Коваленко", "محمد علي", "Nguyen Van Anh", "Zhang Xiaoling", "Hans Müller", "J. R. Wilson", "Kim Jong Ho",
    "김민수",
)  # fmt: skip
HAN_PERSONS = (
    "王五", "林一", "赵丽华", "欧阳修文", "司马懿", "李某某", "陈*明", "周敏（已离职）", "阿依古丽·买买提",
    "吐尔逊·艾买提", "努尔兰·别克", "热依汗古丽", "次仁旺堆", "其其格", "约瑟夫·康拉德", "安娜‧玛丽亚",
)  # fmt: skip
FIRMS = (
    "Larkin Mills Ltd", "Volga Optika AO", "OOO Zarya", "ООО «Заря»", "Банк Волга", "Nordlicht Werke",
    "Bäckerei Sommer", "Banco Harlan S.A.", "PT Kestrel", "Kestrel Holdings", "Kestrel Research Foundation",
    "شركة الفجر للتجارة", "Rossi S.r.l.", "Mendez Nederland B.V.", "Vestas Norge A/S", "Cooper & Sons Co.",
    "株式会社山葉", "주식회사 새봄", "บริษัท สายฟ้า จำกัด", "Kestrel Sp. z o.o.",
)  # fmt: skip
HAN_FIRMS = (
    "榕江贸易有限公司",
    "老李面馆",
    "王记小卖部",
    "红光制造厂",
    "建华车行",
    "TCL集团",
    "榕江农商银行",
    "东风汽车",
    "李家村养殖场",
    "古丽餐厅",
)
AGENCIES = (
    "Ministry of Works", "Министерство труда", "وزارة المالية", "Ayuntamiento de Robledo", "Embassy of Rivermark",
    "榕江市水利局", "榕江市人民政府", "滨海区人民法院",
)  # fmt: skip
SCHEMAS = ("Person", "Company", "Organization")
UNTOLD = (
    "Kunlun Zarya",
    "Meridian",
    "Gazovik Severny",
    "华为",
    "宁德时代",
    "比亚迪",
    "阿里巴巴",
    "麦当劳",
    "王局",
    "12345",
    "--",
    "Kestrel 7",
)


@pytest.mark.parametrize("name", [*PERSONS, *HAN_PERSONS])
def test_a_name_that_people_bear_tells_a_person(name: str) -> None:
    assert kind_by_name(name) is PartyKind.PERSON


@pytest.mark.parametrize("name", [*FIRMS, *HAN_FIRMS])
def test_a_whole_word_or_legal_form_tells_a_firm(name: str) -> None:
    assert kind_by_name(name) is PartyKind.FIRM


@pytest.mark.parametrize("name", AGENCIES)
def test_a_public_body_is_told_by_its_words(name: str) -> None:
    assert kind_by_name(name) is PartyKind.AGENCY


@pytest.mark.parametrize("name", UNTOLD)
def test_what_no_word_tells_is_of_unknown_kind(name: str) -> None:
    assert kind_by_name(name) is PartyKind.UNKNOWN


@given(
    st.sampled_from([word for word in sorted(word_set("firm")) if " " not in word and len(word) > 2]),
    st.sampled_from([*PERSONS[:9], "Kunlun Zarya", "Gazovik Severny"]),
    st.sampled_from(("q", "zw", "xk")),
)
def test_a_firm_word_inside_a_longer_word_changes_nothing(word: str, name: str, letters: str) -> None:
    _first, *rest = name.split()
    plain = " ".join([f"{letters}{letters}", *rest])
    assert kind_by_name(" ".join([f"{letters}{word}{letters}", *rest])) is kind_by_name(plain)


@given(st.text(max_size=40))
def test_any_text_has_a_kind(name: str) -> None:
    assert kind_by_name(name) in PartyKind
    assert may_be_person(name) or kind_by_name(name) is not PartyKind.PERSON


def test_a_name_of_unknown_kind_may_be_a_persons_unless_its_words_are_of_business() -> None:
    assert all(map(may_be_person, ("Kithano Zarqevi", "Goldman Sachs", "华为", "阿里巴巴")))
    assert not any(map(may_be_person, ("Photonics", "Kestrel 7", "Gazprom Severny Pacific Rim Nord Ost", "Larkin Mills Ltd")))


def test_a_source_that_may_mean_a_person_tells_bodies_only() -> None:
    assert body_by_name("Harlan Relief Foundation") is PartyKind.FIRM
    assert body_by_name("Thomas Cooper") is PartyKind.UNKNOWN


def test_a_shop_in_three_characters_is_a_persons_name_or_unknown_never_a_firms() -> None:
    assert {kind_by_name(name) for name in ("张店", "李德行", "王厂", "周社")} <= {PartyKind.PERSON, PartyKind.UNKNOWN}


def test_the_list_of_words_names_its_version_and_source() -> None:
    assert table()["version"]
    assert table()["source"]
    assert "institute" in known_words()


def held_out(names: Iterable[str]) -> list[str]:
    """The half of Han names that the characters of names were not counted in (words/build_names.py)."""
    return sorted({name for name in names if hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] % 2})


def share_of(kind: PartyKind, names: Sequence[str]) -> float:
    return sum(kind_by_name(name) is kind for name in names) / len(names)


def test_officers_are_persons_and_brands_are_not(shared_data: Path) -> None:
    rows = csv.DictReader((shared_data / "networks/ashare_executive.csv").read_text("utf-8-sig").splitlines())
    officers = held_out(row["name"] for row in rows)
    brands = held_out((shared_data / "names/company_short_forms_280k.txt").read_text("utf-8-sig").splitlines()[2:])[::40]
    assert share_of(PartyKind.PERSON, officers) > 0.93
    assert share_of(PartyKind.FIRM, officers) < 0.001
    assert share_of(PartyKind.PERSON, brands) < 0.025


def test_real_names_of_persons_are_hardly_ever_firms_and_those_of_firms_never_persons(shared_data: Path) -> None:
    rows = list(csv.DictReader((shared_data / "resolution/name_pairs.csv").read_text("utf-8").splitlines()))
    told = [(row["schema"], name) for row in rows for name in (row["name1"], row["name2"])]
    of = {schema: sorted({name for own, name in told if own == schema}) for schema in SCHEMAS}
    assert share_of(PartyKind.FIRM, of["Person"]) < 0.003
    assert share_of(PartyKind.PERSON, of["Person"]) > 0.6
    assert share_of(PartyKind.PERSON, [*of["Company"], *of["Organization"]]) == 0
    assert share_of(PartyKind.FIRM, of["Company"]) > 0.9
