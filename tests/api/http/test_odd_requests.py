"""Odd paths, days and parameters are answered with what they are: not there, not valid; never with a failure of the program."""

import logging
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from api.app import create_app
from api.http.dependencies import AppState
from api.schemas.days import DAY_FIRST, DAY_LAST
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.api.regions import Region

ODD = [
    "%00",
    "%ff",
    "%ed%a0%80",
    "..%2f..%2f..",
    "a" * 300,
    "a" * 9_000,
    "%F0%9F%92",
    "%25%30%30",
    "C%3a%5cx",
    "%0d%0aset-cookie: a=b",
]
PATHS = ["/{}", "/party/{}", "/assets/{}", "/v1/entities/{}", "/v1/entities/{}/network", "/v1/rows/{}", "/v1/jobs/{}"]


@pytest.fixture
def caller(tmp_path: Path) -> Caller:
    settings = Settings(id_key_file=tmp_path / "id.key")
    return Caller(create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0")))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_an_odd_path_is_not_there(caller: Caller, odd: str) -> None:
    for path in PATHS:
        answer = caller.get(path.format(odd))
        assert answer.status_code in (200, 404), path
        assert "set-cookie" not in answer.headers
    for name in ("q", "kind", "limit", "as_of", "from", "left", "party", "cursor"):
        assert caller.get(f"/v1/search?{name}={odd}").status_code in (200, 400, 422)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "10000-01-01", "-1", "1e9", "١٩٩٩-01-01"]
)
@pytest.mark.parametrize("path", ["/v1/about", "/v1/risky", "/v1/rings", "/v1/search?q=a"])
def test_a_day_beyond_the_calendar_of_business_is_not_valid(caller: Caller, path: str, day: str) -> None:
    mark = "&" if "?" in path else "?"
    assert caller.get(f"{path}{mark}as_of={quote(day)}").status_code == 422


@pytest.mark.parametrize("day", [DAY_FIRST, DAY_LAST], ids=str)
def test_the_first_and_the_last_day_are_answered_everywhere(made: Region, day: object) -> None:
    caller = Caller(create_app(made.state))
    party = caller.get("/v1/risky").json()["results"][0]["id"]
    for path in ("", "/ties", "/owners", "/network", "/related", "/history", "/records", "/consents"):
        assert caller.get(f"/v1/entities/{party}{path}", params={"as_of": str(day)}).status_code == 200, path
    for path in ("/about", "/risky", "/reliable", "/rings", "/judgements/queue", "/search?q=a"):
        answer: httpx.Response = caller.get(f"/v1{path}{'&' if '?' in path else '?'}as_of={day}")
        assert answer.status_code == 200, path


def test_what_was_not_foreseen_is_logged_by_its_kind_and_place_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(id_key_file=tmp_path / "id.key")
    app = create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0"))

    def fails() -> None:
        raise ValueError("Ms Confidential, 11010519491231002X")

    app.router.add_api_route("/v1/about", fails)
    app.router.routes.insert(0, app.router.routes.pop())
    with caplog.at_level(logging.DEBUG):
        answer = Caller(app).get("/v1/about")
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:kith:problem:unexpected")
    assert "ValueError at test_odd_requests.py" in caplog.text
    assert "Confidential" not in caplog.text + answer.text
    assert "Traceback" not in caplog.text
