"""`import kith`: the same answers as over HTTP, on either engine; tables that are tables; wrong calls that say so."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pytest

import kith
from api.app import create_app
from api.http.dependencies import AppState
from api.wiring import rulebook
from kith.errors import EntityUnknown, KithError, NothingToDo, StoreMissing, WrongCall
from kith.supplier_lists import suppliers_of
from samples import Sample, write_sample
from tests.api.callers import Caller
from tests.conftest import PROJECT
from tests.stores import wipe

ENGINES = [pytest.param("sqlite", marks=pytest.mark.slow), pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow])]
NOTEBOOK = PROJECT / "docs" / "guides" / "python.ipynb"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("KITH_") and name != "KITH_NEO4J_URI"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KITH_ID_KEY_FILE", str(tmp_path / "id.key"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return write_sample(tmp_path_factory.mktemp("region"), seed=3, firms=120)


@pytest.fixture(scope="module", params=ENGINES)
def house(request: pytest.FixtureRequest, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kith.Kith]:
    """A store brought up to date through the facade alone; tests only read it."""
    folder = tmp_path_factory.mktemp("house")
    address = str(folder / "kith.db")
    if request.param == "neo4j":
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    with kith.open(address, today=date.fromisoformat(sample.as_of), id_key_file=folder / "id.key") as opened:
        done = opened.run(sample.sources)
        assert done.resolved is not None
        assert done.propagated is not None
        assert len(done.files) == len(sample.sources)
        yield opened


@pytest.fixture
def over_http(house: kith.Kith) -> Any:
    """The JSON that the API answers over the same store."""
    app = create_app(AppState(house.settings, house.store, rulebook(house.settings), "test"))
    day = str(house.settings.today)
    return lambda path, **query: Caller(app).get(f"/v1{path}", params={"as_of": day, **query}).json()


def plain(answer: Any) -> Any:
    return json.loads(answer.model_dump_json(by_alias=True))


def test_answers_are_those_of_the_api(house: kith.Kith, over_http: Any) -> None:
    risky = house.risky(5)
    party = risky.results[0]
    assert plain(risky) == over_http("/risky", limit=5)
    assert plain(house.reliable(5)) == over_http("/reliable", limit=5)
    assert plain(house.find(party.name)) == over_http("/search", q=party.name)
    assert plain(house.profile(party.id)) == over_http(f"/entities/{party.id}")
    assert plain(house.owners(party.id)) == over_http(f"/entities/{party.id}/owners")
    assert plain(house.ties_of(party.id)) == over_http(f"/entities/{party.id}/ties")
    assert plain(house.records_of(party.id)) == over_http(f"/entities/{party.id}/records")


def test_a_party_is_named_in_any_way(house: kith.Kith) -> None:
    party = house.risky(1).results[0]
    record = house.records_of(party.id).records[0].id
    assert house.profile(record) == house.profile(party.id) == house.profile(party.name)
    assert house.explain(party.name)[0].startswith(party.name)
    assert house.paths(party.id).paths or house.paths(party.id).sentence
    with pytest.raises(EntityUnknown):
        house.profile("nobody of that name")


def test_tables_hold_what_the_objects_say(house: kith.Kith) -> None:
    entities, scores, signals, ties, records = house.entities(), house.scores(), house.signals(), house.ties(), house.records()
    assert len(entities) == len(scores) > 200
    assert {record for entity in entities for record in entity.record_ids} == {record.id for record in records}
    for table in (entities, scores, signals, ties, records):
        arrow = table.to_arrow()
        assert arrow.num_rows == len(table) > 0
        assert arrow.column_names == [*type(table[0]).model_fields]
        assert not [name for name, kind in zip(arrow.column_names, arrow.schema.types, strict=True) if kind == pyarrow.null()]
    assert scores.to_arrow()["score"].to_pylist() == [line.score for line in scores]
    assert scores.to_arrow().schema.field("score").type == pyarrow.int64()
    assert ties.to_arrow().schema.field("began_on").type == pyarrow.date32()
    assert ties[:0].to_arrow().schema == ties.to_arrow().schema


def test_no_person_is_scored(house: kith.Kith) -> None:
    persons = [line for line in house.scores() if line.kind == "person"]
    assert persons
    assert {line.score for line in persons} == {None}


def test_ties_of_another_day_are_computed(house: kith.Kith, sample: Sample) -> None:
    with kith.open(
        house.settings.store.get_secret_value(), today=date(2024, 1, 1), id_key_file=house.settings.id_key_file
    ) as then:
        assert 0 < len(then.ties()) < len(house.ties())


def test_a_list_is_checked_in_whatever_python_keeps_it(house: kith.Kith, sample: Sample) -> None:
    of_file = house.check(sample.suppliers)
    assert sum(of_file.counts.values()) == len(of_file.rows) > 5
    rows = [dict(row.given) for row in of_file.rows]
    assert sorted(row.result for row in house.check(rows).rows) == sorted(row.result for row in of_file.rows)
    assert house.check(pyarrow.Table.from_pylist(rows)).counts == of_file.counts
    assert house.check(Frame(rows)).counts == of_file.counts  # type: ignore[arg-type]
    named = house.check(["nobody of that name"])
    assert [row.result for row in named.rows] == ["unknown"]


class Frame:
    """What is used of a DataFrame; pandas itself is not among what kith needs."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._rows = rows

    def to_csv(self, *, index: bool) -> str:
        assert not index
        return pyarrow_csv(self._rows)


def pyarrow_csv(rows: list[dict[str, str]]) -> str:
    from pyarrow import csv

    out = pyarrow.BufferOutputStream()
    csv.write_csv(pyarrow.Table.from_pylist(rows), out)
    text: str = out.getvalue().to_pybytes().decode()
    return text


def test_a_dataframe_comes_and_goes(house: kith.Kith) -> None:
    pandas = pytest.importorskip("pandas")
    assert isinstance(house.signals().to_pandas(), pandas.DataFrame)
    assert house.check(pandas.DataFrame([{"name": "nobody of that name"}])).counts["unknown"] == 1


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with kith.open(tmp_path / "none.db") as house:
        for wrong in ([1, 2], [["a"]], [{"colour": "red"}]):
            with pytest.raises(WrongCall):
                suppliers_of(wrong, house.settings)  # type: ignore[arg-type]


def test_questions_make_no_store_and_files_do(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "odd name %41.db"
    with kith.open(path, today=date.fromisoformat(sample.as_of)) as house:
        with pytest.raises(StoreMissing):
            house.risky()
        assert not path.exists()
        assert repr(house) == "<Kith on no store yet>"
        loaded = house.ingest(sample.sources[0])
        assert path.exists()
        assert loaded[0].rows_in > 0
        assert [file.waits_for for file in house.sources()] == ["resolve"]
        with pytest.raises(NothingToDo):
            house.check(["somebody"])
        with pytest.raises(WrongCall):
            house.ingest(sample.sources[0], mapping="mine.yaml", kind="registry")


@pytest.mark.parametrize("given", [{"lang": "xx"}, {"rulebook": "no-such-file.yaml"}, {"store": "http://example.org"}])
def test_a_wrong_call_is_told(given: dict[str, Any]) -> None:
    with pytest.raises(KithError):
        kith.open(**given)


def test_the_bare_import_loads_nothing(tmp_path: Path) -> None:
    told = "import sys; before = {*sys.modules}; import kith; print(*({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.split() == ["kith"]
    assert kith.Table.__name__ == "Table"
    with pytest.raises(AttributeError):
        kith.close  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.slow
def test_the_notebook_runs_cell_by_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(code, 1):
        exec(compile(cell, f"{NOTEBOOK.name} [{number}]", "exec"), names)  # noqa: S102  # The page's own code.
    assert len(code) >= 6
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")
