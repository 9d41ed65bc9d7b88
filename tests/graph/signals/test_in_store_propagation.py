"""Law 7: the store's own rounds give what the kernel gives, on both engines; and what it tells of one party is what it does."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph.pipeline import propagate, reach
from graph.scores.scoring import Scoring
from graph.signals.in_store_propagation import TOLERANCE
from ontology.errors import NothingToDo, WrongCall
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Store
from tests.graph.explanations.region import region
from tests.graph.signals.worlds import worlds
from tests.graph.world import TODAY, World
from tests.stores import wipe

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
ENGINES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = f"sqlite:///{tmp_path / 'kith.db'}" if request.param == "sqlite" else request.getfixturevalue("neo4j_address")
    opened_store = open_store(address)
    if request.param == "neo4j":
        wipe(address)
    yield opened_store
    opened_store.close()


def check(store: Store, world: World) -> None:
    """Every profile within the store against the kernel, and every party's reach against its exposure."""
    world.keep(store)
    book, scoring = default_rulebook(), world.scoring()
    report = propagate(store, rulebook=book, as_of=TODAY, now=NOW, in_store=True)
    assert set(report.in_store) == {*scoring.signals.risks, "association"}
    for name, waved in report.in_store.items():
        assert waved.difference <= (1e-12 if name != "association" else 1e-6), name
    for name in scoring.signals.risks:
        for place, id_ in enumerate(scoring.network.parties.ids):
            compare(store, scoring, name, place, id_)


def compare(store: Store, scoring: Scoring, name: str, place: int, id_: str) -> None:
    risk, network = scoring.signals.risks[name], scoring.network
    if network.nodes[place] != place:
        return  # A branch is asked about through its head office.
    reached = reach(store, id_, rulebook=network.rulebook, name=name)
    assert reached.exposure == pytest.approx(risk.exposure[place], abs=1e-9)
    brought: dict[str, float] = defaultdict(float)
    for contribution in risk.contributions(place):
        brought[network.parties.ids[network.nodes[network.parties.index[contribution.listed_id]]]] += contribution.value
    assert {source.id: source.arrives for source in reached.sources} == pytest.approx(brought, abs=1e-12)
    assert sum(way.strength for way in reached.paths) + reached.remainder >= reached.exposure - 1e-12
    assert all(way.ids[-1] == id_ and len(set(way.ids)) == len(way.ids) for way in reached.paths)
    strengths = [way.strength for way in reached.paths]
    assert strengths == sorted(strengths, reverse=True)


def test_a_town_gives_the_same_signals_within_the_store(store: Store) -> None:
    check(store, region())


@given(worlds())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_small_world_gives_the_same_signals_within_sqlite(tmp_path_factory: pytest.TempPathFactory, world: World) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('world') / 'kith.db'}")
    check(store, world)
    store.close()


@pytest.mark.neo4j
@given(worlds())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_small_world_gives_the_same_signals_within_neo4j(neo4j_address: str, world: World) -> None:
    store = open_store(neo4j_address)
    wipe(neo4j_address)
    check(store, world)
    store.close()


def test_a_fixed_point_stops_when_nearly_nothing_is_under_way(store: Store) -> None:
    region().keep(store)
    report = propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW, in_store=True)
    assert report.in_store["association"].rounds < 80
    assert report.in_store["association"].difference <= TOLERANCE * 0.7 / 0.3


def test_reach_needs_what_ties_carry_as_of_the_last_run(store: Store) -> None:
    region().keep(store)
    book = default_rulebook()
    propagate(store, rulebook=book, as_of=TODAY, now=NOW)
    id_ = store.read("entities/all")[0]["id"]
    with pytest.raises(NothingToDo):
        reach(store, id_, rulebook=book, name="corporate")
    propagate(store, rulebook=book, as_of=TODAY, now=NOW, in_store=True)
    with pytest.raises(WrongCall):
        reach(store, id_, rulebook=book, name="no such profile")
    assert reach(store, id_, rulebook=book, name="association").profile == "association"
    propagate(store, rulebook=book, as_of=TODAY, now=datetime(2026, 7, 1, tzinfo=UTC))
    with pytest.raises(NothingToDo):
        reach(store, id_, rulebook=book, name="corporate")
