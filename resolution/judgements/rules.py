"""Guards on a pair: conditions for joining that no weight overrides. They are policy, not statistics.

A wrong merge puts one party's listings on another. So a name joins two persons by itself only where it is long, rare enough for
the store, and a country agrees; firms join so, too, or on the same core, legal form and a rare brand with one more field that
agrees; and some contradictions only an identifier can overrule.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons import fields, firm_names, person_names
from resolution.comparisons.evidence import Evidence
from resolution.comparisons.home_levels import DOOR_MIN
from resolution.comparisons.name_shares import RARE_SHARE_MAX
from resolution.judgements.kin_evidence import are_in_doubt, share_home
from resolution.records import dates

Flags = NDArray[np.bool_]
BESIDE_BITS_MIN = 2.0  # What the fields beside a person's name must say together, where none of them says it alone.
SURE_BITS_MIN = 5.0  # Odds of 32 to 1, prior included: beside a day of birth that is only near, or for a name by itself.
RARE_NAME_BITS_MIN = 12.0  # What must agree of a name where the day of birth is only near.
CONTRADICTING_BITS_MAX = -4.0  # Where records of one person often tell two days, another day weighs less, and bars nothing.
OTHER_DAY_BITS_MIN = 8.5  # From here on they overrule another day of birth.
OVERRULING_BITS_MIN = 12.0  # From here on they overrule a given name that differs: a day and a place, not a day or a place.
LISTED_BITS_MORE = 3.0  # Eight times the odds where a wrong join would accuse somebody. docs/decisions/0075
FIELD_BITS_MIN, IN_ALL_BITS_MIN = 6.0, 18.0  # Or so much of one field, and so much with what agrees of a rare surname.


@dataclass(frozen=True)
class Guards:
    """Flags, one a pair.

    allowed:   the kinds of evidence may join two records, if the weight is enough.
    against:   a contradiction, which only an identifier can overrule for this pair.
    forbidden: never one party: different exclusive identifiers, a branch and its head office.
    doubtful:  persons kept apart only by a contradiction, which counts less where kin are rare (comparisons/kin_counts.py).
    of_home:   persons of one home and surname: kin, or one person.
    held:      a join would bring a listing over a record that it does not name, on less weight than that takes.
    meets:     persons who share a door, a line or a firm and are not surely two: whether they are kin is weighed
               (comparisons/households.py).
    """

    allowed: Flags
    against: Flags
    forbidden: Flags
    doubtful: Flags
    of_home: Flags
    meets: Flags
    held: Flags


def guard_pairs(
    evidence: Evidence, bits: dict[str, NDArray[np.float64]], total: NDArray[np.float64], shares: NDArray[np.float64]
) -> Guards:
    """Judge every pair by the kinds of its evidence. bits: of each field; total: of the pair, prior included; shares: of each
    record's name, by position.
    """
    rare = np.maximum(shares[evidence.left], shares[evidence.right]) <= RARE_SHARE_MAX
    return _person_guards(evidence, bits, total) if evidence.kind is PartyKind.PERSON else _firm_guards(evidence, total, rare)


def hold_accusing_pairs(
    guards: Guards, accuses: Flags, ids: NDArray[np.float64], total: NDArray[np.float64], merge_bits: float
) -> Guards:
    """Let no pair join that would accuse (`Prepared.accuses`) unless it weighs LISTED_BITS_MORE than others need.

    Who bears the same issued number is who is meant, whatever else agrees. ids: agreement of the numbers of each pair.
    """
    held = accuses & (total < merge_bits + LISTED_BITS_MORE) & ~(ids >= fields.ID_ISSUED)
    return replace(guards, allowed=guards.allowed & ~held, held=held)


def _person_guards(evidence: Evidence, bits: dict[str, NDArray[np.float64]], total: NDArray[np.float64]) -> Guards:
    """Under one roof kin share all but a given name and a day, so there what differs counts against the whole groups.

    Elsewhere it only fails to speak for them: sources misspell names and days, and a group has other pairs to speak.
    """
    names, ids, days = evidence.names, evidence.agreement["ids"], evidence.agreement["days"]
    has_issued_id = ids >= fields.ID_ISSUED
    two_names = _among(names, person_names.OTHER_HAN, person_names.OTHER_GENERATION)
    shares_roof = _meets(evidence) | (evidence.agreement["of_firms"] >= fields.OF_ALIKE)
    has_rare_name = evidence.agreement["names"] >= RARE_NAME_BITS_MIN
    has_whole_name = _among(names, person_names.SAME, person_names.ALIKE)
    # A year is no day, and two 王伟 may be born nearly on one: both count beside a rare name only, a year beside all of it.
    dated = (days >= dates.SWAPPED) | (
        has_rare_name & ((days == dates.NEAR) | (has_whole_name & (days >= dates.YEAR_NEAR) & ~evidence.common))
    )
    day_bits = np.where(dated & (bits["days"] > 0), bits["days"], 0.0)
    beside = _beside(bits | {"days": day_bits})
    other_given = _among(names, person_names.OTHER_GIVEN, person_names.OTHER_MIDDLE)
    more_than_day = beside - day_bits >= BESIDE_BITS_MIN  # Twins share a day, and so do strangers: alone it overrules no name.
    sum_enough = other_given & (beside >= FIELD_BITS_MIN) & (beside + evidence.agreement["names"] >= IN_ALL_BITS_MIN)
    overruled = ~two_names & ~shares_roof & more_than_day & ((beside >= OVERRULING_BITS_MIN) | sum_enough)
    contradicted = two_names | other_given | (names == person_names.NOTHING)
    other_day = (days <= dates.WHOLLY) & (bits["days"] <= CONTRADICTING_BITS_MAX)
    is_contradicted = contradicted | (days <= dates.YEAR_NEAR)
    # A passport is renewed: the whole name and the day outweigh another number, where the name is rare or door or line agrees.
    renewed = (names >= person_names.ALIKE) & (days >= dates.SWAPPED) & (has_rare_name | _meets(evidence))
    other_id = (ids == fields.ID_OTHER) & ~renewed
    against = two_names | (is_contradicted & shares_roof) | (other_day & (beside < OTHER_DAY_BITS_MIN)) | other_id
    other_family = names == person_names.OTHER_FAMILY
    is_near = (days >= dates.NEAR) | _among(days, dates.CLOSE, dates.NEARBY)
    nearly_dated = is_near & (bits["days"] > 0) & (names >= person_names.SLIPPED) & (total >= SURE_BITS_MIN) & ~evidence.common
    by_name = _stand_by_name(evidence, total) & has_whole_name & (np.isnan(days) | (days >= dates.PARTIAL))
    supported = np.where(
        other_family,
        more_than_day & (beside >= OVERRULING_BITS_MIN),
        dated | nearly_dated | by_name | shares_roof | (beside >= BESIDE_BITS_MIN),
    )
    unread = np.isnan(names)  # A script that cannot be read: then door and line must both agree.
    enough = (
        supported
        & (~contradicted | overruled)
        & (names != person_names.UNTOLD)
        & (~unread | _meets(evidence, door_and_line=True))
    )
    same_surname = (ids == fields.ID_ISSUED) & other_given & ~(days <= dates.YEAR_NEAR)
    born_alike = (days >= dates.SWAPPED) & ~two_names  # A number and a day: whoever bears both bears any name.
    identified_alike = born_alike & (has_issued_id | (ids == fields.ID_NEAR))
    # One without a name: whoever has this mailbox or phone of their own and was born on this very day.
    unnamed = (names == person_names.UNTOLD) & (days >= dates.EXACT) & (evidence.agreement["contacts"] >= fields.CONTACT_ONE)
    identified = (has_issued_id & (~contradicted | same_surname)) | identified_alike | unnamed
    allowed, forbidden = identified | (enough & ~against), ids == fields.ID_CONFLICT
    doubtful = are_in_doubt(evidence, shares_roof) & ~allowed & ~forbidden
    return Guards(
        allowed,
        against & ~has_issued_id & ~identified_alike,
        forbidden,
        doubtful,
        share_home(evidence, shares_roof),
        meets=shares_roof & ~two_names & ~forbidden,
        held=np.zeros(len(names), dtype=np.bool_),
    )


def _beside(bits: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """What the fields beside the name say together for the two being one, in bits; a country is shared with millions."""
    columns = np.stack([column for field, column in bits.items() if field not in {"names", "countries"}])
    return np.asarray(np.where(columns > 0, columns, 0.0).sum(axis=0), dtype=np.float64)


def _firm_guards(evidence: Evidence, total: NDArray[np.float64], rare: Flags) -> Guards:
    names, ids, days = (evidence.agreement[field] for field in ("names", "ids", "days"))
    has_issued_id = ids >= fields.ID_ISSUED
    meets = _meets(evidence)
    has_support = (
        meets | (days >= dates.PARTIAL) | (ids == fields.ID_LOOSE) | (evidence.agreement["places"] == fields.PLACE_POSTCODE)
    )
    same_name = (names == firm_names.SAME_IN_REGION) | (_among(names, firm_names.SAME, firm_names.TRANSLATION) & has_support)
    by_name = _stand_by_name(evidence, total) & rare
    near = (names >= firm_names.SOUND) & meets
    # Another brand is no contradiction: a third record may show that one party bore both.
    against = (names <= firm_names.MEMBER) | (ids == fields.ID_OTHER) | (days <= dates.SAME_YEAR)
    # Owner and owned, head office and branch are two, whatever they share but a number.
    forbidden = (ids == fields.ID_CONFLICT) | (names == firm_names.BRANCH) | (evidence.tied_by_source & ~has_issued_id)
    never = np.zeros(len(names), dtype=np.bool_)
    return Guards(
        has_issued_id | (((same_name & rare) | near | by_name) & ~against),
        against & ~has_issued_id,
        forbidden,
        doubtful=never,
        of_home=never,
        meets=never,
        held=never,
    )


def _stand_by_name(evidence: Evidence, total: NDArray[np.float64]) -> Flags:
    """Which pairs share a long rare name and a country, nothing else contradicts, and all of it is sure enough for the store."""
    agreement = evidence.agreement
    contradicted = (agreement["ids"] <= fields.ID_OTHER) | ~(agreement["countries"] >= fields.COUNTRY_EXPECTED)
    if evidence.kind is PartyKind.PERSON:
        contradicted |= (agreement["genders"] == 0) | (agreement["of_firms"] == fields.OF_OTHER)
    return np.asarray(evidence.whole_name & ~contradicted & (total >= SURE_BITS_MIN), dtype=np.bool_)


def _meets(evidence: Evidence, *, door_and_line: bool = False) -> Flags:
    """Whether the two can be met in one place: the same door, phone or mailbox (`door_and_line`: door and phone or mailbox)."""
    places, contacts = evidence.agreement["places"], evidence.agreement["contacts"]
    near = DOOR_MIN if evidence.kind is PartyKind.PERSON else fields.PLACE_NEAR
    door, line = places >= near, contacts >= fields.CONTACT_ONE
    return np.asarray(door & line if door_and_line else door | line, dtype=np.bool_)


def _among(values: NDArray[np.float64], *levels: float) -> Flags:
    return np.isin(values, levels)
