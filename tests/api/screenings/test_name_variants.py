"""The ways in which one supplier's name may be meant."""

import pytest

from api.screenings.name_variants import VariantOrigin, clean_name, look_alike, name_variants, swap_variants


def told(name: str) -> dict[str, VariantOrigin]:
    return {one.text: one.origin for one in name_variants(name)}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Larkspur Ltd (blocked)", "Larkspur Ltd"),
        ("Larkspur GmbH [nicht verwenden]", "Larkspur GmbH"),
        ("Larkspur SARL (ancien compte)", "Larkspur SARL"),
        ("厦门恒榕机械有限公司（停用）", "厦门恒榕机械有限公司"),
        ("厦门恒榕机械有限公司【旧账户】", "厦门恒榕机械有限公司"),
        ("Larkspur Ltd d/b/a Blue Door", "Larkspur Ltd"),
        ("Larkspur Ltd - DO NOT USE", "Larkspur Ltd"),
        ("Larkspur Ltd *blocked*", "Larkspur Ltd"),
        ("Larkspur Ltd old account", "Larkspur Ltd"),
        ("厦门恒榕机械有限公司-已注销", "厦门恒榕机械有限公司"),
        ("厦门恒榕机械有限公司 (Xiamen Hengrong Machinery)", "厦门恒榕机械有限公司"),
    ],
)
def test_a_remark_is_no_part_of_the_name(name: str, meant: str) -> None:
    assert told(name)[meant] is VariantOrigin.REMARK


@pytest.mark.parametrize(
    ("name", "meant", "how"),
    [
        ("Larkspur Ltd (f/k/a Teasel Ltd)", "Teasel Ltd", VariantOrigin.FORMER),
        ("Larkspur GmbH (vormals Teasel GmbH)", "Teasel GmbH", VariantOrigin.FORMER),
        ("厦门恒榕机械有限公司（曾用名：厦门恒榕电机有限公司）", "厦门恒榕电机有限公司", VariantOrigin.FORMER),
        ("Larkspur Ltd t/a Blue Door", "Blue Door", VariantOrigin.TRADING),
        ("Larkspur Ltd (Blue Door)", "Larkspur Ltd", VariantOrigin.BRACKET),
    ],
)
def test_what_is_read_into_a_name_is_said_to_be(name: str, meant: str, how: VariantOrigin) -> None:
    assert told(name)[meant] is how


@pytest.mark.parametrize(
    "name",
    [
        "Exeter Ltd",
        "Larkspur Main",
        "Blue Test Ltd",
        "Alias Systems Ltd",
        "厦门恒榕（中国）机械有限公司",
        "恒榕创投企业（有限合伙）",
        "New Old Holdings Ltd",
    ],
)
def test_a_word_of_the_name_is_no_remark(name: str) -> None:
    assert set(told(name).values()) == {VariantOrigin.GIVEN}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("“厦门\u200b恒榕”有限公司。", "厦门恒榕有限公司"),
        ("厦门・恒榕有限公司", "厦门恒榕有限公司"),
        ("Blue\u00ad Door Ltd ★", "Blue Door Ltd"),
        ("ＢＬＵＥ　Door Ltd 🏭", "BLUE Door Ltd"),
    ],
)
def test_marks_and_invisible_characters_go(name: str, plain: str) -> None:
    assert clean_name(name) == plain


def test_letters_that_look_latin_are_read_as_latin_and_true_words_of_another_alphabet_stay() -> None:
    assert look_alike("Вluе Dооr Ltd") == "Blue Door Ltd"
    assert look_alike("Βlue Dοor") == "Blue Door"
    assert look_alike("Северсталь") == "Северсталь"
    assert look_alike("8lue D00r Ltd").lower() == "blue door ltd"


@pytest.mark.parametrize(
    ("one", "other"), [("恒榕二十一号基金", "恒榕21号基金"), ("泉州第7机床厂", "泉州第七机床厂"), ("恒榕10号店", "恒榕十号店")]
)
def test_a_number_is_read_in_both_writings(one: str, other: str) -> None:
    assert told(one)[other] is VariantOrigin.GIVEN


def test_neighbours_change_places_and_numbers_never_do() -> None:
    assert "厦门恒榕机械有限公司" in {one.text for one in swap_variants("厦门榕恒机械有限公司")}
    assert "Larkspur Ltd" in {one.text for one in swap_variants("Lakrspur Ltd")}
    assert "厦门三五机械有限公司" not in {one.text for one in swap_variants("厦门五三机械有限公司")}


@pytest.mark.parametrize("name", ["%%%", "🚢", "…", "\u200b", ""])
def test_a_name_without_a_letter_means_nothing(name: str) -> None:
    assert name_variants(name) == ()
