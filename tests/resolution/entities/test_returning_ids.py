"""Joined, parted, joined again: each id is where its first records are, one by one and in bulk."""

from collections.abc import Callable

import pytest

from ontology.judgement import Judgement, Verdict
from resolution.entities.returning_ids import first_records, parted_ids
from resolution.pipeline import resolve
from store.port import Store
from store.rows import to_row
from tests.resolution.live.histories import World
from tests.resolution.parties import USCC_A, firm
from tests.stores import wipe

FIRMS = [
    firm("b1", "Borneholm Kabelwerke GmbH"),
    firm("s1", "Silberpfad Optik GmbH", uscc=USCC_A),
    firm("s2", "Silberpfad Optik GmbH", uscc=USCC_A),
]


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def world(request: pytest.FixtureRequest) -> World:
    """Three firm records of two parties."""
    if request.param == "neo4j":
        wipe(request.getfixturevalue("neo4j_address"))
        store = request.getfixturevalue("neo4j_store")
    else:
        store = request.getfixturevalue("sqlite_store")
    world = World(store)
    world.resolve(FIRMS)
    return world


def live(world: World, verdict: Verdict) -> None:
    """A person's word, taken up at once."""
    world.say("b1", "s1", verdict)


def in_bulk(world: World, verdict: Verdict) -> None:
    """A person's word, taken up by the next full run."""
    said = Judgement(left_id="b1", right_id="s1", verdict=verdict, by="lin", decided_at=world.now)
    world.store.write("entities/put_judgements", rows=[to_row(said)])
    resolve(world.store, now=world.now)


WAYS = pytest.mark.parametrize("take", [live, in_bulk])


def owners(store: Store) -> dict[str, str]:
    """Party by record."""
    return {row["record_id"]: row["entity_id"] for row in store.read("entities/members")}


def redirects(store: Store) -> dict[str, str]:
    return {row["old_id"]: row["surviving_id"] for row in store.read("entities/redirects")}


@WAYS
def test_both_ids_come_back_when_a_person_parts_what_was_joined(world: World, take: Callable[[World, Verdict], None]) -> None:
    at_first = owners(world.store)
    take(world, Verdict.SAME)
    assert set(owners(world.store).values()) == {at_first["s1"]}
    assert redirects(world.store) == {at_first["b1"]: at_first["s1"]}
    take(world, Verdict.DIFFERENT)
    assert (owners(world.store), redirects(world.store)) == (at_first, {})


@WAYS
def test_joined_and_parted_twice_the_ids_are_still_the_first_ones(world: World, take: Callable[[World, Verdict], None]) -> None:
    at_first = owners(world.store)
    for verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.SAME, Verdict.DIFFERENT):
        take(world, verdict)
    assert owners(world.store) == at_first


@WAYS
def test_the_return_is_an_event_of_the_id_that_came_back(world: World, take: Callable[[World, Verdict], None]) -> None:
    at_first = owners(world.store)
    take(world, Verdict.SAME)
    take(world, Verdict.DIFFERENT)
    (told, *_) = world.store.read("entities/events_of", entity_id=at_first["b1"])
    assert (told["kind"], told["other_id"], told["record_ids"]) == ("returned", at_first["s1"], '["b1"]')


def test_first_records_are_those_before_anything_was_joined_in(world: World) -> None:
    at_first = owners(world.store)
    live(world, Verdict.SAME)
    world.take(("put", firm("s3", "Silberpfad Optik GmbH", uscc=USCC_A)))
    told = first_records(world.store, set(at_first.values()))
    assert told == {at_first["b1"]: frozenset({"b1"}), at_first["s1"]: frozenset({"s1", "s2"})}


def test_only_ids_around_a_parted_party_are_looked_up() -> None:
    before = {"a": "K-1", "b": "K-1", "c": "K-2", "d": "K-2", "e": "K-3"}
    redirects_ = {"K-8": "K-1", "K-9": "K-3"}
    assert parted_ids([["a"], ["b"], ["c"], ["d"], ["e"]], before, redirects_) == {"K-1", "K-8"}
    assert parted_ids([["a", "b"], ["c", "d"], ["e"]], before, redirects_) == frozenset()
