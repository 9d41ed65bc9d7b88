"""`python -m clients.generate` renews what is written by program in kith-client: its models, and its synchronous half.

Models come from the API's document. The synchronous half is the asynchronous one with `async` and `await` taken out, so that
there is one text to read and to mend (docs/decisions/0094).
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.app import create_app
from api.http.dependencies import AppState
from api.wiring import open_store, rulebook, settings_of
from clients.model_text import models_text
from clients.sync_text import sync_text

PACKAGE = Path(__file__).parent / "python" / "kith_client"
ASYNC_FOLDER, SYNC_FOLDER, MODELS = PACKAGE / "asynchronous", PACKAGE / "synchronous", PACKAGE / "models.py"


def api_document() -> dict[str, Any]:
    """The OpenAPI document of the app."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(f"sqlite:///{folder}/empty.db")
        store = open_store(settings, create=True)
        try:
            document: dict[str, Any] = create_app(AppState(settings, store, rulebook(settings), "0")).openapi()
        finally:
            store.close()
    return document


def generated_files() -> Iterator[tuple[Path, str]]:
    """Each generated file and what it should hold."""
    yield MODELS, formatted(models_text(api_document()))
    for source in sorted(ASYNC_FOLDER.glob("*.py")):
        yield SYNC_FOLDER / source.name, formatted(sync_text(source.read_text("utf-8"), source.name))


def formatted(text: str) -> str:
    """The text as ruff formats it, its imports in order."""
    for words in (("check", "--fix", "--quiet", "--select", "I,F401"), ("format", "--quiet")):
        command = [sys.executable, "-m", "ruff", *words, "--stdin-filename", str(MODELS), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return text


def main() -> None:
    """Write the files, and take away those whose source is gone."""
    files = dict(generated_files())
    SYNC_FOLDER.mkdir(exist_ok=True)
    for path in {*SYNC_FOLDER.glob("*.py")} - files.keys():
        path.unlink()
    for path, text in files.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
