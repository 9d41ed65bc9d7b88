"""Parties by what an application holds: a code, an address in either writing, a phone; each says why it was found."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from typer.testing import CliRunner

import kith
from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.record import Address, Contact, Identifier, Name, Record
from ontology.rulebook import default_rulebook
from resolution.pipeline import resolve
from store.open import open_store
from store.port import Store
from store.rows import to_row
from tests.api.callers import Caller
from tests.api.keys import bearer, make_key

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
KEY = "key-of-the-house-of-searches"
OPERATOR = {"authorization": f"Bearer {KEY}"}


def record(id_: str, kind: str, name: str, *, address: str | None = None, phone: str | None = None, **more: Any) -> Record:
    told = {
        "id": f"till:{id_}",
        "dataset": "till",
        "source_class": "3",
        "row_id": f"f#{len(id_) + 1}",
        "kind": kind,
        "names": (Name(text=name),),
        "addresses": (Address(text=address),) if address else (),
        "contacts": (Contact(kind="phone", value=phone),) if phone else (),
    }
    return Record.model_validate(told | more)


RECORDS = [
    record("a", "firm", "Ebbsfleet Pumps Ltd", address="18 Quay Road, Dover", phone="+44 1304 555018"),
    record("b", "firm", "Harbour Light Trading Ltd", address="18 Quay Road, Dover", phone="01304 555 019"),
    record("c", "firm", "Northern Mills Ltd", address="20 Quay Road, Dover"),
    record("d", "firm", "上海海港之光贸易有限公司", address="上海市浦东新区银城中路501号", phone="021-63392288"),
    record("e", "person", "Ada Fairweather", address="18 Quay Road, Dover", phone="+44 1304 555018"),
    record(
        "f", "firm", "Blue Crane Supplies Ltd", identifiers=(Identifier(scheme="lei", value="5493001KJTIIGC8Y1R12", valid=True),)
    ),
]


@pytest.fixture
def app(store: Store) -> FastAPI:
    store.write("sources/put_records", rows=[to_row(one) for one in RECORDS])
    resolve(store, now=NOON)
    settings = Settings(today=date(2026, 6, 30), api_key=SecretStr(KEY))
    return create_app(AppState(settings, store, default_rulebook(), "0"))


def found(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 200, answer.text
    return sorted((line["name"], line["why"]) for line in answer.json()["results"])


def test_what_an_application_holds_finds_its_parties_and_says_why(app: FastAPI, store: Store) -> None:
    caller = Caller(app)

    def search(**asked: str) -> list[tuple[str, str]]:
        return found(caller.get("/v1/search", params=asked, headers=OPERATOR))

    pumps, light, ada = (
        ("Ebbsfleet Pumps Ltd", "address"),
        ("Harbour Light Trading Ltd", "address"),
        ("Ada Fairweather", "address"),
    )
    assert search(address="18 quay road DOVER") == [ada, pumps, light]
    assert search(address="18 Quay Road, Dover", kind="firm") == [pumps, light]
    assert search(address="Quay Road, Dover") == search(address="19 Quay Road, Dover") == []
    assert search(address="浦东新区银城中路501号") == [("上海海港之光贸易有限公司", "address")]
    assert search(code="5493001KJTIIGC8Y1R12") == [("Blue Crane Supplies Ltd", "code")]
    assert search(q="haigang zhi guang") or search(q="海港之光") == [("上海海港之光贸易有限公司", "name")]

    def phone(number: str) -> list[tuple[str, str]]:
        return found(caller.post("/v1/search/phone", json={"phone": number}, headers=OPERATOR))

    assert phone("01304 555018") == [("Ada Fairweather", "phone"), ("Ebbsfleet Pumps Ltd", "phone")]
    assert phone("+86 21 6339 2288") == [("上海海港之光贸易有限公司", "phone")]
    assert phone("01304 555 020") == []
    assert caller.post("/v1/search/phone", json={"phone": "none"}, headers=OPERATOR).status_code == 400
    for asked in ({}, {"q": "a", "code": "b"}, {"code": "b", "address": "c"}):
        assert caller.get("/v1/search", params=asked, headers=OPERATOR).status_code == 400

    first = caller.get("/v1/search", params={"address": "18 Quay Road, Dover", "limit": 2}, headers=OPERATOR).json()
    rest = caller.get(
        "/v1/search", params={"address": "18 Quay Road, Dover", "limit": 2, "cursor": first["next"]}, headers=OPERATOR
    ).json()
    assert (first["total"], len(first["results"]), len(rest["results"]), rest["next"]) == (3, 2, 1, None)

    reader = bearer(make_key(store, "reader"))
    assert found(caller.get("/v1/search", params={"address": "18 Quay Road, Dover"}, headers=reader)) == [pumps, light]
    assert caller.post("/v1/search/phone", json={"phone": "01304 555018"}, headers=reader).status_code == 403
    assert caller.post("/v1/search/phone", json={"phone": "01304 555018"}).status_code == 401


def test_a_person_found_by_phone_goes_into_the_readers_log(app: FastAPI, store: Store) -> None:
    caller = Caller(app)
    investigator = bearer(make_key(store, "investigator"))
    results = caller.post("/v1/search/phone", json={"phone": "01304 555018"}, headers=investigator).json()["results"]
    (person,) = (line["id"] for line in results if line["kind"] == "person")
    app.state.readers_log.flush()
    readers = caller.get(f"/v1/entities/{person}/readers", headers=OPERATOR)
    assert "/v1/search/phone" in readers.text


def test_the_command_and_the_library_find_as_the_api_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    store = open_store(address)
    store.write("sources/put_records", rows=[to_row(one) for one in RECORDS])
    resolve(store, now=NOON)
    store.close()
    monkeypatch.setenv("KITH_STORE", address)
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(tmp_path / "id.key"))
    told = CliRunner().invoke(build(), ["--json", "find", "--address", "18 Quay Road, Dover"])
    assert told.exit_code == 0, told.output
    with kith.open(address) as session:
        found = session.find(address="18 Quay Road, Dover")
        assert [line.name for line in session.find(phone="01304 555019").results] == ["Harbour Light Trading Ltd"]
    assert [line["id"] for line in json.loads(told.stdout)["results"]] == [line.id for line in found.results]
    both = CliRunner().invoke(build(), ["find", "Dover", "--phone", "1"])
    assert both.exit_code == 2
