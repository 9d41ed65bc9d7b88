"""What two codes say of two parties: by scheme and issuer, with and without zeros, one digit apart."""

from typing import Any

import numpy as np
import pytest

from ontology.record import Record
from resolution.comparisons import fields
from resolution.comparisons.columnar.fields import IdColumns
from resolution.records.analysed import analyse
from resolution.records.identifiers import identifier
from resolution.sources.single_records import record_of
from tests.resolution.parties import firm, person


def coded(make: Any, scheme: str, text: str, scope: str | None = None, **more: Any) -> Record:
    return make(
        more.pop("id_", "a"), more.pop("name", "Orla Finch"), identifiers=(identifier(scheme, text, scope=scope),), **more
    )


def agreement(one: Record, other: Record) -> float | None:
    left, right = analyse(one), analyse(other)
    agree = fields.person_ids_agree if one.kind == "person" else fields.ids_agree
    found = agree(left, right)
    assert agree(right, left) == found
    if one.kind == "firm":
        column = IdColumns([left, right]).agree(np.array([0]), np.array([1])).tolist()[0]
        assert column == found or (found is None and np.isnan(column))
    return found


def firms(one: tuple[str, ...], other: tuple[str, ...]) -> float | None:
    return agreement(coded(firm, *one), coded(firm, *other))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("reg_no", "HRB 4711", "de"), ("reg_no", "HRB 4711", "de"), fields.ID_LOOSE),
        (("reg_no", "HRB 4711", "de"), ("reg_no", "HRB 4712", "de"), fields.ID_OTHER),
        (("reg_no", "Amtsgericht Kiel HRB 4711", "de"), ("reg_no", "HRB 4711", "Kiel"), fields.ID_ISSUED),
        (("reg_no", "Amtsgericht Kiel HRB 4711", "de"), ("reg_no", "HRB 4711, Leipzig", "de"), None),
        (("reg_no", "Amtsgericht Kiel HRB 4711", "de"), ("reg_no", "HRB 4711", "de"), fields.ID_LOOSE),
        (("reg_no", "Munich HRB 4711", "de"), ("reg_no", "HRB 4711 (AG München)", "de"), fields.ID_ISSUED),
        (("reg_no", "C2204417", "us"), ("reg_no", "C2204417", "us"), fields.ID_LOOSE),
        (("reg_no", "C2204417", "Texas"), ("reg_no", "C2204417", "Texas"), fields.ID_ISSUED),
        (("reg_no", "00431127", "gb"), ("reg_no", "431127", "gb"), fields.ID_ISSUED),
        (("reg_no", "SC043127", "gb"), ("reg_no", "SC43127", "gb"), fields.ID_ISSUED),
        (("reg_no", "431127.0", "gb"), ("reg_no", "00431127", "gb"), fields.ID_ISSUED),
        (("reg_no", "431127", "gb"), ("reg_no", "431128", "gb"), fields.ID_OTHER),
        (("reg_no", "431127", "gb"), ("reg_no", "431127", "fr"), None),
        (("ein", "04-1234568"), ("ein", "41234568"), fields.ID_ISSUED),
        (("tax_no", "2037102176", "ua"), ("tax_no", "910221845374", "ru"), None),
        (("bic", "DEUTDEFF"), ("bic", "DEUTDEFF500"), fields.ID_ISSUED),
        (("bic", "DEUTDEFF"), ("bic", "DEUTDEBB101"), None),
        (("bic", "DEUTDEFF"), ("bic", "COBADEFF"), fields.ID_OTHER),
        (("vat", "DE811128135"), ("vat", "ATU12345675"), None),
        (("vat", "DE811128135"), ("vat", "DE136695976"), fields.ID_OTHER),
        (("vat", "EL094259216"), ("vat", "GR 094 259 216"), fields.ID_ISSUED),
        (("vat", "811128135"), ("vat", "DE 811128135"), fields.ID_ISSUED),
        (("gstin", "27AAPFU0939F1ZV"), ("gstin", "29AAPFU0939F1ZR"), fields.ID_ISSUED),
        (("shop_id", "00071284", "mart.example"), ("shop_id", "71284", "mart.example"), fields.ID_ISSUED),
        (("tax_no", "7701234567", "ru"), ("tax_no", "7701234567001", "ru"), fields.ID_LOOSE),
        (("tax_no", "7701234567", "ru"), ("tax_no", "5501234599", "ru"), fields.ID_OTHER),
        (("customs_no", "0912345678"), ("customs_no", "912345678"), fields.ID_ISSUED),
        (("reg_no", "0000000", "gb"), ("reg_no", "0000000", "gb"), None),
        (("reg_no", "0000000", "gb"), ("reg_no", "431127", "gb"), None),
        (("reg_no", "431127", "gb"), ("vat", "431127", None), None),
    ],
)
def test_codes_of_firms_are_compared_by_scheme_and_issuer(one: Any, other: Any, level: float | None) -> None:
    assert firms(one, other) == level


@pytest.mark.parametrize(
    ("countries", "number", "level"),
    [
        (("ua",), "2037102176", fields.ID_ISSUED),
        (("ua",), "910221845374", fields.ID_OTHER),
        (("ru",), "910221845374", None),
        (("ru",), "2037102176", None),
        ((), "2037102176", fields.ID_ISSUED),
        (("ru", "ua"), "910221845374", None),
    ],
)
def test_a_number_without_an_issuer_is_of_the_country_of_its_firm(
    countries: tuple[str, ...], number: str, level: float | None
) -> None:
    one = coded(firm, "tax_no", "2037102176", countries=("ua",))
    assert agreement(one, coded(firm, "tax_no", number, countries=countries)) == level


def persons(one: dict[str, Any], other: dict[str, Any], scheme: str = "passport") -> float | None:
    return agreement(coded(person, scheme, **one), coded(person, scheme, **other))


def test_the_first_country_of_a_person_is_not_who_issued_the_passport() -> None:
    one = {"text": "N00998877"}
    assert persons(one | {"countries": ("sy",)}, one | {"countries": ("ru", "sy")}) == fields.ID_ISSUED
    assert persons(one | {"countries": ("sy",)}, one | {"countries": ("ru",)}) == fields.ID_ISSUED
    assert persons(one | {"scope": "es"}, one | {"scope": "is"}) is None


def test_another_passport_speaks_against_only_where_one_country_may_have_issued_both() -> None:
    one, other = {"text": "N00998877"}, {"text": "K4402218"}
    assert persons(one | {"countries": ("ru",)}, other | {"countries": ("cy",)}) is None
    assert persons(one | {"countries": ("ru", "cy")}, other | {"countries": ("ru", "cy")}) is None
    assert persons(one | {"countries": ("ru",)}, other | {"countries": ("ru",)}) == fields.ID_OTHER


def test_one_digit_apart_in_one_register_are_two_persons() -> None:
    one, other = {"text": "7112892", "scope": "REG"}, {"text": "7112992", "scope": "REG"}
    born = {"born_on": "1961-04-12"}
    assert persons(one, other, "person_no") == persons(one | born, other | born, "person_no") == fields.ID_OTHER


def test_a_slip_in_a_number_others_typed_is_one_only_with_the_same_day() -> None:
    one, other = {"text": "7112892", "scope": "at"}, {"text": "7112992", "scope": "at"}
    born = {"born_on": "1961-04-12"}
    assert persons(one | born, other | born, "national_id") == fields.ID_NEAR
    assert persons(one, other, "national_id") is None
    assert persons(one | born, other | {"born_on": "1974-09-30"}, "national_id") is None


def masked(text: str, born_on: str | None) -> Record:
    return person("a", "高霞", born_on=born_on, attributes={"resident_id_masked": text})


def test_half_hidden_numbers_agree_in_region_end_and_year_or_are_two_persons() -> None:
    court = masked("320*************17", "1975")
    assert agreement(court, masked("320*************17", "1975-06-02")) == fields.ID_ISSUED
    assert agreement(court, masked("320*************17", None)) == fields.ID_LOOSE
    assert agreement(court, masked("320*************28", "1975-06-02")) == fields.ID_OTHER
    assert agreement(court, masked("320************17", "1975")) is None, "the 15 digits of old end otherwise"


@pytest.mark.parametrize("value", ["GB:00431127", "DE/KIEL:HRB4711", "DE:HRB4711", "431127"])
def test_a_code_sent_back_as_a_record_shows_it_is_the_same_code(value: str) -> None:
    names, codes = [{"text": "Larkspur Ltd"}], [{"scheme": "reg_no", "value": value}]
    document = {"id": "a:1", "dataset": "a", "source_class": "3", "kind": "firm", "names": names, "identifiers": codes}
    sent = record_of(document, id_key=b"key").identifiers[0]
    assert (sent.value, sent.valid) == (value, True)
