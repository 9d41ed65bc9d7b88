"""Subscriptions: events are sent to an address, signed, until it takes them."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.http.dependencies import AppState
from api.http.pages import InPage
from api.routes.watchlists import AFTER, InOwner, InSeenOwner
from api.schemas.webhooks import FailedEvents, PingResult, Webhook, WebhookChange, Webhooks, WebhookToMake, WebhookWithSecret
from api.watching.deliveries import ping
from api.watching.webhooks import (
    OVERLAP_H,
    Office,
    change_webhook,
    failed_events,
    make_webhook,
    remove_webhook,
    replay,
    rotate_secret,
    show_webhook,
    show_webhooks,
)
from api.wiring import store_key, wall_clock

router = APIRouter(tags=["webhooks"], prefix="/webhooks")
NO_COPY = "no-store"  # Of an answer that tells a secret nobody keeps one, the store's answers to repeated calls among them.


def _office(request: Request, owner: str) -> Office:
    state: AppState = request.app.state.kith
    key = partial(store_key, state.store, state.settings)
    return Office(state.store, owner, wall_clock(), state.settings.webhook_private, key)


def own_office(request: Request, owner: InOwner) -> Office:
    """Where the caller makes subscriptions of its own."""
    return _office(request, owner)


def seen_office(request: Request, owner: InSeenOwner) -> Office:
    """Where the caller changes subscriptions it may see."""
    return _office(request, owner)


InOwnOffice = Annotated[Office, Depends(own_office)]
InOffice = Annotated[Office, Depends(seen_office)]


@router.post("", summary="Send me events from now on", status_code=201)
def create_webhook(to_make: WebhookToMake, office: InOwnOffice, response: Response) -> WebhookWithSecret:
    """Subscribes an https address. The secret that events are signed with is told this once."""
    response.headers["cache-control"] = NO_COPY
    return make_webhook(office, to_make)


@router.get("", summary="Who is sent events?")
def read_webhooks(office: InOffice, page: InPage) -> Webhooks:
    """Subscriptions of the caller, all of them for the operator, and how far each is."""
    return show_webhooks(office.store, page, owner=office.owner)


@router.get("/{webhook_id}", summary="How far is this subscription?")
def read_webhook(webhook_id: str, office: InOffice) -> Webhook:
    """Its address and kinds, what was last answered, and when the next event is tried again."""
    return show_webhook(office.store, webhook_id, owner=office.owner)


@router.patch("/{webhook_id}", summary="Change, pause or resume this subscription")
def update_webhook(webhook_id: str, change: WebhookChange, office: InOffice) -> Webhook:
    """Changes the fields that are sent and no others. A resumed one goes on where it stopped."""
    return change_webhook(office, webhook_id, change)


@router.delete("/{webhook_id}", summary="Send nothing more here")
def delete_webhook(webhook_id: str, office: InOffice) -> Webhook:
    """Unsubscribes, and answers with what it was."""
    return remove_webhook(office.store, webhook_id, owner=office.owner)


@router.post("/{webhook_id}/rotate", summary="A new secret for this subscription")
def rotate_webhook_secret(
    webhook_id: str,
    office: InOffice,
    response: Response,
    overlap_h: Annotated[
        float, Query(ge=0, le=720, description="Hours for which the former secret signs too.", examples=[24])
    ] = OVERLAP_H,
) -> WebhookWithSecret:
    """Tells a new secret this once; for some hours messages carry the signatures of both."""
    response.headers["cache-control"] = NO_COPY
    return rotate_secret(office, webhook_id, overlap_h=overlap_h)


@router.post("/{webhook_id}/replay", summary="Send events again from this cursor on")
def replay_webhook(webhook_id: str, office: InOffice, after: AFTER = None) -> Webhook:
    """Events behind the cursor are sent again under the same ids, in order; a paused subscription goes on."""
    return replay(office.store, webhook_id, after=after, owner=office.owner)


@router.post("/{webhook_id}/ping", summary="Does this receiver take a test event?")
def ping_webhook(webhook_id: str, office: InOffice) -> PingResult:
    """Sends one signed test message of the type `webhook.ping` now, and tells what came back."""
    return ping(office, webhook_id)


@router.get("/{webhook_id}/failures", summary="Which events were not taken after the last try?")
def read_webhook_failures(webhook_id: str, office: InOffice, page: InPage) -> FailedEvents:
    """The earliest first, each with the cursor from which a replay sends it again."""
    return failed_events(office.store, webhook_id, page, owner=office.owner)
