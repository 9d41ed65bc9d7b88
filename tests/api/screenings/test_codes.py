"""What a spreadsheet or a slip of the pen does to a code."""

import pytest

from api.screenings.codes import Fault, exchange_neighbours, parse_code, zeros_lost
from ontology.entity import Entity
from ontology.record import Identifier, Name


def right(head: str = "91330106MA27XK4P3") -> str:
    """A credit code with its check digit."""
    return next(code for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if (told := parse_code(code := head + last)) and told.verified)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("9.133E+17", Fault.SCIENTIFIC),
        ("9,1330106E17", Fault.SCIENTIFIC),
        ("4.40301E+14", Fault.SCIENTIFIC),
        ("913301062745830000", Fault.ROUNDED),
        ("9133010627458300000", Fault.ROUNDED),
        ("110108004712.0", Fault.DECIMAL),
        ("110108004712,00", Fault.DECIMAL),
        ("91330106MA27XK4P", Fault.CHECK),
        ("529900W18LQJJN6SJ337", Fault.CHECK),
    ],
)
def test_a_damaged_or_impossible_code_is_known_as_such(text: str, fault: Fault) -> None:
    told = parse_code(text)
    assert told is not None
    assert told.fault is fault
    assert not told.usable


@pytest.mark.parametrize("text", ["HRB 204511", "01234567", "440301104712345", "5493002160047120", "GB 204511", "5560360793"])
def test_a_code_of_another_kind_is_taken_as_it_stands(text: str) -> None:
    told = parse_code(text)
    assert told is not None
    assert told.usable


@pytest.mark.parametrize("written", ["'{}", "’{}", "={}", '="{}"', " {} ", "{}\u200b", "{}.0"])
def test_marks_of_a_spreadsheet_that_lose_nothing_are_taken_off(written: str) -> None:
    told = parse_code(written.format(right()))
    assert told is not None
    assert (told.value, told.verified) == (right(), True)


def test_blanks_and_dashes_inside_a_code_are_nothing() -> None:
    code = right()
    told = parse_code(f"{code[:4]} {code[4:8]}-{code[8:]}")
    assert told is not None
    assert told.value == code


@pytest.mark.parametrize("text", ["", "  ", "'", "110***************"])
def test_an_empty_field_and_a_hidden_number_are_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_a_wrong_check_digit_is_a_slip_and_two_exchanged_neighbours_are_found() -> None:
    code = right()
    slip = code[:12] + code[13] + code[12] + code[14:]
    told = parse_code(slip)
    assert told is not None
    assert (told.fault, told.damaged) == (Fault.CHECK, False)
    assert code in set(exchange_neighbours(told))


def test_zeros_that_a_spreadsheet_dropped_are_seen_against_the_party() -> None:
    party = Entity(
        id="K-1",
        kind="firm",
        name="L",
        names=(Name(text="L"),),
        identifiers=(Identifier(scheme="reg_no", value="GB:00412345"),),
        record_ids=("r",),
    )
    lost, whole = parse_code("412345"), parse_code("00412345")
    assert lost is not None
    assert whole is not None
    assert zeros_lost(lost, party)
    assert not zeros_lost(whole, party)
