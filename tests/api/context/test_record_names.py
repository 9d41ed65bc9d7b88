"""Whoever names a person's record by its number reaches that record, at every door, and no door keeps or tells the number."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from api.errors import problem
from api.http.dependencies import AppState
from api.reviews.aliases import rule_on_alias
from api.reviews.judging import Signature
from api.settings import Settings
from api.wiring import key_in, rulebook, version
from ontology.base import PartyKind
from ontology.errors import EntityUnknown, SourceUnreadable
from ontology.personal_ids import check_digit, mask, mask_number_with_hash
from resolution.aliases.steward_list import Ruling, alias_list
from resolution.judgements.label_table import import_labels
from resolution.judgements.ledger import read_entries
from store.open import open_store
from store.port import Store
from tests.api.callers import Caller

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GAPS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u200b", "·", "—"])


def number(order: int) -> str:
    digits = f"33010619790601{order:03d}"
    return digits + check_digit(digits)


ONE = number(17)
OTHER = next(number(order) for order in range(18, 999) if number(order)[-2:] == ONE[-2:])  # Shown like the first.


def person(id_: str, name: str) -> dict[str, Any]:
    return {
        "dataset": "crm",
        "source_class": "1",
        "kind": "person",
        "names": [{"text": name}],
        "identifiers": [{"scheme": "resident_id", "value": id_}],
    }


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        id_key_file=tmp_path / "id.key", account="lin", request_timeout_s=600
    )  # A busy machine compiles for a minute.


@pytest.fixture
def caller(store: Store, settings: Settings) -> Caller:
    return Caller(create_app(AppState(settings, store, rulebook(settings), version())))


def put(caller: Caller, id_: str, name: str) -> str:
    answer = caller.ask("PUT", f"/v1/records/crm:{id_}", json=person(id_, name))
    assert answer.status_code == 200, answer.text
    assert id_ not in answer.text
    (record_id,) = answer.json()["record_ids"]
    return str(record_id)


def kept(store: Store) -> str:
    """Everything that people said and sources told, as one text."""
    columns = [store.columns(name) for name in ("entities/records", "judgements/ledger", "entities/all")]
    return json.dumps([*columns, store.read("meta/all"), store.read("consents/all", limit=100)], ensure_ascii=False)


def test_a_second_person_shown_alike_does_not_overwrite_the_first(caller: Caller, store: Store) -> None:
    assert mask(ONE) == mask(OTHER)
    first, second = put(caller, ONE, "王伟"), put(caller, OTHER, "李娜")
    assert first != second
    assert [row["id"] for row in store.read("entities/records_by_ids", ids=[first, second])] == sorted([first, second])
    assert put(caller, f"{ONE[:6]}-{ONE[6:14]}-{ONE[14:]}", "王伟") == first
    assert caller.ask("PUT", f"/v1/records/{first}", json=person(ONE, "王伟")).json()["record_ids"] == [first]
    other = caller.ask("PUT", f"/v1/records/crm:{ONE}", json=person(ONE, "王伟") | {"id": f"crm:{OTHER}"})
    assert other.status_code == 422
    gone = caller.ask("DELETE", f"/v1/records/crm:{ONE}").json()
    assert gone["record_ids"] == [first]
    assert ONE not in caller.ask("DELETE", f"/v1/records/crm:{ONE}").text
    assert not {ONE, OTHER} & {text for text in (ONE, OTHER) if text in kept(store)}


def test_verdicts_and_consents_reach_the_record_and_say_no_number(caller: Caller, store: Store) -> None:
    first, second = put(caller, ONE, "王伟"), put(caller, OTHER, "李娜")
    spaced = f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}"
    said = {
        "left": f"crm:{ONE}",
        "right": f"crm:{OTHER}",
        "verdict": "different",
        "reason": f"he is {spaced}",
        "by": f"lin {ONE}",
    }
    answer = caller.post("/v1/judgements", json=said)
    assert answer.status_code == 200, answer.text
    (line,) = read_entries(store)
    assert {line.left_id, line.right_id} == {first, second}
    assert line.reason == f"he is {mask(ONE)}"
    assert ONE not in caller.get("/v1/judgements", params={"party": f"crm:{ONE}"}).text
    unknown = caller.get("/v1/judgements", params={"party": spaced})
    assert spaced not in unknown.text
    assert not [text for text in (ONE, spaced) if text in answer.text + kept(store)]


def test_labels_name_records_in_clear(caller: Caller, store: Store, settings: Settings, tmp_path: Path) -> None:
    from functools import partial

    from api.context.record_names import record_name

    first, second = put(caller, ONE, "王伟"), put(caller, OTHER, "李娜")
    table = tmp_path / f"labels {ONE}.csv"
    table.write_text(
        f"left_record,right_record,verdict,by,reason\ncrm:{ONE},crm:{OTHER},different,{OTHER},see {ONE}\ncrm:{ONE},,same,,x\n",
        "utf-8",
    )
    done = import_labels(store, table, by="lin", now=NOW, record_name=partial(record_name, settings=settings))
    assert (done.added, done.absent, done.rejected) == (1, 0, 1)
    (line,) = read_entries(store)
    assert {line.left_id, line.right_id} == {first, second}
    rejects = Path(str(done.reject_file)).read_text("utf-8-sig")
    assert not [text for text in (ONE, OTHER) if text in done.model_dump_json() + rejects + kept(store)]


@given(st.integers(0, 999), GAPS)
def test_no_error_repeats_a_number(order: int, gap: str) -> None:
    id_ = number(order)
    dressed = gap.join((id_[:6], id_[6:10], id_[10:14], id_[14:]))
    told = problem(EntityUnknown(asked=dressed, remedy=f"Not {dressed}.")), problem(SourceUnreadable(file=f"{dressed}.csv"))
    text = json.dumps(told, ensure_ascii=False)
    assert dressed not in text
    assert mask(id_) in text


def test_aliases_say_no_number(caller: Caller, store: Store) -> None:
    put(caller, ONE, "王伟")
    signature = Signature("lin", NOW)
    rule_on_alias(store, f"甲{ONE}", "乙", Ruling.ACCEPTED, reason=f"as {ONE} says", signature=signature, kind=PartyKind.FIRM)
    assert ONE not in alias_list(store).model_dump_json()
    assert ONE[:3] in alias_list(store).model_dump_json()


def test_commands_name_records_in_clear_and_errors_do_not_repeat_them(tmp_path: Path) -> None:
    environment = {"KITH_STORE": f"sqlite:///{tmp_path / 'kith.db'}", "KITH_ID_KEY_FILE": str(tmp_path / "id.key")}

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(build(), list(words), env=environment)
        assert done.exit_code == code, done.output
        return done.output

    file = tmp_path / "two.json"
    file.write_text(json.dumps([person(id_, name) | {"id": f"crm:{id_}"} for id_, name in ((ONE, "王伟"), (OTHER, "李娜"))]))
    told = run("record", "put", str(file))
    assert told.count("taken") == 2
    told += run("show", f"crm:{OTHER}")
    assert "李娜" in told
    told += run("judge", f"crm:{ONE}", f"crm:{OTHER}", "different", "--reason", f"{ONE[:6]} {ONE[6:]}")
    told += run("show", ONE, code=1)
    told += run("ingest", str(tmp_path / f"{ONE}.csv"), code=2)
    told += run("record", "delete", f"crm:{ONE}", "--yes")
    assert not [text for text in (ONE, OTHER, f"{ONE[:6]} {ONE[6:]}") if text in told]


def test_a_record_named_by_a_passport_is_one_with_that_of_a_file(caller: Caller, store: Store, settings: Settings) -> None:
    passport = {**person(ONE, "方怡"), "identifiers": [{"scheme": "passport", "value": "E12345678"}]}
    (record_id,) = caller.ask("PUT", "/v1/records/crm:E12345678", json=passport).json()["record_ids"]
    assert record_id == f"crm:{mask_number_with_hash('E12345678', key_in(settings.id_key_file))}"
    assert caller.ask("DELETE", "/v1/records/crm:E12345678").json()["record_ids"] == [record_id]
    assert store.read("entities/records_by_ids", ids=[record_id]) == []


def test_a_firms_number_is_found_though_it_looks_like_an_id(caller: Caller, store: Store) -> None:
    old = "350102900307123"
    firm = {"dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "榕江贸易有限公司"}]}
    firm["identifiers"] = [{"scheme": "reg_no", "value": old}]  # type: ignore[assignment]
    put_ = caller.ask("PUT", "/v1/records/crm:f1", json=firm)
    assert put_.status_code == 200, put_.text
    (row,) = store.read("entities/records_by_ids", ids=["crm:f1"])
    assert json.loads(row["document"])["identifiers"] == [{"scheme": "reg_no", "value": old}]


def test_a_file_under_a_dataset_named_after_a_person_keeps_datasets_apart(tmp_path: Path) -> None:
    environment = {"KITH_STORE": f"sqlite:///{tmp_path / 'kith.db'}", "KITH_ID_KEY_FILE": str(tmp_path / "id.key")}
    file = tmp_path / "list.csv"
    for id_, name in ((ONE, "甲公司"), (OTHER, "乙公司")):
        file.write_text(f"企业名称,注册号\n{name},R1\n", "utf-8")
        done = CliRunner().invoke(
            build(), ["ingest", str(file), "--as", "business_registry", "--dataset", f"d{id_}"], env=environment
        )
        assert done.exit_code == 0, done.output
    store = open_store(environment["KITH_STORE"])
    datasets = {row["dataset"] for row in store.read("sources/files")}
    records = store.columns("entities/records")["id"]
    store.close()
    assert len(datasets) == len(records) == 2
    assert not [text for text in (ONE, OTHER) if text in str((datasets, records))]
