"""Consent given, used, ended and withdrawn, over HTTP and on the command line, on both engines."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.settings import Settings
from graph.pipeline import propagate, verify
from ontology.errors import StoreBusy
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller
from tests.graph.scores.test_consents import lent, person
from tests.graph.world import TODAY, World

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
READER = {"partner": "Harbour Bank", "purpose": "supplier credit"}
AGREED = {**READER, "evidence": "form 17", "legal_basis": "PIPL Art 13(1)", "assessment": "DPIA-7", "by": "王芳"}


def town() -> World:
    """A person with loans and bills, a firm, and a sole trader."""
    world = lent(person(name="林一"))
    world.link("OWNS", "P", "Firm", share=1.0)
    lent(world, world.party("T", uscc="92330000MA27ABCD1X"), release="R2")
    return world


def spread(store: Store, world: World) -> None:
    world.keep(store)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)


def caller(store: Store, today: date = TODAY) -> Caller:
    return Caller(create_app(AppState(Settings(today=today), store, default_rulebook(), "0")))


def state(found: Caller, party: str = "P", **named: str) -> tuple[int | None, str | None]:
    answer = found.get(f"/v1/entities/{party}", params=named)
    assert answer.status_code == 200, answer.text
    score = answer.json()["score"]
    return score["value"], score["state"]


def agree(found: Caller, party: str = "P", **more: Any) -> dict[str, Any]:
    answer = found.post(f"/v1/entities/{party}/consents", json={**AGREED, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_score_is_there_for_whom_and_what_the_person_agreed_to_and_gone_once_withdrawn(store: Store) -> None:
    spread(store, town())
    ask = caller(store)
    before = ask.get("/v1/entities/P", params=READER).json()
    assert (before["score"]["value"], before["score"]["state"]) == (None, "consent_missing")
    assert "kith consent give" in before["consent_hint"]

    given = agree(ask)
    assert given["consent"]["release_ids"] == ["R1"]
    assert state(ask, **READER) == (700, None)
    assert state(ask, **{**READER, "purpose": "rental"}) == state(ask) == (None, "consent_missing")
    assert [one["state"] for one in ask.get("/v1/entities/P/consents").json()["consents"]] == ["live"]

    withdrawn = ask.ask("DELETE", f"/v1/consents/{given['consent']['id']}", params={"by": "王芳"}).json()
    assert withdrawn["state"] == "withdrawn"
    assert state(ask, **READER) == (None, "consent_withdrawn")
    assert ask.get("/v1/entities/P").json() == {**before}
    first = withdrawn["consent"]["withdrawn_at"]
    assert ask.ask("DELETE", f"/v1/consents/{given['consent']['id']}").json()["consent"]["withdrawn_at"] == first


def test_nothing_of_a_persons_score_lingers_in_the_store(store: Store) -> None:
    """Propagated while consent is in force, the store keeps what it keeps without any."""
    spread(store, town())
    kept = {name: store.read(name) for name in ("scores/all", "signals/all")}
    ask = caller(store)
    agree(ask)
    assert state(ask, **READER) == (700, None)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    assert {name: store.read(name) for name in kept} == kept
    assert verify(store, rulebook=default_rulebook(), as_of=TODAY).scores_that_differ == ()
    row = next(row for row in kept["scores/all"] if row["entity_id"] == "P")
    document = store.read("answers/scores_by_ids", ids=["P"])[0]["document"]
    assert (row["value"], row["band"], row["state"], json.loads(document).get("lines")) == (None, None, "consent_missing", None)
    assert not [row for row in kept["signals/all"] if row["entity_id"] == "P"]


def test_the_days_on_which_a_score_was_shown_are_kept_for_the_person(store: Store) -> None:
    spread(store, town())
    given = agree(caller(store))["consent"]["id"]

    def told() -> list[list[str]]:
        return [
            [one["looked_on"] for one in caller(store).get(path).json()["consents"]]
            for path in ("/v1/entities/P/consents", "/v1/consents")
        ]

    assert told() == [[[]], [[]]]
    state(caller(store))
    state(caller(store), **{**READER, "purpose": "rental"})
    assert told() == [[[]], [[]]], "nobody who may see it looked"
    for day in (TODAY, TODAY, TODAY + timedelta(1)):
        assert state(caller(store, day), **READER, as_of=TODAY.isoformat()) == (700, None)
    days = [TODAY.isoformat(), (TODAY + timedelta(1)).isoformat()]
    assert told() == [[days], [days]]
    withdrawn = caller(store).ask("DELETE", f"/v1/consents/{given}").json()
    assert withdrawn["looked_on"] == days
    state(caller(store, TODAY + timedelta(2)), **READER)
    assert told() == [[days], [days]], "after the withdrawal nothing is shown"


def test_a_look_that_cannot_be_kept_is_not_taken(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    spread(sqlite_store, town())
    agree(caller(sqlite_store))
    write = type(sqlite_store).write

    def busy(self: Store, name: str, /, **more: Any) -> None:
        if name == "consents/put_looks":
            raise StoreBusy(store="kith.db")
        write(self, name, **more)

    monkeypatch.setattr(type(sqlite_store), "write", busy)
    answer = caller(sqlite_store).get("/v1/entities/P", params=READER)
    assert answer.status_code == 503
    assert not {"score", "range", "lines"} & answer.json().keys()
    assert not re.search(r"\b700\b", answer.text)
    assert state(caller(sqlite_store)) == (None, "consent_missing")


def test_a_sole_trader_is_asked_alike(store: Store) -> None:
    spread(store, town())
    ask = caller(store)
    assert state(ask, "T", **READER) == (None, "consent_missing")
    agree(ask, "T")
    assert state(ask, "T", **READER) == (700, None)
    assert state(ask, "P", **READER) == (None, "consent_missing")


def test_a_consent_ends_by_the_day_asked_for_and_by_the_day_of_asking(store: Store) -> None:
    spread(store, town())
    agree(caller(store), expires_on="2026-09-30")
    assert state(caller(store), **READER, as_of="2026-09-29") == (700, None)
    assert state(caller(store), **READER, as_of="2026-09-30") == (None, "consent_ended")
    assert state(caller(store), **READER, as_of="2026-06-29") == (None, "consent_not_begun")
    assert state(caller(store, date(2026, 9, 30)), **READER, as_of="2026-07-01") == (None, "consent_ended")


def test_a_consent_covers_no_release_that_came_later(store: Store) -> None:
    world = town()
    spread(store, world)
    ask = caller(store)
    agree(ask)
    world.report("Bank", "P", "defaulted", "2026-05-01", dealing="loan", source_class="2", release_id="R9", fact_key="later")
    spread(store, world)
    assert state(caller(store), **READER) == (700, None)
    agree(ask)
    assert state(caller(store), **READER) == (617, None)


def test_what_a_person_released_is_told_to_nobody_else(store: Store) -> None:
    spread(store, town())
    ask = caller(store)
    agree(ask, data_classes=["loans"])
    assert ask.get("/v1/entities/P/dealings").json()["total"] == 0
    assert "only to whom the person agreed" in ask.get("/v1/entities/P").json()["dealings"]["sentence"]
    told = ask.get("/v1/entities/P/dealings", params=READER).json()["dealings"]
    assert {one["dealing"] for one in told} == {"loan"}


def test_what_a_sole_trader_released_is_told_to_nobody_else(store: Store) -> None:
    world = town()
    world.party("U", attributes={"registered_type": "个体工商户"})
    lent(world, "U", release="R3", late=12)
    spread(store, world)
    ask = caller(store)
    for party in ("T", "U"):
        agree(ask, party, data_classes=["loans"])
        assert ask.get(f"/v1/entities/{party}/dealings").json()["dealings"] == []
        assert "only to whom the person agreed" in ask.get(f"/v1/entities/{party}").json()["dealings"]["sentence"]
        told = ask.get(f"/v1/entities/{party}/dealings", params=READER).json()["dealings"]
        assert {one["dealing"] for one in told} == {"loan"}
        wrong = {**READER, "purpose": "rental"}
        assert ask.get(f"/v1/entities/{party}/dealings", params=wrong).json()["total"] == 0


def test_a_consent_moves_with_a_merge_and_is_void_after_a_split(store: Store) -> None:
    world = town()
    world.party("Q", "person", name="林一")
    spread(store, world)
    ask = caller(store)
    store.write("entities/put_members", rows=[{"record_id": "Q", "entity_id": "P"}])
    entity = world.entities["P"].model_copy(update={"record_ids": ("P", "Q")})
    world.entities = {"P": entity, **{name: one for name, one in world.entities.items() if name not in ("P", "Q")}}
    store.write("entities/put_entities", rows=[{**row, "document": entity.model_dump_json()} for row in _rows(store, "P")])
    agree(ask)
    assert state(ask, **READER) == (700, None)
    store.write("entities/put_members", rows=[{"record_id": "Q", "entity_id": "Q"}])
    assert state(ask, **READER) == (None, "consent_missing")
    assert [one["void"] for one in ask.get("/v1/consents").json()["consents"]] == [True]


def _rows(store: Store, entity_id: str) -> list[dict[str, Any]]:
    return store.read("entities/entities_by_ids", ids=[entity_id])


@pytest.mark.parametrize(
    ("party", "more", "status"),
    [
        ("Firm", {}, 400),
        ("P", {"data_classes": ["friends"]}, 400),
        ("P", {"data_classes": ["charity"]}, 400),
        ("P", {"expires_on": "2026-06-30"}, 400),
        ("P", {"given_on": "2025-01-01", "expires_on": "2026-01-01"}, 400),
        ("P", {"purpose": ""}, 422),
        ("P", {"evidence": ""}, 422),
        ("Nobody", {}, 404),
        ("Child", {}, 400),
    ],
)
def test_a_consent_that_cannot_be_is_refused(sqlite_store: Store, party: str, more: dict[str, Any], status: int) -> None:
    world = town()
    world.party("Child", "person", born_on="2012-01-01")
    spread(sqlite_store, world)
    ask = caller(sqlite_store)
    assert ask.post(f"/v1/entities/{party}/consents", json={**AGREED, **more}).status_code == status
    assert ask.get("/v1/consents").json() == {"consents": [], "next": None}


def test_half_a_reader_and_an_unknown_consent_are_refused(sqlite_store: Store) -> None:
    spread(sqlite_store, town())
    ask = caller(sqlite_store)
    assert ask.get("/v1/entities/P", params={"partner": "Harbour Bank"}).status_code == 400
    assert ask.ask("DELETE", "/v1/consents/C-9").status_code == 404


def test_no_list_names_a_person_whatever_was_agreed(sqlite_store: Store) -> None:
    world = town()
    world.listed("P")
    spread(sqlite_store, world)
    ask = caller(sqlite_store)
    agree(ask)
    for path in ("/v1/risky", "/v1/reliable"):
        assert "P" not in {one["id"] for one in ask.get(path, params={**READER, "limit": 1000}).json()["results"]}
    found = ask.get("/v1/search", params={**READER, "q": "林一"}).json()["results"]
    assert [one["score"] for one in found if one["id"] == "P"] in ([], [None])


def test_the_command_gives_lists_and_withdraws_consent(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    with_ = open_store(address)
    spread(with_, town())
    with_.close()
    environment = {"KITH_STORE": address, "KITH_TODAY": TODAY.isoformat(), "KITH_LEGAL_BASIS": "PIPL", "KITH_ASSESSMENT": "D-7"}

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(build(), arguments, env=environment)
        assert done.exit_code == 0, done.output
        return done.stdout

    reader = ("--partner", "Harbour Bank", "--purpose", "supplier credit")
    assert "kith consent give" in run("show", "P", *reader)
    given = run(
        "consent", "give", "P", "--to", "Harbour Bank", "--for", "supplier credit", "--evidence", "form 17", "--by", "王芳"
    )
    assert given.startswith("C-000001  林一  P  in force\n")
    account = run("explain", "P", *reader)
    assert "=      700  Excellent" in account
    assert "[fX, row 1]" in account
    assert "700" not in run("explain", "P")
    assert "有效" in run("--lang", "zh", "consent", "list", "P")
    assert "withdrawn" in run("consent", "withdraw", "C-000001", "--by", "王芳")
    assert "withdrew consent" in run("show", "P", *reader)
    assert json.loads(run("consent", "list", "--json"))["consents"][0]["state"] == "withdrawn"
