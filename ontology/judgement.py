"""A verdict on whether two records are one party, and the ledger that people's verdicts are kept in."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from ontology.base import Identity, ImmutableModel


class Verdict(StrEnum):
    """Same, different, or not to be told."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Judgement(ImmutableModel):
    """Who said what of which pair, when and why. A person's verdict is never overwritten by a score."""

    left_id: Identity
    right_id: Identity
    verdict: Verdict
    by: str = Field(description="`model:<version>` or a person's account name.")
    reason: str = ""
    decided_at: datetime
    match_weight: float | None = Field(None, description="log2 Bayes factor with the prior, where a model spoke.")


class LedgerEntry(ImmutableModel):
    """One line of the ledger: a person's verdict on a pair of records, or the undoing of one. Lines are only ever added.

    Several lines of one call (a verdict on two parties is written on pairs of their records) share an `occasion`.
    """

    id: Identity = Field(description="`J-` and 10 characters, from what the line says.")
    occasion: Identity = Field(description="Id of the first line of the same call.")
    left_id: Identity = Field(description="The smaller of the two record ids.")
    right_id: Identity
    verdict: Verdict | None = Field(None, description="None in a line that undoes another.")
    undoes: Identity | None = Field(None, description="Id of the line that this one takes back.")
    by: str = Field(min_length=1, max_length=100, description="Account name of a person; never begins with `model:`.")
    reason: str = Field("", max_length=2000)
    decided_at: datetime

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.verdict is None) == (self.undoes is None):
            raise ValueError("a line holds a verdict or undoes one")
        if not self.left_id < self.right_id:
            raise ValueError("a pair is two records, the smaller id first")
        return self
