"""A person finds a party by whatever they have in hand."""

import re
from typing import Any

import httpx
import pytest

from tests.browser.conftest import Opener

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def firm(api: httpx.Client) -> dict[str, Any]:
    """A firm with a name in both scripts."""
    lines = api.get("/reliable", params={"limit": 50}).json()["results"]
    return next(line for line in lines if line["name_other"] and line["kind"] == "firm")


def both_names(firm: dict[str, Any]) -> tuple[str, str]:
    """Its name in Han characters and the one in Latin letters."""
    han, latin = sorted((firm["name"], firm["name_other"]), key=lambda name: not HAN.search(name))
    return han, latin


def test_a_chinese_name_finds_the_party(opened: Opener, firm: dict[str, Any]) -> None:
    watched = opened()
    page = watched.open("/")
    page.keyboard.press("/")
    page.keyboard.type(both_names(firm)[0])
    page.keyboard.press("Enter")
    page.wait_for_selector(f"a.row[href='/party/{firm['id']}']")


def test_an_english_name_is_suggested_and_opened_by_keys_alone(opened: Opener, firm: dict[str, Any]) -> None:
    page = opened().open("/")
    page.keyboard.press("/")
    page.keyboard.type(both_names(firm)[1])
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/party/*")
    page.locator("h1").wait_for()


def test_a_code_finds_the_one_party_that_bears_it(opened: Opener, api: httpx.Client, firm: dict[str, Any]) -> None:
    codes = api.get(f"/entities/{firm['id']}").json()["identifiers"]
    code = next(code["shown"] for code in codes if code["scheme"] == "uscc")
    page = opened().open(f"/find?q={code}")
    assert page.locator("a.row").count() == 1
    assert page.locator("a.row").get_attribute("href") == f"/party/{firm['id']}"


def test_one_latin_letter_suggests_nothing(opened: Opener) -> None:
    page = opened().open("/")
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.wait_for_timeout(400)
    assert page.locator("[role=option]").count() == 0


def test_what_is_not_there_is_said(opened: Opener) -> None:
    page = opened().open("/find?q=zzqqxx")
    page.get_by_text("Nothing found.").wait_for()


def test_the_first_page_tells_what_is_in_the_store(opened: Opener, api: httpx.Client) -> None:
    about = api.get("/about").json()
    page = opened().open("/")
    shown = page.locator("dl.cells strong").all_inner_texts()
    numbers = [int(text.replace(",", "")) for text in shown]
    assert numbers == [*(about["parties"][kind] for kind in ("firm", "person", "agency")), about["records"], about["listed"]]
    assert page.locator("table tbody tr").count() == len(about["files"])


def test_arrows_walk_over_the_results(opened: Opener) -> None:
    page = opened().open("/")
    rows = page.locator("section[aria-labelledby=risky] a.row")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") == page.evaluate("e => e.href", rows.nth(1).element_handle())
