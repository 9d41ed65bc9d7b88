"""A store knows the key its ids were hashed with; another is refused, and changing it loads the sources anew."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from ontology.errors import IdKeyDiffers, KeysOutdated
from ontology.judgement import Verdict
from ontology.personal_ids import mask_with_hash
from resolution.judgements.ledger import judge, read_entries
from resolution.sources.id_keys import bind_key, fingerprint, fingerprint_of
from resolution.sources.ingest import ingest
from store.open import open_store
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT
from tests.resolution.sources.test_record_keys import CRM, shown_alike

Run = Callable[..., str]
ONE, OTHER, THIRD = shown_alike()


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    """Three customers shown alike, and the mapping beside them."""
    file = tmp_path / "crm.csv"
    file.write_text(f"id,name\n{ONE},王伟\n{OTHER},李娜\n{THIRD},张敏\n", "utf-8")
    file.with_suffix(".yaml").write_text(CRM, "utf-8")
    return file


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def told(*words: object, key: str = "id.key", store: str = "kith.db", code: int = 0) -> str:
        environment = {"KITH_STORE": f"sqlite:///{tmp_path / store}", "KITH_ID_KEY_FILE": str(tmp_path / key)}
        done = CliRunner().invoke(build(), [str(word) for word in words], env=environment)
        assert done.exit_code == code, done.output
        return done.output

    return told


def test_another_key_is_refused_and_the_right_one_goes_on(store: Store, crm: Path) -> None:
    page = crm.with_suffix(".yaml")
    ingest(store, [crm], id_key=KEY, now=NOW, mapping=page)
    assert fingerprint_of(store) == fingerprint(KEY)
    more = crm.with_name("more.csv")
    more.write_text(f"id,name\n{RESIDENT},赵一\n", "utf-8")
    with pytest.raises(IdKeyDiffers) as refused:
        ingest(store, [more], id_key=b"another key of some length", now=NOW, mapping=page)
    assert "rotate" in str(refused.value.remedy)
    assert KEY.hex() not in str(refused.value.facts)
    assert len(store.read("sources/files")) == 1
    ingest(store, [more], id_key=KEY, now=NOW, mapping=page)
    assert len(store.columns("entities/records")["id"]) == 4


def test_a_store_that_names_persons_by_masked_numbers_takes_nothing_more_but_is_read(store: Store, crm: Path) -> None:
    ingest(store, [crm], id_key=KEY, now=NOW, mapping=crm.with_suffix(".yaml"))
    row = store.read("entities/records_by_ids", ids=[mask_with_hash(f"crm:{ONE}", KEY)])[0]
    document = json.loads(row["document"]) | {"id": "crm:440*************18"}
    old = {"id": document["id"], "document": json.dumps(document), "release_id": None, "observed_on": None}
    store.write("sources/put_records", rows=[{name: row[name] for name in row} | old])
    bind_key(store, KEY)  # It is known already.
    store.write("meta/put", rows=[{"key": "id_key.fingerprint", "value": fingerprint(KEY)}])
    assert store.read("sources/masked_ids") == [{"records": 1, "example": "crm:440*************18"}]


def test_an_old_store_is_told_how_to_go_on(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {"id": "crm:440*************18", "dataset": "crm", "source_class": "1", "row_id": "f#1", "kind": "person"}
    row = plain | {"release_id": None, "observed_on": None, "document": json.dumps(plain)}
    sqlite_store.write("sources/put_records", rows=[row])
    with pytest.raises(KeysOutdated) as refused:
        bind_key(sqlite_store, KEY)
    assert "labels export" in str(refused.value.remedy)
    assert fingerprint_of(sqlite_store) is None


def test_commands_refuse_another_key_and_a_lost_one(run: Run, crm: Path, tmp_path: Path) -> None:
    mapping = ("--mapping", crm.with_suffix(".yaml"))
    run("ingest", crm, *mapping)
    run("ingest", crm, *mapping)
    (tmp_path / "other.key").write_text("ab" * 32)
    for words in (("ingest", crm, *mapping), ("judge", "--list"), ("resolve",)):
        assert "This is not the id key of this store" in run(*words, key="other.key", code=2)
    assert "there is no key" in run("ingest", crm, *mapping, key="lost.key", code=2)
    assert not (tmp_path / "lost.key").exists()
    run("judge", "--list", key="lost.key")
    shown = json.loads(run("id-key", "show", "--json", key="other.key"))
    assert (shown["fits"], shown["key"] == shown["store_key"]) == (False, False)
    assert json.loads(run("id-key", "show", "--json"))["fits"]


def test_rotation_loads_anew_and_carries_over_what_people_said(run: Run, crm: Path, tmp_path: Path) -> None:
    mapping = ("--mapping", crm.with_suffix(".yaml"))
    into = ("--into", f"sqlite:///{tmp_path / 'new.db'}", "--new-key", tmp_path / "new.key")
    run("ingest", crm, *mapping)
    run("judge", f"crm:{ONE}", f"crm:{OTHER}", "different", "--reason", "seen both")
    before = (tmp_path / "id.key").read_text()
    missing = run("id-key", "rotate", crm.with_suffix(".yaml"), *into, *mapping, code=2)
    assert "crm.csv" in missing
    told = run("id-key", "rotate", crm, *into, *mapping)
    again = run("id-key", "rotate", crm, *into, *mapping)
    assert "3 records, 1 lines of verdicts" in told
    assert told == again
    assert (tmp_path / "id.key").read_text() == before
    new_key = bytes.fromhex((tmp_path / "new.key").read_text())
    new = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    ids = {mask_with_hash(f"crm:{one}", new_key) for one in (ONE, OTHER, THIRD)}
    (line,) = read_entries(new)
    assert set(new.columns("entities/records")["id"]) == ids
    assert {line.left_id, line.right_id} == {mask_with_hash(f"crm:{one}", new_key) for one in (ONE, OTHER)}
    assert fingerprint_of(new) == fingerprint(new_key)
    new.close()
    run("judge", "--list")
    run("judge", "--list", key="new.key", store="new.db")
    assert "not the id key" in run("judge", "--list", store="new.db", code=2)


def test_rotation_on_each_engine_keeps_undone_verdicts_undone(store: Store, crm: Path, tmp_path: Path) -> None:
    from api.runs.key_rotation import Keys, rotate_key
    from ontology.rulebook import default_rulebook
    from resolution.judgements.ledger import standing_entries, undo
    from resolution.sources.mappings.library import mapping_at

    page = crm.with_suffix(".yaml")
    ingest(store, [crm], id_key=KEY, now=NOW, mapping=page)
    pair = (mask_with_hash(f"crm:{ONE}", KEY), mask_with_hash(f"crm:{THIRD}", KEY))
    (line,) = judge(store, [pair], Verdict.SAME, by="lin", reason="", now=NOW)
    undo(store, line.id, by="lin", reason="", now=NOW)
    judge(store, [pair], Verdict.DIFFERENT, by="mei", reason="", now=NOW)
    new = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    other = b"the key that comes after it"
    done = rotate_key(store, new, [crm], keys=Keys(KEY, other), now=NOW, rulebook=default_rulebook(), pages=[mapping_at(page)])
    assert (done.files, done.records, done.verdicts, done.left) == (1, 3, 3, ())
    (kept,) = standing_entries(read_entries(new))
    assert (kept.verdict, kept.by) == (Verdict.DIFFERENT, "mei")
    assert {kept.left_id, kept.right_id} == {mask_with_hash(f"crm:{one}", other) for one in (ONE, THIRD)}
    new.close()
