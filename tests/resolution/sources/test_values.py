"""Texts of days, amounts, shares and countries: what can be read is read exactly, what can be read in two ways is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.sources.mappings.language import Value
from resolution.sources.mappings.value_formats import AmountValue, DayValue, Defaults, ShareValue, Writing
from resolution.sources.statements.countries import countries, country
from resolution.sources.statements.months import month_words
from resolution.sources.statements.value_readers import fact_reader, text_reader
from resolution.sources.statements.values import (
    ValueRefused,
    birth,
    currency_in,
    day,
    money,
    partial_day,
    percent_range,
    share,
)

CALENDAR = st.dates(date(1900, 1, 1), date(2099, 12, 31))
GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
FORMATS = {
    "DD/MM/YYYY": lambda on: f"{on:%d/%m/%Y}",
    "MM/DD/YYYY": lambda on: f"{on:%m/%d/%Y}",
    "D.M.YYYY": lambda on: f"{on.day}.{on.month}.{on.year}",
    "DD-MMM-YYYY": lambda on: f"{on:%d-%b-%Y}".upper(),
    "D MMMM YYYY": lambda on: f"{on.day} {on:%B} {on.year}",
    "MMMM D, YYYY": lambda on: f"{on:%B} {on.day}, {on.year}",
    "D. MMMM YYYY": lambda on: f"{on.day}. {GERMAN[on.month - 1]} {on.year}",
    "DDMMYYYY": lambda on: f"{on:%d%m%Y}",
    "YYYY-DD-MM": lambda on: f"{on:%Y-%d-%m}",
    "DD/MM/YYYY (with an hour)": lambda on: f"{on:%d/%m/%Y} 10:22",
}


def of_day(*formats: str, pivot: int | None = None) -> Writing:
    return DayValue(column="on", day=formats, pivot=pivot).writing


def of_amount(mark: str) -> Writing:
    return AmountValue.model_validate({"column": "sum", "decimal": mark}).writing


def column_in(*ways: str) -> Writing:
    return Writing(lambda: frozenset(ways))


@pytest.mark.parametrize("form", FORMATS)
@given(on=CALENDAR)
def test_any_day_in_any_declared_format_reads_back_equal(form: str, on: date) -> None:
    assert day(FORMATS[form](on), of_day(form.partition(" (")[0])) == on


@given(on=st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_year_of_two_digits_is_of_the_hundred_years_from_the_pivot_on(on: date) -> None:
    assert day(f"{on:%d/%m/%y}", of_day("DD/MM/YY", pivot=1950)) == on


@given(on=CALENDAR.filter(lambda on: on != date(1970, 1, 1)))  # Zero is what programs write for no day.
def test_seconds_milliseconds_and_days_of_a_spreadsheet_read_back(on: date) -> None:
    seconds = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
    assert day(str(seconds), of_day("epoch_s")) == day(str(seconds * 1000), of_day("epoch_ms")) == on
    assert day(str(seconds * 1000 - 8 * 3600_000), of_day("epoch_ms+08:00")) == on
    assert day(str((on - date(1899, 12, 30)).days), of_day("excel")) == on


def test_several_formats_are_alternatives_and_an_iso_day_needs_none() -> None:
    either = of_day("DD/MM/YYYY", "DD-MMM-YYYY")
    assert [day(text, either) for text in ("03/04/2021", "12-MAY-2023", "2021-04-03")] == [
        date(2021, 4, 3),
        date(2023, 5, 12),
        date(2021, 4, 3),
    ]


@pytest.mark.parametrize("text", ["04/13/2021", "13.4.2021 or so", "31/02/2021"])
def test_a_day_that_is_not_written_as_declared_is_refused_with_the_format(text: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        day(text, of_day("DD/MM/YYYY"))
    assert "DD/MM/YYYY" in refused.value.trouble.remedy


def test_two_formats_that_read_one_text_differently_refuse_it() -> None:
    with pytest.raises(ValueRefused):
        day("03/04/2021", of_day("DD/MM/YYYY", "MM/DD/YYYY"))
    assert day("05/05/2021", of_day("DD/MM/YYYY", "MM/DD/YYYY")) == date(2021, 5, 5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("29/06/2011", "2011-06-29"),
        ("06-29-2011", "2011-06-29"),
        ("7.7.1999", "1999-07-07"),
        ("23-MAR-2006", "2006-03-23"),
        ("03 Feb 1971", "1971-02-03"),
        ("November 9, 1989", "1989-11-09"),
        ("9. November 1989", "1989-11-09"),
        ("1er mars 2010", "2010-03-01"),
        ("15 de agosto de 2012", "2012-08-15"),
        ("7 października 2003 r.", "2003-10-07"),
        ("24 августа 1991 г.", "1991-08-24"),
        ("15 Ağustos 1999", "1999-08-15"),
        ("3 Δεκεμβρίου 2004", "2004-12-03"),
        ("২৬ মার্চ ১৯৭১", "1971-03-26"),
        ("2004 m. gegužės 3 d.", "2004-05-03"),
        ("12MAY2003", "2003-05-12"),
        ("Tue, 09 Nov 2021 10:00:00 GMT", "2021-11-09"),
        ("2024년 5월 13일", "2024-05-13"),
        ("March 1962", "1962-03"),
        ("07/1984", "1984-07"),
        ("1984-07-00", "1984-07"),
        ("1984-00-00", "1984"),
        ("00/00/1984", "1984"),
        ("born 1951", "1951"),
        ("2023-11-30+05:30", "2023-11-30"),
        ("2023-11-30-08:00", "2023-11-30"),
        ("2023-11-30Z", "2023-11-30"),
        ("20231130+0100", "2023-11-30"),
        ("2023-11+01:00", "2023-11"),
        ("2023Z", "2023"),
    ],
)
def test_a_day_as_people_write_it_is_as_exact_as_it_is_written(text: str, found: str) -> None:
    assert partial_day(text) == found


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("03/04/1980", "1980"),
        ("circa 1951", "1951"),
        ("abt. 1950", "1950"),
        ("около 1962 г.", "1962"),
        ("c1899", "1899"),
        ("1951?", "1951"),
        ("1956-13-40", "1956"),
        ("31 June 1970", "1970"),
        ("1958 to 1960", None),
        ("1958-1960", None),
        ("1958-60", None),
        ("13051980", None),
        ("20051980", None),
        ("44329", None),
        ("12-MAY-03", None),
        ("aged 45 in 2010", None),
        ("soon", None),
    ],
)
def test_of_a_day_that_is_not_sure_only_what_is_sure_is_kept(text: str, sure: str | None) -> None:
    with pytest.raises(ValueRefused) as refused:
        birth(text)
    assert refused.value.sure == sure


@pytest.mark.parametrize("text", ["0000-00-00", "00/00/0000", "0", "长期", "9999-12-31", "31/12/9999", "12/31/2999"])
def test_zeros_and_ends_that_never_come_are_no_day(text: str) -> None:
    assert partial_day(text) is None


def test_the_order_of_an_ambiguous_day_is_its_columns_and_the_remedy_names_the_key() -> None:
    assert day("03/04/2021", column_in("dmy")) == date(2021, 4, 3)
    assert day("03/04/2021", column_in("mdy")) == date(2021, 3, 4)
    with pytest.raises(ValueRefused) as refused:
        day("03/04/2021", column_in())
    assert "day: DD/MM/YYYY" in refused.value.trouble.remedy


def test_a_month_word_that_two_languages_use_differently_is_its_columns() -> None:
    assert month_words()["listopad"].items() >= {("hr", 10), ("cs", 11)}
    assert day("5. listopad 2024", column_in("hr")) == date(2024, 10, 5)
    assert day("5. listopad 2024", column_in("cs", "sk")) == date(2024, 11, 5)
    with pytest.raises(ValueRefused):
        day("5. listopad 2024")


CENTS = st.integers(0, 10**13)
LOCALES = {
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
    "1\u202f234,56": ("\u202f", ","),
    "1'234.56": ("'", "."),
    "1234.56": ("", "."),
    "1234,56": ("", ","),
}


@pytest.mark.parametrize("locale", LOCALES)
@given(cents=CENTS)
def test_any_amount_in_any_declared_locale_reads_back_equal(locale: str, cents: int) -> None:
    thousands, mark = LOCALES[locale]
    written = f"{cents // 100:,}".replace(",", thousands)
    assert money(written, of_amount(mark)) == cents // 100
    assert money(f"{written}{mark}{cents % 100:02d}", of_amount(mark)) == pytest.approx(cents / 100)


@given(cents=CENTS)
def test_an_amount_with_cents_tells_its_mark_itself(cents: int) -> None:
    for thousands, mark in LOCALES.values():
        written = f"{cents // 100:,}".replace(",", thousands)
        assert money(f"{written}{mark}{cents % 100:02d}", column_in()) == pytest.approx(cents / 100)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234,5", 1234.5),
        ("12,34,567.00", 1_234_567),
        ("1.234.567", 1_234_567),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1500.125", 1500.125),
        (".5", 0.5),
        ("-,75", -0.75),
        ("100,00-", -100),
        ("$-5", -5),
        ("1.5 million", 1_500_000),
        ("3,2 Mrd. €", 3_200_000_000),
        ("2 crore", 20_000_000),
        ("١٬٢٣٤٫٥", 1234.5),
        ("１，２３４．５", 1234.5),
        ("Rs.500", 500),
        ("US$ 12.5m", 12_500_000),
    ],
)
def test_an_amount_that_can_be_one_number_only_is_that_number(text: str, found: float) -> None:
    assert money(text, column_in()) == pytest.approx(found)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "999.999 EUR"])
def test_thousands_or_decimals_is_the_columns_to_say(text: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        money(text, column_in())
    assert "decimal: ','" in refused.value.trouble.remedy
    assert money(text, column_in(",")) != money(text, column_in("."))


@pytest.mark.parametrize("text", ["12 34", "1,23,4.5", "1.2.3", "1,,5", "5 pcs", "12,34.5,6", "1 2,5"])
def test_marks_that_no_one_writes_are_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        money(text)


def test_a_declared_mark_refuses_the_other_one() -> None:
    with pytest.raises(ValueRefused) as refused:
        money("1250.50", of_amount(","))
    assert "decimal mark ," in refused.value.trouble.problem


@pytest.mark.parametrize(
    ("text", "found"),
    [("100 EUR", "EUR"), ("€5", "EUR"), ("3,50 zł", "PLN"), ("R$ 1.000,00", "BRL"), ("100", None), ("5万", None)],
)
def test_an_amount_may_name_its_currency(text: str, found: str | None) -> None:
    assert currency_in(text) == found


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=30))
def test_a_column_in_percent_never_yields_a_part(hundredths: list[int]) -> None:
    texts = [f"{one / 100:g}" for one in (*hundredths, 9950)]
    assert [share(text, column_in("percent")) for text in texts] == pytest.approx([float(text) / 100 for text in texts])


def test_a_share_in_its_declared_unit() -> None:
    percent, part = (ShareValue.model_validate({"column": "stake", "share": unit}).writing for unit in ("percent", "part"))
    assert [share("0.8", percent), share("0,8", part), share("62%", part)] == [0.008, 0.8, 0.62]
    with pytest.raises(ValueRefused) as refused:
        share("62", part)
    assert "share: percent" in refused.value.trouble.remedy


@pytest.mark.parametrize("text", ["100.2%", "150%", "162", "1000%"])
def test_more_than_the_whole_is_no_share(text: str) -> None:
    with pytest.raises(ValueRefused):
        share(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("25-50%", 0.25, 0.5),
        ("25 % – 50 %", 0.25, 0.5),
        ("50% to 75%", 0.5, 0.75),
        ("more than 25% but not more than 50%", 0.25, 0.5),
        ("between 10% and 25%", 0.1, 0.25),
        ("75% or more", 0.75, 1.0),
        ("over 75%", 0.75, 1.0),
        ("ownership-of-shares-75-to-100-percent", 0.75, 1.0),
        ("voting-rights-25-to-50-percent-as-trust", 0.25, 0.5),
        ("voting-rights-75-to-100-percent; ownership-of-shares-25-to-50-percent", 0.25, 0.5),
        ("right-to-appoint-and-remove-directors; voting-rights-50-to-75-percent-as-firm", 0.5, 0.75),
        ("ownership-of-shares-more-than-25-percent-registered-overseas-entity", 0.25, 1.0),
    ],
)
def test_of_a_range_the_lower_bound_counts_and_the_text_is_shown(text: str, low: float, high: float) -> None:
    assert percent_range(text) == (low, high, text)
    assert share(text) == low


@pytest.mark.parametrize("text", ["50-25%", "62.5%", "25-150%", "about half", "2024-05", "significant-influence-or-control"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert percent_range(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NA", ("na",)),
        ("by;ru", ("by", "ru")),
        ("HKG; CYM", ("hk", "ky")),
        ("Deutschland / Österreich", ("de", "at")),
        ("Korea, Republic of", ("kr",)),
        ("France, Italie", ("fr", "it")),
        ("Российская Федерация", ("ru",)),
        ("英国", ("gb",)),
        ("المملكة المتحدة", ("gb",)),
        ("Vereinigte Staaten", ("us",)),
        ("U.S.A.", ("us",)),
        ("The Netherlands", ("nl",)),
        ("Congo (Democratic Republic of the)", ("cd",)),
        ("Great Britain (UK)", ("gb",)),
        ("Yugoslavia", ("yu",)),
        ("British", ("gb",)),
        ("Swiss; Angolan", ("ch", "ao")),
        ("de;DEU;Germany", ("de",)),
    ],
)
def test_countries_by_code_and_by_word_in_many_languages(text: str, found: tuple[str, ...]) -> None:
    assert countries(text) == found


def test_a_word_that_is_no_country_is_told_and_the_others_are_sure() -> None:
    with pytest.raises(ValueRefused) as refused:
        countries("Atlantis; Peru; Lemuria")
    assert refused.value.sure == "pe"
    assert "Atlantis, Lemuria" in refused.value.trouble.problem
    for text in ("by;ru", "Congolese", "Congo (Kinshasa)", "China (Taiwan)"):
        with pytest.raises(ValueRefused):
            country(text)


def test_blanks_and_commas_that_missing_parts_leave_are_closed_up() -> None:
    read = text_reader(Value(template="{a?} {b?} {c}"))
    assert [read(fields) for fields in ({"a": "1", "c": "3"}, {"c": "3"}, {"a": "1", "b": "2", "c": "3"})] == [
        "1 3",
        "3",
        "1 2 3",
    ]
    assert text_reader(Value(template="{street?}, {city?}, {land?}"))({"city": "Minsk"}) == "Minsk"
    assert text_reader(Value(template="{a?}/{b}"))({"b": "2"}) == "/2"


def test_a_refusal_names_the_column() -> None:
    with pytest.raises(ValueRefused) as refused:
        fact_reader(DayValue(column="since"), day)({"since": "03/04/2021"})
    assert refused.value.trouble.field == "since"


def test_what_the_page_says_of_all_days_holds_for_each_that_says_nothing_itself() -> None:
    page = Defaults(day=("MM/DD/YYYY",))
    plain, own = DayValue(column="on"), DayValue(column="on", day=("DD/MM/YYYY",))
    for value in (plain, own):
        value.settle(page, frozenset)
    assert [fact_reader(value, day)({"on": "03/04/2021"}) for value in (plain, own)] == [date(2021, 3, 4), date(2021, 4, 3)]
