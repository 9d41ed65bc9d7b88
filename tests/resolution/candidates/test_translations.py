"""A Chinese name and its English name: proposed to be one party, by what they mean and how they sound, and alone never joined.

`han_and_english_names.csv` holds well-known organisations, split by the hash of the English name before anything was measured:
what was missed of one half was looked at, of the other only how many.
"""

import csv
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from ontology.record import Address, Name, Record
from resolution.candidates import candidates, keys
from resolution.comparisons import firm_names
from resolution.comparisons.columnar.names import NameColumns
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import Analysed, analyse
from resolution.records.firms import firm_name
from resolution.records.foreign_sounds import foreign_outlines, latin_outline
from resolution.records.translations import meanings
from tests.resolution.parties import firm

RECALL_MIN = {"design": 0.87, "held_out": 0.68}
WRONG_SHARE_MAX = 0.001  # Of all pairs of two organisations.


@cache
def organisations() -> list[dict[str, str]]:
    return list(csv.DictReader((Path(__file__).parent / "han_and_english_names.csv").read_text("utf-8").splitlines()))


@cache
def sides() -> tuple[list[Analysed], list[Analysed]]:
    han = [analyse(firm(f"han:{at:03}", row["han"])) for at, row in enumerate(organisations())]
    return han, [analyse(firm(f"latin:{at:03}", row["english"])) for at, row in enumerate(organisations())]


@pytest.mark.parametrize(("half", "recall_min"), RECALL_MIN.items())
def test_most_well_known_organisations_meet_their_english_name(half: str, recall_min: float) -> None:
    rows = [at for at, row in enumerate(organisations()) if row["half"] == half]
    met = [at for at in rows if keys(sides()[0][at]) & keys(sides()[1][at])]
    assert len(met) / len(rows) >= recall_min


def test_hardly_any_name_means_what_another_organisation_is_called() -> None:
    han, english = sides()
    levels = [
        firm_names.names_agree(han[left], english[right]) for left, right in product(range(len(han)), repeat=2) if left != right
    ]
    assert sum(level is not None and level > 0 for level in levels) <= WRONG_SHARE_MAX * len(levels)


def test_columns_say_what_every_pair_of_names_says() -> None:
    units = [*sides()[0], *sides()[1]]
    left, right = (np.array(side) for side in zip(*product(range(len(units)), repeat=2), strict=True))
    each = [firm_names.names_agree(units[i], units[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    np.testing.assert_array_equal(NameColumns(units).agree(left, right), np.array(each, dtype=np.float64))


@pytest.mark.parametrize(
    ("han", "english", "level"),
    [
        ("苏州市恒丰纺织有限公司", "Suzhou Hengfeng Textiles Co., Ltd.", firm_names.TRANSLATION),
        ("宁波海事局", "Ningbo Maritime Bureau", firm_names.TRANSLATION),
        ("四川省测绘局", "Sichuan Provincial Bureau of Surveying and Mapping", firm_names.TRANSLATION),
        ("埃及航空公司", "Egyptian Airlines", firm_names.SOUND),
        ("国家粮食储备局", "State Bureau of Grain Reserves", firm_names.SOUND),
        ("和平饭店", "Peace Hotel", firm_names.SOUND),
        ("山东大学", "Shandong University", firm_names.SOUND),
        ("斯柯达汽车", "Skoda Auto", firm_names.SOUND),
        ("中国黄金矿业研究院", "China Gold Research Institute", firm_names.TRANSLATED),
        ("山东大学", "Shanxi University", None),
        ("山东大学", "University", None),
        ("湖北省林业局", "Forestry Bureau of Hunan", None),
        ("苏州恒丰纺织有限公司", "Suzhou Jiahe Textiles", None),
        ("宁波海事局", "Ningbo Customs", None),
        ("北京矿业大学", "Bank of Beijing", None),
    ],
)
def test_a_name_agrees_with_its_translation_and_with_no_other(han: str, english: str, level: float | None) -> None:
    assert firm_names.agree(firm_name(han), firm_name(english)) == level
    assert firm_names.agree(firm_name(english), firm_name(han)) == level


@pytest.mark.parametrize(
    ("signs", "word"),
    [("摩托罗拉", "motorola"), ("阿迪达斯", "adidas"), ("斯坦福", "stanford"), ("西门子", "siemens"), ("诺基亚", "nokia")],
)
def test_a_foreign_brand_is_heard_in_the_signs_that_spell_it(signs: str, word: str) -> None:
    assert latin_outline(word) in foreign_outlines(signs)


def test_a_branch_means_nothing_and_a_brand_of_other_signs_is_not_foreign() -> None:
    assert not any(meanings(firm_name("中国银行苏州分行")))
    assert foreign_outlines("鑫隆") == ()


def located(id_: str, name: str, street: str) -> Record:
    return firm(id_, names=(Name(text=name),), addresses=(Address(text=street),))


def test_a_translated_name_joins_beside_a_door_and_waits_by_itself() -> None:
    names = ("江苏省苏州市林业研究所", "Suzhou Forestry Research Institute")
    door = "江苏省苏州市姑苏区人民路8号"
    at_door = match([located("a", names[0], door), located("b", names[1], door)], Verdicts())
    by_name = match([firm("a", names[0]), firm("b", names[1])], Verdicts())
    assert at_door.parts == [["a", "b"]]
    assert by_name.parts == [["a"], ["b"]]
    assert [(pair.left_id, pair.right_id) for pair in by_name.possible_pairs] == [("a", "b")]


@pytest.mark.parametrize("count", [0, 3_000])
def test_a_translated_name_waits_for_a_person_however_large_the_store(count: int) -> None:
    pair = [firm("a", "无锡恒丰轴承有限公司"), firm("b", "Wuxi Hengfeng Bearing Co., Ltd."), firm("c", "Hengfeng Seafood Ltd")]
    fillers = [firm(f"filler:{at}", f"Filler {at}x{at} Ltd") for at in range(count)]
    found = match([*pair, *fillers], Verdicts())
    assert ("a", "b") in {(waiting.left_id, waiting.right_id) for waiting in found.possible_pairs}
    assert count == 0 or ("a", "c") not in {(waiting.left_id, waiting.right_id) for waiting in found.possible_pairs}
    assert len(found.parts) == count + 3


def test_unrelated_firms_do_not_meet_for_their_trade_and_town() -> None:
    towns, trades = ("苏州", "无锡", "常州", "扬州"), ("电子", "纺织", "食品", "机械", "化工")
    brands = ("恒泽", "嘉禾", "润丰", "启明", "安泰", "宏远", "立信", "万盛", "金桥", "永昌")
    records = [
        analyse(firm(f"f:{town}{brand}{trade}", f"{town}{brand}{trade}有限公司"))
        for town, (brand, trade) in product(towns, zip(brands, trades * 2, strict=True))
    ]
    found = candidates(records)
    assert all(
        records[left].firms[0].brand == records[right].firms[0].brand
        for left, right in zip(found.left.tolist(), found.right.tolist(), strict=True)
    )
