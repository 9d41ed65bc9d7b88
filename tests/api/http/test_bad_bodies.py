"""Bodies too large, too deep, of the wrong kind or no text: documented problems at every door, in no library's words."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.http.dependencies import AppState
from api.http.openapi import operations
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller
from tests.api.campaign import LIBRARY_WORDS

BODY_BYTES_MAX = 50_000
JSON = "application/json"
BODIES: dict[str, tuple[bytes, str]] = {
    "deep": (b"[" * 20_000, JSON),
    "deep object": (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, JSON),
    "too large": (b'{"a": "' + b"x" * BODY_BYTES_MAX + b'"}', JSON),
    "not UTF-8": (b'{"a": "\xff\xfe"}', JSON),
    "half a surrogate": (b'{"left": "\\ud800", "name": "\\ud800"}', JSON),
    "no number": (b'{"a": NaN, "limit": Infinity}', JSON),
    "long number": (b'{"a": ' + b"9" * 6_000 + b"}", JSON),
    "cut off": (b'{"a": [1, 2', JSON),
    "a list": (b"[]", JSON),
    "a text": (b'"x"', JSON),
    "nothing": (b"", JSON),
    "null": (b"null", JSON),
    "lines": (b"{}\n[1]\n\xff\n", "application/x-ndjson"),
    "a form": (b"a=b", "application/x-www-form-urlencoded"),
    "a file": (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    "broken form": (b"garbage", "multipart/form-data"),
    "plain": (b"x", "text/plain"),
}


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Caller:
    folder = tmp_path_factory.mktemp("bodies")
    settings = Settings(id_key_file=folder / "id.key", body_bytes_max=BODY_BYTES_MAX, account="tests")
    return Caller(create_app(AppState(settings, open_store(f"sqlite:///{folder / 'kith.db'}"), default_rulebook(), "0")))


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_a_bad_body_is_a_documented_problem_at_every_door(caller: Caller, body: str) -> None:
    content, kind = BODIES[body]
    document: Any = caller.get("/openapi.json").json()
    doors = [(path, verb, held) for path, verb, held in operations(document) if "requestBody" in held]
    assert len(doors) > 8
    for path, verb, operation in doors:
        address = "/".join(
            "default" if part == "{dataset}" else "x" if part.startswith("{") else part for part in path.split("/")
        )
        answer = caller.ask(verb.upper(), address, content=content, headers={"content-type": kind})
        told = f"{body} to {verb} {path}: {answer.status_code} {answer.text[:300]}"
        assert str(answer.status_code) in operation["responses"], told
        assert answer.status_code < 500, told
        own = path.startswith("/v1/")
        if own and answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", told
            assert answer.json()["type"].startswith("urn:kith:problem:"), told
        if own or answer.status_code != 422:
            assert not [word for word in LIBRARY_WORDS if word in answer.text.lower()], told
        if body == "too large":
            assert answer.status_code in (413, 404), told


def test_a_body_that_is_too_large_is_refused_with_the_limit(caller: Caller) -> None:
    answer = caller.post("/v1/judgements", content=json.dumps({"left": "x" * BODY_BYTES_MAX}), headers={"content-type": JSON})
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:kith:problem:body-too-large")
    assert str(BODY_BYTES_MAX) in answer.json()["detail"]


def test_the_path_of_a_bad_body_is_named_and_its_value_is_not(caller: Caller, tmp_path: Path) -> None:
    sent = {"left": "a", "right": "b", "verdict": "11010519491231002X"}
    answer = caller.post("/v1/judgements", json=sent)
    assert (answer.status_code, answer.json()["field"]) == (422, "verdict")
    assert "11010519491231002X" not in answer.text
