"""Days that can be asked about."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAY_FIRST, DAY_LAST = date(1900, 1, 1), date(2199, 12, 31)
"""No source tells of business outside of these; and the terms and windows around such a day stay in the calendar."""


def written_day(day: object) -> object:
    """The day, where a text is one as people write it; a number would be taken as seconds since 1970. Raises ValueError."""
    if isinstance(day, str) and not ISO_DAY.fullmatch(day):
        raise ValueError("a day as 2026-06-30 is needed")
    return day


def checked_day(day: date) -> date:
    """The day itself. Raises ValueError outside of what can be asked about."""
    if not DAY_FIRST <= day <= DAY_LAST:
        raise ValueError(f"a day from {DAY_FIRST} to {DAY_LAST} is needed")
    return day


Day = Annotated[date, BeforeValidator(written_day), AfterValidator(checked_day)]
