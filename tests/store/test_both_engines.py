"""What every store promises, whichever engine it is."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest

from ontology.base import SourceClass
from ontology.errors import StoreTrouble
from store.port import Row, Store
from store.queries import QueryUnknown
from store.rows import to_row
from tests.cypher.world import LINKS, load

AWKWARD = [
    "'; DROP TABLE meta; --",
    "}) DETACH DELETE (n) //",
    "$key",
    ":key",
    "100%",
    "\\",
    '"',
    "\n\t",
    "鹏程",
    "𠮷",
    "''",
    " ",
]


class Cut(Exception):
    """Something went wrong half way."""


def _facts(store: Store) -> dict[str, str]:
    return {row["key"]: row["value"] for row in store.read("meta/all")}


@pytest.mark.parametrize("value", AWKWARD)
def test_values_stay_values(store: Store, value: str) -> None:
    store.write("meta/put", rows=[{"key": value, "value": value}])
    assert store.read("meta/get", key=value) == [{"key": value, "value": value}]
    assert store.read("sources/known_records", ids=[value]) == []
    assert store.read("entities/search", folded=value, limit=5) == []


def test_the_same_put_twice_changes_nothing(store: Store) -> None:
    load(store)
    before = store.read("counts/overview")
    load(store)
    assert store.read("counts/overview") == before


def _fail_half_way(store: Store) -> None:
    with store.transaction():
        store.write("meta/put", rows=[{"key": "a", "value": "2"}, {"key": "b", "value": "2"}])
        assert _facts(store) == {"a": "2", "b": "2"}, "a block sees its own changes"
        raise Cut


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    store.write("meta/put", rows=[{"key": "a", "value": "1"}])
    with pytest.raises(Cut):
        _fail_half_way(store)
    assert _facts(store) == {"a": "1"}


def _clear_and_fail(store: Store) -> None:
    with store.transaction():
        store.write("entities/clear")
        assert store.read("entities/entity", id="K-1") == []
        raise Cut


def test_what_a_failed_block_cleared_is_still_there(store: Store) -> None:
    load(store)
    before = store.read("counts/overview"), store.read("network/ties"), store.read("entities/members")
    with pytest.raises(Cut):
        _clear_and_fail(store)
    assert (store.read("counts/overview"), store.read("network/ties"), store.read("entities/members")) == before


def _fail_after_a_block_within(store: Store) -> None:
    with store.transaction():
        with store.transaction():
            store.write("meta/put", rows=[{"key": "a", "value": "1"}])
        raise Cut


def test_a_block_within_a_block_is_part_of_it(store: Store) -> None:
    with pytest.raises(Cut):
        _fail_after_a_block_within(store)
    assert _facts(store) == {}


def test_rows_that_fail_to_come_leave_nothing(store: Store) -> None:
    def rows() -> Iterator[Row]:
        for number in count():
            if number == 3:
                raise Cut
            yield {"key": str(number), "value": ""}

    with pytest.raises(Cut):
        store.write("meta/put", rows=rows())
    assert _facts(store) == {}


def test_others_see_the_former_state_until_the_block_ends(store: Store) -> None:
    seen: list[dict[str, str]] = []
    with store.transaction():
        store.write("meta/put", rows=[{"key": "a", "value": "1"}])
        other = threading.Thread(target=lambda: seen.append(_facts(store)))
        other.start()
        other.join(10)
    assert seen == [{}]
    assert _facts(store) == {"a": "1"}


def test_threads_write_one_after_the_other(store: Store) -> None:
    def add(name: str) -> None:
        for _ in range(10):
            with store.transaction():
                held = _facts(store).get("n", "0")
                store.write("meta/put", rows=[{"key": "n", "value": str(int(held) + 1)}])

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert _facts(store) == {"n": "30"}


def test_no_rows_at_all_are_fine(store: Store) -> None:
    store.write("sources/put_links", rows=[])
    assert store.columns("network/links")["id"] == []
    assert store.read("network/links") == []


def test_columns_keep_what_is_absent(store: Store) -> None:
    load(store)
    columns = store.columns("network/ties")
    assert columns["share"] == [0.6, None, None, None, None]
    assert columns["currency"] == [None, None, "CNY", None, None]
    assert columns["verified"] == [False, False, True, False, False]
    assert store.columns("scores/all")["value"] == [420, 700, None]


@pytest.mark.parametrize(
    "rows", [[{"key": "a"}], [{"key": "a", "value": "b", "more": "c"}], [{"key": "a", "value": "b"}, {}], [{"other": 1}]]
)
def test_rows_of_another_shape_are_refused_whole(store: Store, rows: list[Row]) -> None:
    with pytest.raises(ValueError, match="meta/put takes rows of"):
        store.write("meta/put", rows=rows)
    assert _facts(store) == {}


def test_calls_that_break_the_promise_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="takes"):
        store.read("meta/get")
    with pytest.raises(ValueError, match="takes"):
        store.read("meta/get", key="a", more=1)
    with pytest.raises(ValueError, match="rows"):
        store.write("meta/put")
    with pytest.raises(QueryUnknown):
        store.read("meta/none")


def test_a_link_put_again_is_replaced_not_doubled(store: Store) -> None:
    store.write("sources/put_links", rows=[to_row(LINKS[0])])
    changed = LINKS[0].model_copy(update={"target_id": "r2", "share": None, "source_class": SourceClass.PLATFORM})
    store.write("sources/put_links", rows=[to_row(changed)])
    assert store.read("network/links_by_ids", ids=["l1"]) == [to_row(changed)]


def _swallow_trouble(store: Store) -> None:
    with store.transaction():
        store.write("meta/put", rows=[{"key": "a", "value": "1"}])
        with suppress(StoreTrouble):
            store.write("sources/put_row_blocks", rows=[{"file_id": None, "first_number": 1, "last_number": 1, "content": ""}])


def test_who_swallows_trouble_does_not_get_half_of_a_block(store: Store) -> None:
    with pytest.raises(StoreTrouble):
        _swallow_trouble(store)
    assert _facts(store) == {}
