"""`resolve` on both engines: entities written, ids that last, verdicts kept."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from ontology.errors import NothingToDo
from ontology.judgement import Judgement, Verdict
from ontology.link import Link
from ontology.record import Record
from resolution import fingerprints
from resolution.pipeline import Resolved, resolve
from store.port import Store
from store.rows import to_row, to_rows
from tests.resolution.parties import USCC_A, firm, person
from tests.resolution.test_matching import SMALL

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def put(store: Store, records: Iterable[Record]) -> None:
    store.write("sources/put_records", rows=to_rows(records))


def run(store: Store, hour: int = 0) -> Resolved:
    return resolve(store, now=NOW + timedelta(hours=hour))


def members(store: Store) -> dict[str, str]:
    return {row["record_id"]: row["entity_id"] for row in store.read("entities/members")}


def judge(store: Store, left: str, right: str, verdict: Verdict, by: str = "lin") -> None:
    said = Judgement(left_id=left, right_id=right, verdict=verdict, by=by, decided_at=NOW)
    store.write("entities/put_judgements", rows=[to_row(said)])


def test_an_empty_store_has_nothing_to_resolve(store: Store) -> None:
    with pytest.raises(NothingToDo):
        run(store)


def test_records_become_entities(store: Store, golden: Callable[[str], None]) -> None:
    put(store, SMALL)
    found = run(store)
    assert (found.records, found.entities, found.merged) == (
        len(SMALL),
        len(store.read("entities/all")),
        len(SMALL) - found.entities,
    )
    if store.engine == "sqlite":
        told = [json.loads(row["document"]) for row in store.read("entities/all")]
        golden(json.dumps(told, ensure_ascii=False, indent=1))


def test_both_engines_hold_the_same_parties(sqlite_store: Store, store: Store) -> None:
    for one in (sqlite_store, store):
        put(one, SMALL)
        run(one)
    for name in ("entities/all", "entities/members", "entities/judgements", "entities/redirects"):
        assert store.read(name) == sqlite_store.read(name)


def test_a_second_run_changes_no_id_and_tells_no_event(store: Store) -> None:
    put(store, SMALL)
    run(store)
    before, told = members(store), store.read("entities/events", limit=1000)
    again = run(store, 1)
    assert members(store) == before
    assert again.ids_changed == 0
    assert store.read("entities/events", limit=1000) == told


def test_a_second_run_on_the_same_leaves_what_was_derived_and_says_the_same(store: Store) -> None:
    put(store, SMALL)
    first = run(store)
    store.write("network/put_hubs", rows=[{"id": "hub:1", "kind": "phone", "value": "5551234567", "n": 2}])
    again = run(store, 1)
    assert again.model_copy(update={"seconds": {}}) == first.model_copy(update={"seconds": {}})
    assert set(again.seconds) == {"load"}
    assert [row["id"] for row in store.read("network/hubs")] == ["hub:1"]


def test_a_changed_record_a_verdict_or_another_program_is_never_taken_for_the_same(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_anew() -> bool:
        return "match" in run(sqlite_store, 1).seconds

    put(sqlite_store, SMALL)
    assert (found_anew(), found_anew()) == (True, False)
    put(sqlite_store, [SMALL[0].model_copy(update={"observed_on": date(2026, 1, 1)})])
    assert (found_anew(), found_anew()) == (True, False)
    judge(sqlite_store, SMALL[0].id, SMALL[1].id, Verdict.DIFFERENT)
    assert (found_anew(), found_anew()) == (True, False)
    monkeypatch.setattr(fingerprints, "_program", lambda: b"another")
    assert (found_anew(), found_anew()) == (True, False)


def test_a_record_that_joins_two_parties_keeps_the_larger_id_and_the_other_leads_to_it(store: Store) -> None:
    put(
        store,
        [
            firm("a", "上海轩琮建材有限公司", uscc=USCC_A),
            firm("b", "上海轩琮建材有限公司", uscc=USCC_A),
            firm("c", "上海旧名建材有限公司"),
        ],
    )
    run(store)
    before = members(store)
    put(store, [firm("d", "上海轩琮建材有限公司", "上海旧名建材有限公司", uscc=USCC_A)])
    assert run(store, 1).ids_changed == 1
    assert set(members(store).values()) == {before["a"]}
    assert store.read("entities/redirect", old_id=before["c"])[0]["surviving_id"] == before["a"]
    told = store.read("entities/events_of", entity_id=before["a"])
    assert [row["kind"] for row in told if row["happened_at"] > NOW.isoformat()] == ["grew", "merged"]


def test_a_verdict_parts_what_was_one_and_survives_every_run(store: Store) -> None:
    put(store, [firm("a", "上海轩琮建材有限公司"), firm("b", "上海轩琮建材有限公司")])
    run(store)
    assert len(set(members(store).values())) == 1
    judge(store, "b", "a", Verdict.DIFFERENT)
    for hour in (1, 2):
        run(store, hour)
        assert len(set(members(store).values())) == 2
    assert [row["by"] for row in store.read("entities/judgements")] == ["lin"]


def test_persons_meet_through_links_with_one_firm(store: Store) -> None:
    put(
        store,
        [
            firm("f", "上海轩琮建材有限公司", uscc=USCC_A),
            firm("g", "上海轩琮建材有限公司"),
            person("p", "欧阳娜娜"),
            person("q", "欧阳娜娜"),
        ],
    )
    told = {"dataset": "registry", "source_class": "3", "row_id": "f#1"}
    links = [
        Link.model_validate({"id": "l1", "kind": "DIRECTS", "source_id": "p", "target_id": "f"} | told),
        Link.model_validate({"id": "l2", "kind": "OWNS", "source_id": "q", "target_id": "g"} | told),
    ]
    store.write("sources/put_links", rows=to_rows(links))
    run(store)
    assert members(store)["p"] == members(store)["q"]


def test_a_chinese_firm_is_found_by_its_sound_and_its_code_and_a_person_never_by_one(store: Store) -> None:
    codes = ({"scheme": "resident_id", "value": "0123456789abcdef"},)
    put(store, [firm("a", "上海轩琮建材有限公司", uscc=USCC_A), person("p", "欧阳娜娜", identifiers=codes)])
    run(store)
    for words, record in (("xuancong", "a"), (USCC_A.lower(), "a"), ("ouyang nana", "p"), ("轩琮", "a")):
        assert [row["id"] for row in store.read("entities/search", folded=words, limit=5)] == [members(store)[record]], words
    assert store.read("entities/search", folded="0123456789", limit=5) == []


def test_stages_are_told_as_they_begin(store: Store) -> None:
    put(store, SMALL)
    told: list[str] = []
    resolve(store, now=NOW, progress=lambda stage, done, total: told.append(stage))
    assert told[0] == "load"
    assert {"compare firms", "compare persons", "write"} <= set(told)
