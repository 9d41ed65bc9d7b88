"""Subscriptions: made, shown, changed, their secrets rotated, their events sent anew, and removed by those who own them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from api.context.pages import PageRequest, cut_page, read_cursor
from api.schemas.watching import WatchEventKind
from api.schemas.webhooks import (
    FailedEvent,
    FailedEvents,
    Webhook,
    WebhookChange,
    Webhooks,
    WebhookState,
    WebhookToMake,
    WebhookWithSecret,
)
from api.watching.events import cursor_of, number_of
from api.watching.lists import ANYBODY, list_of
from api.watching.progress import DeliveryProgress, failure_rows, progress_by_id, put_progress, remove_progress
from api.watching.records import EVENTS_KEY, THINGS_KEY, last_number, take_numbers
from api.watching.sending import check_url
from api.watching.signing import SALT_BYTES, Secret
from ontology.base import Identity, ImmutableModel
from ontology.errors import WebhookUnknown, WrongCall
from ontology.personal_ids import PersonalIdKey, mask
from store.port import Store
from store.rows import from_row, to_row

QUESTION = "webhooks"
OVERLAP_H = 24.0
WEBHOOKS_MAX = 100  # Of one owner: each is looked at every few seconds.


class StoredWebhook(ImmutableModel):
    """A row of `webhooks`. Salts are what the secrets are derived from; the former one signs too until `former_until`."""

    id: Identity
    owner: str
    url: str
    kinds: tuple[WatchEventKind, ...] = ()
    watchlist_id: Identity | None = None
    salt: str
    former_salt: str | None = None
    former_until: datetime | None = None
    created_at: datetime

    def secrets(self, id_key: PersonalIdKey, now: datetime) -> list[Secret]:
        """Secrets that a message is signed with now, the new one first."""
        former = self.former_salt if self.former_until and now < self.former_until else None
        return [Secret.of(salt, id_key) for salt in (self.salt, former) if salt]


@dataclass(frozen=True)
class Office:
    """Where subscriptions are kept and by whom they are used. id_key: loaded only where a secret is told."""

    store: Store
    owner: str
    now: datetime
    allow_private: bool
    id_key: Callable[[], PersonalIdKey]


def make_webhook(office: Office, to_make: WebhookToMake) -> WebhookWithSecret:
    """Subscribe: events from now on are sent. Raises WebhookRefused, WatchlistUnknown, WrongCall for too many."""
    store = office.store
    url = check_url(to_make.url, allow_private=office.allow_private)
    if to_make.watchlist_id:
        list_of(store, to_make.watchlist_id, owner=office.owner)
    with store.transaction():
        if len(store.read("watching/webhooks", owner=office.owner, after="", limit=WEBHOOKS_MAX)) == WEBHOOKS_MAX:
            raise WrongCall(most=WEBHOOKS_MAX, reason="too many subscriptions", remedy="Remove one first.")
        (number,) = take_numbers(store, THINGS_KEY, 1)
        webhook = StoredWebhook(
            id=f"H-{number:06}",
            owner=office.owner,
            url=url,
            kinds=tuple(dict.fromkeys(to_make.kinds)),
            watchlist_id=to_make.watchlist_id,
            salt=token_hex(SALT_BYTES),
            created_at=office.now,
        )
        progress = DeliveryProgress(webhook_id=webhook.id, position=last_number(store, EVENTS_KEY))
        store.write("watching/put_webhooks", rows=[to_row(webhook)])
        put_progress(store, progress)
    return _with_secret(office, webhook, progress)


def show_webhooks(store: Store, page: PageRequest, *, owner: str) -> Webhooks:
    """Subscriptions of an owner, or of all (ANYBODY), by id. Raises CursorInvalid."""
    place = read_cursor(page.cursor, question=QUESTION, types=(str,)) or ("",)
    rows = store.read("watching/webhooks", owner=owner, after=place[0], limit=page.limit + 1)
    cut = cut_page(rows, page, place=lambda row: (row["id"],), question=QUESTION)
    webhooks = [from_row(StoredWebhook, row) for row in cut.lines]
    return Webhooks(webhooks=tuple(_all_shown(store, webhooks)), next=cut.next)


def show_webhook(store: Store, id_: str, *, owner: str) -> Webhook:
    """One subscription. Raises WebhookUnknown, also for one of another owner."""
    (webhook,) = _all_shown(store, [webhook_of(store, id_, owner=owner)])
    return webhook


def change_webhook(office: Office, id_: str, change: WebhookChange) -> Webhook:
    """Change address or kinds, pause or resume. Raises WebhookUnknown, WebhookRefused."""
    fields = {name: value for name in ("url", "kinds") if (value := getattr(change, name)) is not None}
    if "url" in fields:
        fields["url"] = check_url(str(fields["url"]), allow_private=office.allow_private)
    with office.store.transaction():
        webhook = webhook_of(office.store, id_, owner=office.owner).model_copy(update=fields)
        office.store.write("watching/put_webhooks", rows=[to_row(webhook)])
        if change.active is not None:
            _set_active(office.store, id_, active=change.active)
    return show_webhook(office.store, id_, owner=office.owner)


def rotate_secret(office: Office, id_: str, *, overlap_h: float = OVERLAP_H) -> WebhookWithSecret:
    """A new secret; the former one signs too for so many hours. Raises WebhookUnknown."""
    with office.store.transaction():
        webhook = webhook_of(office.store, id_, owner=office.owner)
        former_until = office.now + timedelta(hours=overlap_h)
        update = {"salt": token_hex(SALT_BYTES), "former_salt": webhook.salt, "former_until": former_until}
        rotated = webhook.model_copy(update=update)
        office.store.write("watching/put_webhooks", rows=[to_row(rotated)])
    return _with_secret(office, rotated, progress_by_id(office.store, [id_])[id_])


def replay(store: Store, id_: str, *, after: str | None, owner: str) -> Webhook:
    """Send the events behind a cursor again, under the same ids; all that are kept without one. Resumes a paused one.

    Raises WebhookUnknown, CursorInvalid, WrongCall for a cursor of events that are still to come.
    """
    number = number_of(after)
    with store.transaction():
        webhook_of(store, id_, owner=owner)
        if number > last_number(store, EVENTS_KEY):
            raise WrongCall(problem="the cursor is of no event yet", remedy="Take it from GET /v1/events.")
        _reset(store, id_, {"position": number})
    return show_webhook(store, id_, owner=owner)


def remove_webhook(store: Store, id_: str, *, owner: str) -> Webhook:
    """Unsubscribe; what it was. Raises WebhookUnknown."""
    with store.transaction():
        removed = show_webhook(store, id_, owner=owner)
        store.write("watching/remove_webhook", id=id_)
        remove_progress(store, id_)
    return removed


def failed_events(store: Store, id_: str, page: PageRequest, *, owner: str) -> FailedEvents:
    """Events that the receiver did not take after the last try. Raises WebhookUnknown, CursorInvalid."""
    webhook_of(store, id_, owner=owner)
    question = f"failed events {id_}"
    place = read_cursor(page.cursor, question=question, types=(int,)) or (0,)
    rows = failure_rows(store, id_, after=int(place[0]), limit=page.limit + 1)
    cut = cut_page(rows, page, place=lambda row: (row["number"],), question=question)
    names = ("event_id", "attempts", "status", "problem", "failed_at")
    failures = [FailedEvent(cursor=cursor_of(row["number"] - 1), **{name: row[name] for name in names}) for row in cut.lines]
    return FailedEvents(failures=tuple(failures), next=cut.next)


def webhook_of(store: Store, id_: str, *, owner: str) -> StoredWebhook:
    """The subscription as it is kept, where this owner may use it. Raises WebhookUnknown."""
    rows = store.read("watching/webhook", id=id_)
    if not rows or owner not in (ANYBODY, rows[0]["owner"]):
        raise WebhookUnknown(id=mask(id_))
    return from_row(StoredWebhook, rows[0])


def _set_active(store: Store, id_: str, *, active: bool) -> None:
    if active:
        _reset(store, id_, {})
        return
    progress = progress_by_id(store, [id_])[id_]
    put_progress(store, progress.model_copy(update={"state": WebhookState.PAUSED, "reason": "paused by its owner"}))


def _reset(store: Store, id_: str, update: dict[str, object]) -> None:
    """Begin anew where it stands, or elsewhere; whoever has it in hand finds that out when it notes its next try."""
    progress = progress_by_id(store, [id_])[id_]
    anew = {"state": WebhookState.ACTIVE, "attempts": 0, "failed": 0}
    anew |= dict.fromkeys(("reason", "due_at", "lease_owner", "lease_until"))
    put_progress(store, progress.model_copy(update=anew | update))


def _all_shown(store: Store, webhooks: Iterable[StoredWebhook]) -> Iterable[Webhook]:
    webhook_list = list(webhooks)
    progress = progress_by_id(store, [webhook.id for webhook in webhook_list])
    return [Webhook(**_fields(webhook, progress[webhook.id])) for webhook in webhook_list]


def _fields(webhook: StoredWebhook, progress: DeliveryProgress) -> dict[str, object]:
    names = ("state", "reason", "attempts", "due_at", "last_status", "last_at")
    fields = webhook.model_dump(exclude={"salt", "former_salt"})
    return fields | {name: getattr(progress, name) for name in names} | {"next": cursor_of(progress.position)}


def _with_secret(office: Office, webhook: StoredWebhook, progress: DeliveryProgress) -> WebhookWithSecret:
    secret = Secret.of(webhook.salt, office.id_key())
    return WebhookWithSecret.model_validate(_fields(webhook, progress) | {"secret": secret.text})


def message_body(event: ImmutableModel, kind: str, at: datetime) -> bytes:
    """The body of a message: type, time and data, as the specification advises."""
    body = {"type": kind, "timestamp": at.isoformat(), "data": event.model_dump(mode="json")}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
