"""HEAD and OPTIONS at every address, and ETags of every answer to GET."""

import pytest

from api.app import create_app
from tests.api.callers import Caller
from tests.api.regions import Region

LISTS = ("/v1/about", "/v1/risky", "/v1/reliable", "/v1/rings", "/v1/judgements", "/v1/models", "/v1/consents", "/openapi.json")


@pytest.fixture(scope="module")
def caller(made: Region) -> Caller:
    return Caller(create_app(made.state))


@pytest.fixture(scope="module")
def party(caller: Caller) -> str:
    return str(caller.get("/v1/risky").json()["results"][0]["id"])


def answers_of(party: str) -> list[str]:
    return [*LISTS, *(f"/v1/entities/{party}{part}" for part in ("", "/ties", "/records", "/owners", "/network", "/related"))]


def test_head_gives_the_headers_of_get_and_nothing_else(caller: Caller, party: str) -> None:
    for path in (*answers_of(party), "/healthz", "/v1/entities/K-NOBODY"):
        whole, head = caller.get(path), caller.ask("HEAD", path)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        same = {"content-type", "content-length", "etag"}
        assert {name: head.headers.get(name) for name in same} == {name: whole.headers.get(name) for name in same}


def test_an_answer_that_did_not_change_is_not_sent_again(caller: Caller, party: str) -> None:
    for path in answers_of(party):
        tag = caller.get(path).headers["etag"]
        for asked in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
            again = caller.get(path, headers={"if-none-match": asked})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert caller.get(path, headers={"if-none-match": tag[:-2] + '"'}).status_code == 200
        assert caller.get(path, headers={"if-none-match": tag, "accept-encoding": "gzip"}).status_code == 304


def test_another_language_or_day_has_another_tag(caller: Caller, party: str) -> None:
    path = f"/v1/entities/{party}"
    tags = {
        caller.get(path).headers["etag"],
        caller.get(path, headers={"accept-language": "zh"}).headers["etag"],
        caller.get(path, params={"as_of": "2019-01-01"}).headers["etag"],
    }
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/about", "GET, HEAD, OPTIONS"),
        ("/v1/judgements", "GET, HEAD, OPTIONS, POST"),
        ("/v1/records", "OPTIONS, POST"),
        ("/v1/records/till:1", "DELETE, OPTIONS, PUT"),
        ("/", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_names_the_methods_of_an_address(caller: Caller, path: str, methods: str) -> None:
    answer = caller.ask("OPTIONS", path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, methods, b"")


def test_a_method_that_is_not_taken_is_a_problem_that_names_those_that_are(caller: Caller) -> None:
    answer = caller.ask("PATCH", "/v1/about", json={})
    assert (answer.status_code, answer.json()["type"]) == (405, "urn:kith:problem:method-not-allowed")
    assert "GET" in answer.headers["allow"]
