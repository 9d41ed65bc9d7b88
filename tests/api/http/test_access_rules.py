"""The table of access covers every route there is, names no role or group that is none, and is what the app goes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import Scope

from api.app import create_app
from api.http.access_rules import access_rules, route_template
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.rulebook import default_rulebook
from store.open import open_store
from tests.api.callers import Caller


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    settings = Settings(id_key_file=tmp_path / "id.key")
    return create_app(AppState(settings, open_store(f"sqlite:///{tmp_path / 'kith.db'}"), default_rulebook(), "0"))


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Template and method of every route, those of included routers among them."""
    for route in iter_route_contexts(app.routes):
        yield from ((str(route.path), method) for method in sorted(route.methods or ()))


def test_every_route_has_a_rule(app: FastAPI) -> None:
    without = [(path, method) for path, method in routes_of(app) if access_rules().group_name(path, method) is None]
    assert not without, "add their rows to api/http/access_rules.yaml"


def test_every_group_is_of_use_and_says_what_for() -> None:
    rules = access_rules()
    assert {group for groups in rules.routes.values() for group in groups.values()} == set(rules.groups)


def test_a_route_without_a_rule_is_refused_to_everybody(app: FastAPI) -> None:
    app.add_api_route("/v1/nobody-wrote-a-rule", lambda: "reached")
    app.router.routes.insert(0, app.router.routes.pop())
    refused = Caller(app).get("/v1/nobody-wrote-a-rule")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:kith:problem:not-for-role")
    assert refused.json()["reason"] == "no rule says who may call it"


def test_the_template_of_a_request_is_the_one_of_the_contract(app: FastAPI) -> None:
    templates = []

    async def noting(scope: Scope, receive: object, send: object) -> None:
        await app(scope, receive, send)  # type: ignore[arg-type]
        templates.append(route_template(scope))

    for path in ("/v1/entities/K-1/ties", "/healthz", "/party/K-1", "/openapi.json"):
        Caller(noting).get(path)  # type: ignore[arg-type]
    assert templates == ["/v1/entities/{entity_id}/ties", "/healthz", "/{path:path}", "/openapi.json"]


@pytest.mark.parametrize(
    ("path", "needed"),
    [("/", False), ("/party/K-1", False), ("/healthz", False), ("/v1/session", False), ("/v1/about", True), ("/v1/x", True)],
)
def test_pages_and_health_need_no_key_and_everything_else_does(path: str, needed: bool) -> None:
    assert access_rules().needs_key(path) is needed
