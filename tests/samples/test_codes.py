from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from samples import codes


@given(st.sampled_from(["91", "92", "11"]), st.integers(0, 99_999_999))
def test_every_credit_code_has_the_right_check_digit(prefix: str, serial: int) -> None:
    assert uscc.is_valid(codes.uscc(prefix, "391082", serial))


@given(st.integers(0, 99_999_999))
def test_a_slip_of_the_pen_is_always_found_by_the_check_digit(serial: int) -> None:
    slipped = codes.wrong_uscc(codes.uscc("91", "391082", serial))
    assert len(slipped) == 18
    assert not uscc.is_valid(slipped)


@given(st.dates(date(1940, 1, 1), date(2008, 1, 1)), st.integers(0, 999))
def test_every_resident_id_has_the_right_check_digit_and_no_real_place(born: date, serial: int) -> None:
    number = codes.resident_id("391082", born, serial)
    assert number[-1] == ric.calc_check_digit(number)
    assert not ric.is_valid(number)


def test_the_court_mask_hides_month_and_day_of_birth() -> None:
    assert codes.court_mask("391082197903080129") == "3910821979****0129"
