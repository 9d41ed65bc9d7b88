"""Days that can be asked about."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

DAY_FIRST, DAY_LAST = date(1900, 1, 1), date(2199, 12, 31)
"""No source tells of business outside of these; and the terms and windows around such a day stay in the calendar."""


def checked_day(day: date) -> date:
    """The day itself. Raises ValueError outside of what can be asked about."""
    if not DAY_FIRST <= day <= DAY_LAST:
        raise ValueError(f"a day from {DAY_FIRST} to {DAY_LAST} is needed")
    return day


Day = Annotated[date, AfterValidator(checked_day)]
