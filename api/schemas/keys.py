"""Keys of the API and reads of persons, as the API, the command and Python show them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.pages import Next
from ontology.api_key import Role
from ontology.base import Identity, ImmutableModel

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
KEY_ID = Field(description="Id of the key: the middle part of its text.", examples=["5f3a9c0d1e2b"])


class KeyState(StrEnum):
    """Whether a key opens anything today."""

    LIVE = "live"
    ENDED = "ended"
    REVOKED = "revoked"


class KeyToCreate(ImmutableModel):
    """What a new key is for."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: Word = Field(description="Who or what will use it; signs what it writes.", examples=["onboarding service"])
    role: Role = Field(description="What it may do.", examples=["reader"])
    groups: tuple[Word, ...] = Field(
        (), max_length=50, description="Groups of routes it is confined to; none: all of its role.", examples=[["screening"]]
    )
    datasets: tuple[Word, ...] = Field(
        (),
        max_length=100,
        description="Data sets it is confined to: it then reaches only routes that name one of them; none: all.",
        examples=[["court"]],
    )
    partner: Word | None = Field(
        None, description="The partner it reads for; needed for the role partner, and for no other.", examples=["Harbour Bank"]
    )
    purpose: Word | None = Field(
        None, description="The one purpose it reads for; needed for the role partner.", examples=["supplier credit"]
    )
    party: Word | None = Field(
        None,
        description="The person whose own key it is (id, record id, code or clear name); needed for the role subject.",
        examples=["registry:r3"],
    )
    ends_on: date | None = Field(
        None, description="First day it no longer holds (UTC); left out: after the days of the settings.", examples=["2027-06-30"]
    )
    requests_per_minute: int | None = Field(
        None, gt=0, le=1_000_000, description="Its own limit, requests a minute; left out: that of the settings.", examples=[600]
    )


class KeyToRotate(ImmutableModel):
    """How a key gets another secret."""

    overlap_hours: float = Field(
        24.0, ge=0, le=720, description="Hours for which the secret before still holds.", examples=[24.0]
    )
    ends_on: date | None = Field(
        None,
        description="First day the key no longer holds (UTC); left out: after the days of the settings.",
        examples=["2027-06-30"],
    )


class ShownKey(ImmutableModel):
    """A key without its secret."""

    id: Identity = KEY_ID
    name: str = Field(description="Who or what uses it.", examples=["onboarding service"])
    role: Role = Field(description="What it may do.", examples=["reader"])
    state: KeyState = Field(description="Whether it opens anything today.", examples=["live"])
    groups: tuple[str, ...] = Field(description="Groups of routes it is confined to; none: all.", examples=[["screening"]])
    datasets: tuple[str, ...] = Field(description="Data sets it is confined to; none: all.", examples=[["court"]])
    partner: str | None = Field(description="The partner it reads for.", examples=["Harbour Bank"])
    purpose: str | None = Field(description="The one purpose it reads for.", examples=["supplier credit"])
    record_id: str | None = Field(description="A record of the person whose own key it is.", examples=["registry:r3"])
    requests_per_minute: int | None = Field(description="Its own limit, requests a minute.", examples=[600])
    created_at: datetime = Field(description="When it was made (UTC).", examples=["2026-12-01T09:00:00Z"])
    created_by: str = Field(description="Who made it.", examples=["li.na"])
    ends_on: date = Field(description="First day it no longer holds (UTC).", examples=["2027-12-01"])
    used_on: date | None = Field(description="Last day it was shown (UTC).", examples=["2026-12-24"])
    previous_until: datetime | None = Field(
        description="Until when the secret before the last rotation holds (UTC).", examples=["2026-12-02T09:00:00Z"]
    )
    revoked_at: datetime | None = Field(description="When it was revoked (UTC).", examples=["2026-12-25T09:00:00Z"])
    revoked_by: str | None = Field(description="Who revoked it.", examples=["li.na"])


class CreatedKey(ImmutableModel):
    """A key with its secret, which is shown this one time."""

    key: ShownKey = Field(description="The key as it is kept.")
    secret_text: str = Field(
        description="What its holder sends as `Authorization: Bearer …`; it is kept nowhere and never shown again.",
        examples=["kith_5f3a9c0d1e2b_Zm9yIGV4YW1wbGUgb25seSwgdGhpcyBvcGVucyBub3Ro"],
    )


class Keys(ImmutableModel):
    """Every key, the latest first."""

    keys: tuple[ShownKey, ...] = Field(description="Keys of every state.")


class PersonRead(ImmutableModel):
    """One read of a person."""

    read_at: datetime = Field(description="When, to the second (UTC).", examples=["2026-12-01T09:00:00Z"])
    key_id: str = Field(
        description="Whose key: its id, `operator` for the operator's own, `oidc:…` for a person who signed in.",
        examples=["5f3a9c0d1e2b"],
    )
    name: str = Field(description="The name of the key or person.", examples=["onboarding service"])
    role: Role = Field(description="The role it was read in.", examples=["partner"])
    partner: str | None = Field(description="The partner it was read for.", examples=["Harbour Bank"])
    purpose: str | None = Field(description="The purpose that was given.", examples=["supplier credit"])
    route: str = Field(description="What was read: the route's template.", examples=["/v1/entities/{entity_id}"])


class PersonReads(ImmutableModel):
    """Reads of one party's records, the latest first."""

    entity_id: Identity = Field(description="The party as it is today.", examples=["K-7Q2M9"])
    name: str = Field(description="Its name.", examples=["林一"])
    reads: tuple[PersonRead, ...] = Field(description="The latest first.")
    next: Next = None
