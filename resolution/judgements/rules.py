"""What the weights may never do alone: guards on a pair, whatever its weight. They are policy, not statistics.

A wrong merge puts one party's listings on another. So persons never join on a name alone, firms only on the same core,
legal form and a rare brand with one more field that agrees, and some contradictions only an identifier can overrule.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.words import PartyKind
from resolution.comparisons import fields, firms, persons
from resolution.comparisons.evidence import Evidence
from resolution.records import dates

Flags = NDArray[np.bool_]
RARE_SHARE_MAX = 1e-3  # A firm's name borne by more than one in a thousand does not tell one from another.


@dataclass(frozen=True)
class Guards:
    """One flag a pair.

    allowed:   the evidence is of kinds that may join two records, if it weighs enough.
    against:   a contradiction: it must be outweighed, and only an identifier can do so for this pair.
    forbidden: never one party: different exclusive identifiers, a branch and its head office.
    """

    allowed: Flags
    against: Flags
    forbidden: Flags


def guards(found: Evidence, shares: NDArray[np.float64]) -> Guards:
    """Judge every pair by the kinds of its evidence. shares: of each record's name, by position."""
    rare = np.maximum(shares[found.left], shares[found.right]) <= RARE_SHARE_MAX
    return _person_guards(found) if found.kind is PartyKind.PERSON else _firm_guards(found, rare)


def _person_guards(found: Evidence) -> Guards:
    names, ids, days = (found.agreement[field] for field in ("names", "ids", "days"))
    known = ids >= fields.ID_ISSUED
    contradicted = _among(names, persons.OTHER_GIVEN, persons.NOTHING, persons.OTHER_GENERATION)
    against = contradicted | (days <= dates.SAME_YEAR) | (ids == fields.ID_OTHER)
    supported = (days >= dates.NEAR) | _meets(found) | (found.agreement["of_firms"] >= fields.OF_ALIKE)
    unread = np.isnan(names)  # A script that cannot be read: then door and line must both agree.
    enough = supported & ~contradicted & (names != persons.UNTOLD) & (~unread | _meets(found, both=True))
    same_surname = (ids == fields.ID_ISSUED) & (names == persons.OTHER_GIVEN) & ~(days <= dates.SAME_YEAR)
    identified = known & (~contradicted | same_surname)
    return Guards(identified | (enough & ~against), against & ~known, ids == fields.ID_CONFLICT)


def _firm_guards(found: Evidence, rare: Flags) -> Guards:
    names, ids, days = (found.agreement[field] for field in ("names", "ids", "days"))
    known = ids >= fields.ID_ISSUED
    meets = _meets(found)
    more = meets | (days >= dates.PARTIAL) | (ids == fields.ID_LOOSE) | (found.agreement["places"] == fields.PLACE_POSTCODE)
    whole = (names == firms.SAME_IN_REGION) | ((names == firms.SAME) & more)
    near = _among(names, firms.SAME, firms.OTHER_FORM, firms.ALIKE, firms.SHORT, firms.SOUND) & meets
    # Another brand is no contradiction: a third record may show that one party bore both.
    against = (names <= firms.OTHER_REGION) | (ids == fields.ID_OTHER) | (days <= dates.SAME_YEAR)
    forbidden = (ids == fields.ID_CONFLICT) | (names == firms.BRANCH)
    return Guards(known | (((whole & rare) | near) & ~against), against & ~known, forbidden)


def _meets(found: Evidence, *, both: bool = False) -> Flags:
    """Whether the two can be met in one place: the same door, phone or mailbox (`both`: door and phone or mailbox)."""
    places, contacts = found.agreement["places"], found.agreement["contacts"]
    door, line = places >= fields.PLACE_NEAR, contacts >= fields.CONTACT_ONE
    return np.asarray(door & line if both else door | line, dtype=np.bool_)


def _among(values: NDArray[np.float64], *levels: float) -> Flags:
    return np.isin(values, levels)
