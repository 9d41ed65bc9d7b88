"""What the stories are planted for: loaded, resolved and propagated, the risky are named and their innocent twins are not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from graph.pipeline import derive_network, propagate, risky
from ontology.rulebook import default_rulebook
from resolution.pipeline import resolve
from resolution.sources.ingest import ingest
from samples import Sample
from store.open import open_store
from tests.samples.conftest import rows

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AS_OF = date(2026, 11, 22)
FOUND = {"listed": {"listed"}, "nothing": {"nothing_found"}, "evidence": {"look"}, "look": {"look", "by_association"}}
BY_ASSOCIATION = {"by_association"}


@dataclass
class Told:
    """Standing by entity, the entity of each record, and the entities that `kith risky` names, in order."""

    standing: dict[str, str]
    entity_of: dict[str, str]
    risky: list[str]


@pytest.fixture(scope="module")
def told(seeded: Sample, tmp_path_factory: pytest.TempPathFactory) -> Told:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('found') / 'kith.db'}")
    ingest(store, [seeded.folder], id_key=b"sample" * 8, now=NOW)
    resolve(store, now=NOW)
    propagate(store, rulebook=default_rulebook(), as_of=AS_OF, now=NOW)
    opened = derive_network(store, rulebook=default_rulebook(), as_of=AS_OF)
    return Told(
        standing={row["entity_id"]: row["standing"] for row in store.read("scores/all")},
        entity_of={row["record_id"]: row["entity_id"] for row in store.read("entities/members")},
        risky=[line.entity_id for line in risky(opened, limit=1000)],
    )


def test_every_party_of_a_story_stands_where_it_should(seeded: Sample, told: Told) -> None:
    wrong = []
    for row in rows(seeded.truth_stories):
        standing = told.standing[told.entity_of[row["record_id"]]]
        if standing not in FOUND.get(row["expect"], BY_ASSOCIATION):
            wrong.append((row["story"], row["role"], row["name"], row["expect"], standing))
    assert wrong == []


def test_the_ranking_names_every_risky_firm_and_no_innocent_twin(seeded: Sample, told: Told) -> None:
    named = set(told.risky)
    roles = {"risky": set[str](), "innocent_twin": set[str](), "supporting": set[str]()}
    for row in rows(seeded.truth_stories):
        roles[row["role"]].add(told.entity_of[row["record_id"]])
    assert roles["risky"] <= named
    assert not roles["innocent_twin"] & named


def test_no_person_is_ranked(seeded: Sample, told: Told) -> None:
    persons = {told.entity_of[row["record_id"]] for row in rows(seeded.truth_records) if row["cluster"].startswith("P")}
    assert not persons & set(told.risky)


def test_parties_of_different_clusters_are_never_joined(seeded: Sample, told: Told) -> None:
    cluster_of: dict[str, str] = {}
    for row in rows(seeded.truth_records):
        assert cluster_of.setdefault(told.entity_of[row["record_id"]], row["cluster"]) == row["cluster"], row["record_id"]
