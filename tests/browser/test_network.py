"""Picture, tables and paths are three views of one state."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, until

FIRST = {"depth": 1, "limit": 25}  # What the page asks for at first; paths that lead further are added.


@pytest.fixture(scope="module")
def focus(api: httpx.Client) -> str:
    """A firm that a listed party reaches, with parties left out around it."""
    lines = api.get("/risky", params={"limit": 100}).json()["results"]
    near: list[str] = [line["id"] for line in lines if line["standing"] == "by_association"]
    assert near
    paths = {id_: len(api.get(f"/entities/{id_}/network", params=FIRST).json()["paths"]) for id_ in near}
    return max(paths, key=paths.__getitem__)


def graph(page: Page) -> dict[str, Any]:
    counts: dict[str, Any] = page.evaluate("window.__kith.graph()")
    return counts


def assert_one_state(page: Page) -> dict[str, Any]:
    """Canvas, tabs and tables count the same parties and ties."""
    counts = graph(page)
    page.locator("#tab-parties").click()
    assert page.locator("[data-table=parties] tbody tr[data-id]").count() == counts["nodes"]
    assert int(page.locator("[data-count=parties]").inner_text()) == counts["nodes"]
    page.locator("#tab-ties").click()
    assert page.locator("[data-table=ties] tbody tr[data-id]").count() == counts["ties"]
    assert int(page.locator("[data-count=ties]").inner_text()) == counts["ties"]
    page.locator("#tab-parties").click()
    assert page.locator("tr.more-row").count() == counts["more"]
    return counts


def test_the_picture_holds_what_the_server_sent(opened: Opener, api: httpx.Client, focus: str) -> None:
    sent = api.get(f"/entities/{focus}/network", params=FIRST).json()
    page = opened().open(f"/network?focus={focus}")
    counts = assert_one_state(page)
    listed = {path["listed_id"] for path in sent["paths"][:4]}
    page_ids = {row.get_attribute("data-id") for row in page.locator("[data-table=parties] tbody tr[data-id]").all()}
    assert {node["id"] for node in sent["nodes"]} | listed <= page_ids
    assert counts["ties"] >= len(sent["ties"])


def test_counts_stay_equal_after_every_filter(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    before = assert_one_state(page)
    for number in range(page.locator("input[name=kind]").count()):
        page.locator("input[name=kind]").nth(number).uncheck()
        assert assert_one_state(page)["ties"] < before["ties"]
        page.locator("input[name=kind]").nth(number).check()
    page.locator(".filters select").select_option("0.5")
    assert_one_state(page)
    page.locator("input[name=ended]").uncheck()
    assert_one_state(page)
    assert "min_share=0.5" in page.url
    page.reload()
    page.wait_for_selector("[data-table=parties]")
    assert page.locator(".filters select").input_value() == "0.5"


def test_counts_stay_equal_after_expand_hide_and_undo(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    before = assert_one_state(page)
    row = page.locator("[data-table=parties] tbody tr[data-id]").nth(1)
    hidden = row.get_attribute("data-id")
    row.click()
    page.get_by_role("button", name="Hide").click()
    after = assert_one_state(page)
    assert after["nodes"] < before["nodes"]
    assert page.locator(f"[data-id='{hidden}']").count() == 0
    page.get_by_role("button", name="Undo").click()
    assert assert_one_state(page)["nodes"] == before["nodes"]


def test_more_parties_come_when_asked_for(opened: Opener, api: httpx.Client) -> None:
    lines = api.get("/reliable", params={"limit": 30}).json()["results"]
    around = {line["id"]: api.get(f"/entities/{line['id']}/network", params=FIRST).json() for line in lines}
    crowded = next(id_ for id_, network in around.items() if any(not more["id"].startswith("hub:") for more in network["more"]))
    page = opened().open(f"/network?focus={crowded}")
    before = assert_one_state(page)
    page.locator("[data-more]").first.click()
    until(page, "n => window.__kith.graph().nodes > n", before["nodes"])
    assert_one_state(page)
    page.get_by_role("button", name="Undo").click()
    assert assert_one_state(page) == {**graph(page), "nodes": before["nodes"], "ties": before["ties"]}


def test_selecting_in_the_table_selects_in_the_picture_and_the_address(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    rows = page.locator("[data-table=parties] tbody tr[data-id]")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    chosen = rows.nth(1).get_attribute("data-id")
    until(page, "id => window.__kith.graph().selected === id", chosen)
    page.wait_for_url(f"**sel={chosen}*")
    assert rows.nth(1).evaluate("e => e === document.activeElement")


def test_selecting_in_the_picture_selects_in_the_table(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    page.locator("[data-table=parties] tbody tr[data-id]").nth(1).click()
    page.get_by_role("button", name="Fit").click()
    x, y = page.evaluate("window.__kith.at(new URLSearchParams(location.search).get('focus'))")
    page.mouse.click(x, y)
    until(page, "id => window.__kith.graph().selected === id", focus)
    assert page.locator("tr[aria-current=true]").get_attribute("data-id") == focus


def test_a_pressed_path_dims_the_rest_and_a_second_press_brings_it_back(opened: Opener, api: httpx.Client, focus: str) -> None:
    path = api.get(f"/entities/{focus}/network", params=FIRST).json()["paths"][0]
    on_path = {end["id"] for hop in path["hops"] for end in (hop["from"], hop["to"], hop["via"]) if end}
    page = opened().open(f"/network?focus={focus}")
    button = page.locator(".path").first
    assert path["sentence"] in button.inner_text()
    button.click()
    until(page, "window.__kith.graph().dimmed > 0")
    counts = assert_one_state(page)
    assert counts["nodes"] - counts["dimmed"] == len(on_path)
    button.click()
    until(page, "window.__kith.graph().dimmed === 0")


def test_tab_leaves_the_canvas(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    page.locator(".canvas").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.classList.contains('canvas')")


def test_a_tie_opens_the_rows_that_state_it(opened: Opener, focus: str) -> None:
    page = opened().open(f"/network?focus={focus}")
    page.locator("#tab-ties").click()
    page.locator("[data-table=ties] .as-link").first.click()
    page.wait_for_selector("dialog table.values tbody tr")


def test_without_a_party_the_page_asks_for_one(opened: Opener) -> None:
    page = opened().open("/network")
    page.get_by_role("combobox", name="Party to start from").wait_for()
