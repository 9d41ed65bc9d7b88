"""Ways to listed parties, where nobody names a second party."""

from datetime import date

import pytest

from api.context.request_context import RequestContext
from api.parties.paths import paths_to_listed
from api.parties.profiles import profile
from api.parties.report import report_lines
from graph.pipeline import propagate
from ontology.rulebook import default_rulebook
from store.port import Store
from tests.graph.world import TODAY, World
from tests.resolution.live.histories import NOON


def context(store: Store, world: World, day: date = TODAY) -> RequestContext:
    world.keep(store)
    propagate(store, rulebook=default_rulebook(), as_of=day, now=NOON)
    return RequestContext(store, default_rulebook(), day, "en")


@pytest.mark.parametrize("kind", ["OWNS", "DIRECTS", "SUPPLIES", "GUARANTEES", "BRANCH_OF"])
@pytest.mark.parametrize("away", [True, False])
def test_the_listed_party_one_tie_away_is_found_whatever_the_tie_and_its_way(sqlite_store: Store, kind: str, away: bool) -> None:
    world = World()
    for name in ("Near", "Listed"):
        world.party(name)
    world.link(kind, *(("Near", "Listed") if away else ("Listed", "Near")), began_on="2025-01-02")
    world.listed("Listed")
    found = paths_to_listed(context(sqlite_store, world), "Near")
    if kind == "BRANCH_OF":  # One legal person: the listing is its own, and no way leads to it.
        assert found.paths == ()
    else:
        assert [path.listed_id for path in found.paths] == ["Listed"]


def test_nearer_listed_parties_come_first_and_each_once(sqlite_store: Store) -> None:
    world = World()
    for name in ("A", "B", "C", "D"):
        world.party(name)
    for one, other in (("A", "B"), ("B", "C"), ("C", "D"), ("A", "C")):
        world.link("SUPPLIES", one, other, began_on="2026-01-02")
    world.listed("C")
    world.listed("D")
    found = paths_to_listed(context(sqlite_store, world), "A")
    assert sorted({path.listed_id for path in found.paths}) == ["C", "D"]
    assert [len(path.hops) for path in found.paths] == sorted(len(path.hops) for path in found.paths)


def test_no_listed_party_of_a_later_day_is_found(sqlite_store: Store) -> None:
    world = World()
    world.link("SUPPLIES", "A", "B", began_on="2025-06-02")
    world.listed("B", listed_on="2026-02-01")
    later = context(sqlite_store, world)
    assert paths_to_listed(later, "A").paths
    assert paths_to_listed(RequestContext(sqlite_store, default_rulebook(), date(2026, 1, 31), "en"), "A").paths == ()


def test_of_a_person_nobody_elses_listing_is_told(sqlite_store: Store) -> None:
    world = World()
    world.link("DIRECTS", "Ana", "Firm", began_on="2024-01-02")
    world.listed("Firm")
    found = paths_to_listed(context(sqlite_store, world), "Ana")
    assert (found.paths, "Listed" in found.sentence) == ((), False)


def test_closeness_and_reach_are_not_told_against_each_other(sqlite_store: Store) -> None:
    world = World()
    names = [f"N{number}" for number in range(9)]
    for name in names:
        world.party(name)
        world.link("OWNS", name, "Hub", share=0.1, began_on="2024-01-02")
        world.listed(name)
    world.link("OWNS", "Hub", "End", share=0.9, began_on="2024-01-02")
    question = context(sqlite_store, world)
    for name in ("Hub", "End", *names):
        told = profile(question, name)
        text = "\n".join(report_lines(question, told))
        assert not ("Closeness" in text and "None near enough to be told" in text)
        close = [float(line.split(": ")[1].split()[0]) for line in text.splitlines() if line.startswith("Closeness")]
        assert all(value <= 1 for value in close)


def test_the_closeness_of_a_listed_party_without_paths_is_told_as_its_own(sqlite_store: Store) -> None:
    world = World()
    world.link("CONTROLS", "Listed", "Below", began_on="2025-01-02")
    world.listed("Listed")
    question = context(sqlite_store, world)
    told = "\n".join(report_lines(question, profile(question, "Listed")))
    assert "comes from its own listing" in told
    assert "the closeness told above comes by longer" not in told
