"""Models and aliases over HTTP: what the commands tell, and a word that the next resolve applies."""

from datetime import date

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.rulebook import default_rulebook
from resolution.pipeline import resolve
from store.port import Store
from store.rows import to_row
from tests.api.callers import Caller
from tests.resolution.aliases.test_aliases import NOON, RECORDS


def caller(store: Store) -> Caller:
    settings = Settings(today=date(2026, 6, 30), account="wang")
    return Caller(create_app(AppState(settings, store, default_rulebook(), "0")))


def test_weights_are_told_before_the_first_run_and_counts_after_it(store: Store) -> None:
    found = caller(store)
    before = found.get("/v1/models").json()["models"]
    assert [one["kind"] for one in before] == ["person", "firm"]
    assert all(one["counted"] is None for one in before)
    assert found.get("/v1/models/aliases").status_code == 409
    store.write("sources/put_records", rows=[to_row(record) for record in RECORDS])
    resolve(store, now=NOON)
    after = found.get("/v1/models").json()["models"]
    assert [one["counted"]["records"] for one in after if one["kind"] == "firm"] == [len(RECORDS)]


def test_a_word_on_an_alias_moves_it_from_the_proposals_to_the_list_and_a_later_one_replaces_it(store: Store) -> None:
    store.write("sources/put_records", rows=[to_row(record) for record in RECORDS])
    resolve(store, now=NOON)
    found = caller(store)
    proposal, *others = found.get("/v1/models/aliases", params={"parties_min": 1}).json()["proposals"]
    named = {"one": proposal["left"], "other": proposal["right"], "kind": proposal["kind"]}
    said = found.post("/v1/models/aliases", json={**named, "ruling": "accepted", "reason": "its own short form"})
    assert said.status_code == 200, said.text
    assert said.json()["alias"]["by"] == "wang"
    held = found.get("/v1/models/aliases", params={"parties_min": 1}).json()
    assert held["proposals"] == others
    assert [(one["left"], one["ruling"]) for one in held["aliases"]] == [(proposal["left"], "accepted")]
    assert found.post("/v1/models/aliases", json={**named, "ruling": "refused", "by": "li"}).status_code == 200
    (last,) = found.get("/v1/models/aliases").json()["aliases"]
    assert (last["ruling"], last["by"]) == ("refused", "li")


def test_two_equal_names_are_refused_with_a_clear_word(store: Store) -> None:
    answer = caller(store).post("/v1/models/aliases", json={"one": "VW", "other": "vw", "ruling": "accepted"})
    assert answer.status_code == 400
    assert "two different names" in answer.json()["detail"]
