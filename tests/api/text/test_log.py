"""The log says what is done, by level and request, and nothing of the data."""

import re
from collections.abc import Iterator

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from api.text.log import set_up_log
from tests.api.callers import Caller
from tests.api.regions import Region

LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (DEBUG|INFO|WARNING|ERROR) kith\.[a-z.]+ request=\S+ .+$")


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """The level that other tests expect."""
    yield
    set_up_log("warning")


def logged(made: Region, *words: str, env: dict[str, str] | None = None) -> list[str]:
    """Lines on stderr of a command over the region."""
    store = made.settings.store.get_secret_value()
    key = {"KITH_ID_KEY_FILE": str(made.settings.id_key_file), "KITH_TODAY": made.sample.as_of}
    result = CliRunner().invoke(build(), [*words, "--store", store], env={**key, **(env or {})})
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


def test_a_command_says_nothing_unasked(made: Region) -> None:
    assert logged(made, "risky", "--as-of", "2026-01-02") == []


@pytest.mark.parametrize(
    ("words", "env"), [(("-v",), None), (("--verbose",), None), ((), {"KITH_LOG": "info"}), ((), {"KITH_LOG": "debug"})]
)
def test_what_is_done_is_logged_where_it_is_asked_for(made: Region, words: tuple[str, ...], env: dict[str, str] | None) -> None:
    lines = logged(made, "risky", "--as-of", "2026-01-03", *words, env=env)
    assert [line for line in lines if "the network of 2026-01-03" in line]
    assert all(LINE.match(line) for line in lines)


def test_a_level_above_hides_it_and_a_wrong_one_is_a_wrong_call(made: Region) -> None:
    assert logged(made, "risky", "--as-of", "2026-01-04", env={"KITH_LOG": "error"}) == []
    wrong = CliRunner().invoke(build(), ["risky"], env={"KITH_LOG": "loud"})
    assert wrong.exit_code == 2
    assert "KITH_LOG" in wrong.stderr


def test_a_request_is_logged_by_its_id_and_the_template_of_its_route(made: Region, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("info")
    caller = Caller(create_app(made.state))
    party = caller.get("/v1/risky").json()["results"][0]
    capsys.readouterr()
    answers: list[httpx.Response] = [
        caller.get(f"/v1/entities/{party['id']}", headers={"x-request-id": "mine-0001"}),
        caller.get("/v1/search", params={"q": party["name"]}),
        caller.get("/v1/entities/nobody-at-all"),
        caller.get("/no/such/page/as/this"),
        caller.post("/v1/judgements", headers={"origin": "http://elsewhere.example"}, json={}),
    ]
    text = capsys.readouterr().err
    lines = text.splitlines()
    assert all(LINE.match(line) for line in lines)
    for answer in answers:
        (line,) = [line for line in lines if f"request={answer.headers['x-request-id']} " in line and " in " in line]
        assert f" {answer.status_code} in " in line
    assert "request=mine-0001 GET /v1/entities/{entity_id} 200" in text
    for of_the_data in (party["id"], party["name"], "nobody-at-all", "/no/such"):
        assert of_the_data not in text
