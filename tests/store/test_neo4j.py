"""What can go wrong with a server, for real."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from ontology.entity import Tie
from ontology.errors import StoreBusy, StoreFull, StoreNewer, StoreRefused, StoreTrouble, StoreUnreachable
from store import neo4j
from store.neo4j import Neo4jStore
from store.open import neo4j_server, open_store
from store.port import Row
from store.queries import load_query
from store.rows import to_row
from tests.cypher.world import load

pytestmark = pytest.mark.neo4j
ROW = [{"key": "a", "value": "1"}]


class Cut(Exception):
    """Something went wrong half way."""


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StoreUnreachable) as told:
        open_store(f"neo4j://neo4j:s3cret@127.0.0.1:{port}/neo4j")
    assert told.value.remedy == "Check that the server runs, and its host and port."
    assert "s3cret" not in repr(told.value)


def test_a_wrong_password_is_refused_and_never_shown(neo4j_address: str) -> None:
    with pytest.raises(StoreRefused) as told:
        open_store(f"neo4j://neo4j:s3cret-and-wrong@{urlsplit(neo4j_address).netloc.rpartition('@')[2]}/neo4j")
    assert "s3cret" not in str(told.value)
    assert "s3cret" not in repr(told.value.__cause__)


def test_a_database_that_is_not_there(neo4j_address: str) -> None:
    with pytest.raises(StoreUnreachable) as told:
        open_store(neo4j_address.rpartition("/")[0] + "/nosuch")
    assert "database's name" in str(told.value.remedy)


def test_a_store_of_a_newer_program_is_refused(neo4j_store: Neo4jStore, neo4j_address: str) -> None:
    with neo4j_store._driver.session() as session:
        held = session.run("MATCH (s:Schema) RETURN s.version").single(strict=True)[0]
        session.run("MATCH (s:Schema) SET s.version = 999").consume()
        try:
            with pytest.raises(StoreNewer, match="999"):
                open_store(neo4j_address)
        finally:
            session.run("MATCH (s:Schema) SET s.version = $held", held=held).consume()


def test_another_writer_is_waited_for_and_then_told(
    neo4j_store: Neo4jStore, neo4j_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j, "BUSY_WAIT_S", 0.5)
    other = open_store(neo4j_address)
    with neo4j_store.transaction():
        assert other.read("meta/all") == [], "readers are not held up"
        with pytest.raises(StoreBusy):
            other.write("meta/put", rows=ROW)
    other.write("meta/put", rows=ROW)
    other.close()


WRITER = """
import sys, time
from store.open import open_store
store = open_store(sys.argv[1])
with store.transaction():
    store.write("meta/put", rows=[{"key": "b", "value": "2"}])
    print("half way", flush=True)
    time.sleep(60)
"""


def test_a_writer_killed_half_way_frees_the_lock_and_leaves_nothing(neo4j_store: Neo4jStore, neo4j_address: str) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, neo4j_address], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "half way\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait(10)
    writer.stdout.close()
    neo4j_store.write("meta/put", rows=ROW)
    assert neo4j_store.read("meta/all") == ROW


def _fail_after(store: Neo4jStore, n: int) -> None:
    def rows() -> Iterator[Row]:
        yield from ({"key": f"k{number:06d}", "value": ""} for number in range(n))
        raise Cut

    store.write("meta/put", rows=rows())


def test_up_to_ten_thousand_rows_are_all_or_nothing(neo4j_store: Neo4jStore) -> None:
    with pytest.raises(Cut):
        _fail_after(neo4j_store, neo4j.WHOLE_ROWS_MAX)
    assert neo4j_store.read("meta/all") == []


def test_more_rows_are_kept_step_by_step_as_promised_and_what_was_on_its_way_is_dropped(neo4j_store: Neo4jStore) -> None:
    sent = 4 * neo4j.WHOLE_ROWS_MAX
    with pytest.raises(Cut):
        _fail_after(neo4j_store, sent)
    kept = [row["key"] for row in neo4j_store.read("meta/all")]
    assert kept == [f"k{number:06d}" for number in range(len(kept))]
    assert sent - (neo4j.SENT_MAX + 2) * neo4j.BATCH_ROWS <= len(kept) <= sent
    assert len(kept) % neo4j.COMMIT_ROWS == 0


def _put_with_a_fault(store: Neo4jStore, nameless: list[Row]) -> None:
    with store.transaction():
        store.write("meta/put", rows=({"key": f"k{number:06d}", "value": ""} for number in range(2 * neo4j.WHOLE_ROWS_MAX)))
        store.write("network/put_ties", rows=nameless)
        for number in range(2 * neo4j.SENT_MAX):
            store.write("meta/put", rows=[{"key": f"later {number}", "value": ""}])


def test_past_a_small_transaction_an_error_names_its_own_query_and_nothing_is_sent_after_it(neo4j_store: Neo4jStore) -> None:
    load(neo4j_store)
    nameless = [row | {"kind": ""} for row in neo4j_store.read("network/ties")[:1]]
    with pytest.raises(StoreTrouble) as told:
        _put_with_a_fault(neo4j_store, nameless)
    assert told.value.facts["query"] == "network/put_ties"
    assert not [row for row in neo4j_store.read("meta/all") if row["key"].startswith("later")]
    neo4j_store.write("meta/put", rows=[{"key": "later", "value": "the store goes on"}])


def test_what_was_sent_is_seen_by_the_next_question_of_the_block(neo4j_store: Neo4jStore) -> None:
    with neo4j_store.transaction():
        neo4j_store.write("meta/put", rows=({"key": f"k{number:06d}", "value": ""} for number in range(3 * neo4j.WHOLE_ROWS_MAX)))
        assert len(neo4j_store.read("meta/all")) == 3 * neo4j.WHOLE_ROWS_MAX
        neo4j_store.write("meta/put", rows=ROW)
        assert neo4j_store.read("meta/get", key="a") == ROW


def test_a_large_store_is_cleared_in_steps(neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j, "WHOLE_STORE_MAX", 10)
    load(neo4j_store)
    neo4j_store.write("entities/clear")
    left = {row["what"]: row["n"] for row in neo4j_store.read("counts/overview")}
    assert (left["entities"], left["ties"], left["scores"], left["records"]) == (0, 0, 0, 6)


def test_an_answer_too_large_for_the_server_is_told_as_no_room(neo4j_store: Neo4jStore) -> None:
    greedy = "UNWIND range(1, 100000000) AS x WITH collect(toString(x) + 'xxxxxxxxxxxxxxxxxxxxxx') AS t RETURN size(t)"
    with pytest.raises(StoreFull), neo4j_store._translate_errors(query="greedy"), neo4j_store._driver.session() as session:
        session.run(greedy).consume()


def test_ties_are_relationships_of_their_own_type(neo4j_store: Neo4jStore, neo4j_address: str) -> None:
    load(neo4j_store)
    with neo4j_store._driver.session(database=neo4j_server(neo4j_address).database) as session:
        found = session.run(
            "MATCH (s:Entity)-[t]->(e:Node) RETURN s.name AS source, type(t) AS kind, labels(e) AS labels ORDER BY kind, source"
        ).values()
    assert found[0] == ["王小明", "DIRECTS", ["Node", "Entity"]]
    assert {row[1] for row in found} == {"DIRECTS", "OWNS", "SHARES_PHONE", "SUPPLIES"}
    assert ["王小明", "SHARES_PHONE", ["Node", "Hub"]] in found


def test_bulk_reads_use_indexes(neo4j_store: Neo4jStore) -> None:
    """A plan made on an empty store once turned a join of 500,000 links into a cross product."""
    with neo4j_store._driver.session() as session:
        for name in ("network/links", "network/experiences", "network/listings", "network/recognitions"):
            plan = session.run("EXPLAIN " + load_query(name, "neo4j").statements[0]).consume().plan
            assert "CartesianProduct" not in str(plan), name


def test_thousands_of_ties_go_into_an_empty_network_at_once(neo4j_store: Neo4jStore) -> None:
    """Planned on a network without ties, a look for each tie's former self once scanned all ties for every row."""
    parties = [
        {"id": f"K-{n}", "kind": "firm", "name": "x", "name_other": None, "place": None, "document": "{}"} for n in range(100)
    ]
    ties = [to_row(Tie(id=f"t{n}", kind="SUPPLIES", source_id=f"K-{n % 100}", target_id=f"K-{n % 7}")) for n in range(20_000)]
    neo4j_store.write("entities/put_entities", rows=parties)
    neo4j_store.write("network/put_ties", rows=ties)
    neo4j_store.write("network/put_ties", rows=ties[:5_000])
    assert len(neo4j_store.columns("network/ties")["id"]) == len(ties)
    with neo4j_store._driver.session() as session:
        for statement in load_query("network/put_ties", "neo4j").statements:
            plan = session.run("EXPLAIN " + statement, rows=[]).consume().plan
            assert "Scan" not in str(plan)
