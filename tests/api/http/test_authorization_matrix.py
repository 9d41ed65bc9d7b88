"""Every route, asked by every role and by everybody who should not: what comes out is what the table of access says."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.http.access import refuse_beyond_scope
from api.http.access_rules import access_rules
from api.http.dependencies import AppState
from api.keys.api_keys import identify, revoke_key
from api.keys.secrets import parse_key
from api.settings import Settings
from ontology.api_key import Role
from ontology.errors import OutOfScope
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller
from tests.api.http.test_access_rules import routes_of
from tests.api.keys import NOW, bearer, make_key
from tests.api.parties.test_consents import READER, spread, town
from tests.graph.world import TODAY

OPERATOR = "operator-key-of-the-matrix"
PERSON, ANOTHER = "P", "Q"
REFUSALS = {f"urn:kith:problem:{name}" for name in ("not-for-role", "out-of-scope", "not-own-party", "purpose-differs")}
MORE = {Role.PARTNER: READER, Role.SUBJECT: {"party": PERSON}}


class Asker(NamedTuple):
    """Who asks: the headers, and what the table is asked for; role None is nobody."""

    headers: dict[str, str]
    role: Role | None
    groups: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder: Path = tmp_path_factory.mktemp("matrix")
    store, world = open_store(f"sqlite:///{folder / 'kith.db'}"), town()
    world.party(ANOTHER, "person", name="方怡")
    spread(store, world)
    settings = Settings(today=TODAY, api_key=SecretStr(OPERATOR), requests_per_minute=1_000_000, id_key_file=folder / "id.key")
    return create_app(AppState(settings, store, default_rulebook(), "0"))


def askers_of(store: Store) -> dict[str, Asker]:
    """One of each kind."""
    revoked = make_key(store, "operator")
    revoke_key(store, getattr(parse_key(revoked), "id", ""), by="tests", now=NOW)
    of_routes = make_key(store, "operator", groups=("about",))
    of_datasets = make_key(store, "operator", datasets=("court",))
    return {
        **{role: Asker(bearer(make_key(store, role, **MORE.get(role, {}))), role) for role in Role},
        "the operator's own key": Asker(bearer(OPERATOR), Role.OPERATOR),
        "no key": Asker({}, None),
        "a wrong key": Asker(bearer("nobody-has-this-key"), None),
        "an ended key": Asker(bearer(make_key(store, "operator", now=NOW - timedelta(days=9), days=1)), None),
        "a revoked key": Asker(bearer(revoked), None),
        "a key of other routes": Asker(bearer(of_routes), Role.OPERATOR, groups=("about",)),
        "a key of another data set": Asker(bearer(of_datasets), Role.OPERATOR, datasets=("court",)),
    }


def filled(template: str) -> str:
    """The path of a route, with the other person where a party is named, and an x elsewhere."""
    parts = template.split("/")
    return "/".join(
        (ANOTHER if before == "entities" else "x") if part.startswith("{") else part
        for before, part in zip(["", *parts], parts, strict=False)
    )


def expected(asker: Asker, template: str, method: str) -> set[int] | None:
    """The statuses that refuse, or None where the caller is let through to the route."""
    group = access_rules().group_name(template, method)
    assert group is not None
    rule = access_rules().groups[group]
    if rule.public:
        return None
    if asker.role is None:
        return {401, 429}  # After ten wrong keys the next ones wait.
    confined = (asker.groups and group not in asker.groups) or asker.datasets
    another_party = asker.role is Role.SUBJECT and rule.own
    return {403} if asker.role not in rule.roles or confined or another_party else None


def is_refused(answer: httpx.Response, group: str) -> bool:
    """Whether the check of access refused for the route's group: a route may have a reason of its own for a 403."""
    if answer.status_code != 403:
        return answer.status_code in (401, 429)
    problem = answer.json()
    return problem.get("type") in REFUSALS and problem.get("group", group) == group


def test_every_route_answers_each_caller_as_the_table_says(app: FastAPI) -> None:
    caller, routes = Caller(app), sorted(set(routes_of(app)))
    askers = askers_of(app.state.kith.store)
    wrong = []
    for path, method in routes:
        for name, asker in askers.items():
            sent = {"json": {}} if method not in ("GET", "HEAD", "OPTIONS", "DELETE") else {}
            answer = caller.ask(method, filled(path), headers=asker.headers, **sent)
            refusals = expected(asker, path, method)
            group = str(access_rules().group_name(path, method))
            public = access_rules().groups[group].public
            right = answer.status_code in refusals if refusals else public or not is_refused(answer, group)
            wrong += [] if right else [(method, path, name, answer.status_code)]
    assert not wrong
    assert len(routes) * len(askers) > 500


def test_a_person_reads_its_own_party_and_nobody_elses(app: FastAPI) -> None:
    caller, own = Caller(app), bearer(make_key(app.state.kith.store, "subject", party=PERSON))
    for path in ("", "/dealings", "/consents", "/readers"):
        assert caller.get(f"/v1/entities/{PERSON}{path}", headers=own).status_code == 200, path
        refused = caller.get(f"/v1/entities/{ANOTHER}{path}", headers=own)
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:kith:problem:not-own-party"), path
    assert caller.get("/v1/entities/nobody", headers=own).status_code == 403
    assert caller.get(f"/v1/entities/{PERSON}/network", headers=own).status_code == 403


def test_a_partner_without_consent_is_told_no_score(app: FastAPI) -> None:
    partner = bearer(make_key(app.state.kith.store, "partner", **READER))
    answer = Caller(app).get(f"/v1/entities/{PERSON}", params={"purpose": READER["purpose"]}, headers=partner)
    assert answer.status_code == 200
    assert (answer.json()["score"]["value"], answer.json()["score"]["state"]) == (None, "consent_missing")


def test_a_key_of_a_data_set_reaches_the_routes_that_name_it(app: FastAPI) -> None:
    parts = parse_key(make_key(app.state.kith.store, "reader", datasets=("court",)))
    assert parts is not None
    known = identify(app.state.kith.store, parts, now=NOW)
    assert known is not None
    refuse_beyond_scope(known[0], "search", "court")
    everything = bearer(make_key(app.state.kith.store, "reader", datasets=("default",)))
    assert Caller(app).get("/search/default?q=Firm", headers=everything).status_code == 200
    assert Caller(app).get("/catalog", headers=everything).status_code == 403
    for dataset in (None, "registry", "default"):
        with pytest.raises(OutOfScope):
            refuse_beyond_scope(known[0], "search", dataset)


@pytest.mark.parametrize("key", ["nobody-has-this-key", "", "kith_00ff00ff00ff_" + "a" * 43])
def test_a_key_that_is_none_is_told_so_without_saying_why(app: FastAPI, key: str) -> None:
    answer = Caller(create_app(app.state.kith)).get("/v1/about", headers=bearer(key))
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:kith:problem:key-wrong")
    assert answer.headers["www-authenticate"] == "Bearer"
