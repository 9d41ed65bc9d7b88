"""Pairs of persons that only a contradiction keeps apart, and pairs that are kin by all they tell: each by its evidence alone."""

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import fields, person_names
from resolution.comparisons.evidence import Evidence
from resolution.comparisons.home_levels import BIRTHS, POSTCODES
from resolution.records import dates

Flags = NDArray[np.bool_]
POSTCODE_MIN = POSTCODES.index("common") * len(BIRTHS)
AGREE_MIN = 2
OTHER_PERSON = (person_names.OTHER_GIVEN, person_names.OTHER_HAN)


def in_doubt(found: Evidence, meets: Flags) -> Flags:
    """Two things agree, one of them a person's own: the given name, the day of birth or a number; the other may be the home.

    meets: pairs that share a door, a line or a firm. Two Han names, or two generations, are two people.
    """
    named = found.names >= person_names.NOTHING
    home = meets | (found.agreement["places"] >= POSTCODE_MIN)
    own = _own(found)
    return np.asarray(named & (own > 0) & (own + home >= AGREE_MIN), dtype=np.bool_)


def of_home(found: Evidence, meets: Flags) -> Flags:
    """The two meet and share a surname, as far as it is told."""
    names = found.names
    surname = (names >= person_names.OTHER_GIVEN) & (names != person_names.OTHER_FAMILY)
    return np.asarray(meets & (surname | (names == person_names.OTHER_HAN)), dtype=np.bool_)


def kin(found: Evidence, homely: Flags) -> Flags:
    """Of pairs of one home those of which nothing of a person's own agrees."""
    return np.asarray(homely & np.isin(found.names, OTHER_PERSON) & (_own(found) == 0), dtype=np.bool_)


def _own(found: Evidence) -> NDArray[np.int64]:
    """How many agree of given name, day (or what is told of it) and number."""
    names, days, ids = found.names, found.agreement["days"], found.agreement["ids"]
    given = (names >= person_names.OTHER_FAMILY) & (names != person_names.PART)
    return np.asarray(given.astype(np.int64) + (days >= dates.PARTIAL) + (ids >= fields.ID_NEAR), dtype=np.int64)
