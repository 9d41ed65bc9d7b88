"""A person's word that one reader may see a score of them, for one purpose, for a time; and how it ends."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel


class Reader(ImmutableModel):
    """Who looks at a person, and what for: both are named, or nobody is."""

    partner: str = Field(min_length=1, max_length=200)
    purpose: str = Field(min_length=1, max_length=200)


class ConsentState(StrEnum):
    """Whether a consent lets its reader look on a day."""

    LIVE = "live"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Consent(ImmutableModel):
    """One person or sole trader lets `recipient` see a score for `purpose`, made of what the consent covers.

    It speaks about records, so that a merge of parties moves it with them; it is void while they are of two parties.
    """

    id: Identity = Field(description="Id of the consent.")
    recipient: str = Field(min_length=1, max_length=200, description="The partner who may look.")
    purpose: str = Field(min_length=1, max_length=200, description="One purpose, by its name.")
    data_classes: tuple[str, ...] = Field(description="Kinds of statements that may be used, as the rulebook's person signals.")
    release_ids: tuple[Identity, ...] = Field(description="Releases of statements that may be used.")
    given_on: date = Field(description="First day it holds.")
    expires_on: date = Field(description="First day it no longer holds.")
    evidence: str = Field(min_length=1, max_length=2000, description="How the person said so, and where that is kept.")
    legal_basis: str = Field(min_length=1, max_length=300, description="Article the operator relies on.")
    assessment: str = Field(min_length=1, max_length=200, description="Number of the operator's impact assessment.")
    recorded_by: str = Field(min_length=1, max_length=200, description="Who took it down.")
    recorded_at: datetime = Field(description="When it was taken down, in UTC.")
    withdrawn_at: datetime | None = Field(None, description="When it was withdrawn, in UTC; null while it was not.")
    withdrawn_by: str | None = Field(None, max_length=200, description="Who took the withdrawal down.")

    def state(self, *days: date) -> ConsentState:
        """Whether it holds on every one of the days. A withdrawal ends it for every day, those before it among them."""
        if self.withdrawn_at is not None:
            return ConsentState.WITHDRAWN
        if any(day >= self.expires_on for day in days):
            return ConsentState.ENDED
        return ConsentState.LIVE if all(self.given_on <= day for day in days) else ConsentState.NOT_BEGUN

    def is_for(self, reader: Reader) -> bool:
        """Whether it names this reader and this purpose; width and case of letters do not count."""
        return equal_when_folded(self.recipient, reader.partner) and equal_when_folded(self.purpose, reader.purpose)

    def covers(self, data_class: str, release_id: str | None) -> bool:
        """Whether a statement of this kind under this release may be used."""
        return data_class in self.data_classes and release_id in self.release_ids


def equal_when_folded(left: str, right: str) -> bool:
    """Whether two names of partners or purposes are one; width and case of letters do not count."""
    return _fold(left) == _fold(right)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Permission(ImmutableModel):
    """What one reader may use of one party: a live consent, or the rulebook's state that says why there is none."""

    consent: Consent | None = None
    state: str = "consent_missing"


NOBODY = Permission()
"""Nobody was named as the reader, or nobody the person agreed to: told alike, for who was agreed to is private too."""


def permission(consents: Iterable[Consent], reader: Reader, *days: date) -> Permission:
    """What a reader may use on every one of these days: the last consent given to it for the purpose decides."""
    granted = [consent for consent in consents if consent.is_for(reader)]
    if not granted:
        return NOBODY
    last = max(granted, key=lambda consent: consent.id)
    state = last.state(*days)
    return Permission(consent=last, state="") if state is ConsentState.LIVE else Permission(state=f"consent_{state}")
