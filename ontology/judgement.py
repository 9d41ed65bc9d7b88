"""A verdict on whether two records are one party."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ontology.words import Identity, Word


class Verdict(StrEnum):
    """Same, different, or not to be told."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Judgement(Word):
    """Who said what of which pair, when and why. A person's verdict is never overwritten by a score."""

    left_id: Identity
    right_id: Identity
    verdict: Verdict
    by: str = Field(description="`model:<version>` or a person's account name.")
    reason: str = ""
    decided_at: datetime
    match_weight: float | None = Field(None, description="log2 Bayes factor with the prior, where a model spoke.")
