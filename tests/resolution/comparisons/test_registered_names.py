"""The whole registered name of a Chinese firm, and its translation, tell one firm from the next; less waits for more."""

from itertools import combinations

import pytest

from ontology.record import Contact, Record
from resolution.comparisons import firm_names
from resolution.comparisons.firm_names import agree
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.firms import firm_name
from tests.resolution.parties import USCC_A, USCC_B, firm

REGISTERED, ENGLISH = "苏州市瑄玥化工原料有限公司", "Suzhou Xuanyue Chemical Materials Co., Ltd."


def joined(records: list[Record]) -> set[tuple[str, str]]:
    return {pair for part in match(records, Verdicts()).parts for pair in combinations(sorted(part), 2)}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("昆明磊珩玩具", "昆明磊珩玩具有限公司", firm_names.SAME_IN_REGION),  # The legal form left out.
        ("磊珩玩具", "昆明磊珩玩具有限公司", firm_names.SHORT),  # And the region.
        ("昆明磊珩", "昆明磊珩有限公司", firm_names.SHORT),  # No line of business: a group has several.
        ("昆明磊珩玩具股份有限公司", "昆明磊珩玩具有限公司", firm_names.OTHER_FORM),
        ("琮垣物流（福建福州）有限公司", "福州琮垣物流有限公司", firm_names.SAME_IN_REGION),
        ("琮垣物流（福建福州）有限公司", "琮垣物流（广东广州）有限公司", firm_names.OTHER_REGION),
        ("鹤汀璟墨环保设备有限公司", "鹤汀璟墨环保设备有限公司", firm_names.SAME_IN_REGION),  # A town on no list.
        ("恒丰光电科技有限公司", "恒丰光电科技有限公司", firm_names.SAME),  # Many towns have one.
        (REGISTERED, ENGLISH, firm_names.TRANSLATION),
        (REGISTERED, "Suzhou Xuanyue Trading Co., Ltd.", firm_names.SOUND),
        ("云江云澜捷安机械有限公司", "Yunlan Jiean Machinery Co., Ltd.", firm_names.SOUND),  # Province and town on no list.
        ("云江云澜捷安机械有限公司", "Heting Jiean Machinery Co., Ltd.", None),
        ("国家统计局", "National Bureau of Statistics", firm_names.SOUND),  # Two parts.
    ],
)
def test_what_a_registered_name_and_its_like_have_in_common(left: str, right: str, level: float | None) -> None:
    assert agree(firm_name(left), firm_name(right)) == level == agree(firm_name(right), firm_name(left))


def test_a_translated_name_joins_with_the_year_and_waits_without() -> None:
    chinese = firm("zh", REGISTERED, founded_on="2012-03-04")
    assert joined([chinese, firm("en", ENGLISH, founded_on="2012")]) == {("en", "zh")}
    assert not joined([chinese, firm("en", ENGLISH)])
    assert not joined([chinese, firm("en", ENGLISH, founded_on="2015")])


def test_two_firms_that_one_english_name_may_mean_both_wait() -> None:
    one = firm("one", REGISTERED, founded_on="2012-03-04", uscc=USCC_A)
    other = firm("other", "苏州市轩越化工原料有限公司", founded_on="2012-03-04", uscc=USCC_B)
    assert not joined([one, other, firm("en", ENGLISH, founded_on="2012")])
    phone = Contact(kind="phone", value="0512-66601234")
    with_phone = one.model_copy(update={"contacts": (phone,)})
    assert joined([with_phone, other, firm("en", ENGLISH, founded_on="2012", contacts=(phone,))]) == {("en", "one")}


def test_a_name_without_its_form_is_not_that_of_the_firm_in_the_next_town() -> None:
    assert joined([firm("a", "昆明磊珩玩具"), firm("b", "昆明磊珩玩具有限公司")]) == {("a", "b")}
    assert not joined([firm("a", "曲靖磊珩玩具"), firm("b", "昆明磊珩玩具有限公司")])
