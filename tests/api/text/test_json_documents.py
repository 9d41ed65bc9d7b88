"""JSON that others send: too deep, too long, no number, no text; each is refused by its line, and the others go in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from api.text.json_documents import read_json
from ontology.limits import RECORD_DEPTH_MAX
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller

GOOD = {"id": "till:1", "dataset": "till", "source_class": "1", "kind": "firm", "names": [{"text": "Ostwind Sails"}]}
ODD = [
    b"[" * 100_000,
    b"[" * 900 + b"]" * 900,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"id": ' + b"7" * 5_000 + b"}",
    b'{"id": 1e999}',
    b'{"id": NaN}',
    b'{"id": -Infinity}',
    b'{"id": "\\ud800"}',
    b'{"\\udfff": 1}',
    b"\xff\xfe{",
    b'"\x00"',
    b"null",
]


@pytest.fixture
def caller(tmp_path: Path) -> Caller:
    settings = Settings(id_key_file=tmp_path / "id.key")
    return Caller(create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0")))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd[:12]))
def test_an_odd_line_is_refused_and_the_next_one_taken(caller: Caller, odd: bytes) -> None:
    lines = odd + b"\n" + json.dumps(GOOD).encode()
    told = caller.post("/v1/records", content=lines, headers={"content-type": "application/x-ndjson"})
    assert told.status_code == 200
    assert [line["problem"] is None for line in told.json()["lines"]] == [False, True]


@pytest.mark.parametrize("path", ["/v1/records/till:1", "/v1/judgements", "/v1/models/aliases", "/v1/screenings", "/v1/jobs"])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd[:12]))
def test_an_odd_body_is_refused_by_every_route_that_takes_one(caller: Caller, path: str, odd: bytes) -> None:
    verb = "PUT" if path.startswith("/v1/records") else "POST"
    assert 400 <= caller.ask(verb, path, content=odd, headers={"content-type": "application/json"}).status_code < 500


@given(st.integers(0, 3 * RECORD_DEPTH_MAX))
def test_depth_is_counted_exactly(depth: int) -> None:
    content = b"[" * depth + b"1" + b"]" * depth
    if depth < RECORD_DEPTH_MAX:
        assert read_json(content) is not None
    else:
        with pytest.raises(ValueError, match="within one another"):
            read_json(content)
