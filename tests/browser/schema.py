"""The pages' types, from the API's own contract: `python -m tests.browser.schema` renews web/src/api/schema.d.ts."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

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


def without_examples(part: Any) -> Any:
    """The document without its examples: as comments of types they would be ten times as long as the types."""
    if isinstance(part, dict):
        named = {name for name in ("example", "examples") if not isinstance(part.get(name), dict) or name == "example"}
        return {name: without_examples(inner) for name, inner in part.items() if name not in named}
    return [without_examples(inner) for inner in part] if isinstance(part, list) else part


def generated() -> str:
    """The types as openapi-typescript writes them. Raises CalledProcessError where Node or the packages are missing."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "openapi.json"
        file.write_text(json.dumps(without_examples(json.loads(contract(Path(name))))), "utf-8")
        command = ["bash", "npm.sh", "exec", "--", "openapi-typescript", str(file), "--output", str(file.with_suffix(".ts"))]
        subprocess.run(command, cwd=PROJECT / "web", check=True, capture_output=True)
        return file.with_suffix(".ts").read_text("utf-8")


if __name__ == "__main__":
    KEPT.write_text(generated(), "utf-8")
