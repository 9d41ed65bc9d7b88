"""Pictures of the pages for the docs: `python -m tests.browser.shots`."""

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.conftest import BROWSERS, QUIET, until
from tests.browser.region import PROJECT, fill, served

FOLDER = PROJECT / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1440, "height": 900}
BYTES_MAX = 250_000


def shoot(page: Page, url: str, file: Path) -> None:
    """Save a picture of the page once it is at rest. Raises AssertionError where it is heavier than the docs allow."""
    page.goto(url)
    page.wait_for_selector("h1", state="attached")
    until(page, "!document.querySelector('[aria-busy=true]')")
    page.screenshot(path=file)
    assert file.stat().st_size <= BYTES_MAX, f"{file.name} is heavier than {BYTES_MAX} bytes"


def near_listed(site: str) -> list[str]:
    """Ids of the scored firms that listed parties reach."""
    lines = ask(site, "/risky?limit=60")["results"]
    return [line["id"] for line in lines if line["standing"] == "by_association" and line["score"] is not None]


def most_lines(site: str, party: str) -> int:
    """How many lines its score has."""
    return len(ask(site, f"/entities/{party}")["score"]["lines"])


def most_kinds(site: str, party: str) -> int:
    """How many kinds of tie surround it."""
    return len({tie["kind"] for tie in ask(site, f"/entities/{party}/network")["ties"]})


def ask(site: str, path: str) -> Any:
    """The API's answer."""
    return httpx.get(f"{site}/v1{path}", timeout=60).raise_for_status().json()


def main() -> int:
    """Serve the sample region, open the pages, save the pictures."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print("no Chromium found", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        fill(Path(name))
        with served(Path(name)) as site:
            browser = playwright.chromium.launch(executable_path=program, args=QUIET)
            page = browser.new_page(viewport=SIZE, locale="en-GB", reduced_motion="reduce")
            near = near_listed(site)
            shoot(page, f"{site}/party/{max(near, key=partial(most_lines, site))}", FOLDER / "profile.png")
            shoot(page, f"{site}/network?focus={max(near, key=partial(most_kinds, site))}", FOLDER / "network.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
