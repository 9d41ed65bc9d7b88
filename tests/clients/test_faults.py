"""What the clients do when a server is busy, breaks off, or says no."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kith_client import (
    AnswerUnreadable,
    Conflict,
    KithError,
    NotAvailable,
    NotFound,
    NotReached,
    NotValid,
    Problem,
    RetryRules,
    ServerTrouble,
    StreamBroken,
    TooManyRequests,
    WrongUse,
)
from kith_client.retries import retry_after_s

from tests.clients.both import KINDS, ask
from tests.clients.scripted_server import ScriptedServer, Written

AT_ONCE = RetryRules(first_s=0.0)
PUT = b'{"record_ids":["crm:1"],"changed":{}}'
BUSY = Written(503, b'{"type":"urn:kith:problem:store-busy","title":"Busy"}')
both = pytest.mark.parametrize("kind", KINDS)


@both
@pytest.mark.parametrize("status", [429, 503, 502, 504])
def test_a_busy_server_is_asked_again(kind: str, status: int, scripted: ScriptedServer) -> None:
    scripted.will_answer(Written(status), Written(status), Written(body=PUT))
    put = ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {"kind": "firm"}), retries=AT_ONCE)
    assert put.record_ids == ["crm:1"]
    assert len(scripted.received) == 3


@both
def test_a_write_bears_one_key_through_all_its_tries(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(BUSY, Written(body=PUT), Written(body=PUT))
    ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {}), retries=AT_ONCE)
    ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {}), retries=AT_ONCE)
    first, again, other = (request.headers["idempotency-key"] for request in scripted.received)
    assert first == again != other


@both
def test_the_first_try_that_is_still_at_work_is_waited_for(kind: str, scripted: ScriptedServer) -> None:
    at_work = Written(409, b'{"type":"urn:kith:problem:write-key-busy"}', {"retry-after": "0"})
    scripted.will_answer(at_work, Written(body=PUT))
    assert ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {}), retries=AT_ONCE).record_ids == ["crm:1"]


@both
def test_a_connection_that_breaks_off_is_tried_again_and_told_at_last(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(*[Written(body=PUT, breaks_off=True)] * 3)
    with pytest.raises(NotReached, match=r"did not answer"):
        ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {}), retries=RetryRules(tries=3, first_s=0.0))
    assert len(scripted.received) == 3


@both
def test_the_time_that_a_server_asks_for_is_waited(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(Written(429, headers={"retry-after": "1"}), Written(body=PUT))
    started = time.monotonic()
    ask(kind, scripted.url, lambda kith: kith.records.put("crm:1", {}), retries=AT_ONCE)
    assert time.monotonic() - started >= 1


@both
def test_nobody_waits_longer_than_the_rules_say(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(Written(429, headers={"retry-after": "3600"}))
    with pytest.raises(TooManyRequests) as raised:
        ask(kind, scripted.url, lambda kith: kith.about())
    assert raised.value.retry_after_s == 3600


def test_a_day_to_come_back_on_is_read_too() -> None:
    now = datetime(2026, 12, 1, 9, 0, 0, tzinfo=UTC)
    assert retry_after_s({"retry-after": "Tue, 01 Dec 2026 09:00:30 GMT"}, now=lambda: now) == 30
    assert retry_after_s({"retry-after": "Tue, 01 Dec 2026 08:00:00 GMT"}, now=lambda: now) == 0
    assert retry_after_s({"retry-after": "soon"}, now=lambda: now) is None
    assert retry_after_s({}, now=lambda: now) is None


@given(st.integers(1, 20), st.integers(1, 20), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 100)))
def test_waits_are_never_shorter_than_asked_nor_longer_than_allowed(
    tries: int, tried: int, jitter: float, asked_s: float | None
) -> None:
    rules = RetryRules(tries=tries, jitter=lambda: jitter)
    wait_s = rules.wait_s(tried, retry_after_s=asked_s)
    if wait_s is None:
        assert tried >= tries or (asked_s or 0) > rules.most_s
    else:
        assert (asked_s or 0) <= wait_s <= (asked_s or 0) + rules.most_s


PROBLEM = {
    "type": "urn:kith:problem:entity-ambiguous",
    "title": "Several parties have this name",
    "status": 409,
    "detail": "Harbour",
    "remedy": "Name one by its id.",
    "request_id": "5f0c2a908c7e",
    "choices": [{"id": "K-1", "name": "Harbour A"}],
}


@both
def test_a_problem_is_an_exception_with_all_its_parts(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(Written(409, json.dumps(PROBLEM).encode()))
    with pytest.raises(Conflict) as raised:
        ask(kind, scripted.url, lambda kith: kith.paths("Harbour"))
    problem = raised.value
    assert (problem.type, problem.status, problem.title) == ("entity-ambiguous", 409, PROBLEM["title"])
    assert (problem.remedy, problem.request_id) == (PROBLEM["remedy"], PROBLEM["request_id"])
    assert problem.facts == {"choices": PROBLEM["choices"]}
    assert str(problem) == (
        "Several parties have this name (409 entity-ambiguous) Harbour Name one by its id. [request 5f0c2a908c7e]"
    )


BODIES = {
    b'{"detail":"No such entity"}': (404, NotFound, "No such entity"),
    b'{"detail":[{"loc":["query","limit"],"msg":"too large"}]}': (422, NotValid, "query.limit: too large"),
    b'{"detail":"Invalid","errors":["x"]}': (400, NotValid, "Invalid"),
    b"<html>Bad gateway</html>": (500, ServerTrouble, None),
    b'["odd"]': (418, Problem, "odd"),
}


@both
@pytest.mark.parametrize("body", BODIES)
def test_errors_of_other_forms_are_problems_too(kind: str, body: bytes, scripted: ScriptedServer) -> None:
    status, class_, detail = BODIES[body]
    scripted.will_answer(Written(status, body, {"x-request-id": "abcdefgh"}))
    with pytest.raises(class_) as raised:
        ask(kind, scripted.url, lambda kith: kith.about())
    assert raised.value.detail == detail
    assert raised.value.request_id == "abcdefgh"


@both
def test_an_answer_of_another_program_is_told_without_its_content(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(Written(body=b'{"secret":"310101199001011234"}'), Written(body=b"<html>"))
    for _ in range(2):
        with pytest.raises(AnswerUnreadable, match="/v1/about answered with no About") as raised:
            ask(kind, scripted.url, lambda kith: kith.about())
        assert "310101" not in str(raised.value)


@both
def test_a_server_that_is_not_there_is_named(kind: str, scripted: ScriptedServer) -> None:
    with pytest.raises(NotReached, match=r"http://127\.0\.0\.1:9 did not answer"):
        ask(kind, "http://127.0.0.1:9", lambda kith: kith.about(), retries=RetryRules(tries=1))


@both
def test_a_server_that_never_gets_ready_is_given_up(kind: str, scripted: ScriptedServer) -> None:
    scripted.will_answer(*[BUSY] * 5)
    with pytest.raises(NotAvailable, match="store-busy"):
        ask(kind, scripted.url, lambda kith: kith.about(), retries=AT_ONCE)


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_sent_is_refused_at_once(kind: str, scripted: ScriptedServer) -> None:
    for id_ in ("", ".."):
        with pytest.raises(WrongUse):
            ask(kind, scripted.url, lambda kith, id_=id_: kith.parties.get(id_))
    with pytest.raises(WrongUse, match="no address"):
        ask(kind, "kith.example.org", lambda kith: kith.about())
    assert not scripted.received


@both
def test_what_a_newer_server_adds_is_passed_over(kind: str, scripted: ScriptedServer) -> None:
    line = {"id": "K-1", "name": "A", "kind": "consortium", "standing": "elsewhere", "colour": "blue", "place": ""}
    scripted.will_answer(Written(body=json.dumps({"total": 1, "results": [line], "as_of": "2026-12-01"}).encode()))
    (party,) = ask(kind, scripted.url, lambda kith: kith.parties.find("A"))
    assert (party.kind, party.name) == ("consortium", "A")


def test_every_exception_is_a_kith_error_and_no_key_is_in_a_repr() -> None:
    from kith_client import Kith

    assert issubclass(NotReached, KithError)
    assert issubclass(Problem, KithError)
    with Kith("http://127.0.0.1:9", key="kith_a_secret") as kith:
        assert "secret" not in repr(kith.settings)


@both
def test_a_long_answer_that_breaks_off_is_told_with_what_came_whole(kind: str, scripted: ScriptedServer) -> None:
    line = b'{"id":"K-1","caption":"A","schema":"Company","properties":{},"datasets":[],"referents":[],"target":false}\n'
    scripted.will_answer(Written(body=line * 2, breaks_off=True))
    with pytest.raises(StreamBroken) as raised:
        ask(kind, scripted.url, lambda kith: kith.exports.ftm())
    assert raised.value.lines == 2
