"""Exactly one event a change, on both engines, however often it is run and whatever is broken off."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.schemas.watching import WatchEventKind
from api.watching import observations
from api.watching.looks import look, look_after_run
from store.open import open_store
from store.port import Store
from tests.api.watching.town import FIRST_DAY, Town


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    """Two firms, one of them watched, after a first run."""
    made = Town(store, tmp_path, "A", "B", "C").run()
    made.watch("A")
    return made


def again(town: Town) -> list[str]:
    """The events after three more runs and looks, which must add none."""
    before = town.kinds()
    for _ in range(2):
        town.changed()
        town.run()
        look(town.store, settings=town.settings)
    town.run()
    assert town.kinds() == before
    return before


def test_without_a_change_there_is_no_event(town: Town) -> None:
    town.run(days=1)
    assert again(town) == []


def test_a_new_listing_is_one_event_beside_what_follows_from_it(town: Town) -> None:
    listing_id = town.list_party("A")
    town.run()
    kinds = again(town)
    assert kinds.count("listing.new") == 1
    assert kinds.count("standing.changed") == 1
    (event,) = [event for event in town.events() if event.kind is WatchEventKind.LISTING_NEW]
    assert (event.subject_id, event.party.id, event.by_association) == (listing_id, "A", False)
    assert event.sentence == "A Trading Ltd is listed by Linhai People's Court: Judgment defaulters."
    standing = next(event for event in town.events() if event.kind is WatchEventKind.STANDING)
    assert (standing.before, standing.after) == ("nothing_found", "listed")


def test_a_listing_that_ends_by_a_day_passing_is_one_event_without_any_run(town: Town) -> None:
    town.list_party("A", ends_on=date(2026, 8, 1))
    town.run()
    before = len(town.events())
    town.day = date(2026, 7, 31)
    assert look(town.store, settings=town.settings) == 0
    town.day = date(2026, 8, 1)
    assert look(town.store, settings=town.settings) >= 1
    assert [event.kind for event in town.events()[before:]].count(WatchEventKind.LISTING_ENDED) == 1
    town.run()
    kinds = again(town)
    assert kinds.count("listing.ended") == 1
    assert kinds[-1] in ("standing.changed", "score.band")


def test_a_listing_that_its_issuer_takes_off_is_repaired(town: Town) -> None:
    listing_id = town.list_party("A")
    town.run()
    town.change_listing(listing_id, removed_on=date(2026, 7, 3), removal_ground="performed")
    town.run(days=3)
    kinds = again(town)
    assert (kinds.count("listing.repaired"), kinds.count("listing.ended")) == (1, 0)


def test_a_disputed_listing_is_one_event_and_bars_from_nothing(town: Town) -> None:
    listing_id = town.list_party("A", list_type="sanctions_un", issuer="United Nations Security Council")
    town.run()
    barred = town.kinds().count("restriction.new")
    town.change_listing(listing_id, disputed_since=date(2026, 7, 2))
    town.run(days=2)
    kinds = again(town)
    assert kinds.count("listing.disputed") == 1
    assert kinds.count("restriction.ended") == barred > 0
    town.change_listing(listing_id, disputed_since=None)
    town.run()
    assert again(town).count("listing.changed") == 1


def test_a_changed_listing_is_one_event(town: Town) -> None:
    listing_id = town.list_party("A")
    town.run()
    town.change_listing(listing_id, performance="partly performed")
    town.run()
    assert again(town).count("listing.changed") == 1


def test_a_second_source_of_the_same_listing_is_no_new_one(town: Town) -> None:
    town.list_party("A", case_no="(2026) 7", listed_on="2026-06-01")
    town.run()
    before = town.kinds()
    town.list_party("A", case_no="(2026) 7", listed_on="2026-06-01", dataset="mirror", id="A000")
    town.run()
    assert again(town) == before


def test_a_changed_name_is_one_event(town: Town) -> None:
    town.change_party("A", name="A Holding Ltd")
    town.run()
    assert again(town) == ["name.changed"]
    assert town.events()[0].sentence == "A Trading Ltd is called A Holding Ltd now."


def test_an_owner_who_comes_and_goes_and_crosses_a_threshold_is_one_event_each(town: Town) -> None:
    link = town.tie("OWNS", "B", "A", share=0.2, began_on="2026-01-01")
    town.run()
    assert again(town) == ["owner.new"]
    town.change_tie(link, share=0.24)
    town.run()
    assert again(town) == ["owner.new"]
    town.change_tie(link, share=0.6)
    town.run()
    assert again(town) == ["owner.new", "stake.changed"]
    town.change_tie(link, ended_on=date(2026, 7, 10))
    town.run(days=10)
    assert again(town) == ["owner.new", "stake.changed", "owner.ended"]
    assert {event.other.name for event in town.events() if event.other} == {"B Trading Ltd"}


def test_an_officer_who_comes_and_goes_is_one_event_each(town: Town) -> None:
    link = town.tie("DIRECTS", "P", "A", began_on="2026-01-01")
    town.run()
    town.change_tie(link, ended_on=date(2026, 7, 1))
    town.run(days=1)
    assert again(town) == ["officer.new", "officer.ended"]


def test_an_owner_who_is_joined_into_another_party_is_the_same_owner(town: Town) -> None:
    town.tie("OWNS", "B", "A", share=0.6, began_on="2026-01-01")
    town.run()
    town.merge("B", into="C")
    town.run()
    assert again(town) == ["owner.new"]


def test_a_registration_that_is_revoked_is_one_event(town: Town) -> None:
    town.change_party("A", attributes={"status": "吊销，未注销"})
    town.run()
    kinds = again(town)
    assert kinds.count("registration.changed") == 1
    assert {*kinds} <= {"registration.changed", "standing.changed"}


def test_a_watched_party_that_is_joined_into_another_is_followed_and_followed_back(town: Town) -> None:
    town.merge("A", into="B")
    town.run()
    kinds = again(town)
    assert kinds.count("party.merged") == 1
    town.list_party("B")
    town.run()
    assert again(town).count("listing.new") == 1
    town.part("A", from_="B")
    town.run(days=1)
    assert again(town).count("party.split") == 1


def test_a_watched_party_that_others_are_joined_into_and_parted_from_is_told(town: Town) -> None:
    town.merge("B", into="A")
    town.run()
    assert again(town) == ["party.merged"]
    town.part("B", from_="A")
    town.run(days=1)
    assert again(town) == ["party.merged", "party.split"]


def test_a_party_that_no_source_tells_of_any_more_is_gone_and_may_return(town: Town) -> None:
    former = town.entity("A")
    town.remove("A")
    town.run()
    assert again(town) == ["party.gone"]
    town.world.entities["A"] = former
    town.keep()
    town.run()
    assert again(town) == ["party.gone", "party.returned"]


def test_near_a_listed_party_is_told_as_reached_by_association_and_never_as_listed(town: Town) -> None:
    town.tie("OWNS", "B", "A", share=0.9, began_on="2026-01-01")
    town.run()
    before = len(town.events())
    town.list_party("B")
    town.run()
    again(town)
    told = town.events()[before:]
    assert told
    assert {event.kind for event in told} <= {WatchEventKind.STANDING, WatchEventKind.BAND}
    assert all(event.by_association and event.sentence.endswith("it is not listed itself.") for event in told)


def test_a_look_back_at_an_earlier_day_makes_no_events(town: Town) -> None:
    town.list_party("A")
    town.run(days=5)
    before = town.kinds()
    town.run(days=-5)
    town.day = FIRST_DAY
    assert look(town.store, settings=town.settings) == 0
    assert town.kinds() == before


def test_what_is_broken_off_between_a_run_and_its_events_is_made_up_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.list_party("A")
    with monkeypatch.context() as patch:
        patch.setattr(observations.Observer, "observe_all", _break_off)
        with pytest.raises(KeyboardInterrupt):
            town.run()
    assert town.kinds() == []
    town.run()
    assert again(town).count("listing.new") == 1


def _break_off(_: observations.Observer) -> int:
    raise KeyboardInterrupt


def test_lists_each_get_their_own_event_and_an_ended_one_none(town: Town) -> None:
    other = town.watch("A", name="other")
    town.list_party("A")
    town.run()
    new = [event for event in town.events() if event.kind is WatchEventKind.LISTING_NEW]
    assert {event.watchlist_id for event in new} == {"W-000001", other}
    assert len({event.id for event in new}) == 2


def test_events_are_forgotten_after_the_days_that_they_are_kept(town: Town) -> None:
    town.change_party("A", name="A Holding Ltd")
    town.run()
    cursor = None
    town.change_party("A", name="A Group Ltd")
    town.run(days=town.settings.events_kept_days + 1)
    assert [event.after for event in town.events(cursor)] == ["A Group Ltd"]


def test_what_was_so_before_it_was_watched_is_no_event_though_a_run_is_due(town: Town) -> None:
    town.list_party("B")
    town.tie("OWNS", "C", "B", share=0.6, began_on="2026-01-01")
    town.run()
    town.changed()
    town.watch("B", name="late")
    town.run()
    assert again(town) == []


def test_a_run_ends_well_while_another_holds_the_store_and_the_next_look_makes_the_events(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    with closing(open_store(address)) as first, closing(open_store(address)) as second:
        town = Town(first, tmp_path, "A").run()
        town.watch("A")
        town.change_party("A", name="A Holding Ltd")
        with second.transaction():
            look_after_run(first, settings=town.settings)
        assert town.kinds() == []
        look_after_run(first, settings=town.settings)
        assert town.kinds() == ["name.changed"]
