"""Events reach a real receiver: signed, in order, at least once, and never a receiver within."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from api.context.pages import PageRequest
from api.schemas.watching import WatchEventKind
from api.schemas.webhooks import WebhookChange, WebhookState, WebhookToMake, WebhookWithSecret
from api.watching.deliveries import Sender, deliver_due, ping
from api.watching.events import EventTeller, cursor_of
from api.watching.lists import OPERATOR
from api.watching.sending import check_url, retry_rules, send
from api.watching.webhooks import (
    Office,
    change_webhook,
    failed_events,
    make_webhook,
    replay,
    rotate_secret,
    show_webhook,
)
from ontology.errors import WebhookRefused, WebhookUnknown
from store.port import Store
from tests.api.watching.receivers import Receiver, receiving
from tests.api.watching.town import RULES, Town

KEY = b"k" * 32
QUICK = retry_rules().model_copy(update={"timeout_s": 1.0})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@dataclass
class Post:
    """A town with a subscription, and a clock of its own."""

    town: Town
    receiver: Receiver
    webhook: WebhookWithSecret
    now: datetime

    @property
    def store(self) -> Store:
        return self.town.store

    @property
    def office(self) -> Office:
        return Office(self.store, OPERATOR, self.now, True, lambda: KEY)

    def sender(self, **options: object) -> Sender:
        rng = random.Random(1)
        return Sender(self.store, EventTeller(RULES, "en"), lambda: KEY, True, lambda: self.now, rng=rng, rules=QUICK, **options)  # type: ignore[arg-type]

    def deliver(self, *, after_s: float = 0.0) -> int:
        self.now += timedelta(seconds=after_s)
        return deliver_due(self.sender()).delivered

    def shown(self):  # type: ignore[no-untyped-def]
        return show_webhook(self.store, self.webhook.id, owner=OPERATOR)


@pytest.fixture
def post(store: Store, tmp_path: Path, receiver: Receiver) -> Post:
    town = Town(store, tmp_path, "A", "B").run()
    town.watch("A")
    now = datetime.now(UTC)
    office = Office(store, OPERATOR, now, True, lambda: KEY)
    webhook = make_webhook(office, WebhookToMake(url=receiver.address))
    receiver.secret = webhook.secret
    return Post(town, receiver, webhook, now)


def rename(post: Post, *names: str) -> None:
    for name in names:
        post.town.change_party("A", name=name)
        post.town.run()


def names(post: Post) -> list[str]:
    return [message["data"]["after"] for message in post.receiver.messages]


def test_events_are_sent_once_in_order_with_signatures_that_others_accept(post: Post) -> None:
    rename(post, "one", "two", "three")
    assert post.deliver() == 3
    assert names(post) == ["one", "two", "three"]
    assert post.receiver.ids == [event.id for event in post.town.events()]
    message = post.receiver.messages[0]
    assert message["type"] == "name.changed"
    assert message["data"]["sentence"] == "A Trading Ltd is called one now."
    assert post.deliver() == 0
    assert len(post.receiver.messages) == 3


def test_a_signature_of_another_secret_or_body_is_not_accepted(post: Post) -> None:
    rename(post, "one")
    post.deliver()
    headers, body = post.receiver.headers[0], "{}"
    with pytest.raises(WebhookVerificationError):
        Verifier(post.webhook.secret).verify(body, headers)


def test_what_fails_is_tried_again_later_and_later_events_wait_for_it(post: Post) -> None:
    post.receiver.answers = [500, 503]
    rename(post, "one", "two")
    assert post.deliver() == 0
    assert len(post.receiver.messages) == 1
    assert post.deliver(after_s=1) == 0
    assert len(post.receiver.messages) == 1
    assert post.shown().attempts == 1
    assert post.deliver(after_s=6) == 0
    assert post.deliver(after_s=400) == 2
    assert names(post) == ["one", "one", "one", "two"]
    assert len({*post.receiver.ids}) == 2


def test_retry_after_is_honoured(post: Post) -> None:
    post.receiver.answers = [(429, {"retry-after": "3600"})]
    rename(post, "one")
    post.deliver()
    assert post.deliver(after_s=3590) == 0
    assert post.deliver(after_s=20) == 1


def test_410_ends_the_subscription(post: Post) -> None:
    post.receiver.answers = [410]
    rename(post, "one")
    post.deliver()
    assert post.deliver(after_s=100_000) == 0
    assert (post.shown().state, post.shown().reason) == (WebhookState.ENDED, "answered 410")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (("hang", {}), "no answer in time"),
        (("drip", {}), "no answer in time"),
        (("close", {}), "the connection ended before the answer"),
        ((302, {"location": "http://127.0.0.1:1/elsewhere"}), "answered 302"),
    ],
)
def test_a_receiver_that_hangs_drips_closes_or_redirects_is_tried_again(post: Post, answer: object, problem: str) -> None:
    post.receiver.answers, post.receiver.secret = [answer], ""
    result = send(post.receiver.address, b"{}", {"webhook-id": "x"}, allow_private=True, timeout_s=1.0)
    assert result.problem == problem
    assert result.took_ms < 2500


def test_of_a_huge_answer_little_is_read_and_it_counts_as_taken(post: Post) -> None:
    post.receiver.answers = [("huge", {})]
    rename(post, "one")
    assert post.deliver() == 1


def test_an_event_that_is_never_taken_becomes_a_dead_letter_and_the_next_one_goes(post: Post) -> None:
    tries = len(QUICK.after_s) + 1
    post.receiver.answers = [500] * tries
    rename(post, "poison", "two")
    for _ in range(tries):
        post.deliver(after_s=100_000)
    assert names(post) == ["poison"] * tries + ["two"]
    (failure,) = failed_events(post.store, post.webhook.id, PageRequest(10), owner=OPERATOR).failures
    assert (failure.attempts, failure.status, failure.problem) == (tries, 500, "answered 500")
    assert post.shown().state is WebhookState.ACTIVE
    replay(post.store, post.webhook.id, after=failure.cursor, owner=OPERATOR)
    assert post.deliver() == 2
    assert post.receiver.ids[-2:] == [post.receiver.ids[0], post.receiver.ids[-3]]


def test_a_receiver_that_is_down_for_days_is_paused_and_loses_one_event_at_most(post: Post) -> None:
    tries = len(QUICK.after_s) + 2
    post.receiver.answers = [500] * tries
    rename(post, "one", "two", "three")
    for _ in range(tries + 3):
        post.deliver(after_s=100_000)
    assert post.shown().state is WebhookState.PAUSED
    assert len(post.receiver.messages) == tries
    change_webhook(post.office, post.webhook.id, WebhookChange(active=True))
    assert post.deliver() == 2
    assert names(post)[-2:] == ["two", "three"]


def test_a_rotated_secret_signs_beside_the_former_one_for_a_while(post: Post) -> None:
    former = post.receiver.secret
    rotated = rotate_secret(post.office, post.webhook.id, overlap_h=1.0)
    assert rotated.secret != former
    rename(post, "one")
    assert post.deliver() == 1
    post.receiver.secret = rotated.secret
    rename(post, "two")
    assert post.deliver(after_s=60) == 1
    assert len(post.receiver.headers[0]["webhook-signature"].split()) == 2
    rename(post, "three")
    post.now += timedelta(hours=1)
    post.receiver.secret = ""
    post.deliver()
    assert len(post.receiver.headers[-1]["webhook-signature"].split()) == 1


def test_no_secret_stands_in_the_store(post: Post) -> None:
    rows = post.store.read("watching/webhooks", owner="", after="", limit=10)
    assert post.webhook.secret.removeprefix("whsec_") not in str(rows)


def test_only_the_kinds_and_the_list_that_were_asked_for_are_sent(post: Post) -> None:
    other = post.town.watch("B", name="other")
    change_webhook(post.office, post.webhook.id, WebhookChange(kinds=(WatchEventKind.LISTING_NEW,)))
    of_list = make_webhook(post.office, WebhookToMake(url=post.receiver.address + "2", watchlist_id=other))
    post.receiver.secret = ""
    rename(post, "one")
    post.town.list_party("A")
    post.town.change_party("B", name="B2")
    post.town.run()
    post.deliver()
    told = sorted((message["data"]["watchlist_id"], message["type"]) for message in post.receiver.messages)
    assert told == [("W-000001", "listing.new"), (other, "name.changed")]
    assert of_list.watchlist_id == other


def test_two_workers_at_once_send_every_event_once(post: Post) -> None:
    rename(post, *(f"name {number}" for number in range(12)))
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: deliver_due(post.sender()), range(4)))
    assert len(post.receiver.ids) == len({*post.receiver.ids}) == 12
    assert names(post) == [f"name {number}" for number in range(12)]


def test_a_worker_that_dies_between_sending_and_noting_it_sends_again_under_the_same_id(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(post, "one")
    with monkeypatch.context() as patch:
        patch.setattr("api.watching.deliveries.record_patiently", _die)
        patch.setattr("api.watching.deliveries.release", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            post.deliver()
    assert post.deliver(after_s=30) == 0
    assert post.deliver(after_s=40) == 1
    assert len(post.receiver.ids) == 2
    assert len({*post.receiver.ids}) == 1


def _die(*_: object, **__: object) -> bool:
    raise KeyboardInterrupt


def test_a_ping_tells_what_came_back_and_is_signed(post: Post) -> None:
    result = ping(post.office, post.webhook.id)
    assert (result.delivered, result.status) == (True, 200)
    assert post.receiver.messages[-1]["type"] == "webhook.ping"
    post.receiver.answers = [404]
    assert ping(post.office, post.webhook.id).problem == "answered 404"


def test_nothing_is_sent_to_an_address_within_unless_that_is_allowed(post: Post) -> None:
    answer = send(post.receiver.address, b"{}", {}, allow_private=False)
    assert answer.problem == "no connection, or an address that is not public"
    assert post.receiver.messages == []


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "https:///x", "https://u:p@example.org/", "https://example.org/#x", "x" * 9],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(WebhookRefused):
        check_url(url, allow_private=False)


def test_others_subscriptions_are_unknown(post: Post) -> None:
    with pytest.raises(WebhookUnknown):
        show_webhook(post.store, post.webhook.id, owner="somebody")
    with pytest.raises(WebhookUnknown):
        ping(replace(post.office, owner="somebody"), post.webhook.id)


def test_a_subscription_begins_with_the_events_after_it(post: Post) -> None:
    rename(post, "one")
    post.deliver()
    late = make_webhook(post.office, WebhookToMake(url=post.receiver.address))
    assert late.next == cursor_of(1)
    post.receiver.secret = ""
    rename(post, "two")
    assert post.deliver() == 2


def test_a_slow_receiver_keeps_nobody_waiting_for_long(post: Post) -> None:
    post.receiver.answers = [("hang", {})]
    rename(post, "one")
    began = time.monotonic()
    post.deliver()
    assert time.monotonic() - began < 2.5
