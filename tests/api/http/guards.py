"""The guards around a small app, for tests of the server itself."""

import tempfile
from pathlib import Path

from fastapi import FastAPI

from api.http.known_callers import KnownCallers
from api.http.middleware import Guards
from api.http.origins import PageTokens
from api.http.sessions import Sessions, WrongKeys
from api.keys.readers_log import ReadersLog
from api.settings import Settings
from store.open import open_store
from store.port import Store


def guard(app: FastAPI, settings: Settings, store: Store | None = None) -> None:
    """Put the guards around the app. store: where keys are; left out: an empty one."""
    kept = store or open_store(f"sqlite:///{Path(tempfile.mkdtemp()) / 'kith.db'}")
    log = ReadersLog(kept)
    callers = KnownCallers(settings, Sessions(), WrongKeys(), kept, log)
    app.add_middleware(Guards, settings=settings, callers=callers, tokens=PageTokens(), readers_log=log)
