"""The routes, asked over HTTP of the real app on both engines."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from api.app import create_app
from api.schemas.networks import Network
from api.schemas.parties import Parties, Paths, Profile, Records, Search, ShownRow, Ties
from api.schemas.screenings import Screening
from api.schemas.store import About
from ontology.score import Standing
from tests.api.callers import Caller
from tests.api.regions import Region, resident_ids


@pytest.fixture(scope="module")
def caller(region: Region) -> Caller:
    return Caller(create_app(region.state))


@pytest.fixture(scope="module")
def subsidiary(region: Region) -> dict[str, str]:
    return region.story("defaulters_subsidiary", "risky")[0]


@pytest.fixture(scope="module")
def subsidiary_id(caller: Caller, subsidiary: dict[str, str]) -> str:
    found = caller.get("/v1/search", params={"q": subsidiary["name"]}).json()
    return str(found["results"][0]["id"])


def test_about_counts_what_the_store_holds(caller: Caller, region: Region) -> None:
    about = About.model_validate(caller.get("/v1/about").json())
    assert about.records == region.counts["records"]
    assert about.engine == region.store.engine
    assert about.as_of.isoformat() == region.sample.as_of
    assert {file.name for file in about.files} == {path.name for path in region.sample.sources}
    assert about.parties.firm > about.parties.agency > 0


def test_a_firm_is_found_by_name_and_by_code(caller: Caller, subsidiary: dict[str, str]) -> None:
    for context in (subsidiary["name"], subsidiary["record_id"].partition(":")[2]):
        found = Search.model_validate(caller.get("/v1/search", params={"q": context}).json())
        assert found.results[0].name == subsidiary["name"]
        assert found.results[0].why in ("name", "code")


def test_no_number_of_a_person_finds_anything(caller: Caller, region: Region) -> None:
    numbers = resident_ids(region)
    assert len(numbers) > 50
    for number in numbers[:20]:
        assert caller.get("/v1/search", params={"q": number}).json()["total"] == 0
        refused = caller.get("/v1/paths", params={"from": number})
        assert refused.status_code == 404
        assert number not in refused.text


def test_risky_lists_the_defaulter_first_then_its_subsidiary_and_never_a_person(caller: Caller, region: Region) -> None:
    found = Parties.model_validate(caller.get("/v1/risky", params={"limit": 1000}).json()).results
    assert all(party.kind != "person" for party in found)
    standings = [party.standing for party in found]
    assert standings == sorted(standings, key=[Standing.LISTED, Standing.BY_ASSOCIATION, Standing.LOOK].index)
    names = {party.name for party in found}
    assert region.story("defaulters_subsidiary", "risky")[0]["name"] in names
    assert all(party.sentence for party in found)


def test_reliable_lists_scores_from_the_top_with_nothing_found(caller: Caller) -> None:
    found = Parties.model_validate(caller.get("/v1/reliable", params={"limit": 10}).json()).results
    scores = [party.score or 0 for party in found]
    assert scores == sorted(scores, reverse=True)
    assert {party.standing for party in found} == {Standing.NOTHING_FOUND}


def test_a_profile_adds_up_and_every_line_of_it_leads_to_a_row(caller: Caller, subsidiary_id: str) -> None:
    found = Profile.model_validate(caller.get(f"/v1/entities/{subsidiary_id}").json())
    assert sum(line.points for line in found.score.lines) == found.score.value
    assert found.party.standing is Standing.BY_ASSOCIATION
    assert found.paths[0].hops[0].kind == "OWNS"
    row = caller.get(f"/v1/rows/{quote(found.paths[0].hops[0].row_ids[0], safe='')}")
    assert ShownRow.model_validate(row.json()).values


def test_a_profile_is_sent_once(caller: Caller, subsidiary_id: str) -> None:
    first = caller.get(f"/v1/entities/{subsidiary_id}")
    again = caller.get(f"/v1/entities/{subsidiary_id}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    chinese = caller.get(f"/v1/entities/{subsidiary_id}", headers={"accept-language": "zh-CN"})
    assert chinese.headers["etag"] != first.headers["etag"]


def test_sentences_come_in_the_asked_language(caller: Caller, subsidiary_id: str) -> None:
    english = caller.get(f"/v1/entities/{subsidiary_id}").json()["sentence"]
    chinese = caller.get(f"/v1/entities/{subsidiary_id}", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}).json()
    assert english.startswith("Not on any")
    assert chinese["sentence"].startswith("未见于")
    assert chinese["party"]["sentence"].startswith("未见于")
    listed = caller.get("/v1/risky", headers={"accept-language": "zh"}).json()["results"][0]["sentence"]
    assert "列为" in listed


def test_before_the_listing_nothing_was_found(caller: Caller, subsidiary_id: str) -> None:
    before = Profile.model_validate(caller.get(f"/v1/entities/{subsidiary_id}", params={"as_of": "2019-01-01"}).json())
    assert before.as_of.isoformat() == "2019-01-01"
    assert before.party.standing is Standing.NOTHING_FOUND


def test_records_name_file_and_row(caller: Caller, region: Region, subsidiary: dict[str, str], subsidiary_id: str) -> None:
    found = Records.model_validate(caller.get(f"/v1/entities/{subsidiary_id}/records").json()).records
    assert subsidiary["record_id"] in {record.id for record in found}
    assert all(record.row > 0 and record.file in {path.name for path in region.sample.sources} for record in found)


def test_ties_are_told_from_the_partys_side(caller: Caller, subsidiary_id: str) -> None:
    found = Ties.model_validate(caller.get(f"/v1/entities/{subsidiary_id}/ties").json()).ties
    owned = next(tie for tie in found if tie.kind == "OWNS")
    assert (owned.direction, owned.label) == ("in", "owned by")
    assert owned.row_ids


def test_a_network_shows_as_many_as_asked_for_and_counts_the_rest(caller: Caller, subsidiary_id: str) -> None:
    whole = network(caller, subsidiary_id, depth=1, limit=400)
    some = network(caller, subsidiary_id, depth=1, limit=4)
    assert (some.shown, len(some.nodes), some.total) == (4, 4, whole.total)
    assert whole.more == ()
    assert next(more.count for more in some.more if more.id == subsidiary_id) == whole.total - 4
    shown = {node.id for node in some.nodes}
    assert all({tie.source, tie.target} <= shown for tie in some.ties)
    assert some.nodes[0].id == subsidiary_id


def test_a_wider_network_holds_the_narrower_one(caller: Caller, subsidiary_id: str) -> None:
    near, far = (network(caller, subsidiary_id, depth=depth, limit=400) for depth in (1, 2))
    assert {node.id for node in near.nodes} <= {node.id for node in far.nodes}
    assert far.total > near.total


def test_persons_in_a_network_bear_neither_score_nor_exposure(caller: Caller, subsidiary_id: str) -> None:
    persons = [node for node in network(caller, subsidiary_id, depth=2, limit=400).nodes if node.kind == "person"]
    assert persons
    assert all(node.score is None and node.exposure == 0 for node in persons)


def test_only_the_asked_kinds_of_tie_are_followed(caller: Caller, subsidiary_id: str) -> None:
    found = caller.get(f"/v1/entities/{subsidiary_id}/network", params={"kinds": ["OWNS"], "depth": 2})
    assert {tie.kind for tie in Network.model_validate(found.json()).ties} == {"OWNS"}


def test_paths_to_listed_parties_and_between_two(caller: Caller, region: Region, subsidiary_id: str) -> None:
    defaulter = region.story("defaulters_subsidiary", "supporting")[0]["record_id"]
    nearest = Paths.model_validate(caller.get("/v1/paths", params={"from": subsidiary_id}).json())
    between = Paths.model_validate(caller.get("/v1/paths", params={"from": subsidiary_id, "to": defaulter}).json())
    assert nearest.paths[0].listed_id == between.paths[0].listed_id
    assert between.paths[0].hops[0].kind == "OWNS"


def test_a_record_id_with_a_slash_or_hash_reaches_its_row(caller: Caller, region: Region) -> None:
    listed = Parties.model_validate(caller.get("/v1/risky").json()).results[0]
    found = Profile.model_validate(caller.get(f"/v1/entities/{listed.id}").json()).listings[0]
    assert "#" in found.row_id
    row = ShownRow.model_validate(caller.get(f"/v1/rows/{quote(found.row_id, safe='')}").json())
    assert row.row_id == found.row_id
    assert found.contest


def test_a_supplier_file_is_checked(caller: Caller, region: Region) -> None:
    sent = {"file": ("suppliers.csv", region.sample.suppliers.read_bytes(), "text/csv")}
    found = Screening.model_validate(caller.post("/v1/screenings", files=sent).json())
    order = ["stop", "look", "unknown", "fine"]
    assert [row.result for row in found.rows] == sorted((row.result for row in found.rows), key=order.index)
    assert sum(found.counts.values()) == len(found.rows)
    assert all(row.reasons for row in found.rows)
    assert set(found.sources) >= {"business_registry", "court_defaulters"}


def test_stop_never_comes_from_association(caller: Caller) -> None:
    risky = Parties.model_validate(caller.get("/v1/risky", params={"limit": 1000}).json()).results
    found = Screening.model_validate(caller.post("/v1/screenings", json={"names": [party.name for party in risky]}).json())
    for row in found.rows:
        if row.party is not None and row.party.standing is not Standing.LISTED:
            assert row.result != "stop"
    assert any(row.result == "stop" for row in found.rows)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v1/entities/K-NOBODY", 404, "entity-unknown"),
        ("/v1/entities/K-NOBODY/network", 404, "entity-unknown"),
        ("/v1/rows/nothing%231", 404, "row-unknown"),
        ("/v1/rows/nothing", 404, "row-unknown"),
        ("/v1/search", 400, "wrong-call"),
        ("/v1/search?q=", 422, "invalid-request"),
        ("/v1/risky?limit=0", 422, "invalid-request"),
        ("/v1/about?as_of=soon", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_with_a_stable_type(caller: Caller, path: str, status: int, kind: str) -> None:
    answer = caller.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:kith:problem:{kind}"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("body", [b"{}", b"[]", b"not json", json.dumps({"names": []}).encode()])
def test_a_screening_without_rows_is_refused(caller: Caller, body: bytes) -> None:
    assert caller.post("/v1/screenings", content=body, headers={"content-type": "application/json"}).status_code == 400


def test_large_answers_are_compressed(caller: Caller) -> None:
    assert caller.get("/v1/risky", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_the_contract(caller: Caller, golden: Any, region: Region) -> None:
    if region.store.engine != "sqlite":
        return
    contract = caller.get("/openapi.json").json()
    routes = {
        f"{method.upper()} {path}": {
            "summary": route["summary"],
            "parameters": [f"{one['in']} {one['name']}{'' if one['required'] else '?'}" for one in route.get("parameters", [])],
            "answer": route["responses"]
            .get("200", {})
            .get("content", {})
            .get("application/json", {})
            .get("schema", {})
            .get("$ref", ""),
        }
        for path, methods in contract["paths"].items()
        for method, route in methods.items()
    }
    shapes = {name: sorted(shape.get("properties", {})) for name, shape in contract["components"]["schemas"].items()}
    golden(json.dumps({"routes": routes, "shapes": shapes}, indent=1, ensure_ascii=False))


def network(caller: Caller, entity_id: str, **context: int) -> Network:
    return Network.model_validate(caller.get(f"/v1/entities/{entity_id}/network", params=context).json())


def test_a_look_begins_with_why(caller: Caller, region: Region) -> None:
    names = [story["name"] for story in region.story("counterfeit_supply", "risky")]
    found = Screening.model_validate(caller.post("/v1/screenings", json={"names": names}).json())
    assert {row.result for row in found.rows} == {"look"}
    assert all("counterfeit" in row.reasons[0].sentence for row in found.rows)
