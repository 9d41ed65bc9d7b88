"""The built pages: hashed assets kept for a year, the one document for the paths of pages; nothing else is a page."""

import re
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse, PlainTextResponse, Response

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
FOREVER = "public, max-age=31536000, immutable"
PAGES = re.compile(r"(|find|party/.+|network|review|suppliers)/?")
"""Paths the pages know: those of web/src/main.tsx."""
NOT_BUILT = "The pages are not built. In a checkout, run `make pages`. The API is at /v1/about, its contract at /openapi.json.\n"


def serve_pages(app: FastAPI, dist: Path = DIST) -> None:
    """Answer what no route answered: a built file, index.html for a page's path; a plain word where nothing was built."""

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        file = _built_file(dist, path)
        if file is not None:
            hashed = path.startswith("assets/")
            return FileResponse(file, headers={"cache-control": FOREVER if hashed else "no-cache"})
        if not PAGES.fullmatch(path):
            raise HTTPException(404)
        index = dist / "index.html"
        if not index.is_file():
            return PlainTextResponse(NOT_BUILT, status_code=200 if not path else 404)
        return FileResponse(index, headers={"cache-control": "no-cache"})


def _built_file(dist: Path, path: str) -> Path | None:
    """The built file a path names; None where it names none, be it for a NUL or a name that no disk holds."""
    try:
        file = (dist / path).resolve()
        return file if path and file.is_file() and file.is_relative_to(dist.resolve()) else None
    except (OSError, ValueError):
        return None
