"""The pages' types, from the API's own contract: `python -m tests.browser.schema` renews web/src/api/schema.d.ts."""

import json
import subprocess
import tempfile
from pathlib import Path

from api.app import create_app
from api.http.dependencies import AppState
from api.wiring import open_store, rulebook, settings_of
from tests.browser.region import PROJECT

KEPT = PROJECT / "web" / "src" / "api" / "schema.d.ts"


def contract(folder: Path) -> str:
    """The OpenAPI document of the app, as JSON; `folder` holds the empty store it is made over."""
    settings = settings_of(f"sqlite:///{folder / 'empty.db'}")
    store = open_store(settings, create=True)
    try:
        return json.dumps(create_app(AppState(settings, store, rulebook(settings), "0")).openapi())
    finally:
        store.close()


def generated() -> str:
    """The types as openapi-typescript writes them. Raises CalledProcessError where Node or the packages are missing."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "openapi.json"
        file.write_text(contract(Path(name)), "utf-8")
        command = ["bash", "npm.sh", "exec", "--", "openapi-typescript", str(file), "--output", str(file.with_suffix(".ts"))]
        subprocess.run(command, cwd=PROJECT / "web", check=True, capture_output=True)
        return file.with_suffix(".ts").read_text("utf-8")


if __name__ == "__main__":
    KEPT.write_text(generated(), "utf-8")
