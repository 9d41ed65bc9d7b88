"""Everything as FollowTheMoney entities, and what comes of it when it is read again."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kith
from api.app import create_app
from api.cli import build
from api.context.pages import PageRequest
from api.contract.ftm_export import exported_entities, write_entities
from api.contract.ftm_model import schemata
from api.http.dependencies import AppState
from ontology.entity import Entity
from store.port import Store
from tests.api.callers import Caller
from tests.api.contract.small_town import TODAY, load
from tests.api.regions import Region, resident_ids

RUN = CliRunner()
Fact = tuple[object, ...]


def facts_of(store: Store) -> set[Fact]:
    """What is told of each party, but for ids of its own."""
    parties = [Entity.model_validate_json(row["document"]) for row in store.read("entities/all")]
    return {
        (
            party.kind.value,
            frozenset((name.text, name.role.value) for name in party.names),
            frozenset((code.scheme, code.value) for code in party.identifiers if code.scheme in ("uscc", "lei", "tax_no")),
            party.born_on,
            party.founded_on,
            frozenset(party.countries),
            frozenset(address.text for address in party.addresses),
        )
        for party in parties
    }


def ties_of(store: Store) -> set[Fact]:
    names = {row["id"]: row["name"] for row in store.read("entities/all")}
    rows = store.read("contract/stated_ties", ids=list(names), not_stated=["CO_CONTROLLED", "MAY_SUCCEED"], limit=10000)
    return {
        (
            row["kind"],
            (frozenset if row["kind"] == "FAMILY_OF" else tuple)((names[row["source_id"]], names[row["target_id"]])),
            row["share"],
            row["began_on"],
        )
        for row in rows
    }


@pytest.fixture
def again(made: Region, tmp_path: Path) -> AppState:
    """A store made of what the region's store hands out."""
    written = tmp_path / "region.ftm.json"
    assert write_entities(made.context(), written) > made.counts["entities"]
    _, state = load(f"sqlite:///{tmp_path / 'again.db'}", tmp_path, written)
    return state


def test_what_is_handed_out_and_read_again_tells_of_the_same_parties(town: AppState, tmp_path: Path) -> None:
    context_of = kith_context(town)
    written = tmp_path / "town2.jsonl"
    write_entities(context_of, written)
    _, again = load(f"sqlite:///{tmp_path / 'again.db'}", tmp_path, written)
    assert facts_of(again.store) == facts_of(town.store)
    assert ties_of(again.store) == ties_of(town.store)
    listed = [row["list_type"] for row in again.store.read("network/listings_of_parties", ids=ids_of(again.store))]
    assert listed == ["sanctions_us"]
    again.store.close()


def test_a_whole_region_read_again_has_as_many_parties_of_every_kind(made: Region, again: AppState) -> None:
    kinds = {row["kind"]: row["n"] for row in made.store.read("answers/parties_by_kind")}
    kinds_again = {row["kind"]: row["n"] for row in again.store.read("answers/parties_by_kind")}
    assert kinds_again.keys() == kinds.keys()
    for kind, count in kinds.items():
        assert abs(kinds_again[kind] - count) <= 0.03 * count
    again.store.close()


def test_every_line_is_an_entity_of_the_model_without_a_number_of_a_person(made: Region, tmp_path: Path) -> None:
    written = tmp_path / "all.json"
    count = write_entities(made.context(), written)
    text = written.read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == count == len({line["id"] for line in lines})
    for line in lines:
        schema = schemata()[line["schema"]]
        assert set(line["properties"]) <= set(schema.properties)
        assert all(line["properties"].get(end) for end in schema.ends)
    assert not any(number in text for number in resident_ids(made))
    assert written.stat().st_mode & 0o077 == 0


def test_pages_over_http_are_the_file_of_the_command_and_of_python(made: Region, tmp_path: Path) -> None:
    caller = Caller(create_app(made.state))
    lines, path = [], "/v1/exports/ftm?limit=150"
    while path:
        answer = caller.get(path)
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        lines += [json.loads(line) for line in answer.text.splitlines()]
        path = answer.links.get("next", {}).get("url", "")
    environment = {"KITH_STORE": made.settings.store.get_secret_value(), "KITH_TODAY": made.sample.as_of}
    done = RUN.invoke(build(), ["export", "ftm", str(tmp_path / "a.json"), "--json"], env=environment)
    assert json.loads(done.stdout)["entities"] == len(lines)
    written = (tmp_path / "a.json").read_text("utf-8").splitlines()
    assert sorted(map(canonical, map(json.loads, written))) == sorted(map(canonical, lines))
    with kith.open(environment["KITH_STORE"].removeprefix("sqlite:///"), today=made.context().as_of) as session:
        assert session.export_ftm(tmp_path / "b.json") == len(lines)
    refused = RUN.invoke(build(), ["export", "ftm", str(tmp_path / "a.json"), "--json"], env=environment)
    assert refused.exit_code == 2


def canonical(line: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in line.items() if value is not None}, sort_keys=True)


def ids_of(store: Store) -> list[str]:
    return [row["id"] for row in store.read("entities/all")]


def kith_context(state: AppState) -> Any:
    from api.context.request_context import RequestContext

    return RequestContext(state.store, state.rulebook, TODAY, "en")


def test_a_page_of_parties_has_each_tie_once(made: Region) -> None:
    page = exported_entities(made.context(), PageRequest(10_000))
    assert page.next is None
    ids = [entity.id for entity in page.entities]
    assert len(ids) == len(set(ids))
