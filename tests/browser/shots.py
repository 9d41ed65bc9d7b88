"""Pictures of the pages for the docs: `python -m tests.browser.shots`."""

import shutil
import sys
import tempfile
from pathlib import Path

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


def telling(site: str) -> str:
    """The id of the firm whose page has most to tell: reached by listed parties, with the most lines."""
    lines = httpx.get(f"{site}/v1/risky", params={"limit": 60}, timeout=60).json()["results"]
    near: list[str] = [line["id"] for line in lines if line["standing"] == "by_association" and line["score"] is not None]
    lines_of = {id_: len(httpx.get(f"{site}/v1/entities/{id_}", timeout=60).json()["score"]["lines"]) for id_ in near}
    return max(lines_of, key=lines_of.__getitem__)


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
            party = telling(site)
            shoot(page, f"{site}/party/{party}", FOLDER / "profile.png")
            shoot(page, f"{site}/network?focus={party}", FOLDER / "network.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
