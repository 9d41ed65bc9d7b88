"""The sample journey gives the same entities, signals, scores and explanations on SQLite and on Neo4j, value by value."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.runs.journey import journey
from api.settings import Settings
from api.wiring import rulebook
from graph import pipeline
from graph.scores.scoring import Scoring
from samples import write_sample
from store.open import open_store
from store.port import Store
from tests.stores import wipe

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
SEED = 4
FIRMS = 200
WHOLE_ANSWERS = (
    "sources/files",
    "counts/overview",
    "entities/all",
    "entities/members",
    "entities/judgements",
    "network/ties",
    "network/hubs",
    "signals/all",
    "scores/all",
)
Gone = tuple[Store, Scoring]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, neo4j_address: str) -> Iterator[tuple[Gone, Gone]]:
    """The same files, gone the whole road on each engine."""
    folder: Path = tmp_path_factory.mktemp("engines")
    sample = write_sample(folder / "region", seed=SEED, firms=FIRMS)
    wipe(neo4j_address)
    gone = []
    for address in (f"sqlite:///{folder / 'kith.db'}", neo4j_address):
        today = date.fromisoformat(sample.as_of)
        settings = Settings(store=address, today=today, id_key_file=folder / "id.key")  # type: ignore[arg-type]
        store = open_store(address)
        journey(store, sample.sources, settings=settings)
        gone.append((store, pipeline.derive_network(store, rulebook=rulebook(settings), as_of=today)))
    yield gone[0], gone[1]
    for store, _ in gone:
        store.close()


@pytest.mark.parametrize("question", WHOLE_ANSWERS)
def test_every_derived_table_is_the_same(engines: tuple[Gone, Gone], question: str) -> None:
    (sqlite, _), (neo4j, _) = engines
    answer = sqlite.read(question)
    assert answer
    assert answer == neo4j.read(question)


def test_the_rankings_are_the_same(engines: tuple[Gone, Gone]) -> None:
    (_, sqlite), (_, neo4j) = engines
    for ranking in (pipeline.risky, pipeline.reliable):
        answer = ranking(sqlite, limit=1_000)
        assert answer
        assert answer == ranking(neo4j, limit=1_000)


def test_every_explanation_is_the_same_in_both_languages(engines: tuple[Gone, Gone]) -> None:
    (store, sqlite), (_, neo4j) = engines
    ids = [row["id"] for row in store.read("entities/all")]
    assert len(ids) > FIRMS
    for entity_id in ids:
        for language in ("en", "zh"):
            one = pipeline.explain(sqlite, entity_id, language=language)
            assert one.model_dump_json() == pipeline.explain(neo4j, entity_id, language=language).model_dump_json()
