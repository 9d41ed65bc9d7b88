"""When a listing or a mark stands: months, ends, in force."""

import calendar
from datetime import MAXYEAR, MINYEAR, date

from ontology.listing import Listing, Recognition
from ontology.rulebook_parts import ListType, PositiveSignal


def add_months(day: date, months: int) -> date:
    """The same day so many months on, clipped to the end of the month, and to the days there are (years 1 to 9999).

    >>> add_months(date(2026, 8, 31), 3)
    datetime.date(2026, 11, 30)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ends_on(listing: Listing, rule: ListType) -> date | None:
    """First day the listing is no longer in force, None where only its source ends it.

    The source's own end, or the day it means to take it off, counts up to the rule's longest term; without one the rule's
    default term does. Both terms count from the day of listing: where that is not told there are none.
    """
    regular_end = listing.ends_on or listing.removed_on or _months_after(listing.listed_on, rule.validity.default_months)
    possible_ends = [day for day in (regular_end, listing.removed_on, _longest_term_end(listing, rule)) if day is not None]
    return min(possible_ends, default=None)


def in_force(listing: Listing, rule: ListType, as_of: date) -> bool:
    """Whether the listing binds on that day: from `listed_on` up to, and not including, its end.

    One whose day is not told binds on every day before its end.
    """
    end = ends_on(listing, rule)
    return is_known_by(listing, as_of) and (end is None or as_of < end)


def is_known_by(listing: Listing, as_of: date) -> bool:
    """Whether a listing can be known of on that day: it was made by then, or its day is not stated."""
    return listing.listed_on is None or listing.listed_on <= as_of


def recognition_in_force(recognition: Recognition, rule: PositiveSignal | None, as_of: date) -> bool:
    """Whether a good mark holds on that day; without a rule (a licence) only its own end counts."""
    months = rule.validity_months if rule else None
    ends = [day for day in (recognition.ends_on, _months_after(recognition.given_on, months)) if day is not None]
    return recognition.given_on <= as_of and all(as_of < day for day in ends)


def _longest_term_end(listing: Listing, rule: ListType) -> date | None:
    term = rule.validity
    if term.max_months is None and term.default_months and term.extend_months_max:
        return _months_after(listing.listed_on, term.default_months + term.extend_months_max)
    return _months_after(listing.listed_on, term.max_months)


def _months_after(day: date | None, months: int | None) -> date | None:
    return add_months(day, months) if day is not None and months is not None else None
