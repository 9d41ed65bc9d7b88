"""A day in the past shows nothing that was observed, listed or tied later."""

from datetime import date

from api.context.request_context import RequestContext
from api.parties.profiles import profile
from api.parties.records import party_records
from api.parties.ties import party_ties
from graph.pipeline import propagate
from ontology.rulebook import default_rulebook
from resolution.pipeline import resolve
from store.port import Store
from store.rows import to_rows
from tests.graph.world import TODAY, World
from tests.resolution.live.histories import NOON
from tests.resolution.parties import USCC_A, firm


def test_a_name_and_a_record_of_a_later_day_are_not_shown(sqlite_store: Store) -> None:
    early, late = firm("e", "Erlenwerk Bau GmbH", uscc=USCC_A), firm("l", "Birkenwerk Bau GmbH", uscc=USCC_A)
    days = {"e": date(2025, 1, 7), "l": date(2026, 5, 4)}
    rows = to_rows(one.model_copy(update={"observed_on": days[one.id]}) for one in (early, late))
    sqlite_store.write("sources/put_records", rows=rows)
    resolve(sqlite_store, now=NOON)
    propagate(sqlite_store, rulebook=default_rulebook(), as_of=TODAY, now=NOON)
    id_ = sqlite_store.read("entities/entity_of_record", record_id="e")[0]["entity_id"]
    for day, names in ((date(2026, 5, 3), {"Erlenwerk Bau GmbH"}), (TODAY, {"Erlenwerk Bau GmbH", "Birkenwerk Bau GmbH"})):
        context = RequestContext(sqlite_store, default_rulebook(), day, "en")
        told = profile(context, id_)
        assert {name.text for name in told.names} == names
        assert (told.party.name in names, told.records, len(party_records(context, id_).records)) == (
            True,
            len(names),
            len(names),
        )


def test_before_any_record_was_observed_only_the_name_is_told(sqlite_store: Store) -> None:
    told = firm("l", "Birkenwerk Bau GmbH", uscc=USCC_A).model_copy(update={"observed_on": date(2026, 5, 4)})
    sqlite_store.write("sources/put_records", rows=to_rows([told]))
    resolve(sqlite_store, now=NOON)
    id_ = sqlite_store.read("entities/entity_of_record", record_id="l")[0]["entity_id"]
    shown = profile(RequestContext(sqlite_store, default_rulebook(), date(2026, 1, 1), "en"), id_)
    assert (shown.party.name, shown.identifiers, shown.records) == ("Birkenwerk Bau GmbH", (), 0)


def test_a_tie_is_shown_from_its_first_day_on_and_its_end_only_once_it_came(sqlite_store: Store) -> None:
    world = World()
    world.party("A")
    world.link("OWNS", "A", "B", share=0.4, began_on="2025-03-01", ended_on="2026-02-01")
    world.keep(sqlite_store)
    propagate(sqlite_store, rulebook=default_rulebook(), as_of=TODAY, now=NOON)
    for day, told in (
        (date(2025, 2, 28), []),
        (date(2025, 3, 1), [None]),
        (date(2026, 1, 31), [None]),
        (date(2026, 2, 1), [date(2026, 2, 1)]),
    ):
        ties = party_ties(RequestContext(sqlite_store, default_rulebook(), day, "en"), "A").ties
        assert [tie.ended_on for tie in ties] == told
