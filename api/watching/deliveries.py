"""Sends events to those who subscribed: in order, at least once, by one process at a time (docs/decisions/0090)."""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from api.keys.api_keys import key_state
from api.schemas.keys import KeyState
from api.schemas.webhooks import PingResult, WebhookState
from api.telemetry.metrics import count as count_metric
from api.watching.events import EventFilter, EventTeller, event_rows
from api.watching.progress import (
    LEASE_S,
    DeliveryProgress,
    FailedDelivery,
    due_ids,
    end_subscription,
    record_patiently,
    release,
    take_lease,
)
from api.watching.sending import Answer, RetryRules, retry_rules, send
from api.watching.signing import signed_headers
from api.watching.webhooks import Office, StoredWebhook, message_body, webhook_of
from ontology.api_key import ApiKey
from ontology.base import ImmutableModel
from ontology.errors import StoreBusy
from ontology.personal_ids import PersonalIdKey
from store.port import Row, Store
from store.rows import from_row

LOG = logging.getLogger("kith.watching")
AT_ONCE = 100  # Events of one subscription before another gets its turn.
PING = "webhook.ping"
Clock = Callable[[], datetime]


@dataclass
class DeliveryCount:
    """What came of a round: events that were taken, tries that were not, subscriptions looked at."""

    delivered: int = 0
    failed: int = 0
    webhooks: int = 0


@dataclass(frozen=True)
class Sender:
    """Sends what is due.

    id_key: loaded where something is sent. clock: the time now. rng: for the pauses between tries.
    name:   of this process among others.
    """

    store: Store
    teller: EventTeller
    id_key: Callable[[], PersonalIdKey]
    allow_private: bool
    clock: Clock
    rng: random.Random = field(default_factory=random.SystemRandom)
    name: str = field(default_factory=lambda: token_hex(8))
    rules: RetryRules = field(default_factory=retry_rules)

    def due(self) -> list[str]:
        """Ids of subscriptions that may be sent something now."""
        return due_ids(self.store, self.clock())

    def deliver(self, webhook_id: str) -> DeliveryCount:
        """Send one subscription what is due; nothing where another process does that. Raises StoreTrouble."""
        count = DeliveryCount(webhooks=1)
        rows = self.store.read("watching/webhook", id=webhook_id)
        if not rows:
            return count
        webhook = from_row(StoredWebhook, rows[0])
        if not self._next_rows(webhook, self._position(webhook_id), limit=1):
            return count
        if not has_live_owner(self.store, webhook.owner, self.clock()):
            end_subscription(self.store, webhook_id, "the key that made it has ended")
            return count
        progress = take_lease(self.store, webhook_id, sender=self.name, now=self.clock())
        if progress is None:
            return count
        try:
            self._send_events(webhook, progress, count)
        finally:
            with suppress(StoreBusy):  # Then the lease ends by itself.
                release(self.store, webhook_id, sender=self.name)
        return count

    def _position(self, webhook_id: str) -> int:
        rows = self.store.read("watching/progress", ids=[webhook_id])
        return int(rows[0]["position"]) if rows else 0

    def _next_rows(self, webhook: StoredWebhook, position: int, *, limit: int) -> list[Row]:
        event_filter = EventFilter(owner=webhook.owner, watchlist_id=webhook.watchlist_id or "", kinds=webhook.kinds)
        return list(event_rows(self.store, event_filter, after=position, limit=limit))

    def _send_events(self, webhook: StoredWebhook, progress: DeliveryProgress, count: DeliveryCount) -> None:
        for row in self._next_rows(webhook, progress.position, limit=AT_ONCE):
            answer = self._try(webhook, row)
            count.delivered, count.failed = (
                count.delivered + (answer.problem is None),
                count.failed + (answer.problem is not None),
            )
            progress, failure = self._after(progress, row, answer)
            count_metric("kith_webhook_deliveries_total", outcome=_outcome(answer, failure))
            if (
                not record_patiently(self.store, progress, failure=failure)
                or progress.due_at
                or progress.state is not WebhookState.ACTIVE
            ):
                return

    def _try(self, webhook: StoredWebhook, row: Row) -> Answer:
        event = self.teller.event(row)
        now = self.clock()
        body = message_body(event, event.kind, event.observed_at)
        headers = signed_headers(webhook.secrets(self.id_key(), now), event.id, body, now=now)
        answer = send(webhook.url, body, headers, allow_private=self.allow_private, timeout_s=self.rules.timeout_s)
        LOG.info("sent an event to %s: %s in %d ms", webhook.id, answer.problem or "taken", answer.took_ms)
        return answer

    def _after(self, progress: DeliveryProgress, row: Row, answer: Answer) -> tuple[DeliveryProgress, FailedDelivery | None]:
        """How far the subscription is after a try, and the dead letter that came of it."""
        now, number = self.clock(), int(row["number"])
        update: dict[str, object] = {"last_status": answer.status, "last_at": now, "due_at": None}
        update["lease_until"] = now + timedelta(seconds=LEASE_S)
        if answer.problem is None:
            return progress.model_copy(update=update | {"position": number, "attempts": 0, "failed": 0}), None
        if answer.ends_subscription:
            return progress.model_copy(update=update | {"state": WebhookState.ENDED, "reason": answer.problem}), None
        attempts = progress.attempts + 1
        if progress.failed:  # The event before was given up, and this one fails at once: it is not the event.
            pause = {"state": WebhookState.PAUSED, "reason": f"given up after many tries: {answer.problem}", "attempts": attempts}
            return progress.model_copy(update=update | pause), None
        if attempts > len(self.rules.after_s):
            failure = FailedDelivery(
                webhook_id=progress.webhook_id,
                number=number,
                event_id=row["id"],
                attempts=attempts,
                status=answer.status,
                problem=answer.problem,
                failed_at=now,
            )
            return progress.model_copy(update=update | {"position": number, "attempts": 0, "failed": 1}), failure
        wait_s = max(self._pause_s(attempts), answer.retry_after_s)
        return progress.model_copy(update=update | {"attempts": attempts, "due_at": now + timedelta(seconds=wait_s)}), None

    def _pause_s(self, attempts: int) -> float:
        """Seconds after so many failed tries, a little more or less at random."""
        return self.rules.after_s[attempts - 1] * self.rng.uniform(1 - self.rules.jitter, 1 + self.rules.jitter)


def has_live_owner(store: Store, owner: str, now: datetime) -> bool:
    """Whether whoever subscribed may still read: a key that was revoked or has ended may not. People are no keys."""
    rows = store.read("keys/one", id=owner)
    return not rows or key_state(from_row(ApiKey, rows[0]), now) is KeyState.LIVE


def _outcome(answer: Answer, failure: FailedDelivery | None) -> str:
    if answer.problem is None:
        return "taken"
    return "ended" if answer.ends_subscription else "dead" if failure else "refused"


def deliver_due(sender: Sender) -> DeliveryCount:
    """Send everything that is due, one subscription after another, until nothing is. Raises StoreTrouble."""
    total = DeliveryCount()
    for count in _rounds(sender):
        total.delivered, total.failed, total.webhooks = (
            total.delivered + count.delivered,
            total.failed + count.failed,
            total.webhooks + 1,
        )
    return total


def _rounds(sender: Sender) -> Iterator[DeliveryCount]:
    for webhook_id in sender.due():
        while (count := sender.deliver(webhook_id)).delivered == AT_ONCE:
            yield count
        yield count


class Ping(ImmutableModel):
    """The data of a test message."""

    webhook_id: str
    sentence: str = "This is a test. Nothing changed."


def ping(office: Office, webhook_id: str) -> PingResult:
    """Send a test message once, now, whatever the state of the subscription. Raises WebhookUnknown."""
    webhook = webhook_of(office.store, webhook_id, owner=office.owner)
    message_id = f"ping_{token_hex(12)}"
    body = message_body(Ping(webhook_id=webhook.id), PING, office.now)
    headers = signed_headers(webhook.secrets(office.id_key(), office.now), message_id, body, now=office.now)
    answer = send(webhook.url, body, headers, allow_private=office.allow_private)
    return PingResult(
        id=message_id,
        delivered=answer.problem is None,
        status=answer.status,
        took_ms=answer.took_ms,
        problem=answer.problem,
    )
