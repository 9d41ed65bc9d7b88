"""A kith with a key: the pages ask for it once, the browser keeps a session in its place."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.http.oidc_server import CLIENT_ID, CLIENT_SECRET, Provider, running
from tests.browser.conftest import Opener, until
from tests.browser.region import served
from tests.browser.test_every_page import AXE, TAGS

KEY = "key-of-the-browser-test"


@pytest.fixture(scope="module")
def locked(region: Path) -> Iterator[str]:
    """The region served by a kith that asks for its key."""
    with served(region, key=KEY) as url:
        yield url


def test_the_key_opens_the_page_that_was_asked_for_and_is_kept_nowhere(opened: Opener, locked: str) -> None:
    watched = opened(at=locked)
    page = watched.open("/suppliers")
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    page.get_by_label("Key").fill("no-key-of-this-kith")
    page.keyboard.press("Enter")
    page.get_by_text("This is not the key. Try again.").wait_for()
    assert [said for said in watched.complaints if "401" not in said] == []
    watched.complaints.clear()  # the browser notes each answer of 401
    page.get_by_label("Key").fill(KEY)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check a list of suppliers").wait_for()
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert KEY not in cookie["value"]
    assert page.evaluate("[document.cookie, ...Object.values(localStorage)].join()").find(KEY) == -1


def test_who_signed_in_reads_writes_and_signs_out(opened: Opener, locked: str) -> None:
    page = opened(at=locked).open("/suppliers")
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label(re.compile("paste names")).fill("Nobody Knows This Firm")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".counters").wait_for()
    page.goto(f"{locked}/")
    page.get_by_role("heading", name="Files in the store").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.context.cookies() == []
    page.go_back()
    page.get_by_role("heading", name="Sign in").wait_for()


@pytest.mark.parametrize("name", ["find", "party", "network", "suppliers", "review", "results"])
def test_every_page_opens_behind_the_key_and_again_after_the_session_has_ended(
    opened: Opener, locked: str, region: Path, name: str
) -> None:
    listed = httpx.get(f"{locked}/v1/risky", headers={"authorization": f"Bearer {KEY}"}, timeout=60).json()["results"][0]["id"]
    paths = {"party": f"/party/{listed}", "network": f"/network?focus={listed}", "find": "/", "results": "/find?q=有限公司"}
    watched = opened(at=locked)
    page = watched.open(paths.get(name, f"/{name}"))
    for _ in range(2):
        page.get_by_label("Key").fill(KEY)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        page.locator("main h1").first.wait_for(state="attached")
        until(page, "!document.querySelector('[aria-busy=true]')")
        assert page.locator(".problem").count() == 0
        page.context.clear_cookies()
        page.reload()
        page.get_by_role("heading", name="Sign in").wait_for()
    assert [said for said in watched.complaints if "401" not in said] == []
    watched.complaints.clear()


def test_a_page_that_was_open_over_a_restart_signs_in_and_writes_again(opened: Opener, region: Path) -> None:
    with served(region, key=KEY) as first:
        watched = opened(at=first)
        page = watched.open("/suppliers")
        page.get_by_label("Key").fill(KEY)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Check a list of suppliers").wait_for()
    with served(region, key=KEY, port=int(first.rpartition(":")[2])):
        page.get_by_label(re.compile("paste names")).fill("Nobody Knows This Firm")
        page.get_by_role("button", name="Check", exact=True).click()
        page.get_by_label("Key").fill(KEY)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label(re.compile("paste names")).fill("Nobody Knows This Firm")
        page.get_by_role("button", name="Check", exact=True).click()
        page.locator(".counters").wait_for()
    watched.complaints.clear()


def test_a_page_without_a_key_that_was_open_over_a_restart_writes_on(opened: Opener, region: Path) -> None:
    with served(region) as first:
        watched = opened(at=first)
        page = watched.open("/suppliers")
    with served(region, port=int(first.rpartition(":")[2])):
        page.get_by_label(re.compile("paste names")).fill("Nobody Knows This Firm")
        page.get_by_role("button", name="Check", exact=True).click()
        page.locator(".counters").wait_for()
    watched.complaints.clear()


def test_a_session_that_ended_asks_for_the_key_on_the_same_page(opened: Opener, locked: str) -> None:
    watched = opened(at=locked)
    page = watched.open("/")
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Files in the store").wait_for()
    page.context.clear_cookies()
    page.get_by_role("link", name="Matches").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.url == f"{locked}/review"
    watched.complaints.clear()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sign_in_page_keeps_the_rules_of_access_on_a_hand(opened: Opener, locked: str, lang: str) -> None:
    page = opened(at=locked, lang=lang, width=390).open("/")
    until(page, "document.querySelector('input[type=password]') !== null")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate(AXE.read_text("utf-8"))
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        broken = page.evaluate("tags => axe.run({ runOnly: tags }).then(r => r.violations)", TAGS)
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in broken] == []


@pytest.fixture(scope="module")
def with_provider(region: Path) -> Iterator[tuple[str, Provider]]:
    """The region served by a kith that people open with an identity provider's sign-in, and that provider."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running() as provider:
        settings = {"ISSUER": provider.issuer, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}
        environment = {f"KITH_OIDC_{name}": value for name, value in settings.items()}
        environment |= {"KITH_PUBLIC_URL": f"http://127.0.0.1:{port}", "KITH_OIDC_ROLES": '{"kith-reviewers": "reviewer"}'}
        with served(region, key=KEY, port=port, settings=environment) as url:
            yield url, provider


@pytest.mark.parametrize(("roles", "heading"), [(["kith-reviewers"], "Who are you dealing with?"), (["staff"], "Sign in")])
def test_an_organisations_sign_in_opens_the_pages_to_whom_it_gives_a_role(
    opened: Opener, with_provider: tuple[str, Provider], roles: list[str], heading: str
) -> None:
    url, provider = with_provider
    provider.person["roles"] = roles
    browser = opened().page.context.browser
    assert browser is not None
    page = browser.new_context(locale="en").new_page()
    page.goto(url)
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_role("heading", name=heading).wait_for()
    if roles == ["staff"]:
        page.get_by_text("Ask its operator for a role").wait_for()
    else:
        page.evaluate("localStorage.setItem('reviewer', 'another')")
        page.goto(f"{url}/review")
        page.get_by_role("heading", name="Possible matches").wait_for()
        until(page, "!document.querySelector('[aria-busy=true]')")
        assert page.get_by_label("Signed as").input_value() == provider.person["name"]
        assert page.locator(".problem").count() == 0
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("link", name="Sign in with your organisation").wait_for()
    page.context.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sign_in_page_with_a_provider_keeps_the_rules_of_access(
    opened: Opener, with_provider: tuple[str, Provider], lang: str
) -> None:
    page = opened(at=with_provider[0], lang=lang, width=390).open("/")
    until(page, "document.querySelector('a.button') !== null")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate(AXE.read_text("utf-8"))
    broken = page.evaluate("tags => axe.run({ runOnly: tags }).then(r => r.violations)", TAGS)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in broken] == []


def test_without_a_key_no_page_speaks_of_signing_in(opened: Opener) -> None:
    page = opened().open("/")
    assert page.get_by_role("button", name=re.compile("Sign")).count() == 0
