"""What people send that no one expected: a clear word, bounded work, and nothing lost."""

import threading
from datetime import timedelta

import pytest

from ontology.base import PartyKind
from ontology.errors import NothingToDo, RecordUnknown, StoreBusy
from ontology.judgement import Verdict
from ontology.record import Name, Record
from ontology.source import SourceFile
from resolution.candidates import pairs
from resolution.comparisons.run_statistics import freeze
from resolution.live import Live
from resolution.live.memory import write_statistics
from store.port import Store
from store.rows import to_row, to_rows
from tests.resolution.live.histories import NOON, World
from tests.resolution.parties import USCC_A, USCC_B, firm, person


def parts(store: Store) -> list[list[str]]:
    held: dict[str, list[str]] = {}
    for row in store.read("entities/members"):
        held.setdefault(row["entity_id"], []).append(row["record_id"])
    return sorted(held.values())


def test_a_record_without_any_field_is_a_party_of_its_own(store: Store) -> None:
    live = Live(store)
    for id_ in ("a", "b"):
        live.put(person(id_), now=NOON)
        live.put(firm(f"f{id_}"), now=NOON)
    assert parts(store) == [["a"], ["b"], ["fa"], ["fb"]]


def test_a_record_of_many_aliases_is_taken_in_bounded_time(sqlite_store: Store) -> None:
    live = Live(sqlite_store)
    names = tuple(Name(text=f"Alias {at} of Zorblax{at}") for at in range(5000))
    live.put(person("many", born_on="1980-02-01").model_copy(update={"names": names}), now=NOON)
    done = live.put(person("one", "Alias 7 of Zorblax7", born_on="1980-02-01"), now=NOON)
    assert [len(party.record_ids) for party in done.parties if party.record_ids] == [2]
    live.delete("many", now=NOON)
    assert parts(sqlite_store) == [["one"]]


def test_names_in_a_script_nobody_expected_are_kept_and_joined_by_what_else_agrees(store: Store) -> None:
    live = Live(store)
    said = {"phone": "021-55512345", "street": "12 Long Lane, Marlow", "born_on": "1980-02-01"}
    live.put(person("a", "ᚠᚢᚦᚨᚱᚲ", **said), now=NOON)
    live.put(person("b", "𐎠𐎡𐎢", **said), now=NOON)
    live.put(person("c", "ᚠᚢᚦᚨᚱᚲ"), now=NOON)
    assert parts(store) == [["a", "b"], ["c"]]


def test_a_key_that_becomes_common_lets_its_pairs_go_and_takes_them_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "HOLDERS_MAX", 4)
    world = World(store)
    for at in range(6):
        world.take(("put", firm(f"f{at}", "上海轩琮建材有限公司", street=f"{at} Long Lane, Marlow")))
        if at in (3, 4):
            world.take(("settle",))
            assert world.parties().keys() == world.expected()[0].keys()
    for at in (5, 4):
        world.take(("delete", f"f{at}"))
    world.take(("settle",))
    assert world.parties().keys() == world.expected()[0].keys()
    assert len(world.parties()) == 1


def test_an_unknown_record_is_told_and_changes_nothing(store: Store) -> None:
    live = Live(store)
    live.put(person("a", "John Smith"), now=NOON)
    with pytest.raises(RecordUnknown):
        live.delete("nobody", now=NOON)
    assert live.rejudge(["nobody"], now=NOON).parties == ()
    assert parts(store) == [["a"]]


def test_records_that_were_never_resolved_ask_for_a_full_run(store: Store) -> None:
    store.write("sources/put_records", rows=to_rows([person("a", "John Smith")]))
    with pytest.raises(NothingToDo, match="not resolved"):
        Live(store).put(person("b", "John Smith"), now=NOON)


def test_files_loaded_since_ask_for_a_full_run(store: Store) -> None:
    world = World(store)
    world.resolve([person("a", "John Smith")])
    file = SourceFile(
        id="f", name="f.csv", dataset="d", mapping="m", mapping_version="1", rows_read=1, rows_rejected=0, loaded_at=NOON
    )
    store.write("sources/put_files", rows=[to_row(file, complete=True)])
    with pytest.raises(NothingToDo, match="files were loaded"):
        world.live.put(person("b", "John Smith"), now=NOON)
    world.resolve([person("c", "Jane Miller")])
    world.live.put(person("b", "John Smith"), now=NOON)
    assert len(parts(store)) == 3


def test_a_second_writer_waits_and_is_told_when_it_takes_too_long(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.sqlite.BUSY_WAIT_S", 0.2)
    live, held, done = Live(sqlite_store), threading.Event(), threading.Event()

    def hold() -> None:
        with sqlite_store.transaction():
            held.set()
            done.wait(10)

    beside = threading.Thread(target=hold)
    beside.start()
    try:
        assert held.wait(10)
        with pytest.raises(StoreBusy):
            live.put(person("a", "John Smith"), now=NOON)
    finally:
        done.set()
        beside.join()
    live.put(person("a", "John Smith"), now=NOON)
    assert parts(sqlite_store) == [["a"]]


def test_two_writers_at_once_lose_nothing(sqlite_store: Store) -> None:
    live = Live(sqlite_store)
    said = {"phone": "021-55512345", "born_on": "1980-02-01"}

    def put(numbers: range) -> None:
        for at in numbers:
            live.put(person(f"p{at:02}", "John Albert Smith", **said), now=NOON)

    beside = [threading.Thread(target=put, args=(range(start, start + 5),)) for start in (0, 5)]
    for one in beside:
        one.start()
    for one in beside:
        one.join()
    assert parts(sqlite_store) == [[f"p{at:02}" for at in range(10)]]


def test_a_call_that_fails_leaves_everything_as_it_was(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(sqlite_store)
    world.take(("put", firm("a", "上海轩琮建材有限公司", uscc=USCC_A)))
    before = sqlite_store.read("entities/all"), sqlite_store.read("entities/records")
    monkeypatch.setattr("resolution.live.changes.rewrite", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        world.live.put(firm("b", "上海轩琮建材有限公司", uscc=USCC_A), now=NOON)
    monkeypatch.undo()
    assert (sqlite_store.read("entities/all"), sqlite_store.read("entities/records")) == before
    world.take(("put", firm("b", "上海轩琮建材有限公司", uscc=USCC_A)))
    assert parts(sqlite_store) == [["a", "b"]]


def test_different_identifiers_for_life_never_merge_whatever_else_agrees(store: Store) -> None:
    world = World(store)
    said = {"phone": "021-55512345", "street": "12 Long Lane, Marlow"}
    world.take(("put", firm("a", "上海轩琮建材有限公司", uscc=USCC_A, **said)))
    world.take(("put", firm("b", "上海轩琮建材有限公司", uscc=USCC_B, **said)))
    world.take(("put", firm("c", "上海轩琮建材有限公司", **said)))
    world.take(("settle",))
    together = {frozenset(part) for part in parts(store)}
    assert not any({"a", "b"} <= part for part in together)


def test_a_split_and_a_merge_give_back_what_was(store: Store) -> None:
    world = World(store)
    for id_ in ("a", "b", "c"):
        world.take(("put", firm(id_, "上海轩琮建材有限公司", uscc=USCC_A)))
    before, (own,) = world.parties(), {row["entity_id"] for row in store.read("entities/members")}
    world.say("a", "b", Verdict.DIFFERENT)
    apart = {row["record_id"]: row["entity_id"] for row in store.read("entities/members")}
    assert apart["a"] != apart["b"]
    assert own in apart.values()
    world.say("a", "b", Verdict.UNSURE)
    assert world.parties() == before
    (now,) = {row["entity_id"] for row in store.read("entities/members")}
    for gone in set(apart.values()) - {now}:
        assert store.read("entities/redirect", old_id=gone)[0]["surviving_id"] == now
    kinds = [row["kind"] for row in store.read("entities/events", limit=1000)]
    assert {"split", "merged"} <= set(kinds)


def test_a_record_put_again_brings_back_its_party_and_what_was_said_of_it(store: Store) -> None:
    world = World(store)
    records: dict[str, Record] = {id_: firm(id_, "上海轩琮建材有限公司", uscc=USCC_A) for id_ in ("a", "b")}
    for record in records.values():
        world.take(("put", record))
    world.say("a", "b", Verdict.DIFFERENT)
    before = store.read("entities/members")
    world.take(("delete", "b"))
    assert parts(store) == [["a"]]
    world.live.put(records["b"], now=NOON + timedelta(days=1))
    assert store.read("entities/members") == before


def test_a_full_run_of_a_release_that_compared_other_things_is_not_misread(store: Store) -> None:
    world = World(store)
    world.resolve([person("a", "Ottoline Quenby", born_on="1980-02-01")])
    of_kind = freeze(PartyKind.PERSON, [])
    fewer = {name: levels for name, levels in of_kind.model.comparisons.items() if name != "countries"}
    earlier = of_kind.model_copy(update={"model": of_kind.model.model_copy(update={"comparisons": fewer})})
    write_statistics(store, {PartyKind.PERSON: earlier})
    with pytest.raises(NothingToDo, match="than this version"):
        Live(store).put(person("b", "Ottoline Quenby"), now=NOON)
    world.resolve([person("c", "Barnaby Oakes")])
    Live(store).put(person("b", "Ottoline Quenby", born_on="1980-02-01"), now=NOON)
    assert parts(store) == [["a", "b"], ["c"]]
