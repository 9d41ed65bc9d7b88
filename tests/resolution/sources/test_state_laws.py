"""Laws of a list that is delivered anew: the store says what the last delivery says, and what is gone has ended."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.parties.source_rows import source_row
from resolution.sources import state_loads
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import pack_at
from resolution.sources.shared_statements import stored_rows
from resolution.sources.statements import table_mapper
from store.open import open_store
from store.port import Row, Store
from tests.conftest import PROJECT
from tests.resolution.sources.shorthands import KEY, NOW, stated_ids
from tests.resolution.sources.test_states import PACK, PAGE

Delivery = list[tuple[int, str, str, str]]
NAMES = ("Alder Ltd", "Birch Ltd", "Cedar Limited")
row_of = st.tuples(
    st.integers(1, 5),
    st.sampled_from(NAMES),
    st.sampled_from(["2020-01-01", "2020-02-02"]),
    st.sampled_from(["", "Elm Ltd", "Fir Ltd"]),
)
delivery_of = st.lists(row_of, min_size=1, max_size=7)


def pack_in(folder: Path) -> Pack:
    (folder / "pack.yaml").write_text(PACK)
    (folder / "listed.yaml").write_text(PAGE)
    return pack_at(folder)


def write_list(pack: Pack, rows: Delivery, day: int) -> Path:
    path = pack.folder / f"listed_{day}.csv"
    path.write_text("no,name,day,owner\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))
    return path


def deliver(store: Store, pack: Pack, rows: Delivery, day: int) -> Ingested:
    path = write_list(pack, rows, day)
    (outcome,) = ingest(store, [path], id_key=KEY, now=NOW + timedelta(day), pack=pack, drop_max=1.0)
    return outcome


@contextmanager
def fresh_store() -> Iterator[tuple[Store, Pack]]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/kith.db")
        try:
            yield store, pack_in(Path(folder))
        finally:
            store.close()


def stated(store: Store) -> dict[str, dict[str, Row]]:
    """All that is said, but for where it stands; records without the row they come from."""
    tables: dict[str, dict[str, Row]] = {}
    for table, ids in stated_ids(store).items():
        rows = stored_rows(store, table, sorted(ids))
        tables[table] = {id_: {name: value for name, value in row.items() if name != "row_id"} for id_, row in rows.items()}
    for row in tables.get("records", {}).values():
        row["document"] = without_row(row["document"])
    return tables


def without_row(document: str) -> str:
    """A record as text, whichever rows say it, in whatever order."""
    content = json.loads(document)
    content.pop("row_id")
    content["names"] = sorted(name["text"] for name in content["names"])  # Of two rows' names the one that came first is shown.
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def check_said(kept: dict[str, dict[str, Row]], fresh: dict[str, dict[str, Row]]) -> None:
    """Whether a store says what a fresh one says, and all else that it keeps has ended."""
    assert fresh["records"]
    assert fresh.keys() <= kept.keys()
    for table, rows_by_id in kept.items():
        said = fresh.get(table, {})
        assert {id_: rows_by_id.get(id_) for id_ in said} == said
        for id_ in rows_by_id.keys() - said.keys():
            assert all(rows_by_id[id_][field] for field in ENDS.get(table, ())), (table, id_)


ENDS = {"links": ("ended_on",), "listings": ("removed_on", "removal_ground")}


WAYS: dict[str, tuple[ModuleType, dict[str, int]]] = {
    "new rows alone are mapped": (state_loads, {}),
    "all rows are mapped": (state_loads, {"CHANGES_FREE": -1, "CHANGES_SHARE_MAX": -1}),
    "parties are put together in the store": (table_mapper, {"MENTIONS_MAX": 1}),
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(deliveries=st.lists(delivery_of, min_size=2, max_size=4))
def test_the_store_says_what_the_last_delivery_says_and_the_rest_has_ended(way: str, deliveries: list[Delivery]) -> None:
    module, bounds = WAYS[way]
    with fresh_store() as (store, pack), fresh_store() as (other, other_pack):
        with patch.multiple(module, **bounds) if bounds else nullcontext():
            for day, rows in enumerate(deliveries):
                deliver(store, pack, rows, day)
        deliver(other, other_pack, deliveries[-1], len(deliveries) - 1)
        check_said(stated(store), stated(other))


# Cut off in the middle

CUT_OFF = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
import store.neo4j
from resolution.sources.ingest import ingest
from resolution.sources.packs.pack_library import pack_at
from store.open import open_store
from tests.resolution.sources.shorthands import KEY, NOW, stated_ids

store.neo4j.WHOLE_ROWS_MAX = store.neo4j.COMMIT_ROWS = 0  # As of a long list: every write is kept at once.
opened, folder, writes_left = open_store(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
write = opened.write

def counted(*arguments, **rows):
    global writes_left
    if writes_left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    writes_left -= 1
    return write(*arguments, **rows)

opened.write = counted
ingest(opened, [folder / "listed_1.csv"], id_key=KEY, now=NOW + timedelta(1), pack=pack_at(folder), drop_max=1.0)
"""
FIRST = [(number, "Alder Ltd", "2020-01-01", "Elm Ltd" if number % 2 else "") for number in range(1, 9)]
SECOND = [*FIRST[2:5], (6, "Birch Ltd", "2020-02-02", "Fir Ltd"), (20, "Cedar Limited", "2020-01-01", "Fir Ltd")]
THIRD = [FIRST[0], *FIRST[3:7], (21, "Birch Ltd", "2020-01-01", "Oak Ltd")]


def cut_off(address: str, pack: Pack, writes: int) -> bool:
    """Deliver the second list in another process that is killed after so many writes; whether it was."""
    command = [sys.executable, "-c", CUT_OFF, address, str(pack.folder), str(writes)]
    ended = subprocess.run(command, cwd=PROJECT, timeout=120, capture_output=True, check=False)
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr.decode()
    return ended.returncode != 0


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    folder = tmp_path / "wardens"
    folder.mkdir()
    return pack_in(folder)


def said_after(*deliveries: Delivery) -> dict[str, dict[str, Row]]:
    """What a store says after deliveries that nothing cut off, a day each."""
    with fresh_store() as (store, pack):
        for day, rows in enumerate(deliveries):
            deliver(store, pack, rows, day)
        return stated(store)


def check_followed(store: Store) -> None:
    rows = stored_rows(store, "records", sorted(stated_ids(store)["records"]))
    assert rows
    for id_, row in rows.items():
        values = source_row(store, row["row_id"]).values
        assert id_.partition(":")[2] in (values["no"], values["owner"])


@pytest.mark.parametrize("writes", range(0, 16, 3))
def test_a_kill_leaves_the_last_state_or_the_next_and_the_delivery_again_heals(
    store: Store, request: pytest.FixtureRequest, pack: Pack, tmp_path: Path, writes: int
) -> None:
    address = address_of(request, tmp_path)
    deliver(store, pack, FIRST, 0)
    write_list(pack, SECOND, 1)
    was_killed = cut_off(address, pack, writes)
    is_sqlite = address.startswith("sqlite")
    if is_sqlite:
        assert stated(store) == (said_after(FIRST) if was_killed else said_after(FIRST, SECOND))
    check_followed(store)
    deliver(store, pack, SECOND, 1)
    assert stated(store) == said_after(FIRST, SECOND)
    check_followed(store)


@pytest.mark.parametrize("writes", range(0, 16, 3))
def test_after_a_kill_the_delivery_of_the_next_day_heals_too(
    store: Store, request: pytest.FixtureRequest, pack: Pack, tmp_path: Path, writes: int
) -> None:
    deliver(store, pack, FIRST, 0)
    write_list(pack, SECOND, 1)
    cut_off(address_of(request, tmp_path), pack, writes)
    deliver(store, pack, THIRD, 2)
    check_said(stated(store), said_after(THIRD))
    check_followed(store)


def address_of(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    is_sqlite = "sqlite" in request.node.callspec.id
    return f"sqlite:///{tmp_path / 'kith.db'}" if is_sqlite else str(request.getfixturevalue("neo4j_address"))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(delivery_of, min_size=2, max_size=4))
def test_every_record_can_be_followed_to_a_row_that_names_it(deliveries: list[Delivery]) -> None:
    with fresh_store() as (store, pack):
        for day, rows in enumerate(deliveries):
            deliver(store, pack, rows, day)
        check_followed(store)
