import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.records.text import fold, sound


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müllenkranz & Söhne", "mullenkranz and sohne"),
        ("O’Hare", "ohare"),
        ("華為技術（中國）有限公司", "华为技术(中国)有限公司"),
        ("ＡＢＣ　Ｌｔｄ．", "abc ltd"),
        ("ВАСИЛЬЕВ", "vasilev"),
        ("Straße Łódź", "strasse lodz"),
        ("Κυριάκος", "kyriakos"),
        ("Қасым", "kasym"),
        ("ბარაკ ობამა", "barak obama"),
        ("Բարակ", "barak"),
        ("नरेन्द्र मोदी", "नरेन्द्र मोदी"),
        ("バラク", "バラク"),
        ("김정은", "김정은"),
    ],
)
def test_writings_of_one_name_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_characters_of_several_readings_sound_as_in_their_word() -> None:
    assert sound("重庆长安") == "chongqingchangan"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Tar\u00adn\u2060holm\ufeff Freight\ufe0f", "Tarnholm Freight"),
        ("天津「榆柏」贸易有限公司", "天津榆柏贸易有限公司"),
        ("天津『榆柏』贸易有限公司", "天津《榆柏》贸易有限公司"),
        ("榆柏〔天津〕贸易有限公司", "榆柏（天津）贸易有限公司"),
    ],
)
def test_quotes_and_signs_that_nobody_sees_say_nothing(written: str, plain: str) -> None:
    assert fold(written) == fold(plain)
