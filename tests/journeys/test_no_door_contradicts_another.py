"""Whether a party is listed is one fact: no door of any store says of it what another denies, on either engine."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.context.request_context import RequestContext
from graph.pipeline import propagate
from ontology.base import SourceClass
from ontology.record import Record
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Store
from store.rows import to_rows
from tests.graph.world import World
from tests.journeys.doors import contradictions, listed
from tests.resolution.live.histories import NOON
from tests.stores import wipe

TODAY = date(2026, 6, 30)
FIRMS, AGENCY, PERSON = ("F1", "F2", "F3", "F4"), "G1", "P1"
PARTIES = (*FIRMS, AGENCY, PERSON)
LISTS = (
    "court_judgment_default",
    "sanctions_us",
    "serious_violation",
    "tax_credit_d",  # Counts only where it was released.
    "administrative_penalty_minor",  # Never shown.
    "a_list_nobody_knows",
)
DAYS = tuple((TODAY - timedelta(days=days)).isoformat() for days in (900, 400, 200, 100, 20))
LATER = (None, None, None, *DAYS[2:], "2026-09-01")
TIES = ("OWNS", "DIRECTS", "REPRESENTS", "SUPPLIES", "BRANCH_OF", "GUARANTEES")


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """One case of a list: told by one source or by two, of which one may know more."""
    told = {
        "party": draw(st.sampled_from(PARTIES)),
        "list_type": draw(st.sampled_from(LISTS)),
        "listed_on": draw(st.sampled_from(DAYS)),
        "case_no": draw(st.sampled_from((None, "7"))),
        "release_id": draw(st.sampled_from((None, "C-2026-0001"))),
    }
    known = [{name: draw(st.sampled_from(LATER)) for name in ("ends_on", "removed_on", "disputed_since")} for _ in range(2)]
    return told | {"copies": known[: draw(st.integers(1, 2))], "second_record": draw(st.booleans())}


LINKS = st.tuples(
    st.sampled_from(TIES),
    st.sampled_from(PARTIES),
    st.sampled_from((*FIRMS, AGENCY)),
    st.sampled_from(DAYS),
    st.sampled_from((None, None, DAYS[3], "2026-09-01")),
)


def made(told: list[dict[str, Any]], ties: list[tuple[Any, ...]]) -> World:
    """A world of these cases and ties."""
    world = World()
    for id_ in PARTIES:
        kind = {AGENCY: "agency", PERSON: "person"}.get(id_, "firm")
        world.party(id_, kind, sources=("a", "b"), phone="021-55512345" if id_ in FIRMS[:2] else None)
    for number, case in enumerate(map(dict, told)):
        copies, party, second = case.pop("copies"), case.pop("party"), case.pop("second_record")
        for place, known in enumerate(copies):
            stated = {name: day for name, day in known.items() if day and day >= case["listed_on"]}
            more = case | stated | {"issuer": f"Court number {number}", "dataset": "copy" if place else "court"}
            world.listed(party, **more)
            if second:
                world.listings[-1] = world.listings[-1].model_copy(update={"record_id": f"{party}-two"})
    for kind, source, target, began, ended in ties:
        if source != target and not (kind == "BRANCH_OF" and source == PERSON):
            share = {"share": 0.6} if kind == "OWNS" else {}
            world.link(kind, source, target, began_on=began, **share, **({"ended_on": ended} if ended else {}))
    return world


def keep(world: World, store: Store) -> None:
    """Write a world down, every party with a second record that was joined into it."""
    world.keep(store)
    second = [
        Record(
            id=f"{one.id}-two",
            row_id=f"fS#{n + 1}",
            kind=one.kind,
            names=one.names,
            dataset="court",
            source_class=SourceClass.PUBLIC,
        )
        for n, one in enumerate(world.entities.values())
    ]
    store.write("sources/put_records", rows=to_rows(second))
    store.write("entities/put_members", rows=[{"record_id": f"{id_}-two", "entity_id": id_} for id_ in world.entities])


def said_apart(store: Store, world: World) -> Iterator[tuple[date, list[str]]]:
    """Contradictions after a run: on its own day, and on two days before it."""
    book = default_rulebook()
    propagate(store, rulebook=book, as_of=TODAY, now=NOON)
    for day in (TODAY, TODAY - timedelta(days=60), TODAY - timedelta(days=300)):
        yield day, contradictions(RequestContext(store, book, day, "en", today=day), PARTIES, world.listings)


@given(told=st.lists(cases(), max_size=5), ties=st.lists(LINKS, max_size=7))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_no_door_of_any_store_contradicts_another(told: list[dict[str, Any]], ties: list[tuple[Any, ...]]) -> None:
    world = made(told, ties)
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'kith.db'}")
        try:
            keep(world, store)
            for day, found in said_apart(store, world):
                assert found == [], day
        finally:
            store.close()


def everything() -> World:
    """A listing of each sort: in force, disputed, repaired by one of two sources, ended, minor, unreleased, unknown."""
    bare: dict[str, Any] = {"case_no": None, "release_id": None, "second_record": False, "listed_on": DAYS[2]}
    quiet: dict[str, Any] = {"ends_on": None, "removed_on": None, "disputed_since": None}
    repaired = quiet | {"removed_on": DAYS[4]}
    told = [
        bare | {"party": "F1", "list_type": "court_judgment_default", "copies": [quiet]},
        bare | {"party": "F2", "list_type": "sanctions_us", "copies": [quiet, repaired], "second_record": True},
        bare | {"party": "F3", "list_type": "serious_violation", "copies": [quiet | {"disputed_since": DAYS[3]}]},
        bare | {"party": "F4", "list_type": "tax_credit_d", "copies": [quiet]},
        bare | {"party": "F4", "list_type": "administrative_penalty_minor", "copies": [quiet]},
        bare | {"party": "G1", "list_type": "a_list_nobody_knows", "copies": [quiet]},
        bare | {"party": "P1", "list_type": "court_judgment_default", "copies": [quiet | {"ends_on": DAYS[4]}]},
    ]  # fmt: skip
    ties = [
        ("OWNS", "F1", "F4", DAYS[1], None),
        ("DIRECTS", "P1", "F2", DAYS[1], DAYS[3]),
        ("BRANCH_OF", "F4", "G1", DAYS[4], None),
    ]
    return made(told, ties)


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of either engine."""
    if request.param == "neo4j":
        wipe(request.getfixturevalue("neo4j_address"))
        opened: Store = request.getfixturevalue("neo4j_store")
        return opened
    lent: Store = request.getfixturevalue("sqlite_store")
    return lent


def test_no_door_contradicts_another_where_listings_of_every_sort_stand_together(store: Store) -> None:
    world = everything()
    keep(world, store)
    for day, found in said_apart(store, world):
        assert found == [], day


def test_a_kept_answer_is_not_told_for_another_day_nor_for_other_facts(store: Store) -> None:
    from api.context.change_marks import mark_facts, mark_kept
    from api.parties.profiles import profile
    from api.parties.summaries import party_lines

    world = everything()
    keep(world, store)
    mark_facts(store)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOON)
    mark_kept(store)
    before = RequestContext(store, default_rulebook(), TODAY - timedelta(days=60), "en")
    assert [listed(profile(before, id_)) for id_ in ("F1", "F2")] == [True, True]
    assert [line.standing.value for line in party_lines(before, ["F1", "F2"])] == ["listed", "listed"]
    today = RequestContext(store, default_rulebook(), TODAY, "en")
    assert [line.standing.value for line in party_lines(today, ["F1"])] == ["listed"]
    repaired = world.listings[0].model_copy(update={"removed_on": TODAY - timedelta(days=1)})
    store.write("sources/put_listings", rows=to_rows([repaired]))
    mark_facts(store)
    assert [line.standing.value for line in party_lines(today, ["F1"])] != ["listed"]
