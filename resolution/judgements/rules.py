"""What the weights may never do alone: guards on a pair, whatever its weight. They are policy, not statistics.

A wrong merge puts one party's listings on another. So persons never join on a name alone, firms only on the same core,
legal form and a rare brand with one more field that agrees, and some contradictions only an identifier can overrule.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons import fields, firm_names, person_names
from resolution.comparisons.evidence import Evidence
from resolution.comparisons.home_levels import DOOR_MIN
from resolution.judgements.kin import in_doubt, of_home
from resolution.records import dates

Flags = NDArray[np.bool_]
BESIDE_BITS_MIN = 2.0  # What the fields beside a person's name must say together, where none of them says it alone.
RARE_NAME_BITS_MIN = 12.0  # What must agree of a name where the day of birth is only near.
OTHER_DAY_BITS_MIN = 8.5  # From here on they overrule another day of birth.
OVERRULING_BITS_MIN = 12.0  # From here on they overrule a given name that differs: a day and a place, not a day or a place.
FIELD_BITS_MIN, IN_ALL_BITS_MIN = 6.0, 18.0  # Or so much of one field, and so much with what agrees of a rare surname.
RARE_SHARE_MAX = 1e-3  # A firm's name borne by more than one in a thousand does not tell one from another.


@dataclass(frozen=True)
class Guards:
    """One flag a pair.

    allowed:   the evidence is of kinds that may join two records, if it weighs enough.
    against:   a contradiction: it must be outweighed, and only an identifier can do so for this pair.
    forbidden: never one party: different exclusive identifiers, a branch and its head office.
    doubtful:  persons whom only a contradiction keeps apart: it counts less where kin are rare (comparisons/kin_counts.py).
    of_home:   persons of one surname who meet: kin, or one person.
    """

    allowed: Flags
    against: Flags
    forbidden: Flags
    doubtful: Flags
    of_home: Flags


def guards(found: Evidence, bits: dict[str, NDArray[np.float64]], shares: NDArray[np.float64]) -> Guards:
    """Judge every pair by the kinds of its evidence. bits: of each field; shares: of each record's name, by position."""
    rare = np.maximum(shares[found.left], shares[found.right]) <= RARE_SHARE_MAX
    return _person_guards(found, bits) if found.kind is PartyKind.PERSON else _firm_guards(found, rare)


def _person_guards(found: Evidence, bits: dict[str, NDArray[np.float64]]) -> Guards:
    """Under one roof kin share all but a given name and a day, so there what differs counts against the whole groups.

    Elsewhere it only fails to speak for them: sources misspell names and days, and a group has other pairs to speak.
    """
    names, ids, days = found.names, found.agreement["ids"], found.agreement["days"]
    known = ids >= fields.ID_ISSUED
    two_names = _among(names, person_names.OTHER_HAN, person_names.OTHER_GENERATION)
    kin = _meets(found) | (found.agreement["of_firms"] >= fields.OF_ALIKE)
    rare = found.agreement["names"] >= RARE_NAME_BITS_MIN
    whole = _among(names, person_names.SAME, person_names.ALIKE)
    # A year is no day, and two 王伟 may be born nearly on one: both count beside a rare name only, a year beside all of it.
    dated = (days >= dates.SWAPPED) | (rare & ((days == dates.NEAR) | (whole & (days >= dates.YEAR_NEAR) & ~found.common)))
    told_days = np.where(dated & (bits["days"] > 0), bits["days"], 0.0)
    beside = _beside(bits | {"days": told_days})
    other_given = _among(names, person_names.OTHER_GIVEN, person_names.OTHER_MIDDLE)
    several = beside - told_days >= BESIDE_BITS_MIN  # Twins share a day, and so do strangers: alone it overrules no name.
    sum_enough = other_given & (beside >= FIELD_BITS_MIN) & (beside + found.agreement["names"] >= IN_ALL_BITS_MIN)
    overruled = ~two_names & ~kin & several & ((beside >= OVERRULING_BITS_MIN) | sum_enough)
    contradicted = two_names | other_given | (names == person_names.NOTHING)
    other_day = days == dates.WHOLLY
    parted = contradicted | (days <= dates.YEAR_NEAR)
    # A passport is renewed: the whole name and the day outweigh another number, where the name is rare or door or line agrees.
    renewed = (names >= person_names.ALIKE) & (days >= dates.SWAPPED) & (rare | _meets(found))
    other_id = (ids == fields.ID_OTHER) & ~renewed
    against = two_names | (parted & kin) | (other_day & (beside < OTHER_DAY_BITS_MIN)) | other_id
    few = names == person_names.OTHER_FAMILY
    supported = np.where(few, several & (beside >= OVERRULING_BITS_MIN), dated | kin | (beside >= BESIDE_BITS_MIN))
    unread = np.isnan(names)  # A script that cannot be read: then door and line must both agree.
    enough = supported & (~contradicted | overruled) & (names != person_names.UNTOLD) & (~unread | _meets(found, both=True))
    same_surname = (ids == fields.ID_ISSUED) & other_given & ~(days <= dates.YEAR_NEAR)
    born_alike = (days >= dates.SWAPPED) & ~two_names  # A number and a day: whoever bears both bears any name.
    known_alike = born_alike & (known | (ids == fields.ID_NEAR))
    # One without a name: whoever has this mailbox or phone of their own and was born on this very day.
    unnamed = (names == person_names.UNTOLD) & (days >= dates.EXACT) & (found.agreement["contacts"] >= fields.CONTACT_ONE)
    identified = (known & (~contradicted | same_surname)) | known_alike | unnamed
    allowed, forbidden = identified | (enough & ~against), ids == fields.ID_CONFLICT
    doubtful = in_doubt(found, kin) & ~allowed & ~forbidden
    return Guards(allowed, against & ~known & ~known_alike, forbidden, doubtful, of_home(found, kin))


def _beside(bits: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """What the fields beside the name say together for the two being one, in bits."""
    told = np.stack([column for field, column in bits.items() if field != "names"])
    return np.asarray(np.where(told > 0, told, 0.0).sum(axis=0), dtype=np.float64)


def _firm_guards(found: Evidence, rare: Flags) -> Guards:
    names, ids, days = (found.agreement[field] for field in ("names", "ids", "days"))
    known = ids >= fields.ID_ISSUED
    meets = _meets(found)
    more = meets | (days >= dates.PARTIAL) | (ids == fields.ID_LOOSE) | (found.agreement["places"] == fields.PLACE_POSTCODE)
    whole = (names == firm_names.SAME_IN_REGION) | ((names == firm_names.SAME) & more)
    near = _among(names, firm_names.SAME, firm_names.OTHER_FORM, firm_names.ALIKE, firm_names.SHORT, firm_names.SOUND) & meets
    # Another brand is no contradiction: a third record may show that one party bore both.
    against = (names <= firm_names.MEMBER) | (ids == fields.ID_OTHER) | (days <= dates.SAME_YEAR)
    # Owner and owned, head office and branch are two, whatever they share but a number.
    forbidden = (ids == fields.ID_CONFLICT) | (names == firm_names.BRANCH) | (found.tied_by_source & ~known)
    never = np.zeros(len(names), dtype=np.bool_)
    return Guards(known | (((whole & rare) | near) & ~against), against & ~known, forbidden, doubtful=never, of_home=never)


def _meets(found: Evidence, *, both: bool = False) -> Flags:
    """Whether the two can be met in one place: the same door, phone or mailbox (`both`: door and phone or mailbox)."""
    places, contacts = found.agreement["places"], found.agreement["contacts"]
    near = DOOR_MIN if found.kind is PartyKind.PERSON else fields.PLACE_NEAR
    door, line = places >= near, contacts >= fields.CONTACT_ONE
    return np.asarray(door & line if both else door | line, dtype=np.bool_)


def _among(values: NDArray[np.float64], *levels: float) -> Flags:
    return np.isin(values, levels)
