"""What the pages look like on paper: nothing apart, nothing cut, colours kept, upright and across."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from api.schemas.screenings import Screening
from api.screenings.reports import as_html
from tests.browser.conftest import Opener
from tests.browser.region import sample

A4 = {"upright": (703, 1016), "across": (1032, 687)}  # px within the margins
RED = """() => {
  const paper = document.querySelector('.printed');
  const { data, width, height } = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height);
  const listed = [163, 34, 27];
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let at = 0; at < width * height; at++) {
    if (data[at * 4 + 3] < 250 || listed.some((part, n) => Math.abs(data[at * 4 + n] - part) > 3)) continue;
    [left, right] = [Math.min(left, at % width), Math.max(right, at % width)];
    [top, bottom] = [Math.min(top, (at / width) | 0), Math.max(bottom, (at / width) | 0)];
  }
  return { width, height, left, right, top, bottom };
}"""
DARK_INK = """() => {
  const paper = document.querySelector('.printed');
  const { data } = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 250 && data[at] + data[at + 1] + data[at + 2] < 150) dark += 1;
  return dark;
}"""
CUT = """width => [...document.querySelectorAll('main *')].filter((part) => {
  const box = part.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && !part.closest('.hidden, caption') && (box.right > width || box.left < 0);
}).map((part) => part.outerHTML.slice(0, 120))"""

OVER = """width => [...document.querySelectorAll('main *:not(caption, thead, thead *)')]
  .filter((part) => part.getBoundingClientRect().right > width).length"""


@pytest.fixture(scope="module")
def listed(api: httpx.Client) -> str:
    """A listed firm with no other listed party beside it."""
    for line in api.get("/risky").json()["results"]:
        network = api.get(f"/entities/{line['id']}/network", params={"depth": 1, "limit": 25}).json()
        if line["standing"] == "listed" and sum(node["listed"] for node in network["nodes"]) == 1:
            return str(line["id"])
    raise AssertionError("no listed firm stands alone")


def printed(page: Page) -> Page:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_printed_picture_is_whole_and_its_flag_is_on_the_listed_party(
    opened: Opener, listed: str, theme: str, width: int
) -> None:
    page = printed(opened(theme=theme, width=width).open(f"/network?focus={listed}"))
    red: dict[str, int] = page.evaluate(RED)
    # The double border of the focus and the flag at its corner, and no red anywhere else.
    side = 2 * (58 + 5)
    assert side - 20 < red["right"] - red["left"] < side + 2 * 10
    assert side - 20 < red["bottom"] - red["top"] < side + 2 * 10
    assert 0 < red["left"] < red["right"] < red["width"] - 1
    assert page.evaluate(DARK_INK) > 1000  # names in dark ink whatever the screen's theme
    assert page.locator(".canvas > :not(.printed):visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == theme


@pytest.mark.parametrize("paper", A4)
@pytest.mark.parametrize("path", ["/party/{}", "/party/{}/ties", "/network?focus={}", "/review", "/"])
def test_nothing_is_cut_at_the_edge_of_the_paper(opened: Opener, listed: str, path: str, paper: str) -> None:
    page = opened().open(path.format(listed))
    width, height = A4[paper]
    page.set_viewport_size({"width": width, "height": height})
    printed(page)
    assert page.evaluate(CUT, width) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).printColorAdjust") == "exact"


def test_whoever_prints_chooses_how_the_paper_lies(opened: Opener, listed: str) -> None:
    page = opened().open(f"/party/{listed}")
    sizes: dict[str, Any] = {}
    for across in (False, True):
        text = page.pdf(format="A4", landscape=across).decode("latin-1")
        sizes[str(across)] = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", text)[0]
    assert float(sizes["False"][0]) < float(sizes["False"][1])
    assert float(sizes["True"][0]) > float(sizes["True"][1])


@pytest.mark.parametrize("width", [A4["upright"][0], A4["across"][0], 390])
def test_the_report_of_suppliers_fits_paper_and_a_hand(opened: Opener, api: httpx.Client, region: Path, width: int) -> None:
    sent = api.post("/screenings", files={"file": ("suppliers.csv", Path(sample(region)["suppliers"]).read_bytes())})
    page = opened(width=width).page
    page.set_content(as_html(Screening.model_validate(sent.json()), file="suppliers.csv", lang="en"))
    if width != 390:
        page.emulate_media(media="print")
    assert page.locator("tbody tr").count() > 10
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVER, width) == 0
    kept = page.evaluate("getComputedStyle(document.querySelector('.stop')).printColorAdjust")
    assert kept == ("economy" if width == 390 else "exact")
