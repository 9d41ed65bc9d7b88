"""Wherever a page names a party, the name in the page's script stands first and the other is not lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from ontology.scripts import name_for_language
from tests.browser.conftest import Opener
from tests.browser.region import sample

PLACES = ("find", "results", "ties", "related", "dealings", "network", "suppliers", "review")
LINKS = """() => [...document.querySelectorAll('main a[href^="/party/"]:has(bdi)')].map((link) => [
  decodeURIComponent(link.getAttribute('href').split('/')[2].split('?')[0]), link.querySelector('bdi').textContent,
  (link.closest('tr, li, dd, h2') ?? link).textContent])"""
PARTIES = """() => [...document.querySelectorAll('[data-table=parties] tr[data-id]')].map((row) => [
  row.dataset.id, row.querySelector('bdi').textContent, row.textContent])"""


@pytest.fixture(scope="module")
def paths(api: httpx.Client) -> dict[str, str]:
    """Where each page is, for a firm with many kinds of tie."""
    lines = api.get("/risky", params={"limit": 20}).json()["results"]
    firm = max((line["id"] for line in lines), key=lambda id_: len(api.get(f"/entities/{id_}/ties").json()["ties"]))
    tabs = {tab: f"/party/{firm}/{tab}" for tab in ("ties", "related", "dealings")}
    return {
        **tabs,
        "find": "/",
        "results": "/find?q=有限公司",
        "network": f"/network?focus={firm}",
        "suppliers": "/suppliers",
        "review": "/review",
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("place", PLACES)
def test_every_party_with_two_names_bears_the_pages_first_and_the_other_beside_it(
    opened: Opener, paths: dict[str, str], region: Path, place: str, lang: str
) -> None:
    watched = opened(lang=lang)
    said: list[Any] = []
    watched.page.on("response", lambda answer: said.append(answer.json()) if "/v1/" in answer.url else None)
    page = watched.open(paths[place])
    if place == "suppliers":
        page.set_input_files("input[type=file]", sample(region)["suppliers"])
        page.wait_for_selector(".counters")
    page.wait_for_timeout(300)  # The last answers are heard a moment after they are shown.
    wanted = {id_: (name, other) for id_, name, other in both_names(said)}
    reporters = [(one["reporter"], one["reporter_other"]) for one in lines_of(said, "dealings") if one["reporter_other"]]
    assert wanted if place != "dealings" else reporters
    for id_, first, row in named(page, place):
        name, other = wanted.get(id_, ("", ""))
        # A list of suppliers leads with what stands in the file.
        assert not name or place == "suppliers" or first == name_for_language(name, other, lang)
        assert name in row
        assert other in row
    for name, other in reporters if place == "dealings" else ():
        assert page.get_by_role("rowheader", name=f"{name_for_language(name, other, lang)} ").count() > 0


def lines_of(said: list[Any], noun: str) -> list[dict[str, Any]]:
    """The lines of the answers that list this noun."""
    return [line for answer in said if isinstance(answer.get(noun), list) for line in answer[noun]]


def named(page: Page, place: str) -> list[list[str]]:
    """Id, first name and whole row of every party the page names; at least one."""
    found: list[list[str]] = page.evaluate(PARTIES if place == "network" else LINKS)
    assert found or place == "dealings"
    return found


def both_names(answer: Any) -> Iterator[tuple[str, str, str]]:
    """Id and names of every party anywhere in an answer that has two."""
    if isinstance(answer, dict):
        if answer.get("name_other") and "id" in answer:
            yield answer["id"], answer["name"], answer["name_other"]
        for value in answer.values():
            yield from both_names(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from both_names(value)
