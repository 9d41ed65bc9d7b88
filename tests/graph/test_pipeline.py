import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph.network.facts import read_facts
from graph.pipeline import derive_network, explain, generation, paths, propagate, reliable, risky, verify
from graph.scores.scoring import Scoring
from ontology.base import PartyKind
from ontology.errors import NothingToDo
from ontology.rulebook import default_rulebook
from ontology.score import Score
from store.open import open_store
from store.port import Store
from store.rows import from_row
from tests.graph.explanations.region import region
from tests.graph.world import TODAY, World

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened_store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    yield opened_store
    opened_store.close()


@pytest.fixture
def town(store: Store) -> Store:
    region().keep(store)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    return store


def open_scoring(store: Store) -> Scoring:
    return derive_network(store, rulebook=default_rulebook(), as_of=TODAY)


def stored_rows(store: Store) -> str:
    names = ("network/ties", "network/hubs", "signals/all", "scores/all", "meta/all")
    return json.dumps([store.read(name) for name in names], sort_keys=True)


def test_a_store_without_parties_has_nothing_to_propagate(store: Store) -> None:
    with pytest.raises(NothingToDo):
        propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)


def test_the_store_gives_the_facts_that_were_stated(town: Store) -> None:
    assert vars(read_facts(town)) == vars(region().facts)


def test_scores_and_signals_are_kept_as_they_are_computed(town: Store) -> None:
    scoring = region().scoring()
    for place, id_ in enumerate(scoring.network.parties.ids):
        score = from_row(Score, town.read("answers/scores_by_ids", ids=[id_])[0])
        scored = scoring.score(place)
        assert (score.value, score.state, score.standing) == (scored.value, scored.state, scored.standing)
        assert score.value is None or sum(line.points for line in score.lines) == score.value
        assert score.sentence == explain(open_scoring(town), id_).sentence
        stored_values = {row["name"]: row["value"] for row in town.read("signals/of_entity", entity_id=id_)}
        assert stored_values == {signal.name: signal.value for signal in explain(open_scoring(town), id_).signals}


def test_propagating_again_changes_nothing(town: Store) -> None:
    before = stored_rows(town)
    propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    assert stored_rows(town) == before


def test_another_day_replaces_everything(town: Store) -> None:
    before = generation(town)
    report = propagate(town, rulebook=default_rulebook(), as_of=date(2024, 1, 1), now=NOW)
    assert generation(town) != before
    assert (report.listed, report.judged_early) == (0, True)
    assert not [row for row in town.read("signals/all") if row["name"].startswith("risk:")]


def test_what_was_done_is_told(store: Store) -> None:
    region().keep(store)
    heard: list[str] = []
    report = propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW, progress=lambda step, *_: heard.append(step))
    assert heard == ["Loading the network", "Spreading signals", "Scoring", "Keeping ties", "Keeping signals and scores"]
    assert heard[:3] == list(report.seconds)[:3]
    assert (report.parties, report.listed) == (len(region().entities), 3)


def test_seeds_of_trust_are_remembered_for_explanations(store: Store) -> None:
    region().keep(store)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW, seeds=("K-other",))
    scoring = open_scoring(store)
    assert scoring.signals.seeds == ("K-other",)
    assert scoring.signals.trust.value[scoring.network.parties.index["K-other"]] > 0


def test_questions_are_answered_from_the_store(town: Store) -> None:
    scoring = open_scoring(town)
    assert risky(scoring, limit=1)[0].entity_id == "K-sanctioned"
    assert len(reliable(scoring, limit=2)) == 2
    assert paths(scoring, "K-hengtai", "K-sme")[0].hops[0].kind == "OWNS"


def test_derived_ties_are_kept_for_review_and_flags_with_them(town: Store) -> None:
    flags = {row["kind"]: json.loads(row["flags"]) for row in town.read("network/ties") if row["flags"] != "[]"}
    assert flags["MAY_SUCCEED"][0] == "for_review"
    assert flags["OWNS"] == ["sources_differ"]


def associations(store: Store) -> dict[str, float]:
    return {row["entity_id"]: row["value"] for row in store.read("signals/all") if row["name"] == "association"}


def with_one_more_listing_and_tie(world: World) -> World:
    """One more listing and one more tie than the town has."""
    ids = sorted(id_ for id_, entity in world.entities.items() if entity.kind == PartyKind.FIRM)
    world.listed(ids[-1], "customs_discredited", case_no="new", release_id="release")
    world.link("OWNS", ids[-1], ids[0], share=0.4)
    return world


def test_a_second_run_takes_up_where_the_first_one_ended(town: Store) -> None:
    report = propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    assert {name: (update.bulk, update.edges) for name, update in report.updates.items()} == {
        "association": (False, 0),
        "trust": (False, 0),
    }
    assert all(update.bound <= 1e-11 for update in report.updates.values())


def test_an_update_after_a_change_gives_what_a_new_store_gives(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.signals.incremental.EDGES_SHARE_MAX", 1e9)
    with_one_more_listing_and_tie(region()).keep(town)
    report = propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
    assert not report.updates["association"].bulk
    assert report.updates["association"].edges > 0
    anew = open_store(f"sqlite:///{tmp_path / 'anew.db'}")
    with_one_more_listing_and_tie(region()).keep(anew)
    assert propagate(anew, rulebook=default_rulebook(), as_of=TODAY, now=NOW).updates["association"].bulk
    assert associations(town) == pytest.approx(associations(anew), abs=2 * report.updates["association"].bound + 1e-12)
    assert [row["value"] for row in town.read("scores/all")] == [row["value"] for row in anew.read("scores/all")]
    anew.close()


def test_a_change_that_reaches_too_far_is_solved_in_bulk_and_said_so(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.signals.incremental.EDGES_SHARE_MAX", 0.0)
    with_one_more_listing_and_tie(region()).keep(town)
    assert propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW).updates["association"].bulk


def test_another_rulebook_begins_anew(town: Store) -> None:
    town.write("meta/put", rows=[{"key": "propagate.rulebook_hash", "value": "another"}])
    assert propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW).updates["association"].bulk


@pytest.mark.parametrize("content", ["", "not base64", "eJwz"])
def test_a_state_that_cannot_be_read_is_as_good_as_none(town: Store, content: str) -> None:
    town.write("signals/put_state", rows=[{"name": "association", "part": 0, "content": content}])
    assert propagate(town, rulebook=default_rulebook(), as_of=TODAY, now=NOW).updates["association"].bulk


def test_what_is_kept_has_not_drifted_and_a_wrong_figure_is_found(town: Store) -> None:
    before = stored_rows(town)
    fine = verify(town, rulebook=default_rulebook(), as_of=TODAY)
    assert fine.within_bounds
    assert set(fine.greatest) >= {"association", "trust", "risk:corporate"}
    assert stored_rows(town) == before
    row = next(row for row in town.read("signals/all") if row["name"] == "association")
    town.write("signals/put", rows=[row | {"value": row["value"] + 1e-6}])
    wrong = verify(town, rulebook=default_rulebook(), as_of=TODAY)
    assert not wrong.within_bounds
    assert wrong.greatest["association"] == pytest.approx(1e-6, rel=1e-3)


def test_an_expired_listing_shows_as_drift_until_the_next_run(town: Store) -> None:
    late = date(2040, 1, 1)
    assert not verify(town, rulebook=default_rulebook(), as_of=late).within_bounds
    propagate(town, rulebook=default_rulebook(), as_of=late, now=NOW)
    assert verify(town, rulebook=default_rulebook(), as_of=late).within_bounds


def test_there_is_nothing_to_verify_before_the_first_run(store: Store) -> None:
    with pytest.raises(NothingToDo):
        verify(store, rulebook=default_rulebook(), as_of=TODAY)
