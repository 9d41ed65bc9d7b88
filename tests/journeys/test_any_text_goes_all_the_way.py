"""Whatever texts a file holds: each row goes in or is rejected alone, and what went in can be resolved, scored and checked."""

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.context.request_context import RequestContext
from api.screenings.results import screen
from api.screenings.supplier_lists import suppliers_from_names
from api.words import words
from graph.pipeline import propagate
from ontology.errors import NothingToDo, SourceUnreadable
from ontology.limits import NAMES_MAX, unstorable
from ontology.rulebook import default_rulebook
from resolution.pipeline import resolve
from resolution.sources.ingest import Ingested, ingest
from store.open import open_store
from store.port import Store

NOW, TODAY, KEY = datetime(2026, 3, 31, 9, tzinfo=UTC), date(2026, 3, 31), b"k" * 32
PAGE = """mapping: any_text
version: "1"
title: t
dataset: any
source_class: 3
columns: {no: [no], name: [name], other: [other], place: [place], since: [since]}
parties:
  firm:
    kind: firm
    key: no
    names: [name, {value: other, role: alias, split: "|"}]
    addresses: [place]
listings: [{list_type: {text: serious_violation}, party: firm, issuer: {text: Harbour Office}, case_no: place, listed_on: since}]
"""
ODD = "\0\ud800\udfff\x01\x07\x1f\x7f\x85\ufeff\u202e\u200b\uffff\U0010ffff\u0301\n\t 鹏é"
TEXT = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=())), max_size=12)
ROWS = st.lists(st.fixed_dictionaries({"no": TEXT, "name": TEXT, "other": TEXT, "place": TEXT}), min_size=1, max_size=6)


def loaded(store: Store, folder: Path, rows: list[dict[str, str]]) -> Ingested | None:
    """The rows as a JSON file, loaded; None where none of them went in."""
    (folder / "any.yaml").write_text(PAGE, "utf-8")
    (folder / "any.jsonl").write_text("\n".join(json.dumps(row | {"since": "2025-04-03"}) for row in rows), "utf-8")
    try:
        return ingest(store, [folder / "any.jsonl"], id_key=KEY, now=NOW, mapping=folder / "any.yaml", rejects_dir=folder)[0]
    except SourceUnreadable:
        return None


def run(store: Store) -> None:
    resolve(store, now=NOW)
    propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)


def goes_all_the_way(store: Store, folder: Path, rows: list[dict[str, str]]) -> None:
    told = loaded(store, folder, rows)
    if told is None:
        return
    assert told.rows_in + told.rows_rejected == told.rows_read == len(rows)
    assert told.rows_rejected >= sum(any(map(unstorable, row.values())) for row in rows)
    run(store)
    members = store.columns("entities/members")["record_id"]
    assert sorted(members) == sorted(row["id"] for row in store.read("entities/records"))
    context = RequestContext(store, default_rulebook(), TODAY, "en")
    screen(context, suppliers_from_names(tuple(row["name"] for row in rows), words("en"))).model_dump_json()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_any_text_on_sqlite(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = open_store(f"sqlite:///{name}/k.db")
        try:
            goes_all_the_way(store, Path(name), rows)
        finally:
            store.close()


FEW = [
    {
        "no": "r\x01\u202e1\ufeff",
        "name": "Plover \x07 Ropes\uffff Ltd",
        "other": "P\u0301lover|\U0010ffff",
        "place": "1\x85 Quay\x1f",
    },
    {"no": "r\0two", "name": "Knot Ltd", "other": "", "place": "2 Quay"},
    {"no": "r3", "name": "Dunlin \udfff Ltd", "other": "", "place": "3 Quay"},
    {"no": "re\u0301", "name": "Ré Ltd", "other": "", "place": "4 Quay"},
    {"no": "r\u00e9", "name": "Re\u0301 Ltd", "other": "", "place": "4 Quay"},
]


def test_control_characters_marks_of_direction_and_halves(store: Store, tmp_path: Path) -> None:
    goes_all_the_way(store, tmp_path, FEW)
    ids = {row["id"] for row in store.read("entities/records")}
    assert ids == {"any:" + FEW[at]["no"] for at in (0, 3, 4)}, "ids are kept as they are written"
    rejects = (tmp_path / "any.rejects.csv").read_text("utf-8-sig")
    assert "Dunlin \\udfff Ltd" in rejects
    assert "r\\u0000two" in rejects


MANY: dict[str, Callable[[int], str]] = {"names": lambda n: f"Gull {n} Trading", "longer names": lambda n: f"{n} " + "long " * 12}


@pytest.mark.parametrize("kind", MANY)
def test_more_names_than_can_be_compared_cost_their_row_only(kind: str, sqlite_store: Store, tmp_path: Path) -> None:
    rows = [
        {"no": "m1", "name": "Osprey Ltd", "other": "|".join(map(MANY[kind], range(NAMES_MAX))), "place": ""},
        {"no": "m2", "name": "Tern Ltd", "other": "|".join(map(MANY[kind], range(NAMES_MAX - 1))), "place": ""},
    ]
    told = loaded(sqlite_store, tmp_path, rows)
    assert told
    assert (told.rows_in, told.rejections[0].row, told.rejections[0].field) == (1, 1, "names")
    assert str(NAMES_MAX) in told.rejections[0].problem
    run(sqlite_store)


def test_a_record_that_many_rows_name_keeps_the_names_that_fit(sqlite_store: Store, tmp_path: Path) -> None:
    rows = [{"no": "m1", "name": f"Gull {n} Trading", "other": "", "place": ""} for n in range(NAMES_MAX + 3)]
    told = loaded(sqlite_store, tmp_path, rows)
    assert told
    assert (told.rows_in, told.rows_rejected) == (NAMES_MAX, 3)
    run(sqlite_store)


def test_a_very_long_name_costs_its_row_only(sqlite_store: Store, tmp_path: Path) -> None:
    rows = [
        {"no": "m1", "name": "x" * 900_000, "other": "", "place": ""},
        {"no": "m2", "name": "Tern Ltd", "other": "", "place": ""},
    ]
    told = loaded(sqlite_store, tmp_path, rows)
    assert told
    assert (told.rows_in, told.rows_rejected) == (1, 1)
    run(sqlite_store)


def test_a_store_of_rejected_rows_only_says_that_there_is_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    assert loaded(sqlite_store, tmp_path, [FEW[1]]) is None
    with pytest.raises(NothingToDo):
        resolve(sqlite_store, now=NOW)
