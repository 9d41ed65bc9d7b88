"""Which pairs of persons are in doubt (only a contradiction keeps them apart) and which are kin, by the pair's evidence alone."""

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


def are_in_doubt(evidence: Evidence, meets: Flags) -> Flags:
    """Which pairs are in doubt: two fields agree, at least one of them personal (given name, date of birth, number).

    The other field may be the home. Two different Han names, or two generations, are two people and never in doubt.
    meets: which pairs share an address, a phone or mailbox, or a firm.
    """
    names_agree = evidence.names >= person_names.NOTHING
    share_place = meets | (evidence.agreement["places"] >= POSTCODE_MIN)
    own_agreements = _count_own_agreements(evidence)
    return np.asarray(names_agree & (own_agreements > 0) & (own_agreements + share_place >= AGREE_MIN), dtype=np.bool_)


def share_home(evidence: Evidence, meets: Flags) -> Flags:
    """Which pairs are of one home: they meet, and share a surname where both have one."""
    names = evidence.names
    surname = (names >= person_names.OTHER_GIVEN) & (names != person_names.OTHER_FAMILY)
    return np.asarray(meets & (surname | (names == person_names.OTHER_HAN)), dtype=np.bool_)


def are_kin(evidence: Evidence, of_home: Flags) -> Flags:
    """Which pairs of one home are kin: no personal field (given name, date of birth, number) agrees."""
    return np.asarray(of_home & np.isin(evidence.names, OTHER_PERSON) & (_count_own_agreements(evidence) == 0), dtype=np.bool_)


def _count_own_agreements(evidence: Evidence) -> NDArray[np.int64]:
    """How many agree of given name, date of birth (or the known part of it) and number."""
    names, days, ids = evidence.names, evidence.agreement["days"], evidence.agreement["ids"]
    given_names_agree = (names >= person_names.OTHER_FAMILY) & (names != person_names.PART)
    return np.asarray(given_names_agree.astype(np.int64) + (days >= dates.PARTIAL) + (ids >= fields.ID_NEAR), dtype=np.int64)
