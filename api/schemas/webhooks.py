"""The shapes of subscriptions that events are sent to."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.pages import Next
from api.schemas.watching import EVENT_ID, LISTS_ID, WatchEventKind
from ontology.base import Identity, ImmutableModel

WEBHOOK_ID, URL = ["H-000004"], ["https://erp.example.org/hooks/kith"]
KINDS = "Only events of these kinds; empty: of every kind."
LIST = "Only events of this watch list; null: of every list of the owner."
Url = Annotated[str, Field(min_length=8, max_length=2000)]


class WebhookState(StrEnum):
    """Whether events are sent: yes; not until somebody resumes it, for it failed too long; never again."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class WebhookToMake(ImmutableModel):
    """A new subscription."""

    model_config = ConfigDict(str_strip_whitespace=True)

    url: Url = Field(description="Where events are posted: https, a public address.", examples=URL)
    kinds: tuple[WatchEventKind, ...] = Field((), description=KINDS, examples=[["listing.new", "listing.ended"]])
    watchlist_id: Identity | None = Field(None, description=LIST, examples=LISTS_ID)


class WebhookChange(ImmutableModel):
    """What is to be another on a subscription; a field that is left out stays."""

    model_config = ConfigDict(str_strip_whitespace=True)

    url: Url | None = Field(None, description="Where events are posted from now on.", examples=URL)
    kinds: tuple[WatchEventKind, ...] | None = Field(None, description=KINDS, examples=[["listing.new"]])
    active: bool | None = Field(None, description="true resumes a paused one, false pauses it.", examples=[True])


class Webhook(ImmutableModel):
    """One subscription, without its secret."""

    id: Identity = Field(description="Id of the subscription.", examples=WEBHOOK_ID)
    url: str = Field(description="Where events are posted.", examples=URL)
    kinds: tuple[WatchEventKind, ...] = Field(description=KINDS, examples=[["listing.new", "listing.ended"]])
    watchlist_id: Identity | None = Field(None, description=LIST, examples=LISTS_ID)
    owner: str = Field(description="Id of the key that made it; `operator` for the operator.", examples=["operator"])
    created_at: datetime = Field(description="When it was made, UTC.", examples=["2026-12-01T08:00:00Z"])
    state: WebhookState = Field(description="Whether events are sent.", examples=["active"])
    reason: str | None = Field(None, description="Why none are sent.", examples=["it answered 410"])
    next: str = Field(description="Cursor behind the last event that is done with.", examples=["WyI1ZjNhIiwxMl0"])
    attempts: int = Field(description="Tries of the event that is next.", examples=[0])
    due_at: datetime | None = Field(None, description="When it is tried again, UTC.", examples=["2026-12-01T08:05:00Z"])
    last_status: int | None = Field(None, description="HTTP status of the last answer; null where none came.", examples=[200])
    last_at: datetime | None = Field(None, description="When it was last tried, UTC.", examples=["2026-12-01T08:00:00Z"])
    former_until: datetime | None = Field(
        None, description="Until then events are signed with the former secret too, UTC.", examples=["2026-12-02T08:00:00Z"]
    )


class WebhookWithSecret(Webhook):
    """A subscription whose secret is told this once."""

    secret: str = Field(description="Key of the signatures; keep it: it is not shown again.", examples=["whsec_MfKQ9r8GKYqrTwjU"])


class Webhooks(ImmutableModel):
    """Subscriptions by id."""

    webhooks: tuple[Webhook, ...] = Field(description="The subscriptions of this page.")
    next: Next = None


class PingResult(ImmutableModel):
    """What became of a test event, sent at once and once."""

    id: str = Field(description="Id of the test event.", examples=EVENT_ID)
    delivered: bool = Field(description="Whether the receiver took it (2xx).", examples=[True])
    status: int | None = Field(None, description="HTTP status of the answer; null where none came.", examples=[200])
    took_ms: int = Field(description="Milliseconds until the answer.", examples=[41])
    problem: str | None = Field(None, description="Why it was not taken.", examples=["answered 500"])


class FailedEvent(ImmutableModel):
    """An event that a receiver did not take after the last try."""

    event_id: str = Field(description="Id of the event.", examples=EVENT_ID)
    cursor: str = Field(description="Cursor before it: replay from here to send it again.", examples=["WyI1ZjNhIiwxMl0"])
    attempts: int = Field(description="How often it was tried.", examples=[8])
    status: int | None = Field(None, description="HTTP status of the last answer; null where none came.", examples=[500])
    problem: str = Field(description="Why it was not taken.", examples=["answered 500"])
    failed_at: datetime = Field(description="When it was given up, UTC.", examples=["2026-12-03T08:00:00Z"])


class FailedEvents(ImmutableModel):
    """Events that a receiver did not take, the earliest first."""

    failures: tuple[FailedEvent, ...] = Field(description="The events of this page.")
    next: Next = None
