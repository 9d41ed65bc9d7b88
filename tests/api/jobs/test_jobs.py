"""Long work in the background: begun, watched, left, done by processes of its own, and known to every server of the store."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from api.http.dependencies import AppState
from api.jobs.ledger import OPEN_PER_OWNER
from api.screenings.results import screen
from api.screenings.supplier_lists import suppliers_from_names
from api.settings import Settings
from api.wiring import now_of, rulebook
from api.words import words
from store.open import open_store
from tests.api.callers import Caller
from tests.api.jobs.jobs_app import OPERATOR, PATIENCE_S, REGISTRY, begun, ended, jobs_app, upload_of
from tests.api.keys import bearer, make_key
from tests.api.regions import Region
from tests.graph.world import TODAY


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """Over an empty store of its own."""
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    settings, store = Settings(store=address, today=TODAY), open_store(address)
    with jobs_app(AppState(settings, store, rulebook(settings), "0"), tmp_path, inbox=tmp_path / "inbox") as app:
        yield app
    store.close()


@pytest.fixture
def caller(app: FastAPI) -> Caller:
    return Caller(app)


@pytest.fixture
def over_region(made: Region, tmp_path: Path) -> Iterator[Caller]:
    """Over the sample region, which screenings only read."""
    with jobs_app(made.state, tmp_path, screening_rows_at_once=10, screening_rows_max=2000) as app:
        yield Caller(app)
        forget_all(app)


def test_files_are_loaded_resolved_and_propagated_one_after_the_other(caller: Caller) -> None:
    first = begun(caller, data={"kind": "ingest"}, files=upload_of("registry.csv"))
    second, third = begun(caller, json={"kind": "resolve"}), begun(caller, json={"kind": "propagate"})
    assert (first["files"], first["state"]) == (["registry.csv"], "waiting")
    assert third["waits_for"] == words("en")("jobs.waits")
    jobs = [ended(caller, job) for job in (first, second, third)]
    assert [job["state"] for job in jobs] == ["succeeded"] * 3
    assert jobs[0]["report"]["files"][0]["rows_in"] > 0
    assert jobs[1]["report"]["records"] > 0
    assert jobs[2]["report"]["parties"] > 0
    times = [job[name] for job in jobs for name in ("started_at", "ended_at")]
    assert times == sorted(times)
    assert caller.get("/v1/about", headers=OPERATOR).json()["records"] > 0


def test_run_does_all_of_it(caller: Caller) -> None:
    job = ended(caller, begun(caller, data={"kind": "run"}, files=upload_of("registry.csv")))
    assert job["state"] == "succeeded", job
    assert (len(job["report"]["files"]), job["report"]["resolved"]["records"] > 0) == (1, True)
    assert job["report"]["propagated"]["parties"] > 0


def test_rejected_rows_come_back_as_a_file_and_no_folder_of_the_server_is_told(caller: Caller, tmp_path: Path) -> None:
    lines = REGISTRY.read_bytes().decode("gb18030").splitlines()
    cells = lines[1].split(",")
    bad = ",".join(["", "", *cells[2:]])
    content = "\n".join([*lines, bad]).encode()
    job = ended(caller, begun(caller, data={"kind": "ingest"}, files=[("file", ("registry.csv", content))]))
    assert job["report"]["files"][0]["rows_rejected"] == 1
    rejects = caller.get(job["result"], headers=OPERATOR)
    assert rejects.headers["content-type"].startswith("text/csv")
    assert "registry.rejects.csv" in rejects.headers["content-disposition"]
    assert str(tmp_path) not in json.dumps(job) + rejects.text


def test_a_file_that_cannot_be_read_is_a_problem_of_the_job(caller: Caller) -> None:
    job = ended(caller, begun(caller, data={"kind": "ingest"}, files=[("file", ("x.csv", b"\x00\x01\x02"))]))
    assert job["state"] == "failed"
    assert (job["problem"]["status"], job["problem"]["type"]) == (400, "urn:kith:problem:source-unreadable")
    assert caller.get(f"/v1/jobs/{job['id']}/result", headers=OPERATOR).status_code == 409


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"json": {"kind": "dance"}}, "kind"),
        ({"json": {"kind": "resolve", "extra": 1}}, "extra"),
        ({"json": {"kind": "ingest"}}, "file"),
        ({"json": {"kind": "screening"}}, "file"),
        ({"json": [1]}, "body"),
        ({"content": b"{"}, "body"),
        ({"json": {"kind": "ingest", "paths": ["../../etc/passwd"]}}, "paths"),
        ({"json": {"kind": "ingest", "paths": ["none.csv"]}}, None),
        ({"data": {"kind": "ingest", "pack": "/etc"}, "files": upload_of("a.csv")}, "pack"),
        ({"data": {"kind": "ingest", "file_kind": "x", "pack": "un"}, "files": upload_of("a.csv")}, "file_kind"),
        ({"data": {"kind": "resolve"}, "files": upload_of("a.csv")}, "file"),
        ({"data": {"kind": "ingest"}, "files": upload_of("a.csv", "a.csv")}, None),
        ({"data": {"kind": "propagate", "seeds": "{"}, "files": [("x", ("x", b""))]}, "seeds"),
    ],
)
def test_what_cannot_be_begun_is_refused_at_once_and_leaves_nothing(
    caller: Caller, tmp_path: Path, more: dict[str, Any], field: str | None
) -> None:
    (tmp_path / "inbox").mkdir()
    headers = OPERATOR | ({"content-type": "application/json"} if "content" in more else {})
    refused = caller.post("/v1/jobs", headers=headers, **more)
    assert refused.status_code == 400, refused.text
    assert refused.json().get("field") == field
    assert caller.get("/v1/jobs", headers=OPERATOR).json()["jobs"] == []
    assert not list((tmp_path / "spool").glob("*"))


def test_a_file_of_the_inbox_is_named_by_its_path(caller: Caller, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "new").mkdir(parents=True)
    (tmp_path / "inbox" / "new" / "registry.csv").write_bytes(REGISTRY.read_bytes())
    job = ended(caller, begun(caller, json={"kind": "ingest", "paths": ["new/registry.csv"]}))
    assert job["report"]["files"][0]["file"] == "registry.csv"


def test_a_link_in_the_inbox_leads_nowhere(caller: Caller, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "secret.csv").write_bytes(REGISTRY.read_bytes())
    (tmp_path / "inbox" / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert caller.post("/v1/jobs", json={"kind": "ingest", "paths": ["link.csv"]}, headers=OPERATOR).status_code == 400


def test_uploads_are_for_their_owner_alone_and_go_with_the_job(caller: Caller, tmp_path: Path) -> None:
    job = ended(caller, begun(caller, data={"kind": "ingest"}, files=upload_of("../../registry.csv")))
    folder = tmp_path / "spool" / job["id"]
    modes = [path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))]
    assert (set(modes), job["files"]) == ({0}, ["registry.csv"])
    assert caller.ask("DELETE", f"/v1/jobs/{job['id']}", headers=OPERATOR).status_code == 200
    assert not folder.exists()
    assert caller.get(f"/v1/jobs/{job['id']}", headers=OPERATOR).status_code == 404


def test_an_upload_beyond_its_limit_is_refused(made: Region, tmp_path: Path) -> None:
    with jobs_app(made.state, tmp_path, upload_bytes_max=1000) as app:
        refused = Caller(app).post(
            "/v1/jobs", data={"kind": "ingest"}, files=[("file", ("a.csv", b"x" * 2000))], headers=OPERATOR
        )
    assert refused.status_code == 413


def test_a_screening_in_a_job_says_what_a_check_at_once_says(made: Region, over_region: Caller) -> None:
    names = [f"{made.sample.our_firm}{number or ''}" for number in range(12)]
    too_long = over_region.post("/v1/screenings", json={"names": names}, headers=OPERATOR)
    assert (too_long.status_code, "POST /v1/jobs" in too_long.json()["remedy"]) == (400, True)
    job = ended(over_region, begun(over_region, json={"kind": "screening", "names": names}))
    direct = screen(made.context(), suppliers_from_names(names, words("en")))
    assert job["report"]["rows"] == 12
    assert (job["done"], job["total"]) == (12, 12)
    assert over_region.get(job["result"], headers=OPERATOR).json() == json.loads(direct.model_dump_json(by_alias=True))
    page = over_region.get(job["result"], headers={**OPERATOR, "accept": "text/html"})
    assert page.text.startswith("<!doctype html>")


def test_a_partner_screens_and_does_nothing_else_and_jobs_are_known_to_their_owner_alone(
    over_region: Caller, made: Region
) -> None:
    partner = bearer(make_key(made.store, "partner", partner="Bank", purpose="credit", now=now_of(made.settings)))
    refused = over_region.post("/v1/jobs", json={"kind": "resolve"}, headers=partner)
    assert refused.status_code == 403
    job = begun(over_region, headers=partner, json={"kind": "screening", "names": ["a"]})
    for verb, path in (("GET", ""), ("GET", "/result"), ("GET", "/events"), ("POST", "/cancel"), ("DELETE", "")):
        assert over_region.ask(verb, f"/v1/jobs/{job['id']}{path}", headers=OPERATOR).status_code == 404
    assert over_region.get("/v1/jobs", headers=OPERATOR).json()["jobs"] == []
    assert ended(over_region, job, partner)["state"] == "succeeded"


def test_lists_come_in_pages_by_state_and_kind(over_region: Caller) -> None:
    ids = [ended(over_region, begun(over_region, json={"kind": "screening", "names": [name]}))["id"] for name in ("a", "b", "c")]
    first = over_region.get("/v1/jobs?limit=2&state=succeeded", headers=OPERATOR).json()
    rest = over_region.get(f"/v1/jobs?limit=2&state=succeeded&cursor={first['next']}", headers=OPERATOR).json()
    assert [job["id"] for job in (*first["jobs"], *rest["jobs"])] == ids[::-1]
    assert rest["next"] is None
    assert over_region.get("/v1/jobs?kind=ingest", headers=OPERATOR).json()["jobs"] == []


def test_a_caller_has_few_open_jobs(made: Region, over_region: Caller) -> None:
    many = {"kind": "screening", "names": [made.sample.our_firm] * 2000}
    jobs = [begun(over_region, json=many) for _ in range(OPEN_PER_OWNER)]
    refused = over_region.post("/v1/jobs", json=many, headers=OPERATOR)
    assert (refused.status_code, refused.json()["jobs"]) == (429, OPEN_PER_OWNER)
    for job in jobs:
        over_region.ask("DELETE", f"/v1/jobs/{job['id']}", headers=OPERATOR)
    assert over_region.get("/v1/jobs", headers=OPERATOR).json()["jobs"] == []


def test_a_running_job_ends_at_its_next_row_and_one_that_waits_at_once(made: Region, over_region: Caller) -> None:
    many = {"kind": "screening", "names": [made.sample.our_firm] * 2000}
    running, waiting = begun(over_region, json=many), begun(over_region, json=many)
    until(over_region, running, lambda job: job["done"] > 0)
    assert over_region.post(f"/v1/jobs/{waiting['id']}/cancel", headers=OPERATOR).json()["state"] == "cancelled"
    told = over_region.post(f"/v1/jobs/{running['id']}/cancel", headers=OPERATOR).json()
    assert told["leaving"] or told["state"] == "cancelled"
    assert ended(over_region, told)["state"] == "cancelled"
    assert over_region.get(f"/v1/jobs/{running['id']}/result", headers=OPERATOR).status_code == 409


def test_a_cancelled_load_leaves_nothing_half_written(caller: Caller) -> None:
    header, *rows = REGISTRY.read_bytes().decode("gb18030").splitlines()
    many = "\n".join([header, *(f"{line}" for line in rows for _ in range(8000))]).encode()
    job = begun(caller, data={"kind": "ingest"}, files=[("file", ("registry.csv", many))])
    until(caller, job, lambda job: job["stage"].startswith("Reading"))
    caller.post(f"/v1/jobs/{job['id']}/cancel", headers=OPERATOR)
    assert ended(caller, job)["state"] == "cancelled"
    about = caller.get("/v1/about", headers=OPERATOR).json()
    assert (about["records"], about["files"]) == (0, [])


def test_a_job_whose_process_died_is_broken_off_and_can_be_begun_again(app: FastAPI, caller: Caller) -> None:
    header, *rows = REGISTRY.read_bytes().decode("gb18030").splitlines()
    many = "\n".join([header, *(line for line in rows for _ in range(8000))]).encode()
    job = begun(caller, data={"kind": "ingest"}, files=[("file", ("registry.csv", many))])
    until(caller, job, lambda job: job["stage"].startswith("Reading"))
    for process in app.state.jobs.supervisor._processes.values():
        process.popen.kill()
    broken = ended(caller, job)
    assert (broken["state"], broken["problem"]["type"]) == ("failed", "urn:kith:problem:job-broken-off")
    assert caller.get("/v1/about", headers=OPERATOR).json()["records"] == 0
    again = caller.post(f"/v1/jobs/{job['id']}/restart", headers=OPERATOR)
    assert again.status_code == 202
    assert ended(caller, again.json())["report"]["files"][0]["rows_in"] > 0


def test_jobs_outlive_the_server_that_began_them(made: Region, tmp_path: Path) -> None:
    with jobs_app(made.state, tmp_path) as app:
        caller = Caller(app)
        done = ended(caller, begun(caller, json={"kind": "screening", "names": ["a"]}))
        long = begun(caller, json={"kind": "screening", "names": [made.sample.our_firm] * 5000})
        until(caller, long, lambda job: job["done"] > 0)
    with jobs_app(made.state, tmp_path) as app:
        caller = Caller(app)
        assert caller.get(done["result"], headers=OPERATOR).status_code == 200
        assert caller.get(f"/v1/jobs/{long['id']}", headers=OPERATOR).json()["state"] == "failed"
        forget_all(app)


def test_events_tell_each_state_and_go_on_after_the_last_one_seen(over_region: Caller, made: Region) -> None:
    job = begun(over_region, json={"kind": "screening", "names": [made.sample.our_firm] * 60})
    path = f"/v1/jobs/{job['id']}/events"
    stream = over_region.get(path, headers=OPERATOR)
    assert stream.headers["content-type"].startswith("text/event-stream")
    ids = [int(number) for number in re.findall(r"^id: (\d+)$", stream.text, re.MULTILINE)]
    states = [json.loads(data)["state"] for data in re.findall(r"^data: (.*)$", stream.text, re.MULTILINE)]
    assert ids == sorted(set(ids))
    assert (states[-1], stream.text.startswith("retry: ")) == ("succeeded", True)
    again = over_region.get(path, headers={**OPERATOR, "last-event-id": str(ids[-1] - 1)})
    assert re.findall(r"^id: (\d+)$", again.text, re.MULTILINE) == [str(ids[-1])]
    assert over_region.get(path, headers={**OPERATOR, "last-event-id": str(ids[-1])}).status_code == 204


def test_a_stream_without_news_shows_a_sign_of_life_and_ends_within_the_time_of_a_request(
    made: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.jobs.events.HEARTBEAT_S", 0.4)
    with jobs_app(made.state, tmp_path, request_timeout_s=3.0) as app:
        monkeypatch.setattr(app.state.jobs.supervisor, "start", lambda: None)  # Nobody does it.
        caller = Caller(app)
        job = begun(caller, json={"kind": "screening", "names": ["a"]})
        began = time.monotonic()
        stream = caller.get(f"/v1/jobs/{job['id']}/events", headers=OPERATOR)
    assert time.monotonic() - began < 3.0
    assert (stream.status_code, ": still here" in stream.text) == (200, True)


def forget_all(app: FastAPI) -> None:
    """The store is that of other tests too."""
    ledger = app.state.jobs.supervisor.ledger
    rows = [*ledger.unfinished(), *ledger.store.read("jobs/ended_before", moment="9999")]
    ledger.store.write("jobs/remove", rows=[{"id": row["id"]} for row in rows])


def until(caller: Caller, job: dict[str, Any], holds: Any) -> None:
    """Wait until something holds of a running job."""
    ends = time.monotonic() + PATIENCE_S
    while not holds(job):
        assert time.monotonic() < ends, job
        assert job["state"] in ("waiting", "running"), job
        time.sleep(0.05)
        job = caller.get(f"/v1/jobs/{job['id']}", headers=OPERATOR).json()
