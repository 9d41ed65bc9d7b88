"""One pair after the other: a word by key or button, what it would change, and back again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, Watched, until
from tests.browser.region import served


@pytest.fixture
def desk(region: Path, opened: Opener, tmp_path: Path) -> Iterator[tuple[Watched, httpx.Client]]:
    """The review page over a copy of the region that the test may judge, and its API."""
    for file in region.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with served(tmp_path) as site, httpx.Client(base_url=f"{site}/v1", timeout=60) as client:
        watched = opened()
        watched.site = site
        yield watched, client


def queue(client: httpx.Client, **asked: str) -> list[tuple[str, str]]:
    told: dict[str, Any] = client.get("/judgements/queue", params=asked | {"limit": "50"}).json()
    return [(pair["left"]["record"]["name"], pair["right"]["record"]["name"]) for pair in told["pairs"]]


def listed(page: Page) -> list[str]:
    """The names in the queue on the page."""
    return page.locator(".pair-choice > span bdi").all_inner_texts()


def said(page: Page, part: str) -> None:
    until(page, "part => document.querySelector('.page p[role=status]').innerText.includes(part)", part)


def test_a_word_by_key_leaves_the_queue_and_z_brings_it_back(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    waiting = queue(client)
    assert len(waiting) > 3
    page = watched.open("/review")
    assert listed(page) == [left for left, _ in waiting]
    page.keyboard.press("j")
    assert page.locator(".pair-choice[aria-current=true] > span bdi").inner_text() == waiting[1][0]
    page.keyboard.press("k")
    for key, word in (("d", "Different"), ("u", "Unsure")):
        page.keyboard.press(key)
        said(page, word)
    assert listed(page) == [left for left, _ in waiting[2:]]
    assert client.get("/judgements").json()["lines"][0]["verdict"] in ("different", "unsure")
    page.keyboard.press("z")
    until(page, "n => document.querySelectorAll('.pair-choice').length === n", len(waiting) - 1)
    page.keyboard.press("z")
    until(page, "n => document.querySelectorAll('.pair-choice').length === n", len(waiting))
    assert queue(client) == waiting


def test_a_key_hit_twice_before_the_answer_is_one_word_on_one_pair(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    waiting = queue(client)
    page = watched.open("/review")
    page.evaluate("for (const n of [1, 2, 3]) dispatchEvent(new KeyboardEvent('keydown', { key: 'd' }))")
    said(page, "Different")
    assert listed(page) == [left for left, _ in waiting[1:]]
    assert client.get("/judgements").json()["total"] == 1


def test_what_a_same_would_change_is_told_before_and_written_with_its_reason(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    page = watched.open("/review")
    first = client.get("/judgements/queue").json()["pairs"][0]
    body = {"left": first["judge_on"][0], "right": first["judge_on"][1], "verdict": "same"}
    tried = client.post("/judgements?dry_run=true", json=body).json()
    shown = page.locator(".tried").inner_text()
    assert all(sentence in shown for sentence in tried["effects"]["sentences"])
    page.keyboard.press("n")
    page.keyboard.type("one seal, same desk")
    page.locator("[data-verdict=same]").click()
    said(page, "It holds: the parties have followed.")
    line = client.get("/judgements").json()["lines"][0]
    assert (line["verdict"], line["reason"]) == ("same", "one seal, same desk")


def test_letters_typed_as_a_reason_decide_nothing(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    page = watched.open("/review")
    page.locator("#reason").fill("")
    page.locator("#reason").press_sequentially("sdu")
    assert client.get("/judgements").json()["total"] == 0


def test_a_second_word_is_given_blind_and_disagreement_is_told(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    first = client.get("/judgements/queue").json()["pairs"][0]
    ids = {"left": first["left"]["record"]["id"], "right": first["right"]["record"]["id"]}
    client.post("/judgements", json=ids | {"verdict": "different", "reason": "two seals", "by": "wu"})
    page = watched.open("/review")
    page.get_by_label("Second word, blind").check()
    page.wait_for_url("**/review?blind=true")
    page.wait_for_selector(".pair-choice")
    assert "wu" not in page.locator("main").inner_text()
    page.locator("[data-verdict=same]").click()
    said(page, "wu: Different.")
    page = watched.open("/review")
    until(page, "document.querySelectorAll('.said').length === 2")


def test_an_empty_queue_says_so(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    for pair in client.get("/judgements/queue", params={"limit": 200}).json()["pairs"]:
        left, right = pair["judge_on"]
        client.post("/judgements", json={"left": left, "right": right, "verdict": "unsure"})
    page = watched.open("/review")
    assert "Nothing waits." in page.locator("main").inner_text()


def test_nothing_can_be_decided_on_a_past_day(desk: tuple[Watched, httpx.Client]) -> None:
    watched, client = desk
    page = watched.open("/review?as_of=2025-01-01")
    assert page.locator("[data-verdict]:disabled").count() == 3
    page.keyboard.press("s")
    assert client.get("/judgements").json()["total"] == 0
