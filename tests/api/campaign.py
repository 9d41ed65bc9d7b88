"""The whole document against a real server: generated requests, valid and not, and chains of them along the document's links.

`python -m tests.api.campaign --examples 500` is the long run; the suite's is bounded (tests/api/http/test_contract_campaign.py).
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from pydantic import SecretStr
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi_checks

from api.app import create_app
from api.http.server import server_of
from api.wiring import rulebook
from store.open import open_store
from tests.api.regions import Region, build
from tests.stores import copy_file

KEY = "key-of-the-house-of-campaigns"
BEARER = {"authorization": f"Bearer {KEY}"}
LIBRARY_WORDS = (
    "pydantic",
    "sqlite3",
    "traceback",
    "starlette",
    "fastapi",
    "neo4j.",
    "input should be",
    "field required",
    "/site-packages/",
)
LINES = ("application/x-ndjson", "application/ndjson", "text/csv")
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.negative_data_rejection,
]
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@schemathesis.serializer(*LINES)
def lines_of(_: object, text: object) -> bytes:
    """A body of lines: whatever text was made up."""
    return str(text).encode("utf-8", "surrogatepass")


@contextmanager
def served(region: Region, folder: Path, *, key: bool) -> Iterator[str]:
    """Address of a server over a copy of the region's store, which the campaign may change."""
    copy_file(Path(region.settings.store.get_secret_value().removeprefix("sqlite:///")), folder / "copy.db")
    chosen = region.settings.model_copy(
        update={
            "store": SecretStr(f"sqlite:///{folder / 'copy.db'}"),
            "api_key": SecretStr(KEY) if key else None,
            "account": "campaign",
            "requests_per_minute": 10**6,
        }
    )
    store = open_store(chosen.store.get_secret_value())
    app = create_app(replace(region.state, settings=chosen, store=store, rulebook=rulebook(chosen)))
    server = server_of(app, request_s=60.0)
    server.config.port = 0
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        store.close()


def schema_of(address: str) -> schemathesis.BaseSchema:
    """The document that the server gives."""
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", headers=BEARER)
    schema.config.update(base_url=address)
    schema.config.generation.update(with_security_parameters=False)
    return schema


def faults_of(address: str, *, headers: dict[str, str], examples: int, only: str = "/") -> list[str]:
    """What is wrong with the answers to `examples` requests an operation, half of them valid; one line a fault."""
    faults = []
    for held in schema_of(address).get_all_operations():
        operation = held.ok()
        if not operation.path.startswith(only):
            continue
        for mode in GenerationMode:
            with suppress(Unsatisfiable):  # Nothing of some operations can be made invalid.
                faults += _faults_of_operation(operation, mode, headers, examples // 2 or 1)
    return faults


def _faults_of_operation(operation, mode, headers, examples) -> list[str]:  # type: ignore[no-untyped-def]
    faults: dict[str, str] = {}

    @seed(20260630)
    @settings(max_examples=examples, phases=[Phase.generate], **QUIET)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        for fault in faults_in(case.call(headers=headers), case):
            faults.setdefault(fault.partition("\n")[0], f"{operation.label} ({mode.value}): {fault}\n  {case.as_curl_command()}")

    ask()
    return list(faults.values())


def faults_in(response: schemathesis.Response, case: schemathesis.Case) -> list[str]:
    """What is wrong with the answer to one request."""
    own = case.path.startswith("/v1/") or response.status_code != 422  # The screening contract has the framework's 422.
    found = [f"{response.status_code} tells {word!r}" for word in LIBRARY_WORDS if own and word in response.text.lower()]
    try:
        case.validate_response(response, checks=[check for check in CHECKS if check not in _unfit(case)])
    except FailureGroup as failures:
        found += [f"{failure.title}: {failure.message}"[:600] for failure in failures.exceptions if isinstance(failure, Failure)]
    return found


def _unfit(case: schemathesis.Case) -> list[object]:
    """Checks that say nothing of this request: any text at all may be sent as lines, and each line is answered."""
    return [openapi_checks.negative_data_rejection] if case.media_type in LINES else []


def faults_of_chains(address: str, *, headers: dict[str, str], examples: int, steps: int) -> list[str]:
    """What is wrong with the answers to chains of requests, each with what the answer before it named."""
    faults: dict[str, str] = {}
    machine = schema_of(address).as_state_machine()

    class Chain(machine):  # type: ignore[misc, valid-type]
        def validate_response(self, response: schemathesis.Response, case: schemathesis.Case, **more: object) -> None:
            for fault in faults_in(response, case):
                faults.setdefault(fault.partition("\n")[0], f"{case.operation.label} (chain): {fault}")

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:
            return {"headers": headers}

    bounds = settings(max_examples=examples, stateful_step_count=steps, derandomize=True, phases=[Phase.generate], **QUIET)
    Chain.run(settings=bounds)
    return list(faults.values())


def main() -> int:
    """The long run: with the key, without it, and in chains."""
    parser = argparse.ArgumentParser(description="Ask a server everything its document offers.")
    parser.add_argument("--examples", type=int, default=200, help="Requests an operation.")
    parser.add_argument("--only", default="/", help="Operations whose path begins so.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'kith.db'}")
        region = build(store, folder, f"sqlite:///{folder / 'kith.db'}")
        store.close()
        faults = []
        with served(region, folder, key=True) as address:
            faults += faults_of(address, headers=BEARER, examples=chosen.examples, only=chosen.only)
            faults += faults_of(address, headers={}, examples=max(2, chosen.examples // 10), only=chosen.only)
            faults += faults_of_chains(address, headers=BEARER, examples=max(5, chosen.examples // 10), steps=8)
            httpx.get(f"{address}/healthz").raise_for_status()
    sys.stdout.write("\n".join(faults) + f"\n{len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
