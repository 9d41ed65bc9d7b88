from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import MappingInvalid
from resolution.records.identifiers import USCC_LETTERS, comparable, identifier, is_org_code, is_uscc, schemes

VECTORS = yaml.safe_load((Path(__file__).parent.parent / "vectors.yaml").read_text("utf-8"))["uscc"]


@pytest.mark.parametrize("code", VECTORS["valid"])
def test_codes_of_the_standard_are_valid(code: str) -> None:
    assert identifier("uscc", code.lower()).valid


@pytest.mark.parametrize("code", VECTORS["invalid"])
def test_codes_with_a_wrong_digit_or_letter_are_not(code: str) -> None:
    assert not is_uscc(code)


@given(st.text(USCC_LETTERS, min_size=17, max_size=17))
def test_every_body_has_exactly_one_check_digit(body: str) -> None:
    assert sum(is_uscc(body + letter) for letter in USCC_LETTERS) == 1


@given(st.text(USCC_LETTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(USCC_LETTERS))
def test_one_letter_misread_is_found(body: str, at: int, letter: str) -> None:
    code = next(body + last for last in USCC_LETTERS if is_uscc(body + last))
    misread = code[:at] + letter + code[at + 1 :]
    assert is_uscc(misread) == (misread == code)


def test_the_organisation_code_survives_a_new_uscc() -> None:
    moved = next(
        f"9131010{n}M000100Y4{last}" for n in range(10) for last in USCC_LETTERS if is_uscc(f"9131010{n}M000100Y4{last}")
    )
    assert comparable(identifier("uscc", moved)) == comparable(identifier("uscc", VECTORS["valid"][0])) == "M000100Y4"
    assert is_org_code("M000100Y4")
    assert not is_org_code("M000100Y5")


def test_a_tax_number_that_is_a_uscc_becomes_one() -> None:
    assert identifier("tax_no", VECTORS["valid"][0]).scheme == "uscc"
    assert identifier("tax_no", "84-1234567", scope="US").value == "US:841234567"


def test_an_invalid_code_is_kept_as_text() -> None:
    found = identifier("lei", "5493001KJTIIGC8Y1R13")
    assert (found.value, found.valid) == ("5493001KJTIIGC8Y1R13", False)
    assert identifier("lei", "5493001KJTIIGC8Y1R12").valid


@pytest.mark.parametrize("place", ["CA", "CAN", "Canada", " canada "])
def test_one_place_has_one_spelling(place: str) -> None:
    assert identifier("passport", "72129291", scope=place).value == "CA:72129291"


def test_a_hash_of_a_resident_id_is_kept_as_it_is() -> None:
    assert identifier("resident_id", "aB3-dEf9").value == "aB3-dEf9"


def test_four_digits_of_a_social_security_number_are_told_apart() -> None:
    assert identifier("ssn", "3241").scheme == "ssn_last4"


def test_an_unknown_scheme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MappingInvalid, match="no_such") as caught:
        identifier("no_such", "1")
    assert "uscc" in str(caught.value.remedy)


def test_no_number_of_a_person_may_be_shown() -> None:
    personal = {"resident_id", "passport", "national_id", "ssn", "ssn_last4", "driving_licence", "person_no", "account_id"}
    assert not [name for name in personal if schemes()[name].told]
