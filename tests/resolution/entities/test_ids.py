from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ontology.entity import EventKind
from resolution.entities.ids import IdAssignment, assign_ids

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def named(parts: list[list[str]], before: dict[str, str] | None = None, redirects: dict[str, str] | None = None) -> IdAssignment:
    return assign_ids(parts, before=before or {}, redirects=redirects or {}, now=NOW)


def members(parts: list[list[str]], found: IdAssignment) -> dict[str, str]:
    return {record: own for own, part in zip(found.ids, parts, strict=True) for record in part}


def kinds(found: IdAssignment) -> list[EventKind]:
    return [event.kind for event in found.events]


def test_an_id_is_k_and_ten_characters_of_the_founding_record() -> None:
    found = named([["a", "b"]])
    assert len(found.ids[0]) == 12
    assert found.ids[0].startswith("K-")
    assert found.ids == named([["a", "c"]]).ids
    assert kinds(found) == [EventKind.CREATED]


def test_a_second_run_changes_nothing() -> None:
    parts = [["a", "b"], ["c"]]
    first = named(parts)
    again = named(parts, members(parts, first))
    assert (again.ids, again.events, again.redirects) == (first.ids, (), {})


def test_the_larger_party_keeps_its_id_and_the_other_leads_to_it() -> None:
    before = {"a": "K-SMALL", "b": "K-LARGE", "c": "K-LARGE"}
    found = named([["a", "b", "c"]], before)
    assert (found.ids, found.redirects) == (("K-LARGE",), {"K-SMALL": "K-LARGE"})
    assert kinds(found) == [EventKind.MERGED, EventKind.GREW] or kinds(found) == [EventKind.MERGED]


def test_after_a_split_the_larger_part_keeps_the_id_and_the_other_gets_one_never_used() -> None:
    parts = [["a", "b", "c"]]
    first = named(parts)
    found = named([["a"], ["b", "c"]], members(parts, first))
    assert found.ids[1] == first.ids[0] != found.ids[0]
    assert sorted(kinds(found)) == [EventKind.SHRANK, EventKind.SPLIT]


def test_redirects_are_followed_on_when_the_survivor_joins_another() -> None:
    found = named([["a", "b", "c"]], {"a": "K-B", "b": "K-C", "c": "K-C"}, {"K-A": "K-B"})
    assert found.redirects == {"K-A": "K-C", "K-B": "K-C"}


def test_after_an_un_merge_each_id_bears_its_first_records_again() -> None:
    before = dict.fromkeys(["a", "b", "c", "link"], "K-ONE")
    found = assign_ids(
        [["a"], ["b", "c"]],
        before=before,
        redirects={"K-TWO": "K-ONE"},
        now=NOW,
        first={"K-ONE": {"a"}, "K-TWO": {"b", "c"}},
    )
    assert (found.ids, found.redirects, found.returned) == (("K-ONE", "K-TWO"), {}, ("K-TWO",))
    told = [(event.entity_id, event.kind, event.other_id) for event in found.events]
    assert told == [("K-ONE", EventKind.SHRANK, None), ("K-TWO", EventKind.RETURNED, "K-ONE")]


def test_the_surviving_id_follows_its_first_records_and_not_what_came_later() -> None:
    before = dict.fromkeys("abcdefgh", "K-ONE")
    first = {"K-ONE": {"a", "b"}, "K-TWO": {"c"}}
    found = assign_ids(
        [["a", "b"], ["c", "d", "e", "f", "g", "h"]], before=before, redirects={"K-TWO": "K-ONE"}, now=NOW, first=first
    )
    assert found.ids == ("K-ONE", "K-TWO")


def test_an_old_id_whose_first_records_are_now_of_another_party_leads_there_and_that_is_told() -> None:
    before = {"a": "K-ONE", "b": "K-ONE", "c": "K-THREE", "d": "K-THREE"}
    first = {"K-ONE": {"a"}, "K-TWO": {"b"}}
    found = assign_ids([["a"], ["b", "c", "d"]], before=before, redirects={"K-TWO": "K-ONE"}, now=NOW, first=first)
    assert (found.ids, found.redirects, found.returned) == (("K-ONE", "K-THREE"), {"K-TWO": "K-THREE"}, ())
    assert ("K-THREE", EventKind.LED, "K-TWO") in [(event.entity_id, event.kind, event.other_id) for event in found.events]


def test_an_old_id_that_still_belongs_where_it_led_is_not_told_as_joined_again() -> None:
    before = dict.fromkeys("abc", "K-ONE")
    first = {"K-ONE": {"a"}, "K-TWO": {"b"}}
    found = assign_ids([["a", "b"], ["c"]], before=before, redirects={"K-TWO": "K-ONE"}, now=NOW, first=first)
    assert found.redirects == {"K-TWO": "K-ONE"}
    assert sorted(kinds(found)) == [EventKind.SHRANK, EventKind.SPLIT]


RECORDS = "abcdefgh"
PARTITION = st.lists(st.integers(0, 4), min_size=len(RECORDS), max_size=len(RECORDS))


def parted(labels: list[int]) -> list[list[str]]:
    return [part for label in range(5) if (part := [r for r, own in zip(RECORDS, labels, strict=True) if own == label])]


@given(st.lists(PARTITION, min_size=2, max_size=5))
def test_through_any_runs_ids_stay_unique_and_every_old_id_leads_to_a_living_one(runs: list[list[int]]) -> None:
    before: dict[str, str] = {}
    redirects: dict[str, str] = {}
    seen: set[str] = set()
    first: dict[str, set[str]] = {}
    for labels in runs:
        parts = parted(labels)
        found = assign_ids(parts, before=before, redirects=redirects, now=NOW, first=first)
        first |= {own: set(part) for own, part in zip(found.ids, parts, strict=True) if own not in first}
        before, redirects = members(parts, found), found.redirects
        seen |= set(found.ids)
        assert len(set(found.ids)) == len(parts)
        assert all(redirects.get(old, old) in found.ids for old in seen)
