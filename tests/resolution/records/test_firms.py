import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.records.firms import firm_name


@pytest.mark.parametrize(
    ("text", "regions", "brand", "industry", "form", "branch"),
    [
        ("广东省深圳市腾讯计算机系统有限公司", ("440300",), "腾讯", "计算机系统", "CN-LLC", ""),
        ("苹果电脑贸易（上海）有限公司", ("310000",), "苹果", "电脑贸易", "CN-LLC", ""),
        ("阿里巴巴（中国）网络技术有限公司", (), "阿里巴巴", "网络技术", "CN-LLC", ""),
        ("工商银行股份有限公司上海分行", (), "工商银行", "", "CN-JSC", "上海分行"),
        ("某某（集团）有限公司", (), "某某", "", "CN-GROUP-LLC", ""),
        ("岚汀市轩琮建材有限公司", ("岚汀市",), "轩琮", "建材", "CN-LLC", ""),
        ("轩琮建材（岚汀市）有限公司", ("岚汀市",), "轩琮", "建材", "CN-LLC", ""),
        ("永辉超市股份有限公司", (), "永辉", "超市", "CN-JSC", ""),
        ("北京朝阳医院", ("110000",), "北京朝阳医院", "", "CN-INST", ""),
    ],
)
def test_a_chinese_name_is_taken_apart(
    text: str, regions: tuple[str, ...], brand: str, industry: str, form: str, branch: str
) -> None:
    found = firm_name(text)
    told = (found.regions[:1], found.brand, found.industry, found.form, found.branch)
    assert told == (regions, brand, industry, form, branch)


def test_latin_abbreviations_and_forms_at_both_ends_are_read() -> None:
    assert firm_name("OOO TECH & SRVCES COMM GRP").tokens == ("technology", "services", "commercial", "group")
    assert firm_name("Universal Exports Singapore Pte. Ltd.").tokens == ("universal", "export", "singapore")
    assert firm_name("Fund III L.P.").numbers == {"3"}
    assert firm_name("Capital Partners V L.P.").numbers == {"5"}
    assert firm_name("Brigade Forty-Four").numbers == firm_name("Brigade Forty 4").numbers == {"44"}
    assert firm_name("OJSC Fentonware Corporation").form == firm_name("Fentonware Joint Stock Company").form == "jsc"


@pytest.mark.parametrize("text", ["有限公司", "Ltd", "123", "（）", "市", " - "])
def test_what_is_only_a_form_or_a_mark_keeps_something(text: str) -> None:
    found = firm_name(text)
    assert found.text == firm_name(found.text).text


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_taken_apart_without_failing(text: str) -> None:
    assert firm_name(text) == firm_name(text)


@settings(deadline=None)  # The converter reads its dictionaries on first use.
@given(st.sampled_from(["华为技术", "轩琮建材", "腾讯计算机系统"]), st.sampled_from(["有限公司", "股份有限公司", "有限责任公司"]))
def test_traditional_characters_and_width_change_nothing(core: str, form: str) -> None:
    from opencc import OpenCC

    plain = firm_name(f"上海{core}（集团）{form}")
    assert firm_name(OpenCC("s2t").convert(f"上海 {core}(集团){form}")).core == plain.core
