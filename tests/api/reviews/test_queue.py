"""The queue over HTTP on both engines: of which kinds pairs wait, by party, filtered, and page by page."""

from datetime import date
from typing import Any

import pytest

from api.app import create_app
from api.http.dependencies import AppState
from api.settings import Settings
from ontology.judgement import Judgement, Verdict
from ontology.rulebook import default_rulebook
from store.port import Store
from store.rows import to_row
from tests.api.callers import Caller
from tests.cypher.world import NOON, SEED

PAIRS = {  # Parties: r1 and r4 are K-1, which is listed by r4; r2 is K-2, r3 is K-3, r5 is K-5.
    ("r2", "r5"): ("places door, rarity few", -1.0),
    ("r2", "r3"): ("names same", -3.0),
    ("r4", "r5"): ("names same, ids other", -2.0),
}


@pytest.fixture
def caller(store: Store) -> Caller:
    """The small world with three possible matches, before anything was propagated."""
    for name, rows in SEED.items():
        if name not in ("judgements/put_ledger", "entities/put_judgements", "scores/put"):
            store.write(name, rows=rows)
    judgements = [
        Judgement(
            left_id=left, right_id=right, verdict=Verdict.UNSURE, by="model:1", decided_at=NOON, match_weight=bits, reason=reason
        )
        for (left, right), (reason, bits) in PAIRS.items()
    ]
    store.write("entities/put_judgements", rows=[to_row(judgement) for judgement in judgements])
    return Caller(create_app(AppState(Settings(today=date(2024, 5, 1), account="lin"), store, default_rulebook(), "test")))


def queue(caller: Caller, **context: Any) -> dict[str, Any]:
    answer = caller.get("/v1/judgements/queue", params=context)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def pairs(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(pair["left"]["record"]["id"], pair["right"]["record"]["id"], pair["waiting_kind"]) for pair in answer["pairs"]]


def test_every_kind_is_counted_and_a_listed_party_comes_first_though_it_has_no_score_yet(caller: Caller) -> None:
    answer = queue(caller)
    assert pairs(answer) == [("r4", "r5", "listed"), ("r2", "r5", "place_only"), ("r2", "r3", "name_only")]
    assert answer["pairs"][0]["listed"]
    assert {counted["kind"]: counted["pairs"] for counted in answer["kinds"]} == {"listed": 1, "place_only": 1, "name_only": 1}
    assert (answer["total"], answer["matching"], answer["folded"], answer["next"]) == (3, 3, 0, None)


def test_a_kind_is_asked_for_by_its_name_and_an_unknown_one_is_refused(caller: Caller) -> None:
    answer = queue(caller, kind=["place_only", "name_only"])
    assert {kind for _, _, kind in pairs(answer)} == {"place_only", "name_only"}
    assert (answer["total"], answer["matching"]) == (3, 2)
    assert caller.get("/v1/judgements/queue", params={"kind": "enormous"}).status_code == 422


def test_a_page_names_the_next_one_and_a_word_in_between_skips_nothing(caller: Caller) -> None:
    page = queue(caller, limit=1)
    body = {"left": "r4", "right": "r5", "verdict": "unsure", "reason": ""}
    assert caller.post("/v1/judgements", json=body).status_code == 200
    rest = queue(caller, cursor=page["next"])
    assert {pairs(page)[0], *pairs(rest)} == set(pairs(page)) | set(pairs(queue(caller)))
    assert len(pairs(rest)) == 2
    assert caller.get("/v1/judgements/queue", params={"cursor": "nowhere"}).status_code == 400


def test_partners_of_one_party_are_a_group_and_a_blind_review_tells_no_kind(caller: Caller) -> None:
    grouped = [(pair["group_id"], pair["group_pairs"]) for pair in queue(caller, kind=["place_only", "name_only"])["pairs"]]
    assert grouped == [("K-2", 2), ("K-2", 2)]
    body = {"left": "r2", "right": "r5", "verdict": "same", "reason": "", "by": "wu"}
    assert caller.post("/v1/judgements", json=body).status_code == 200
    blind = queue(caller, blind="true")
    assert (blind["kinds"], blind["folded"]) == ([], 0)
    assert [pair["waiting_kind"] for pair in blind["pairs"]] == [None]
