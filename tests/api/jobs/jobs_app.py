"""A real app whose jobs are done by real processes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from tests.api.callers import Caller
from tests.api.keys import bearer

PATIENCE_S = 120.0
KEY = "operator-key-of-the-jobs"
OPERATOR = bearer(KEY)
OPEN = ("waiting", "running")
REGISTRY = Path(__file__).parents[2] / "resolution/sources/files/business_registry.csv"


@contextmanager
def jobs_app(state: AppState, folder: Path, **settings: object) -> Iterator[FastAPI]:
    """The app over this store, with an operator's key, and a folder of uploads of its own."""
    own: dict[str, object] = {
        "api_key": SecretStr(KEY),
        "jobs_folder": folder / "spool",
        "id_key_file": folder / "id.key",
    }
    app = create_app(replace(state, settings=state.settings.model_copy(update=own | settings)))
    try:
        yield app
    finally:
        app.state.jobs.supervisor.close()


def ended(caller: Caller, job: dict[str, Any], headers: dict[str, str] = OPERATOR) -> dict[str, Any]:
    """The job, once it has ended."""
    ends = time.monotonic() + PATIENCE_S
    while job["state"] in OPEN:
        assert time.monotonic() < ends, job
        time.sleep(0.1)
        job = caller.get(f"/v1/jobs/{job['id']}", headers=headers).json()
    return job


def upload_of(*names: str) -> list[tuple[str, tuple[str, bytes]]]:
    """The registry's file under these names, as a form takes it."""
    return [("file", (name, REGISTRY.read_bytes())) for name in names]


def begun(caller: Caller, headers: dict[str, str] = OPERATOR, **more: Any) -> dict[str, Any]:
    """A job that was accepted."""
    answer = caller.post("/v1/jobs", headers=headers, **more)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    return job
