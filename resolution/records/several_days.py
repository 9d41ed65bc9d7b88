"""Several days of birth or founding of one party: sources differ, lists tell more than one, and all of them are compared."""

from collections.abc import Iterable

from ontology.record import Record
from resolution.records.dates import FIRST_OF_YEAR

OTHER_DAYS = "other_days"  # Attribute: days of birth or founding beside the one in `born_on` or `founded_on`.
BETWEEN = "; "
OTHER_DAYS_MAX = 12  # Of more the first in time: nobody is born on so many.


def days_of(record: Record) -> tuple[str, ...]:
    """All days of birth or founding that the record tells, each as exact as its source; its own one first."""
    own_day, others = record.born_on or record.founded_on, record.attributes.get(OTHER_DAYS)
    days = ([own_day] if own_day else []) + (others.split(BETWEEN) if others else [])
    return tuple(dict.fromkeys(days))


def other_days(days: Iterable[str]) -> dict[str, str]:
    """The attribute for all but the first of these days; none where there is no other.

    >>> other_days(["1951", "1983-03-30", "1951"]), other_days(["1951"])
    ({'other_days': '1983-03-30'}, {})
    """
    distinct = list(dict.fromkeys(days))
    return {OTHER_DAYS: BETWEEN.join(sorted(distinct[1:])[:OTHER_DAYS_MAX])} if len(distinct) > 1 else {}


def merged_days(earlier: Record, later: Record) -> dict[str, str]:
    """The attribute for the days of two records of one party; none where they tell of no fact both."""
    if (earlier.born_on and later.born_on) or (earlier.founded_on and later.founded_on):
        return other_days((*days_of(earlier), *days_of(later)))
    return {}


def exact_days(days: Iterable[str]) -> tuple[str, ...]:
    """The days without those that another one of them tells more exactly: a year beside a day of it is no second birth.

    >>> exact_days(["1951", "1951-05-03", "1983"]), exact_days(["1951-01-01", "1951-05-03"])
    (('1951-05-03', '1983'), ('1951-05-03',))
    """
    distinct = tuple(dict.fromkeys(days))
    return tuple(day for day in distinct if not any(_is_part(day, other) for other in distinct if other != day))


def _is_part(day: str, other_day: str) -> bool:
    """Whether a day is the other one less exactly; the first of January counts as the year."""
    year = day.removesuffix(FIRST_OF_YEAR)
    return other_day.startswith(year) and (len(other_day) > len(year)) and not other_day.endswith(FIRST_OF_YEAR)
