"""Each key has a bucket of its own: it never gives more than it holds and fills evenly; the answer says what is left."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.http.rate_limits import WINDOW_S, RateLimits
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key
from tests.graph.world import TODAY

OPERATOR = "operator-key-of-the-limits"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    settings = Settings(today=TODAY, api_key=SecretStr(OPERATOR), requests_per_minute=3, id_key_file=tmp_path / "id.key")
    return create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0"))


@given(st.integers(1, 500), st.lists(st.floats(0, 30), max_size=200))
def test_no_stretch_of_time_gets_more_than_the_bucket_and_what_flows_into_it(per_minute: int, pauses_s: list[float]) -> None:
    now = [0.0]
    limits, granted = RateLimits(clock=lambda: now[0]), 0
    for pause_s in pauses_s:
        now[0] += pause_s
        quota = limits.take("key", per_minute)
        granted += quota.wait_s == 0
        assert 0 <= quota.remaining <= per_minute
        assert granted <= per_minute + now[0] * per_minute / WINDOW_S + 1e-6


@given(st.integers(1, 500), st.integers(0, 2000))
def test_who_waits_as_long_as_it_is_told_is_let_through(per_minute: int, before: int) -> None:
    now = [0.0]
    limits = RateLimits(clock=lambda: now[0])
    for _ in range(before):
        limits.take("key", per_minute)
    now[0] += limits.take("key", per_minute).wait_s + 1e-6
    assert limits.take("key", per_minute).wait_s == 0 or before < per_minute


def test_a_key_that_asks_too_much_waits_and_is_told_how_long(app: FastAPI) -> None:
    caller, own = Caller(app), bearer(make_key(app.state.kith.store, "reader"))
    answers = [caller.get("/v1/about", headers=own) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in answers] == [f'"default";r={r}' for r in (2, 1, 0, 0)]
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"default";q=3;w=60'}
    assert answers[3].json()["type"] == "urn:kith:problem:too-many-requests"
    assert 0 < int(answers[3].headers["retry-after"]) <= 20


def test_a_key_has_its_own_bucket_and_may_have_its_own_limit(app: FastAPI) -> None:
    caller, store = Caller(app), app.state.kith.store
    small, large = (
        bearer(make_key(store, "reader", requests_per_minute=1)),
        bearer(make_key(store, "reader", requests_per_minute=9)),
    )
    assert [caller.get("/v1/about", headers=small).status_code for _ in range(2)] == [200, 429]
    assert caller.get("/v1/about", headers=large).headers["ratelimit"].startswith('"default";r=8;')


def test_the_operators_own_key_is_not_limited(app: FastAPI) -> None:
    answers = [Caller(app).get("/v1/about", headers=bearer(OPERATOR)) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


def test_after_ten_wrong_keys_wrong_ones_wait_and_right_ones_do_not(app: FastAPI) -> None:
    caller = Caller(app)
    statuses = [caller.get("/v1/about", headers=bearer(f"wrong-{number}")).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert caller.get("/v1/about", headers=bearer(make_key(app.state.kith.store, "reader"))).status_code == 200
