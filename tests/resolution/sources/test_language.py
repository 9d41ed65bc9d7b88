"""The mapping language: values read as facts, and every slip in a page told with the nearest right word."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import MappingInvalid
from resolution.sources.mappings import language
from resolution.sources.mappings.language import Value
from resolution.sources.mappings.library import library, parse_mapping
from resolution.sources.mappings.value_formats import ShareValue
from resolution.sources.statements.value_readers import fact_reader, text_reader
from resolution.sources.statements.values import ValueRefused, currency, day, money, partial_day, share, yes_or_no

PAGE = """
mapping: mine
version: "1"
title: Mine
source_class: 1
columns: {code: [code], name: [name], since: [since]}
parties:
  firm: {kind: firm, key: "{code|name}", names: [name]}
"""


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02",
        "2024/1/2",
        "2024.01.02",
        "20240102",
        "2024年1月2日",
        "２０２４－０１－０２",
        "2024-01-02 10:20:30",
        "2024-01-02T10:20:30Z",
        "20240102102030",
    ],
)
def test_a_day_in_any_usual_form(text: str) -> None:
    assert day(text) == date(2024, 1, 2)


@given(st.dates(date(1700, 1, 1), date(2199, 12, 31)))
def test_every_day_of_the_calendar_is_read_back(on: date) -> None:
    assert day(on.isoformat()) == day(f"{on:%Y%m%d}") == day(f"{on.year}年{on.month}月{on.day}日") == on


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "20240230", "0001-01-01", "yesterday", "2024", "01/02/2024"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        day(text)


def test_an_end_that_never_comes_is_no_day() -> None:
    assert day("长期") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024年5月", "2024-05"),
        ("2024年", "2024"),
        ("2024-05-06", "2024-05-06"),
        ("20240506", "2024-05-06"),
    ],
)
def test_a_partial_day_is_as_exact_as_the_source(text: str, found: str) -> None:
    assert partial_day(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,234.50", 1234.5),
        ("￥1,234.5元", 1234.5),
        ("120万元", 1_200_000),
        ("1.2亿", 120_000_000),
        ("500万元人民币", 5_000_000),
        ("(35.00)", -35),
        ("-35", -35),
        ("USD 100", 100),
        ("1e3", 1000),
    ],
)
def test_money_as_people_write_it(text: str, found: float) -> None:
    assert money(text) == pytest.approx(found)


@given(st.integers(-(10**12), 10**12))
def test_whole_amounts_are_read_back_with_and_without_marks(amount: int) -> None:
    assert money(str(amount)) == money(f"{amount:,}") == amount


@pytest.mark.parametrize("text", ["abc", "12 apples", "--5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        money(text)


@pytest.mark.parametrize(
    ("text", "found"), [("62.5%", 0.625), ("62.5", 0.625), ("0.625", 0.625), ("100％", 1.0), ("1", 1.0), ("0.5%", 0.005)]
)
def test_a_share_as_people_write_it(text: str, found: float) -> None:
    assert share(text) == found


@pytest.mark.parametrize(("text", "found"), [("1", 1.0), ("0.25", 0.25), ("51", 0.51), ("1%", 0.01)])
def test_a_share_fixed_in_the_page_is_a_part_of_one_where_it_can_be(text: str, found: float) -> None:
    assert share(text, ShareValue(text=text).writing) == found


@pytest.mark.parametrize("text", ["101%", "-1", "half"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        share(text)


def test_yes_no_and_currencies_in_their_usual_words() -> None:
    assert [yes_or_no(text) for text in ("是", "Y", "否", "0")] == [True, True, False, False]
    assert [currency(text) for text in ("人民币", "usd", "￥", "EUR")] == ["CNY", "USD", "CNY", "EUR"]


def test_yes_no_and_numbers_in_a_page_are_the_words_of_the_file() -> None:
    page = PAGE.replace("kind: firm", "kind: {column: code, values: {1: person, no: agency}}").replace(
        "since: [since]", "since: [on, 'off']"
    )
    mapping = parse_mapping(page, "mine.yaml")
    assert mapping.columns["since"] == ("on", "off")
    assert mapping.parties["firm"].kind.values == {"1": "person", "no": "agency"}


def test_a_template_needs_its_columns_unless_they_may_be_missing() -> None:
    told = text_reader(Value(template="{a|b}/{c?}"))
    assert [told(fields) for fields in ({"a": "1", "b": "2", "c": "3"}, {"b": "2"}, {"c": "3"})] == ["1/3", "2/", None]


def test_a_table_reads_words_whatever_their_width_and_case() -> None:
    told = text_reader(Value(column="tier", values={"Ａ": "good", "": "none given", "B": None}, otherwise="other"))
    assert [told(fields) for fields in ({"tier": "a"}, {}, {"tier": "b"}, {"tier": "c"})] == ["good", "none given", None, "other"]


def test_a_word_the_table_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(ValueRefused) as told:
        fact_reader(Value(column="tier", values={"A": "good"}), str)({"tier": "Z"})
    assert told.value.trouble == ("tier", "'Z' is not known here", "Known: A.")


def test_every_built_in_mapping_loads_under_its_own_name() -> None:
    pages = {page.stem: page for page in Path(language.__file__).parent.glob("*.yaml")}
    assert library().keys() == pages.keys()


@pytest.mark.parametrize(
    ("wrong", "place", "fact_", "near"),
    [
        (PAGE.replace("title:", "titel:"), "the page", ("field", "titel"), "title"),
        (PAGE.replace("names: [name]", "names: [name], adresses: [name]"), "parties.firm", ("field", "adresses"), "addresses"),
        (
            PAGE.replace("names: [name]", "names: [{value: name, rolle: alias}]"),
            "parties.firm.names.0",
            ("field", "rolle"),
            "role",
        ),
        (PAGE.replace("{code|name}", "{cod|name}"), "parties.firm.key", ("column", "cod"), "code"),
        (PAGE + "required: [nam]\n", "required", ("column", "nam"), "name"),
        (PAGE + "links: [{kind: {text: OWNS}, source: frim, target: firm}]\n", "links[1]", ("party", "frim"), "firm"),
        (
            PAGE.replace("names: [name]", "names: [name], identifiers: [{value: code, scheme: usc}]"),
            "parties.firm.identifiers[1]",
            ("scheme", "usc"),
            "uscc",
        ),
    ],
)
def test_a_slip_is_told_with_its_place_and_the_nearest_word(wrong: str, place: str, fact_: tuple[str, str], near: str) -> None:
    with pytest.raises(MappingInvalid) as told:
        parse_mapping(wrong, "mine.yaml")
    assert told.value.facts["mapping"] == "mine.yaml"
    assert told.value.facts["place"] == place
    assert told.value.facts[fact_[0]] == fact_[1]
    assert f"nearest {fact_[0]} is {near};" in str(told.value.remedy)


@pytest.mark.parametrize(
    "page", ["- a list", "mapping: [", "mapping: mine\nversion: 1\n", PAGE.replace("mapping: mine", "mapping: Mine!")]
)
def test_a_page_that_is_no_mapping_is_refused(page: str) -> None:
    with pytest.raises(MappingInvalid):
        parse_mapping(page, "mine.yaml")


def test_the_example_of_the_manual_is_a_mapping() -> None:
    manual = Path(__file__).resolve().parents[3] / "docs" / "sources" / "mappings.md"
    page = manual.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    assert list(parse_mapping(page, "mappings.md").parties) == ["supplier", "owner"]
