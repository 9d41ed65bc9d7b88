"""A real browser before the real API; nothing outside loopback is ever asked."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.region import PROJECT, fill, served

pytest.importorskip("playwright")
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_S = 60  # A busy machine is slow, not wrong.
Opener = Callable[..., "Watched"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def absent(told: str) -> None:
    """Skip on a laptop, fail in CI: there everything must be present."""
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


def until(page: Page, expression: str, asked: object = None) -> None:
    """Wait for a JavaScript expression to hold. The page's own policy forbids the browser to wait for text it must evaluate."""
    ends = time.monotonic() + PATIENCE_S
    while not page.evaluate(expression, asked):
        assert time.monotonic() < ends, f"in vain: {expression}"
        page.wait_for_timeout(30)


class Watched:
    """A page that writes down what it must not do."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.route("**/*", self._let_through)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def _let_through(self, route: Route) -> None:
        if route.request.url.startswith((self.site, "blob:")):
            route.continue_()
            return
        self.outside.append(route.request.url)
        route.abort()

    def open(self, path: str) -> Page:
        """Go there and wait until everything asked for has come."""
        self.page.goto(self.site + path)
        self.page.wait_for_selector("h1", state="attached")
        until(self.page, "!document.querySelector('[aria-busy=true]')")
        return self.page

    def assert_quiet(self) -> None:
        """Nothing outside was asked for, nothing was complained about."""
        assert self.outside == []
        assert self.complaints == []


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample region and its store, resolved and propagated."""
    if not (PROJECT / "web" / "dist" / "index.html").is_file():
        absent("the pages are not built: run `make pages`")
    folder = tmp_path_factory.mktemp("region")
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def site(region: Path) -> Iterator[str]:
    with served(region) as url:
        yield url


@pytest.fixture(scope="session")
def api(site: str) -> Iterator[httpx.Client]:
    """The same API that the pages ask, for comparing."""
    with httpx.Client(base_url=f"{site}/v1", timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        absent("no Chromium found: install your system's package (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opener]:
    """Makes watched pages; at the end of the test each of them must have been quiet."""
    pages: list[Watched] = []

    def make(*, lang: str = "en", theme: str = "light", width: int = 1440, at: str = site) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if lang == "zh" else "en-GB",
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        watched = Watched(context.new_page(), at)
        pages.append(watched)
        return watched

    yield make
    for watched in pages:
        watched.page.context.close()
    for watched in pages:
        watched.assert_quiet()
