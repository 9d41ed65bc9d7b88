"""What loaded files tell is not put over, nor taken out, through the API unless the operator allows it; the command asks."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import rulebook, version
from store.open import open_store
from tests.api.callers import Caller

RUN = CliRunner()
TABLE = "统一社会信用代码,企业名称\n91350100M000100Y43,海山贸易有限公司\n"
OWN = {"dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Marlpit Quarries Ltd"}]}
OTHER_NAME = OWN | {"names": [{"text": "Nobody In Particular"}]}


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A store with one file of a registry, resolved."""
    (tmp_path / "p.csv").write_text(TABLE, "utf-8")
    store = f"sqlite:///{tmp_path / 'kith.db'}"
    for words in (["ingest", str(tmp_path / "p.csv"), "--as", "business_registry"], ["resolve"]):
        done = RUN.invoke(build(), [*words, "--store", store])
        assert done.exit_code == 0, done.output
    return store


@pytest.fixture
def caller(address: str, tmp_path: Path) -> Iterator[Caller]:
    yield from caller_of(address, tmp_path)


def caller_of(address: str, folder: Path, **more: object) -> Iterator[Caller]:
    settings = Settings(store=address, id_key_file=folder / "id.key", **more)  # type: ignore[arg-type]
    store = open_store(address)
    yield Caller(create_app(AppState(settings, store, rulebook(settings), version())))
    store.close()


def loaded_record(address: str) -> dict[str, str]:
    store = open_store(address)
    (row,) = store.read("entities/records_by_ids", ids=["business_registry:91350100M000100Y43"])
    store.close()
    return row


def names_of(address: str) -> list[str]:
    return [name["text"] for name in json.loads(loaded_record(address)["document"])["names"]]


def forged(row: dict[str, str]) -> list[tuple[str, dict[str, object]]]:
    """Every way of naming the record, the data set or the row of a loaded file."""
    return [
        (row["id"], OTHER_NAME),
        (row["id"], OTHER_NAME | {"dataset": row["dataset"]}),
        ("business_registry:another", OTHER_NAME),
        ("crm:1", OTHER_NAME | {"dataset": "business_registry"}),
        ("crm:1", OTHER_NAME | {"dataset": " Business_Registry"}),
        ("crm:1", OTHER_NAME | {"dataset": "ｂusiness_registry"}),
        ("crm:1", OTHER_NAME | {"row_id": row["row_id"]}),
    ]


def test_a_record_of_a_loaded_file_is_not_put_over_by_address_or_by_line(caller: Caller, address: str) -> None:
    before = names_of(address)
    for id_, document in forged(loaded_record(address)):
        refused = caller.ask("PUT", f"/v1/records/{quote(id_, safe='')}", json=document)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:kith:problem:source-controlled"), id_
        assert "KITH_PUT_OVER_SOURCES" in refused.json()["remedy"]
        lines = json.dumps(document | {"id": id_}) + "\n" + json.dumps(OWN | {"id": "crm:7"})
        told = caller.post("/v1/records", content=lines, headers={"content-type": "application/x-ndjson"}).json()
        assert [line["problem"] is None for line in told["lines"]] == [False, True], id_
    assert names_of(address) == before


def test_a_record_of_a_loaded_file_is_not_taken_out(caller: Caller, address: str) -> None:
    path = f"/v1/records/{quote(loaded_record(address)['id'], safe='')}"
    assert caller.ask("DELETE", path).status_code == 409
    assert names_of(address) == ["海山贸易有限公司"]


def test_records_of_ones_own_go_in_and_out(caller: Caller) -> None:
    assert caller.ask("PUT", "/v1/records/crm:1", json=OWN).status_code == 200
    assert caller.ask("PUT", "/v1/records/crm:1", json=OTHER_NAME).status_code == 200
    assert caller.ask("DELETE", "/v1/records/crm:1").status_code == 200


def test_an_operator_may_allow_it(address: str, tmp_path: Path) -> None:
    for caller in caller_of(address, tmp_path, put_over_sources=True):
        path = f"/v1/records/{quote(loaded_record(address)['id'], safe='')}"
        assert caller.ask("PUT", path, json=OTHER_NAME | {"dataset": "business_registry"}).status_code == 200
        assert names_of(address) == ["Nobody In Particular"]
        assert caller.ask("DELETE", path).status_code == 200


def test_the_command_asks_before_it_puts_over_a_loaded_file(address: str) -> None:
    record = json.dumps(OTHER_NAME | {"id": loaded_record(address)["id"], "dataset": "business_registry"})
    context = RUN.invoke(build(), ["record", "put", "-", "--store", address], input=record)
    assert (context.exit_code, "--yes" in context.stderr, names_of(address)) == (2, True, ["海山贸易有限公司"])
    done = RUN.invoke(build(), ["record", "put", "-", "--yes", "--store", address], input=record)
    assert (done.exit_code, names_of(address)) == (0, ["Nobody In Particular"])


def test_the_command_adds_a_record_to_a_data_set_without_asking(address: str) -> None:
    record = json.dumps(OTHER_NAME | {"id": "business_registry:by-hand", "dataset": "business_registry"})
    for _ in range(2):
        done = RUN.invoke(build(), ["record", "put", "-", "--store", address], input=record)
        assert done.exit_code == 0, done.output
