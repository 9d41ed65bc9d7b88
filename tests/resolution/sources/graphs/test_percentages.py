"""Stakes of the graph formats: percent whatever their size, of a range the lower bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.sources.graphs.percentages import Stake, percentage
from resolution.sources.statements.values import ValueRefused


@pytest.mark.parametrize(
    ("text", "share", "shown"),
    [
        ("0.25", 0.0025, ""),
        ("1", 0.01, ""),
        ("100", 1.0, ""),
        ("12,5", 0.125, ""),
        ("33.3 %", 0.333, ""),
        ("10-24.9%", 0.1, "10 % to 24.9 %"),
        ("50 % – 75 %", 0.5, "50 % to 75 %"),
        ("5 to 9", 0.05, "5 % to 9 %"),
        ("more than 75%", 0.75, "75 % or more"),
        (">=10", 0.1, "10 % or more"),
        ("25+", 0.25, "25 % or more"),
        ("less than 5 %", None, "up to 5 %"),
    ],
)
def test_percent_is_read_as_percent(text: str, share: float | None, shown: str) -> None:
    assert percentage(text) == Stake(share, shown)


@pytest.mark.parametrize("text", ["101", "-3", "half", "75-25", "90-120", "1/2"])
def test_what_is_no_percentage_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        percentage(text)
    assert caught.value.trouble.remedy


@given(st.decimals(0, 100, places=2))
def test_every_percentage_is_a_hundredth_of_itself(percent: object) -> None:
    assert percentage(str(percent)).share == pytest.approx(float(str(percent)) / 100)
