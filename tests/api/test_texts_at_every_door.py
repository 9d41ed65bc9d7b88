"""NUL and halves of characters are refused at every door with a clear word, and nothing else is lost."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.context.request_context import RequestContext
from api.parties.summaries import party_lines
from api.runs.single_records import put_document, put_lines
from api.settings import Settings
from api.wiring import settings_of
from ontology.errors import MappingInvalid, RecordInvalid, WrongCall
from ontology.judgement import Verdict
from ontology.limits import IDENTIFIERS_MAX, NAMES_MAX
from ontology.rulebook import default_rulebook
from resolution.judgements import ledger
from resolution.judgements.label_table import import_labels
from resolution.live import Live
from resolution.sources.mappings.library import parse_mapping
from store.port import Store
from tests.resolution.sources.shorthands import NOW
from tests.resolution.sources.test_ingest import load
from tests.resolution.sources.test_shared_statements import REGISTER, file

BAD = {"NUL": "Avocet\0Ltd", "half": "Avocet \ud83d Ltd"}
TODAY = date(2026, 3, 31)


def document(**more: object) -> dict[str, object]:
    return {"id": "crm:9", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Avocet Ltd"}]} | more


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(f"sqlite:///{tmp_path / 'kith.db'}", today=TODAY)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
@pytest.mark.parametrize("field", ["id", "names", "attributes", "row_id"])
def test_a_single_record_is_refused_with_its_field(text: str, field: str, sqlite_store: Store, settings: Settings) -> None:
    told = {"id": f"crm:{text}", "names": [{"text": text}], "attributes": {"trade": text}, "row_id": text}[field]
    with pytest.raises(RecordInvalid) as refused:
        put_document(Live(sqlite_store), document(**{field: told}), settings=settings)
    assert str(refused.value.facts["field"]).startswith(field)
    json.dumps(refused.value.facts, ensure_ascii=False).encode()


def test_one_line_is_refused_and_the_others_are_taken(sqlite_store: Store, settings: Settings) -> None:
    lines = [json.dumps(document(id=f"crm:{n}", names=[{"text": text}])) for n, text in enumerate(["Avocet Ltd", *BAD.values()])]
    told = put_lines(Live(sqlite_store), "\n".join(lines).encode(), settings=settings, lines_max=10)
    assert (told.taken, told.refused) == (1, 2)
    told.model_dump_json().encode()


@pytest.mark.parametrize(("field", "most"), [("names", NAMES_MAX), ("identifiers", IDENTIFIERS_MAX)])
def test_a_record_of_too_many_is_refused(field: str, most: int, sqlite_store: Store, settings: Settings) -> None:
    entries = {
        "names": [{"text": f"Avocet {n}"} for n in range(most + 1)],
        "identifiers": [{"scheme": "reg_no", "value": f"A{n:06}"} for n in range(100 * most)],
    }[field]
    with pytest.raises(RecordInvalid) as refused:
        put_document(Live(sqlite_store), document(**{field: entries}), settings=settings)
    assert (refused.value.facts["field"], str(most) in str(refused.value.facts["problem"])) == (field, True)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_verdict_a_mapping_and_a_data_set_are_refused(text: str, sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(WrongCall) as refused:
        ledger.judge(sqlite_store, [("a", "b")], Verdict.SAME, by="ida", reason=text, now=NOW)
    assert refused.value.facts["field"] == "reason"
    table, page = file(tmp_path, "spring", REGISTER, "no,name,place,seen", "Q7,Osprey Ltd,3 Tar Lane,2023-04-01")
    with pytest.raises(MappingInvalid):
        load(sqlite_store, table, mapping=page, dataset=text)
    with pytest.raises(MappingInvalid) as told:
        parse_mapping(REGISTER.replace("title: t", f"title: {json.dumps(text)}"), "page.yaml")
    place, problem = told.value.facts.get("place"), str(told.value.facts["problem"])
    assert place == "title" or "escape code" in problem, "the field, or of half a character, which is no YAML, its line"
    assert sqlite_store.read("sources/files") == ledger.read_entries(sqlite_store) == []


def test_labels_lose_the_rows_that_no_text_can_hold_only(sqlite_store: Store, tmp_path: Path) -> None:
    rows = [{"left_record": "a", "right_record": f"b{n}", "verdict": "same", "by": "ida", "reason": text, "decided_at": ""}
            for n, text in enumerate(["one seal", *BAD.values()])]  # fmt: skip
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    told = import_labels(sqlite_store, tmp_path / "labels.jsonl", by="ida", now=NOW)
    assert (told.added, told.rejected) == (1, 2)
    assert (tmp_path / "labels.rejects.csv").read_text("utf-8-sig").count("Avocet") == 2


def test_an_argument_that_is_no_text_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(build(), ["show", BAD["half"], "--store", f"sqlite:///{tmp_path / 'k.db'}"])
    assert done.exit_code == 2
    assert "half a character" in done.output


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_a_store_refuses_what_came_past_every_door(engine: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(f"{engine}_store")
    with pytest.raises(WrongCall):
        store.write("meta/put", rows=[{"key": "k", "value": BAD["half"]}])
    with pytest.raises(WrongCall):
        store.read("meta/get", key=BAD["half"])
    assert store.read("meta/get", key="k") == []


@pytest.mark.parametrize("number", ["A1", "Z9"])
def test_a_party_that_a_verdict_changed_is_never_shown_with_the_score_of_before(
    number: str, sqlite_store: Store, settings: Settings, tmp_path: Path
) -> None:
    """A clean firm that a word makes one with a listed one: its line says listed at once, whichever id stays."""
    from api.runs.journey import update_store
    from tests.resolution.sources.test_shared_statements import LISTS

    one, page = file(tmp_path, "register", REGISTER, "no,name,place,seen", "Q1,Avocet Cordage Ltd,3 Tar Lane,2025-04-01")
    bans, bans_page = file(tmp_path, "bans", LISTS, "no,name,day,removed", f"{number},Whimbrel Freight Ltd,2025-05-06,")
    load(sqlite_store, one, mapping=page)
    load(sqlite_store, bans, mapping=bans_page)
    update_store(sqlite_store, settings=settings)
    context = RequestContext(sqlite_store, default_rulebook(), TODAY, "en")
    party = sqlite_store.read("entities/entity_of_record", record_id="quay:Q1")[0]["entity_id"]
    assert party_lines(context, [party])[0].standing == "nothing_found"
    now = datetime(2026, 3, 31, 10, tzinfo=UTC)
    ledger.judge(sqlite_store, [tuple(sorted((f"quay:{number}", "quay:Q1")))], Verdict.SAME, by="ida", reason="one seal", now=now)
    Live(sqlite_store).rejudge({f"quay:{number}", "quay:Q1"}, now=now)
    after = sqlite_store.read("entities/entity_of_record", record_id="quay:Q1")[0]["entity_id"]
    assert after == sqlite_store.read("entities/entity_of_record", record_id=f"quay:{number}")[0]["entity_id"]
    assert party_lines(context, [after])[0].standing == "listed"
