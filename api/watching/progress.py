"""How far each subscription was sent its events, and which process is sending: kept, so that none sends beside another."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from api.schemas.webhooks import WebhookState
from ontology.base import Identity, ImmutableModel
from ontology.errors import StoreBusy
from store.port import Row, Store
from store.rows import from_row, to_row

BUSY_TRIES = 60  # Each waits some seconds: as long as the writing part of a large run.
LEASE_S = 60.0  # Several tries of one message; a process that dies holds a subscription no longer than that.


class DeliveryProgress(ImmutableModel):
    """A row of `webhook_progress`.

    position: number of the last event that is done with. attempts: failed tries of the next one.
    failed:   dead letters in a row; one that follows another at once is the receiver's trouble, not the event's.
    """

    webhook_id: Identity
    state: WebhookState = WebhookState.ACTIVE
    reason: str | None = None
    position: int
    attempts: int = 0
    failed: int = 0
    due_at: datetime | None = None
    last_status: int | None = None
    last_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None


class FailedDelivery(ImmutableModel):
    """A row of `webhook_failures`: an event that was not taken after the last try."""

    webhook_id: Identity
    number: int
    event_id: str
    attempts: int
    status: int | None = None
    problem: str
    failed_at: datetime


def progress_by_id(store: Store, webhook_ids: Sequence[str]) -> dict[str, DeliveryProgress]:
    """How far these subscriptions are, by id."""
    rows = store.read("watching/progress", ids=list(webhook_ids))
    return {row["webhook_id"]: from_row(DeliveryProgress, row) for row in rows}


def put_progress(store: Store, progress: DeliveryProgress) -> None:
    """Keep how far a subscription is."""
    store.write("watching/put_progress", rows=[to_row(progress)])


def remove_progress(store: Store, webhook_id: str) -> None:
    """Forget how far a subscription was, and what was not taken."""
    store.write("watching/remove_progress", webhook_id=webhook_id)


def end_subscriptions(store: Store, watchlist_id: str) -> None:
    """End subscriptions to a list that is removed, in the transaction of that."""
    for row in store.read("watching/webhooks_of_list", watchlist_id=watchlist_id):
        end_subscription(store, row["id"], "its watch list was removed")


def end_subscription(store: Store, webhook_id: str, reason: str) -> None:
    """Send a subscription nothing more."""
    with store.transaction():
        for progress in progress_by_id(store, [webhook_id]).values():
            put_progress(store, progress.model_copy(update={"state": WebhookState.ENDED, "reason": reason}))


def due_ids(store: Store, now: datetime) -> list[str]:
    """Subscriptions that may be sent something now: active, not put off, and in nobody's hands."""
    return [row["webhook_id"] for row in store.read("watching/due", now=now.isoformat())]


def take_lease(store: Store, webhook_id: str, *, sender: str, now: datetime) -> DeliveryProgress | None:
    """Take a subscription into one's hands; None where somebody else has it, or it is not due any more."""
    with store.transaction():
        progress = progress_by_id(store, [webhook_id]).get(webhook_id)
        if progress is None or not _is_free(progress, now):
            return None
        leased = progress.model_copy(update={"lease_owner": sender, "lease_until": now + timedelta(seconds=LEASE_S)})
        put_progress(store, leased)
    return leased


def record(store: Store, progress: DeliveryProgress, *, failure: FailedDelivery | None = None) -> bool:
    """Keep what became of a try, if the subscription is still in these hands; whether it is."""
    with store.transaction():
        current = progress_by_id(store, [progress.webhook_id]).get(progress.webhook_id)
        if current is None or current.lease_owner != progress.lease_owner or current.state is not WebhookState.ACTIVE:
            return False
        put_progress(store, progress)
        if failure:
            store.write("watching/put_failures", rows=[to_row(failure)])
    return True


def record_patiently(store: Store, progress: DeliveryProgress, *, failure: FailedDelivery | None = None) -> bool:
    """As `record`, waiting for a run that holds the store: what was sent and is not kept would be sent again."""
    for _ in range(BUSY_TRIES):
        try:
            return record(store, progress, failure=failure)
        except StoreBusy:
            continue
    return False


def release(store: Store, webhook_id: str, *, sender: str) -> None:
    """Let a subscription out of one's hands."""
    with store.transaction():
        current = progress_by_id(store, [webhook_id]).get(webhook_id)
        if current is not None and current.lease_owner == sender:
            put_progress(store, current.model_copy(update={"lease_owner": None, "lease_until": None}))


def failure_rows(store: Store, webhook_id: str, *, after: int, limit: int) -> list[Row]:
    """Events that one receiver did not take, from one number on."""
    return store.read("watching/failures", webhook_id=webhook_id, after=after, limit=limit)


def _is_free(progress: DeliveryProgress, now: datetime) -> bool:
    due = progress.due_at is None or progress.due_at <= now
    free = progress.lease_until is None or progress.lease_until <= now
    return progress.state is WebhookState.ACTIVE and due and free
