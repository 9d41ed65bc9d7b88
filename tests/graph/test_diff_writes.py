"""A run writes what differs and nothing else, and ends with the very rows that a new store would hold; on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph import diff_writes, pipeline
from graph.diff_writes import HUBS, TIES, TableDiff, write_difference
from graph.pipeline import PropagationReport, propagate, verify
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Row, Store
from tests.cypher.world import load
from tests.graph.explanations.region import region
from tests.graph.world import TODAY, World

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
NO_CHANGES = {"ties": 0, "hubs": 0, "signals": 0, "scores": 0}
EXACT = ("network/ties", "network/hubs", "scores/whole")


@pytest.fixture
def town(store: Store) -> Store:
    region().keep(store)
    run(store)
    return store


@pytest.fixture
def anew(tmp_path: Path) -> Iterator[Store]:
    """A store that is loaded and propagated once."""
    opened_store = open_store(f"sqlite:///{tmp_path / 'anew.db'}")
    yield opened_store
    opened_store.close()


def run(store: Store, as_of: date = TODAY) -> PropagationReport:
    return propagate(store, rulebook=default_rulebook(), as_of=as_of, now=NOW)


def stored_rows(store: Store) -> dict[str, list[Row]]:
    whole = store.read("scores/whole", after="", limit=1000)
    return {name: store.read(name) for name in ("network/ties", "network/hubs", "signals/all")} | {"scores/whole": whole}


def assert_same_rows(left_store: Store, right_store: Store) -> None:
    """Row for row; signals within what sums in another order may differ by."""
    left, right = stored_rows(left_store), stored_rows(right_store)
    assert {name: left[name] for name in EXACT} == {name: right[name] for name in EXACT}
    signal_keys = [[(row["entity_id"], row["name"]) for row in rows["signals/all"]] for rows in (left, right)]
    assert signal_keys[0] == signal_keys[1]
    for column in ("value", "own", "exposure"):
        values = [[row[column] for row in rows["signals/all"]] for rows in (left, right)]
        assert values[0] == pytest.approx(values[1], abs=1e-9)


def changed_region() -> World:
    """The region with one listing more, and one that was there taken back."""
    world = region()
    firm = max(id_ for id_, entity in world.entities.items() if entity.kind == "firm")
    world.listed(firm, "customs_discredited", case_no="new", release_id="release")
    first = world.listings[0]
    world.listings[0] = first.model_copy(update={"removed_on": TODAY, "removal_ground": "appeal"})
    return world


def test_a_run_again_writes_nothing(town: Store) -> None:
    before = stored_rows(town)
    assert run(town).written == NO_CHANGES
    assert stored_rows(town) == before


def test_scores_are_compared_page_by_page(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff_writes, "PAGE_ROWS", 2)
    before = stored_rows(town)
    assert run(town).written == NO_CHANGES
    assert stored_rows(town) == before


def test_a_run_after_a_small_change_writes_little_and_keeps_what_a_new_store_would(town: Store, anew: Store) -> None:
    changed_region().keep(town)
    report = run(town)
    changed_region().keep(anew)
    first = run(anew)
    assert 0 < report.written["scores"] < first.written["scores"]
    assert report.written["ties"] < first.written["ties"]
    assert_same_rows(town, anew)
    assert verify(town, rulebook=default_rulebook(), as_of=TODAY).within_bounds


def test_what_does_not_hold_on_another_day_is_removed(town: Store, anew: Store) -> None:
    region().keep(anew)
    for store in (town, anew):
        run(store, date(2024, 1, 1))
    assert_same_rows(town, anew)


def test_a_shared_value_goes_with_the_ties_to_it(store: Store) -> None:
    load(store)
    ties = [row for row in store.read("network/ties") if row["target_id"] != "hub:phone:1"]
    hubs = TableDiff(store, HUBS)
    hubs.put_rows([])
    assert write_difference(store, TIES, ties) == 2
    hubs.remove_unmatched()
    assert hubs.changed_rows == 1
    assert (store.read("network/ties"), store.read("network/hubs")) == (ties, [])


def test_a_run_that_fails_after_a_small_change_leaves_what_was_kept(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored_rows(town)
    changed_region().keep(town)
    monkeypatch.setattr(pipeline, "_state_rows", lambda scoring: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(town)
    assert stored_rows(town) == before
