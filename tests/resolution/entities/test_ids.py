from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ontology.entity import EventKind
from resolution.entities.ids import Named, name_parts

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def named(parts: list[list[str]], before: dict[str, str] | None = None, redirects: dict[str, str] | None = None) -> Named:
    return name_parts(parts, before=before or {}, redirects=redirects or {}, now=NOW)


def members(parts: list[list[str]], found: Named) -> dict[str, str]:
    return {record: own for own, part in zip(found.ids, parts, strict=True) for record in part}


def kinds(found: Named) -> list[EventKind]:
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


RECORDS = "abcdefgh"
PARTITION = st.lists(st.integers(0, 4), min_size=len(RECORDS), max_size=len(RECORDS))


def parted(labels: list[int]) -> list[list[str]]:
    return [part for label in range(5) if (part := [r for r, own in zip(RECORDS, labels, strict=True) if own == label])]


@given(st.lists(PARTITION, min_size=2, max_size=5))
def test_through_any_runs_ids_stay_unique_and_every_old_id_leads_to_a_living_one(runs: list[list[int]]) -> None:
    before: dict[str, str] = {}
    redirects: dict[str, str] = {}
    seen: set[str] = set()
    for labels in runs:
        parts = parted(labels)
        found = named(parts, before, redirects)
        before, redirects = members(parts, found), found.redirects
        seen |= set(found.ids)
        assert len(set(found.ids)) == len(parts)
        assert all(redirects.get(old, old) in found.ids for old in seen)
