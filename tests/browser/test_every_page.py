"""What holds on every page, in both languages, both themes, on a desk and in a hand."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import httpx
import pytest

from tests.browser.conftest import Opener
from tests.browser.region import PROJECT

AXE = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("find", "results", "party", "records", "ties", "listings", "network", "suppliers", "review", "related", "nowhere")
LOOKS = [{"lang": lang, "width": width} for lang, width in product(("en", "zh"), (1440, 390))]
THEMES = ("light", "dark")
# Words that are the same in Chinese: the product's name, file formats, a key, the language switch.
SAME = {"kith", "resolve", "propagate", "CSV", "XLSX", "English", "H", "sqlite", "neo4j"}
# What sources say stays as they say it, in Chinese pages too; so do the names of versions.
SOURCES_WORDS = {"name", "name_other", "place", "listed_name", "text", "issuer", "case_no", "reason", "duty", "role"}
SAID_BY_SOURCES = SOURCES_WORDS | {"rulebook", "version", "engine", "id", "by"}
# Text a page of that language says itself: not names (they carry their own lang), not codes and data (translate=no).
OWN_TEXT = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const own = [];
  for (let node; (node = walk.nextNode());) {
    const at = node.parentElement;
    if (at.closest('script, noscript, code, bdi, [lang=en]:not(html), [translate=no], dialog:not([open])')) continue;
    if (node.textContent.trim()) own.push(node.textContent.trim());
  }
  for (const e of document.querySelectorAll('[placeholder], [aria-label], [title]'))
    for (const name of ['placeholder', 'aria-label', 'title'])
      if (e.getAttribute(name) && !e.closest('[translate=no]')) own.push(e.getAttribute(name));
  return own;
}"""


@pytest.fixture(scope="module")
def paths(api: httpx.Client) -> dict[str, str]:
    """Where each page is, for a listed firm."""
    listed = next(line["id"] for line in api.get("/risky").json()["results"] if line["standing"] == "listed")
    party = f"/party/{listed}"
    found = {"find": "/", "results": "/find?q=有限公司", "party": party, "network": f"/network?focus={listed}"}
    tabs = {tab: f"{party}/{tab}" for tab in ("records", "ties", "related", "listings")}
    return {**found, **tabs, "suppliers": "/suppliers", "review": "/review", "nowhere": "/party/no/such/page"}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look.values())))
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_of_access_or_overflows(
    opened: Opener, paths: dict[str, str], name: str, look: dict[str, Any]
) -> None:
    page = opened(**look).open(paths[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= look["width"]
    assert page.locator("h1").count() == 1
    page.evaluate(AXE.read_text("utf-8"))
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        broken = page.evaluate("tags => axe.run({ runOnly: tags }).then(r => r.violations)", TAGS)
        told = [(theme, rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in broken]
        assert told == []


@pytest.mark.parametrize("name", PAGES)
def test_a_chinese_page_speaks_chinese(opened: Opener, paths: dict[str, str], name: str) -> None:
    watched = opened(lang="zh")
    said: list[Any] = []
    watched.page.on("response", lambda answer: said.append(answer.json()) if "/v1/" in answer.url else None)
    page = watched.open(paths[name])
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    shown = words_of(" ".join(page.evaluate(OWN_TEXT)))
    assert shown - SAME - words_of(" ".join(said_by_sources(said))) == set()


def words_of(text: str) -> set[str]:
    """Latin words of two letters and more."""
    return set(re.findall(r"[A-Za-z]{2,}", text))


def said_by_sources(answer: Any, key: str = "") -> Iterator[str]:
    """Names, places, issuers and reasons anywhere in an answer."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield from said_by_sources(value, name)
    elif isinstance(answer, list):
        for value in answer:
            yield from said_by_sources(value, key)
    elif key in SAID_BY_SOURCES and isinstance(answer, str):
        yield answer


def test_the_language_and_the_theme_are_kept(opened: Opener) -> None:
    watched = opened()
    page = watched.open("/")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="深色").click()
    page = watched.open("/")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["zh-Hans", "dark"]


def test_no_script_from_elsewhere_may_run(site: str) -> None:
    policy = httpx.get(site).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_skip_link_leads_to_the_content(opened: Opener) -> None:
    page = opened().open("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_another_day_is_told_across_the_page(opened: Opener) -> None:
    page = opened().open("/?as_of=2025-01-01")
    assert "1\u00a0Jan\u00a02025" in page.locator(".past").inner_text()
    page.get_by_role("button", name="Return to the latest day").click()
    page.wait_for_selector(".past", state="detached")
    assert "as_of" not in page.url
