"""Every read of a person through a key is kept: who, in which role, for whom, what for, when and what; firms leave no line."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.context.callers import LOCAL, OPERATOR, Caller
from api.context.pages import PageRequest
from api.http.dependencies import AppState
from api.keys import readers_log as logging_module
from api.keys.readers import party_readers
from api.keys.readers_log import ReadersLog
from api.schemas.keys import PersonReads
from api.settings import Settings
from ontology.api_key import Role
from ontology.errors import StoreBusy, StoreTrouble
from ontology.rulebook import default_rulebook
from store.open import open_store
from store.port import Row, Store
from tests.api.callers import Caller as Asker
from tests.api.keys import NOW, bearer, make_key
from tests.api.parties.test_consents import AGREED, READER, spread, town
from tests.graph.world import TODAY

KEY = "operator-key-of-the-readers"
BANK = Caller(key_id="0a0a0a0a0a0a", role=Role.PARTNER, name="till", partner="Bank", purpose="credit")


@pytest.fixture
def app(store: Store) -> FastAPI:
    spread(store, town())
    return create_app(AppState(Settings(today=TODAY, api_key=SecretStr(KEY)), store, default_rulebook(), "0"))


def reads_of(app: FastAPI, party: str, limit: int = 100) -> list[tuple[str, ...]]:
    """Lines about a party once all are kept: role, partner, purpose, route."""
    app.state.readers_log.flush()
    reads = party_readers(app.state.kith.store, party, PageRequest(limit)).reads
    return [(read.role, read.partner or "", read.purpose or "", read.route) for read in reads]


def note(log: ReadersLog, *entity_ids: str, seconds: int = 0, caller: Caller = BANK) -> None:
    log.note_reads(caller, entity_ids, route="/r", partner="Bank", purpose="credit", now=NOW + timedelta(seconds=seconds))


def test_profiles_ties_and_networks_are_reads_of_the_persons_in_them(app: FastAPI, store: Store) -> None:
    asker, reader = Asker(app), bearer(make_key(store, "reader", name="till"))
    for path in ("/v1/entities/P", "/v1/entities/P/network", "/v1/entities/Firm/ties"):
        assert asker.get(path, headers=reader).status_code == 200, path
    routes = {"/v1/entities/{entity_id}", "/v1/entities/{entity_id}/network", "/v1/entities/{entity_id}/ties"}
    assert set(reads_of(app, "P")) == {("reader", "", "", route) for route in routes}
    assert reads_of(app, "Firm") == []


def test_a_partner_is_told_with_its_purpose_and_the_operator_with_whom_it_reads_for(app: FastAPI, store: Store) -> None:
    asker, partner = Asker(app), bearer(make_key(store, "partner", **READER))
    assert asker.post("/v1/entities/P/consents", json=AGREED, headers=bearer(KEY)).status_code == 200
    asker.get("/v1/entities/P", headers={**partner, "kith-purpose": quote(READER["purpose"])})
    asker.get("/v1/entities/P/dealings", params=READER, headers=bearer(KEY))
    bank, purpose = READER["partner"], READER["purpose"]
    assert ("partner", bank, purpose, "/v1/entities/{entity_id}") in reads_of(app, "P")
    assert ("operator", bank, purpose, "/v1/entities/{entity_id}/dealings") in reads_of(app, "P")


def test_what_was_refused_or_is_not_there_is_no_read_and_who_sits_at_this_machine_shows_no_key(
    app: FastAPI, store: Store
) -> None:
    asker = Asker(app)
    asker.get("/v1/entities/P/records", headers=bearer(make_key(store, "reader")))
    asker.get("/v1/entities/P")
    asker.get("/v1/entities/nobody", headers=bearer(KEY))
    assert reads_of(app, "P") == []
    open_house = create_app(AppState(Settings(today=TODAY), store, default_rulebook(), "0"))
    assert Asker(open_house).get("/v1/entities/P").status_code == 200
    assert reads_of(open_house, "P") == []
    assert LOCAL.role is Role.OPERATOR


def test_a_profile_that_did_not_change_was_read_all_the_same(app: FastAPI, store: Store) -> None:
    asker, reader = Asker(app), bearer(make_key(store, "reader"))
    tag = asker.get("/v1/entities/P", headers=bearer(KEY)).headers["etag"]
    tag = asker.get("/v1/entities/P", headers=reader).headers["etag"] or tag
    app.state.readers_log.flush()
    assert asker.get("/v1/entities/P", headers={**reader, "if-none-match": tag}).status_code == 304
    assert ("reader", "", "", "/v1/entities/{entity_id}") in reads_of(app, "P")


def test_the_person_and_the_auditor_see_who_read_page_by_page(app: FastAPI, store: Store) -> None:
    log: ReadersLog = app.state.readers_log
    for second in range(5):
        note(log, "P", seconds=second)
    log.flush()
    asker = Asker(app)
    for key in (make_key(store, "subject", party="P"), make_key(store, "auditor"), KEY):
        pages, cursor = [], None
        while not pages or cursor:
            sent = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = PersonReads.model_validate_json(asker.get("/v1/entities/P/readers", params=sent, headers=bearer(key)).content)
            pages.append([read.read_at.second for read in page.reads])
            cursor = page.next
        assert [second for page in pages for second in page][-5:] == [4, 3, 2, 1, 0]
    wrong = asker.get("/v1/entities/P/readers", params={"cursor": "nonsense"}, headers=bearer(KEY))
    assert (wrong.status_code, wrong.json()["type"]) == (400, "urn:kith:problem:cursor-invalid")


def test_a_read_stays_with_the_record_whatever_party_it_is_of(store: Store) -> None:
    spread(store, town())
    log = ReadersLog(store)
    note(log, "P")
    log.flush()
    (line,) = store.read("keys/reads")
    assert store.read("entities/entity_of_record", record_id=line["record_id"]) == [{"entity_id": "P"}]


def test_several_reads_within_a_second_are_one_line_and_kept_twice_they_stay_one(store: Store) -> None:
    spread(store, town())
    log = ReadersLog(store)
    for _ in range(2):
        note(log, "P", "P", "Firm")
        log.flush()
    assert len(store.read("keys/reads")) == 1


class HeldStore:
    """A store that another writer holds while `held` is set."""

    def __init__(self, store: Store) -> None:
        self._store, self.held = store, True
        self.attempts = threading.Semaphore(0)

    def read(self, name: str, /, **parameters: object) -> list[Row]:
        return self._store.read(name, **parameters)

    def write(self, name: str, /, **rows: object) -> None:
        self._store.write(name, **rows)  # type: ignore[arg-type]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.attempts.release()
        if self.held:
            raise StoreBusy
        with self._store.transaction():
            yield


def test_while_another_writes_lines_wait_and_at_a_stop_none_is_lost(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging_module, "FLUSH_S", 0.01)
    spread(sqlite_store, town())
    held = HeldStore(sqlite_store)
    log = ReadersLog(held)  # type: ignore[arg-type]
    note(log, "P")
    for _ in range(3):
        assert held.attempts.acquire(timeout=10)
    with pytest.raises(StoreTrouble):
        log.flush()
    assert sqlite_store.read("keys/reads") == []
    assert "reads of persons wait" in caplog.text
    held.held = False
    log.close()
    assert len(sqlite_store.read("keys/reads")) == 1


def test_while_too_many_wait_nothing_more_is_shown(app: FastAPI, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging_module, "LINES_MAX", 1)
    note(app.state.readers_log, "P")
    refused = Asker(app).get("/v1/entities/P", headers=bearer(make_key(store, "reader")))
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:kith:problem:store-busy")
    app.state.readers_log.flush()
    assert Asker(app).get("/v1/entities/P", headers=bearer(KEY)).status_code == 200


def test_a_key_tells_the_last_day_it_was_shown(app: FastAPI, store: Store) -> None:
    key = make_key(store, "reader")
    assert Asker(app).get("/v1/about", headers=bearer(key)).status_code == 200
    app.state.readers_log.close()
    (listed,) = Asker(app).get("/v1/keys", headers=bearer(KEY)).json()["keys"]
    assert listed["used_on"] == TODAY.isoformat()


def test_lines_come_by_themselves_within_a_moment(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging_module, "FLUSH_S", 0.01)
    spread(sqlite_store, town())
    log = ReadersLog(sqlite_store)
    note(log, "P", caller=OPERATOR)
    for _ in range(500):
        if sqlite_store.read("keys/reads"):
            break
        threading.Event().wait(0.01)
    assert len(sqlite_store.read("keys/reads")) == 1
    log.close()


@contextmanager
def served(address: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A running `kith serve` over that store, and its process."""
    environment = os.environ | {"KITH_STORE": address, "KITH_API_KEY": KEY, "KITH_TODAY": TODAY.isoformat()}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0], process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(("end", "at_least"), [(signal.SIGTERM, 1), (signal.SIGKILL, 0)])
def test_a_server_that_is_stopped_loses_no_line_and_one_that_is_killed_no_more_than_the_last(
    tmp_path: Path, end: signal.Signals, at_least: int
) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    with closing(open_store(address)) as store:
        spread(store, town())
    with served(address) as (url, process):
        assert httpx.get(f"{url}v1/entities/P", headers=bearer(KEY), timeout=60).status_code == 200
        process.send_signal(end)
        process.wait(timeout=60)
    with closing(open_store(address)) as store:
        assert at_least <= len(store.read("keys/reads")) <= 1
