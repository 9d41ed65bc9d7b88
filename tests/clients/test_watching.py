"""Watch lists, the feed and webhooks through both clients; and descriptions matched against the parties of a store."""

import json
import time
from typing import Any

import pytest
from kith_client import Kith, NotFound, WebhookNotGenuine, verify_webhook

from tests.api.watching.receivers import receiving
from tests.clients.both import KINDS, ask
from tests.clients.conftest import OPERATOR_KEY

pytestmark = pytest.mark.parametrize("kind", KINDS)
DEADLINE_S = 60.0


def asked(kind: str, url: str, action: Any, **options: Any) -> Any:
    return ask(kind, url, action, **{"key": OPERATOR_KEY, **options})


def firm(name: str) -> dict[str, Any]:
    return {"dataset": "onboarding", "source_class": "1", "kind": "firm", "names": [{"text": name}]}


@pytest.fixture
def watched(kind: str, url: str) -> tuple[str, str]:
    """Ids of a watch list with a firm, and of that firm's record."""
    record_id = f"onboarding:watched-{kind}"
    asked(kind, url, lambda kith: kith.records.put(record_id, firm("Quaystone Bearings Ltd")))
    (party, *_) = asked(kind, url, lambda kith: kith.parties.find("Quaystone Bearings Ltd"))
    watchlist = asked(kind, url, lambda kith: kith.watchlists.create("Bearings", note="all plants"))
    asked(kind, url, lambda kith: kith.watchlists.add(watchlist.id, [party.id]))
    return watchlist.id, record_id


def test_a_list_is_made_filled_read_and_removed(kind: str, url: str) -> None:
    watchlist = asked(kind, url, lambda kith: kith.watchlists.create("Suppliers"))
    rows = [{"name": "Nobody At All Ltd", "reference": "S-1"}, {"entity_id": "K-nobody"}]
    added = asked(kind, url, lambda kith: kith.watchlists.add(watchlist.id, rows))
    assert (added.added, added.waiting, len(added.refused)) == (1, 1, 1)
    (entry,) = asked(kind, url, lambda kith: kith.watchlists.entries(watchlist.id))
    assert entry.reference == "S-1"
    assert asked(kind, url, lambda kith: kith.watchlists.change(watchlist.id, note="new")).note == "new"
    assert asked(kind, url, lambda kith: kith.watchlists.get(watchlist.id)).entries == 1
    assert watchlist.id in {item.id for item in asked(kind, url, lambda kith: kith.watchlists.list())}
    assert asked(kind, url, lambda kith: kith.watchlists.remove_entry(watchlist.id, entry.id)).id == entry.id
    asked(kind, url, lambda kith: kith.watchlists.remove(watchlist.id))
    with pytest.raises(NotFound):
        asked(kind, url, lambda kith: kith.watchlists.get(watchlist.id))


def test_a_change_is_told_once_in_the_feed(kind: str, url: str, watched: tuple[str, str]) -> None:
    list_id, record_id = watched
    asked(kind, url, lambda kith: kith.records.put(record_id, firm("Quaystone Bearings and Gears Ltd")))
    events = asked(kind, url, lambda kith: kith.watchlists.events(list_id))
    assert [event.kind for event in events] == ["name.changed"]
    assert [event.id for event in asked(kind, url, lambda kith: kith.events(watchlist=list_id))] == [events[0].id]
    assert asked(kind, url, lambda kith: kith.events(watchlist=list_id, kinds=["listing.new"])) == []


def test_a_feed_goes_on_where_it_was_left(url: str, kind: str, watched: tuple[str, str]) -> None:
    list_id, record_id = watched
    with Kith(url, OPERATOR_KEY) as kith:
        feed = kith.events(watchlist=list_id)
        assert list(feed) == []
        kith.records.put(record_id, firm("Quaystone Rollers Ltd"))
        later = kith.events(feed.after, watchlist=list_id)
        assert [event.kind for event in later] == ["name.changed"]
        assert list(kith.events(later.after, watchlist=list_id)) == []


def test_events_are_sent_signed_and_verified(kind: str, url: str, watched: tuple[str, str]) -> None:
    list_id, record_id = watched
    with receiving() as receiver:
        hook = asked(kind, url, lambda kith: kith.webhooks.create(receiver.address, watchlist_id=list_id))
        ping = asked(kind, url, lambda kith: kith.webhooks.ping(hook.id))
        assert (ping.delivered, ping.status) == (True, 200)
        asked(kind, url, lambda kith: kith.records.put(record_id, firm("Quaystone Castings Ltd")))
        ends = time.monotonic() + DEADLINE_S
        while len(receiver.messages) < 2 and time.monotonic() < ends:
            time.sleep(0.1)
        assert [sent["type"] for sent in receiver.messages] == ["webhook.ping", "name.changed"]
        body = json.dumps(receiver.messages[-1], ensure_ascii=False, separators=(",", ":")).encode()
        message = verify_webhook(receiver.headers[-1], body, hook.secret)
        assert message.data["watchlist_id"] == list_id
        with pytest.raises(WebhookNotGenuine):
            verify_webhook(receiver.headers[-1], body + b" ", hook.secret)
    assert asked(kind, url, lambda kith: kith.webhooks.change(hook.id, active=False)).state == "paused"
    assert asked(kind, url, lambda kith: kith.webhooks.rotate(hook.id)).secret != hook.secret
    assert hook.id in {item.id for item in asked(kind, url, lambda kith: kith.webhooks.list())}
    assert asked(kind, url, lambda kith: kith.webhooks.failures(hook.id)) == []
    assert asked(kind, url, lambda kith: kith.webhooks.replay(hook.id)).id == hook.id
    asked(kind, url, lambda kith: kith.webhooks.remove(hook.id))
    with pytest.raises(NotFound):
        asked(kind, url, lambda kith: kith.webhooks.get(hook.id))


def test_a_description_is_matched_searched_and_read_as_an_entity(kind: str, url: str) -> None:
    (line, *_) = asked(kind, url, lambda kith: kith.parties.risky())
    query = {"schema": "Company", "properties": {"name": [line.name], "country": ["cn"]}}
    answer = asked(kind, url, lambda kith: kith.match({"supplier": query}, threshold=0.5))
    (best, *_) = answer.responses["supplier"].results
    assert best.id == line.id
    assert best.match
    assert asked(kind, url, lambda kith: kith.entities.match({"s": query}, exclude_entity_ids=[best.id], limit=1))
    results = asked(kind, url, lambda kith: kith.entities.search(line.name, schema="Company")).results
    assert line.id in {entity.id for entity in results}
    assert asked(kind, url, lambda kith: kith.entities.statements(line.id, limit=3)).results
    assert asked(kind, url, lambda kith: kith.entities.algorithms()).default
