"""What a person says of a case of trade that may conjure credit."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel


class RingVerdict(StrEnum):
    """Confirmed: what it inflated does not count. Dismissed: it is no case. Reopened: as if nobody had ruled yet."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


class RingRuling(ImmutableModel):
    """Who said what of which case, when and why; only ever added to, the last one holds.

    It speaks about records, so that a merge or split of parties moves it with them.
    """

    id: Identity
    case_id: Identity
    verdict: RingVerdict
    by: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=2000)
    decided_at: datetime
    shape: str = Field(pattern="^(mutual|circle)$")
