"""A key of the API: who may ask, in which role, and until when. Of its secret only a hash is kept."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from ontology.base import Identity, ImmutableModel


class Role(StrEnum):
    """What a caller is; `api/http/access_rules.yaml` says what each may do."""

    READER = "reader"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    SUBJECT = "subject"
    PARTNER = "partner"


class ApiKey(ImmutableModel):
    """One key as the store keeps it."""

    id: Identity
    name: str = Field(min_length=1, max_length=200, description="Who or what uses it.")
    role: Role
    groups: tuple[str, ...] = Field((), description="Groups of routes it is confined to; none: all of its role.")
    datasets: tuple[str, ...] = Field((), description="Data sets it is confined to; none: all.")
    partner: str | None = Field(None, max_length=200, description="The partner it reads for; of partners alone.")
    purpose: str | None = Field(None, max_length=200, description="The one purpose it reads for; of partners alone.")
    record_id: Identity | None = Field(None, description="A record of the person whose key it is; of subjects alone.")
    secret_hash: str = Field(description="SHA-256 of the secret, in hexadecimal.")
    previous_hash: str | None = Field(None, description="That of the secret before the last rotation.")
    previous_until: datetime | None = Field(None, description="Until when the secret before holds.")
    requests_per_minute: int | None = Field(None, gt=0, description="Its own limit; none: that of the settings.")
    created_at: datetime
    created_by: str = Field(max_length=200)
    ends_on: date = Field(description="First day it no longer holds (UTC).")
    used_on: date | None = Field(None, description="Last day it was shown.")
    revoked_at: datetime | None = None
    revoked_by: str | None = Field(None, max_length=200)
