"""A person's word over HTTP on both engines: tried out, written, contradicted, undone; and the queue it comes from."""

from datetime import date
from typing import Any

import pytest

from api.app import create_app
from api.http.dependencies import AppState
from api.parties.search import find_party
from api.settings import Settings
from ontology.judgement import Judgement, Verdict
from ontology.rulebook import default_rulebook
from store.port import Store
from store.rows import to_row
from tests.api.callers import Caller
from tests.cypher.world import ENTITIES, NOON, SEED

LISTED = "court_judgment_default"


@pytest.fixture
def caller(store: Store) -> Caller:
    """The small world without its ledger, and one more possible match with a listed party."""
    for name, rows in SEED.items():
        if name not in ("judgements/put_ledger", "entities/put_judgements"):
            store.write(name, rows=rows)
    court = next(row for row in SEED["sources/put_listings"] if row["id"] == "s1")
    store.write("sources/put_listings", rows=[court | {"list_type": LISTED}])
    weights = {("r2", "r5"): 0.5, ("r4", "r5"): -1.0}
    said = [
        Judgement(left_id=left, right_id=right, verdict=Verdict.UNSURE, by="model:1", decided_at=NOON, match_weight=bits)
        for (left, right), bits in weights.items()
    ]
    store.write("entities/put_judgements", rows=[to_row(one) for one in said])
    kept = {"change.propagated": "9", "propagate.as_of": "2024-05-01", "propagate.rulebook_hash": default_rulebook().content_hash}
    store.write("meta/put", rows=[{"key": key, "value": value} for key, value in kept.items()])
    return Caller(create_app(AppState(Settings(today=date(2024, 5, 1), account="lin"), store, default_rulebook(), "test")))


def say(caller: Caller, left: str, right: str, verdict: str, *, by: str | None = None, dry_run: bool = False) -> dict[str, Any]:
    body = {"left": left, "right": right, "verdict": verdict, "reason": "one seal"} | ({"by": by} if by else {})
    told = caller.post(f"/v1/judgements?dry_run={str(dry_run).lower()}", json=body)
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found


def queue(caller: Caller, **context: str) -> dict[str, Any]:
    found: dict[str, Any] = caller.get("/v1/judgements/queue", params=context).json()
    return found


def records(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pair["left"]["record"]["id"], pair["right"]["record"]["id"]) for pair in found["pairs"]]


def test_the_pair_that_would_move_a_listing_comes_first(caller: Caller) -> None:
    found = queue(caller)
    assert records(found) == [("r4", "r5"), ("r2", "r5")]
    assert found["reviewer"] == "lin"
    assert [pair["listed"] for pair in found["pairs"]] == [True, False]
    assert found["pairs"][0]["fields"][0] == {
        "field": "name", "left": "鹏程贸易公司", "right": "𠮷野商店", "compared": "differs",
    }  # fmt: skip


def test_trying_out_writes_nothing_and_tells_what_would_move(caller: Caller, store: Store) -> None:
    tried = say(caller, "K-1", "K-5", "same", dry_run=True)["effects"]
    assert (tried["kept"]["id"], tried["gone"]["id"], tried["records"]) == ("K-1", "K-5", 1)
    assert tried["listings"] >= 1
    assert tried["second_person"]
    assert any("come under" in sentence for sentence in tried["sentences"])
    assert any("score" in sentence.lower() for sentence in tried["sentences"])
    assert store.read("judgements/ledger") == []


def test_a_verdict_on_two_records_says_that_their_parties_may_go_either_way(caller: Caller) -> None:
    tried = say(caller, "r4", "r5", "same", dry_run=True)["effects"]
    assert (tried["kept"], tried["second_person"]) == (None, True)
    assert "two records" in tried["sentences"][0]


def test_a_verdict_leaves_the_queue_and_its_undo_brings_it_back(caller: Caller) -> None:
    said = say(caller, "r4", "r5", "different")
    assert said["holds"]
    assert records(queue(caller)) == [("r2", "r5")]
    undone = caller.ask("DELETE", f"/v1/judgements/{said['lines'][0]['id']}", params={"reason": "a slip"})
    assert undone.json()["lines"][0]["undoes"] == said["lines"][0]["id"]
    assert records(queue(caller)) == [("r4", "r5"), ("r2", "r5")]
    told = caller.get("/v1/judgements").json()
    assert [(line["verdict"], line["stands"]) for line in told["lines"]] == [(None, False), ("different", False)]


def test_a_verdict_on_two_parties_is_written_on_their_records_and_closes_every_pair_between_them(caller: Caller) -> None:
    said = say(caller, "K-1", "K-5", "different")
    assert {(line["left"]["id"], line["right"]["id"]) for line in said["lines"]} == {("r1", "r5"), ("r4", "r5")}
    assert records(queue(caller)) == [("r2", "r5")]


def test_two_people_who_disagree_are_told_and_nothing_is_settled(caller: Caller) -> None:
    say(caller, "r2", "r5", "same", by="wu")
    said = say(caller, "r2", "r5", "different")
    assert [line["by"] for line in said["others"]] == ["wu"]
    assert [one["kind"] for one in said["effects"]["conflicts"]] == ["people"]
    found = caller.get("/v1/judgements/conflicts").json()["conflicts"]
    assert [[line["by"] for line in one["lines"]] for one in found] == [["wu", "lin"]]
    assert queue(caller)["conflicts"] == found


def test_a_blind_review_does_not_tell_the_first_word_until_the_second_is_given(caller: Caller) -> None:
    say(caller, "r2", "r5", "same", by="wu")
    text = caller.get("/v1/judgements/queue", params={"blind": "true"}).text
    assert "wu" not in text
    assert "one seal" not in text
    assert records(queue(caller, blind="true")) == [("r2", "r5")]
    assert queue(caller, blind="true", by="wu")["pairs"] == []
    assert say(caller, "r2", "r5", "same")["others"][0]["by"] == "wu"
    assert queue(caller, blind="true")["pairs"] == []


def test_an_unsure_word_is_not_asked_again_of_the_same_person_but_of_others(caller: Caller) -> None:
    say(caller, "r2", "r5", "unsure")
    assert records(queue(caller)) == [("r4", "r5")]
    assert ("r2", "r5") in records(queue(caller, by="wu"))


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [("r1", "r1", 400), ("K-1", "K-4", 400), ("K-1", "K-3", 400), ("nobody at all", "r1", 404), ("", "r1", 422)],
)
def test_what_is_no_pair_is_a_problem_and_writes_nothing(
    caller: Caller, store: Store, left: str, right: str, status: int
) -> None:
    told = caller.post("/v1/judgements", json={"left": left, "right": right, "verdict": "same"})
    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"
    assert store.read("judgements/ledger") == []


def test_an_unknown_line_is_a_problem(caller: Caller) -> None:
    told = caller.ask("DELETE", "/v1/judgements/J-NONE")
    assert (told.status_code, told.json()["type"]) == (404, "urn:kith:problem:entry-unknown")


def test_a_verdict_says_what_stays_as_it_is_until_which_run(caller: Caller) -> None:
    assert "kith propagate" in say(caller, "r4", "r5", "different")["sentence"]


def test_history_follows_a_joined_id_and_tells_what_people_said(caller: Caller) -> None:
    say(caller, "r4", "r5", "different")
    found = caller.get("/v1/entities/K-4/history").json()
    assert (found["entity_id"], found["joined_ids"]) == ("K-1", ["K-4"])
    assert [event["kind"] for event in found["events"]] == ["merged", "created"]
    assert "K-4 was joined into K-1" in found["sentence"]
    assert [line["verdict"] for line in found["verdicts"]] == ["different"]
    assert "并入" in caller.get("/v1/entities/K-4/history", headers={"accept-language": "zh"}).json()["sentence"]


def test_relations_are_told_by_where_they_come_from(caller: Caller) -> None:
    found = caller.get("/v1/entities/K-2/related").json()["relations"]
    told = {(one["kind"], one["what"], one["other"]["id"], one["evidence"]) for one in found}
    assert told == {
        ("disclosed", "DIRECTS", "K-3", "chair"),
        ("discovered", "phone", "K-3", "+8613000000000"),
        ("discovered", "person", "K-1", ENTITIES[2].name),
        ("possible", "match", "K-5", ""),
    }
    assert not any(one["carries_little"] for one in found)
    say(caller, "K-2", "K-5", "different")
    left = caller.get("/v1/entities/K-2/related").json()["relations"]
    assert "possible" not in {one["kind"] for one in left}


def test_a_value_that_very_many_share_is_told_to_carry_little(caller: Caller, store: Store) -> None:
    store.write("network/put_hubs", rows=[{"id": "hub:phone:1", "kind": "phone", "value": "+8613000000000", "n": 400}])
    found = caller.get("/v1/entities/K-2/related").json()
    phone = next(one for one in found["relations"] if one["what"] == "phone")
    assert (phone["carries_little"], phone["sharers"], found["left_out"]) == (True, 400, 398)


def test_part_of_a_name_is_enough_to_read_and_not_to_judge(caller: Caller, store: Store) -> None:
    whole = store.read("entities/entity", id="K-1")[0]["name"]
    part = whole[:-1]
    assert find_party(store, part) == find_party(store, whole, to_write=True)
    refused = caller.post("/v1/judgements", json={"left": part, "right": "r5", "verdict": "different", "reason": "x"})
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:kith:problem:name-in-part"
    assert [one["id"] for one in refused.json()["choices"]] == [find_party(store, part)]
    assert store.read("judgements/ledger") == []
