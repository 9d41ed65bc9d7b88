"""What has nothing to do with two records neither parts nor joins them."""

from itertools import combinations

import pytest

from ontology.record import Address, Name, Record
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from tests.resolution.parties import firm

STREETS = ("湖滨路", "解放路", "建设路", "人民路", "文化路", "中山路", "和平路", "青年路")
TRADES = ("电子", "食品", "纺织", "机械", "化工", "印刷", "家具", "物流")
BRANDS = "安宝昌达恩福光海吉茂康乐美宁鹏启瑞盛泰维祥义永元振"


def firm_at(id_: str, name: str, street: str) -> Record:
    return firm(id_, names=(Name(text=name),), addresses=(Address(text=street),))


PAIRS = [
    firm_at("zh:1", "宁波瑞昌纺织有限公司", "浙江省宁波市江北区湖滨路8号"),
    firm_at("en:1", "Ningbo Ruichang Textile Co., Ltd.", "浙江省宁波市江北区湖滨路8号"),
    firm_at("zh:2", "浙江宁波美康印刷有限公司", "浙江省宁波市江北区湖滨路19号"),
    firm_at("en:2", "NINGBO MEIKANG PRINTING CO., LTD.", "浙江省宁波市江北区湖滨路19号"),
    firm_at("zh:3", "宁波市达永家具有限公司", "浙江省宁波市江北区湖滨路27号"),
    firm_at("sister:3", "宁波市达永食品有限公司", "浙江省宁波市江北区湖滨路27号"),
]


def unrelated(count: int) -> list[Record]:
    """Firms of other towns, every one with a name and a door of its own."""
    brands = ["".join(letters) for letters in combinations(BRANDS, 4)]
    return [
        firm_at(
            f"filler:{at}",
            f"兰州{brands[at % len(brands)]}{TRADES[at % len(TRADES)]}有限公司",
            f"甘肃省兰州市城关区{STREETS[at % len(STREETS)]}{at + 1}号",
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("count", [0, 2_000, 12_000])
def test_firms_that_share_a_door_join_or_stay_apart_whatever_else_was_loaded(count: int) -> None:
    parts = match([*PAIRS, *unrelated(count)], Verdicts()).parts
    assert [part for part in parts if not part[0].startswith("filler")] == [
        ["en:1", "zh:1"],
        ["en:2", "zh:2"],
        ["sister:3"],
        ["zh:3"],
    ]
    assert len(parts) == count + 4
