"""From files, single records and single rows to events, by the real road: load, resolve, run."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kith
from api.cli import build
from store.open import open_store
from tests.api.watching.receivers import Receiver, receiving
from tests.conftest import PROJECT

RUN = CliRunner()
FIRMS = "no,name,code,town\n1,Linhai Harbour Trading Co Ltd,91331082MA2A00001X,Linhai\n2,Orchard Steel Works Ltd,,Marlow\n"
MAPPING = """
mapping: firms
version: "1"
title: Firms
source_class: 3
columns: {no: [no], name: [name], code: [code], town: [town]}
parties: {firm: {kind: firm, key: no, names: [name], identifiers: [{value: code, scheme: reg_no}]}}
"""
LISTED = """
mapping: listed
version: "1"
title: Listed
source_class: 3
columns: {no: [no], name: [name], code: [code], day: [day], off: [off]}
parties: {firm: {kind: firm, key: no, names: [name], identifiers: [{value: code, scheme: reg_no}]}}
listings:
  - {list_type: {text: sanctions_un}, party: firm, issuer: {text: The wardens}, listed_on: day, removed_on: off}
"""


class Desk:
    """The command, on a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder / 'kith.db'}"
        self.today = "2026-11-20"
        (folder / "firms.yaml").write_text(MAPPING)
        (folder / "listed.yaml").write_text(LISTED)

    @property
    def environment(self) -> dict[str, str]:
        own = {"KITH_STORE": self.url, "KITH_ID_KEY_FILE": str(self.folder / "id.key"), "KITH_TODAY": self.today}
        return own | {"KITH_WEBHOOK_PRIVATE": "true"}

    def call(self, *words: str, code: int = 0, stdin: str | None = None):  # type: ignore[no-untyped-def]
        done = RUN.invoke(build(), [*words, "--json"], env=self.environment, input=stdin)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout)

    def load(self, name: str, content: str, mapping: str) -> None:
        (self.folder / name).write_text(content)
        self.call("ingest", str(self.folder / name), "--mapping", str(self.folder / mapping))
        self.call("run")

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.call("watch", "events")["events"]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.load("firms.csv", FIRMS, "firms.yaml")
    return made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def test_from_a_file_to_an_event_and_never_twice(desk: Desk) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    desk.call("watch", "add", watchlist, "--party", "Linhai Harbour Trading Co Ltd")
    listed = "no,name,code,day,off\n7,Linhai Harbour Trading Co Ltd,91331082MA2A00001X,2026-11-19,\n"
    desk.load("listed.csv", listed, "listed.yaml")
    assert desk.kinds().count("listing.new") == 1
    assert desk.kinds().count("standing.changed") == 1
    before = desk.kinds()
    with kith.open(desk.folder / "kith.db", id_key_file=desk.folder / "id.key") as session:
        assert [event.kind for event in session.events().events] == before
        assert session.events(session.events().next).events == ()
    for _ in range(2):
        desk.call("run")
        desk.call("propagate")
        desk.call("watch", "look")
    assert desk.kinds() == before
    desk.load("more.csv", listed.replace("2026-11-19,", "2026-11-19,2026-11-20"), "listed.yaml")
    assert desk.kinds()[len(before) :] == ["listing.repaired", "restriction.ended", "standing.changed"]


def test_a_row_waits_until_a_file_tells_of_its_party(desk: Desk) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    rows = desk.folder / "rows.csv"
    rows.write_text("供应商,统一社会信用代码,reference\nOrchard Steel Works Ltd,,S-1\nBlue Heron Cargo GmbH,,S-2\n,,S-3\n")
    added = desk.call("watch", "add", watchlist, str(rows), code=1)
    assert (added["added"], added["waiting"]) == (2, 1)
    assert [(refusal["row"], refusal["problem"]) for refusal in added["refused"]] == [
        (3, "an entry needs entity_id, name or code")
    ]
    assert desk.kinds() == []
    desk.load("cargo.csv", "no,name,code,town\n9,Blue Heron Cargo GmbH,,Hamburg\n", "firms.yaml")
    (event,) = desk.call("watch", "events")["events"]
    assert (event["kind"], event["reference"]) == ("row.matched", "S-2")
    assert event["sentence"] == "The row S-2 means Blue Heron Cargo GmbH (nothing found)."
    desk.call("run")
    assert desk.kinds() == ["row.matched"]
    shown = desk.call("watch", "show", watchlist)["entries"]
    assert [entry["waiting"] for entry in shown] == [False, False]


def test_a_single_record_changes_a_watched_party_at_once_and_the_run_adds_what_follows(desk: Desk) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    desk.call("watch", "add", watchlist, "--party", "Linhai Harbour Trading Co Ltd")
    code = {"scheme": "reg_no", "value": "91331082MA2A00001X"}
    record = {"id": "crm:1", "dataset": "crm", "source_class": "1", "kind": "firm", "attributes": {"status": "dissolved"}}
    record |= {"names": [{"text": "Linhai Harbour Trading Co Ltd"}], "identifiers": [code]}
    for _ in range(2):
        desk.call("record", "put", "-", stdin=json.dumps(record))
        assert desk.kinds() == ["registration.changed"]
    desk.call("run")
    assert desk.kinds() == ["registration.changed", "standing.changed", "score.band"]  # A second source: it has a score now.
    desk.call("record", "delete", "crm:1", "--yes")
    desk.call("run")
    assert desk.kinds()[3:] == ["registration.changed", "standing.changed", "score.band"]


def test_a_look_at_a_later_day_ends_a_listing_and_the_command_sends_it(desk: Desk, receiver: Receiver) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    desk.call("watch", "add", watchlist, "--party", "Linhai Harbour Trading Co Ltd")
    webhook = desk.call("webhooks", "create", receiver.address, "--list", watchlist, "--kind", "listing.new")
    receiver.secret = webhook["secret"]
    listed = "no,name,code,day,off\n7,Linhai Harbour Trading Co Ltd,91331082MA2A00001X,2026-11-19,\n"
    desk.load("listed.csv", listed, "listed.yaml")
    assert desk.call("webhooks", "deliver")["sent"] == 1
    assert desk.call("webhooks", "deliver")["sent"] == 0
    assert [message["type"] for message in receiver.messages] == ["listing.new"]
    assert desk.call("webhooks", "ping", webhook["id"])["delivered"]
    assert desk.call("webhooks", "failures", webhook["id"])["failures"] == []
    desk.call("webhooks", "pause", webhook["id"])
    assert desk.call("webhooks", "list")["webhooks"][0]["state"] == "paused"
    assert desk.call("webhooks", "replay", webhook["id"])["state"] == "active"
    assert desk.call("webhooks", "deliver")["sent"] == 1
    assert receiver.ids[0] == receiver.ids[-1]
    desk.call("webhooks", "rotate", webhook["id"])
    desk.call("webhooks", "delete", webhook["id"], "--yes")
    assert desk.call("webhooks", "list")["webhooks"] == []


KILLED = """
import os, signal
import api.watching.deliveries as deliveries
real = deliveries.send
def send_and_die(*arguments, **options):
    real(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
deliveries.send = send_and_die
from api.cli import build
build(["webhooks", "deliver"])(["webhooks", "deliver"])
"""


def test_kill_9_between_the_state_and_the_send_loses_no_event_and_tells_it_under_one_id(desk: Desk, receiver: Receiver) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    desk.call("watch", "add", watchlist, "--party", "Linhai Harbour Trading Co Ltd")
    desk.call("webhooks", "create", receiver.address, "--kind", "listing.new")
    listed = "no,name,code,day,off\n7,Linhai Harbour Trading Co Ltd,91331082MA2A00001X,2026-11-19,\n"
    desk.load("listed.csv", listed, "listed.yaml")
    died = subprocess.run([sys.executable, "-c", KILLED], cwd=PROJECT, env=os.environ | desk.environment, check=False)
    assert died.returncode == -signal.SIGKILL
    assert len(receiver.ids) == 1
    with closing(open_store(desk.url)) as store:  # The lease of the dead runs out.
        (row,) = store.read("watching/progress", ids=["H-000003"])
        assert row["lease_owner"]
        store.write("watching/put_progress", rows=[row | {"lease_until": "2020-01-01T00:00:00+00:00"}])
    assert desk.call("webhooks", "deliver")["sent"] == 1
    assert receiver.ids[0] == receiver.ids[1]
    assert desk.call("webhooks", "deliver")["sent"] == 0


def test_the_server_looks_and_sends_by_itself(desk: Desk, receiver: Receiver) -> None:
    watchlist = desk.call("watch", "create", "Suppliers")["id"]
    desk.call("watch", "add", watchlist, "--party", "Linhai Harbour Trading Co Ltd")
    desk.call("webhooks", "create", receiver.address, "--kind", "listing.new")
    command = [sys.executable, "-m", "kith", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=PROJECT, env=os.environ | desk.environment, stdout=subprocess.DEVNULL)
    try:
        listed = "no,name,code,day,off\n7,Linhai Harbour Trading Co Ltd,91331082MA2A00001X,2026-11-19,\n"
        desk.load("listed.csv", listed, "listed.yaml")
        end = time.monotonic() + 30
        while not receiver.ids and time.monotonic() < end:
            time.sleep(0.2)
        assert len(receiver.ids) == 1
    finally:
        server.terminate()
        assert server.wait(30) == 0
