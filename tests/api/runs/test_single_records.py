"""Single records and the whys, over HTTP and by command, against the real app."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.runs.single_records import BATCH_SIZE
from api.settings import Settings
from api.wiring import rulebook, version
from ontology.errors import StoreBusy
from ontology.record import Record
from resolution.live import Changed, Live
from store.open import open_store
from tests.api.callers import Caller

USCC = "91350100M000100Y43"
FIRM = {
    "dataset": "crm",
    "source_class": "1",
    "kind": "firm",
    "names": [{"text": "上海轩琮建材有限公司"}],
    "identifiers": [{"scheme": "uscc", "value": USCC}],
}
RESIDENT = "11010519491231002X"
RUN = CliRunner()
NDJSON = {"content-type": "application/x-ndjson"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=f"sqlite:///{tmp_path / 'kith.db'}", id_key_file=tmp_path / "id.key")  # type: ignore[arg-type]


@pytest.fixture
def caller(settings: Settings) -> Iterator[Caller]:
    store = open_store(settings.store.get_secret_value())
    yield Caller(create_app(AppState(settings, store, rulebook(settings), version())))
    store.close()


def run(settings: Settings, *words: str, stdin: str | None = None, code: int = 0) -> str:
    environment = {"KITH_STORE": settings.store.get_secret_value(), "KITH_ID_KEY_FILE": str(settings.id_key_file)}
    done = RUN.invoke(build(), list(words), input=stdin, env=environment)
    assert done.exit_code == code, done.output
    return done.stdout


def test_a_record_is_put_changed_and_deleted(caller: Caller) -> None:
    first = caller.ask("PUT", "/v1/records/crm:1", json=FIRM).json()
    assert [event["kind"] for event in first["changed"]["events"]] == ["created"]
    second = caller.ask("PUT", "/v1/records/crm:2", json=FIRM).json()
    (party,) = second["changed"]["parties"]
    assert party["record_ids"] == ["crm:1", "crm:2"]
    gone = caller.ask("DELETE", "/v1/records/crm:2").json()
    assert gone["changed"]["parties"] == [{"id": party["id"], "record_ids": ["crm:1"]}]
    missing = caller.ask("DELETE", "/v1/records/crm:2")
    assert (missing.status_code, missing.json()["type"]) == (404, "urn:kith:problem:record-unknown")


def test_lines_are_taken_or_refused_one_by_one(caller: Caller) -> None:
    lines = [json.dumps(FIRM | {"id": "a"}), "{", json.dumps({"id": "b"}), json.dumps(FIRM | {"id": "c"})]
    told = caller.post("/v1/records", content="\n".join(lines), headers=NDJSON).json()
    assert (told["taken"], told["refused"]) == (2, 2)
    assert [line["line"] for line in told["lines"] if line["problem"]] == [2, 3]
    assert told["lines"][1]["problem"]["type"] == "urn:kith:problem:record-invalid"
    assert told["lines"][3]["changed"]["parties"][0]["record_ids"] == ["a", "c"]


def test_every_line_tells_of_its_own_party_and_the_whole_of_all(caller: Caller) -> None:
    other = FIRM | {"names": [{"text": "北京另名贸易有限公司"}], "identifiers": []}
    first = "\n".join(json.dumps(one) for one in (FIRM | {"id": "a"}, FIRM | {"id": "b"}, other | {"id": "c"}))
    told = caller.post("/v1/records", content=first, headers=NDJSON).json()
    assert [party["record_ids"] for party in told["changed"]["parties"]] in ([["a", "b"], ["c"]], [["c"], ["a", "b"]])
    assert [[party["record_ids"] for party in line["changed"]["parties"]] for line in told["lines"]] == [
        [["a", "b"]],
        [["a", "b"]],
        [["c"]],
    ]
    moved = caller.post("/v1/records", content=json.dumps(other | {"id": "b"}), headers=NDJSON).json()
    (line,) = moved["lines"]
    assert sorted(party["record_ids"] for party in line["changed"]["parties"]) == [["a"], ["b", "c"]]


def test_lines_kept_before_the_store_failed_are_told_and_the_others_are_not_taken(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all, calls = Live.put_all, list[int]()

    def busy_the_second_time(live: Live, records: Sequence[Record], *, now: datetime) -> Changed:
        calls.append(len(records))
        if len(calls) == 2:
            raise StoreBusy(store="kith.db")
        return put_all(live, records, now=now)

    monkeypatch.setattr(Live, "put_all", busy_the_second_time)
    lines = "\n".join(json.dumps(FIRM | {"id": f"crm:{at}", "identifiers": []}) for at in range(BATCH_SIZE + 3))
    told = caller.post("/v1/records", content=lines, headers=NDJSON).json()
    assert (told["taken"], told["refused"], calls) == (BATCH_SIZE, 3, [BATCH_SIZE, 3])
    assert told["lines"][-1]["problem"]["type"] == "urn:kith:problem:store-busy"
    assert caller.get("/v1/about").json()["records"] == BATCH_SIZE


def test_a_verdict_that_is_written_is_told_so_where_the_parties_cannot_follow_now(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id_ in ("crm:1", "crm:2"):
        caller.ask("PUT", f"/v1/records/{id_}", json=FIRM)

    def busy(live: Live, record_ids: object, *, now: datetime) -> Changed:
        raise StoreBusy(store="kith.db")

    monkeypatch.setattr(Live, "rejudge", busy)
    told = caller.post("/v1/judgements", json={"left": "crm:1", "right": "crm:2", "verdict": "different", "by": "Ada"})
    assert (told.status_code, told.json()["holds"]) == (200, False)
    assert caller.get("/v1/judgements").json()["total"] == 1


def test_what_says_the_same_again_changes_nothing(caller: Caller) -> None:
    for _ in range(2):
        told = caller.ask("PUT", "/v1/records/crm:1", json=FIRM).json()
    assert told["changed"] == {"parties": [], "redirects": {}, "events": [], "waiting": 0}


def test_a_file_with_one_wrong_record_keeps_all_of_it_out(caller: Caller, settings: Settings) -> None:
    records = "\n".join(json.dumps(one) for one in (FIRM | {"id": "a"}, FIRM | {"id": "b", "kind": "ghost"}))
    run(settings, "record", "put", "-", stdin=records, code=2)
    assert caller.get("/v1/about").json()["records"] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "ghost"}, "kind"),
        ({"id": "other"}, "id"),
        ({"identifiers": [{"scheme": "no such", "value": "1"}]}, "identifiers"),
        ({"identifiers": "x"}, "identifiers"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_what_is_no_record_is_refused_with_the_field(caller: Caller, wrong: dict[str, object], field: str) -> None:
    refused = caller.ask("PUT", "/v1/records/crm:1", json=FIRM | wrong)
    assert refused.status_code == 422
    assert refused.json()["field"] == field
    assert caller.get("/v1/about").json()["records"] == 0


def test_a_resident_id_is_hashed_and_masked_before_it_is_kept(caller: Caller, settings: Settings) -> None:
    person = {"dataset": "crm", "source_class": "1", "kind": "person", "names": [{"text": f"欧阳娜娜 {RESIDENT}"}]}
    codes = {"identifiers": [{"scheme": "resident_id", "value": RESIDENT}], "attributes": {"note": RESIDENT}}
    for id_ in ("p", "q"):
        assert caller.ask("PUT", f"/v1/records/{id_}", json=person | codes).status_code == 200
    store = open_store(settings.store.get_secret_value())
    held = json.dumps([store.read("entities/records"), store.read("entities/all"), store.read("live/records", numbers=[0, 1])])
    store.close()
    assert RESIDENT not in held
    assert "110*************2X" in held
    assert caller.get("/v1/why", params={"left": "p", "right": "q"}).json()["why"]["together"]


def test_whys_answer_in_both_languages(caller: Caller) -> None:
    for id_ in ("crm:1", "crm:2"):
        caller.ask("PUT", f"/v1/records/{id_}", json=FIRM)
    caller.ask("PUT", "/v1/records/crm:3", json=FIRM | {"identifiers": [], "names": [{"text": "北京另名贸易有限公司"}]})
    told = caller.get("/v1/why", params={"left": "crm:1", "right": "crm:2"}).json()
    assert told["sentences"][0] == "crm:1 and crm:2 are one party."
    entity = told["why"]["left_entity"]
    assert caller.get(f"/v1/entities/{entity}/how").json()["how"]["record_ids"] == ["crm:1", "crm:2"]
    apart = caller.get("/v1/why-not", params={"left": entity, "right": "crm:3"}, headers={"accept-language": "zh"}).json()
    assert any("比特" in sentence for sentence in apart["sentences"])
    assert {one["bar"] for one in apart["why_not"]["obstacles"]} >= {"weight"}
    assert caller.get("/v1/why", params={"left": "crm:1", "right": "nobody"}).status_code == 404


def test_the_commands_do_the_same(settings: Settings) -> None:
    records = "\n".join(json.dumps(FIRM | {"id": id_}) for id_ in ("crm:1", "crm:2"))
    told = json.loads(run(settings, "record", "put", "-", "--json", stdin=records))
    assert len(told["records"]) == 2
    (party,) = told["records"][1]["changed"]["parties"]
    assert "are one party" in run(settings, "why", "crm:1", "crm:2")
    assert "2 records came together" in run(settings, "how", party["id"])
    assert json.loads(run(settings, "why-not", "crm:1", "crm:2", "--json"))["why_not"]["obstacles"][0]["bar"] == "together"
    run(settings, "record", "delete", "crm:2", "--json", code=2)
    assert "taken out" in run(settings, "record", "delete", "crm:2", "--yes")
    run(settings, "record", "delete", "crm:2", "--yes", code=1)
    assert "Nothing waits" in run(settings, "settle")


def test_a_row_is_told_by_a_mapping(settings: Settings, tmp_path: Path) -> None:
    mapping = tmp_path / "crm.yaml"
    mapping.write_text(
        """
mapping: crm
version: "1"
title: Customers
source_class: 1
columns: {no: [No], name: [Name]}
required: [no, name]
parties:
  firm: {kind: firm, key: "{no}", names: [name]}
""",
        "utf-8",
    )
    told = json.loads(
        run(settings, "record", "put", "-", "--mapping", str(mapping), "--json", stdin='{"No": "7", "Name": "Acme Ltd"}')
    )
    assert told["records"][0]["record_ids"] == ["crm:7"]
    run(settings, "record", "put", "-", "--mapping", str(mapping), stdin='{"No": "7"}', code=2)
