"""What a spreadsheet does to a code."""

import pytest

from resolution.records.damage import damage, without_point_zero


@pytest.mark.parametrize("text", ["9.1350100M+17".replace("M", "E"), "1,3E17", "3E+11", " 4.40305E+17 ", "９.13E+17"])
def test_a_code_in_scientific_notation_is_damaged(text):
    assert damage(text) == "scientific notation"


@pytest.mark.parametrize("text", ["440305198503120000", "91350100001234000", "6222020200112230000"])
def test_a_long_code_whose_tail_was_rounded_to_zeros_is_damaged(text):
    assert damage(text) == "rounded tail"


@pytest.mark.parametrize(("text", "scheme"), [("1234567", "ein"), ("71234567", "ssn"), ("1046819", "duns")])
def test_a_code_of_fixed_length_that_is_shorter_lost_its_zeros(text, scheme):
    assert damage(text, scheme) == "lost leading zeros"


@pytest.mark.parametrize(
    "text", ["91350100M000100Y43", "08431127", "HRB 33517", "12E5", "3E7", "000000000000000000", "6222020200112230", ""]
)
def test_a_code_as_it_was_issued_is_not_damaged(text):
    assert damage(text) is None


def test_a_whole_number_written_as_a_fraction_is_the_number():
    assert without_point_zero("431127.0") == "431127"
    assert without_point_zero("4311.27") == "4311.27"
