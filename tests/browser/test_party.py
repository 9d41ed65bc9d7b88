"""A profile can be followed from its number to the row of the file."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.region import sample

MINUS = "\u2212"


@pytest.fixture(scope="module")
def profiles(api: httpx.Client) -> list[dict[str, Any]]:
    """The firms that most need a look, and the most reliable ones."""
    lines = [line for path in ("/risky", "/reliable") for line in api.get(path, params={"limit": 4}).json()["results"]]
    return [api.get(f"/entities/{line['id']}").json() for line in lines]


def points(page: Page) -> list[int]:
    """The points of the lines, as they stand on the page."""
    shown = page.locator("table.waterfall tbody td.number").all_inner_texts()
    return [int(text.replace(MINUS, "-")) for text in shown]


def test_the_lines_on_the_page_add_up_to_the_score(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    watched = opened()
    scored = [profile for profile in profiles if profile["score"]["value"] is not None]
    assert scored
    for profile in scored:
        page = watched.open(f"/party/{profile['party']['id']}")
        assert sum(points(page)) == profile["score"]["value"]
        assert page.locator("[data-total]").inner_text() == str(profile["score"]["value"])
        assert page.locator(".waterfall [role=alert], [data-sum]").count() == 0


def follow(page: Page, number: int) -> None:
    """From a reason to a row of a file: a drawer after one click, or a tab and then the drawer."""
    page.locator("ol.reasons li").nth(number).locator(".as-link, a").click()
    page.wait_for_selector("dialog[open], section.card.scroll tbody .as-link")
    if page.locator("dialog[open]").count() == 0:
        page.locator("section.card.scroll tbody .as-link").first.click()
    page.wait_for_selector("dialog table.values tbody tr")


def test_every_reason_opens_a_row_of_a_file_in_two_clicks(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    watched, followed = opened(), 0
    for profile in profiles[:2] + profiles[-2:]:
        for number in range(len(profile["score"]["reasons"])):
            follow(watched.open(f"/party/{profile['party']['id']}"), number)
            followed += 1
    assert followed > 8


def test_the_row_shown_is_the_row_the_api_holds(opened: Opener, api: httpx.Client, profiles: list[dict[str, Any]]) -> None:
    listed = next(profile for profile in profiles if profile["listings"])
    row = api.get(f"/rows/{listed['listings'][0]['row_id'].replace('#', '%23')}").json()
    page = opened().open(f"/party/{listed['party']['id']}/listings")
    page.locator("article .as-link").first.click()
    page.wait_for_selector("dialog table.values tbody tr")
    told = page.locator("dialog dl.facts").inner_text()
    assert row["file"] in told
    assert str(row["number"]) in told
    names, values = (page.locator(f"dialog .values tbody {cell}").all_inner_texts() for cell in ("th", "td"))
    assert dict(zip(names, values, strict=True)) == {name: value.strip() or "empty" for name, value in row["values"].items()}


def test_a_listing_names_issuer_rule_and_how_to_contest_it(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    listed = next(profile for profile in profiles if profile["listings"] and profile["listings"][0]["in_force"])
    listing = listed["listings"][0]
    text = opened().open(f"/party/{listed['party']['id']}/listings").locator("main").inner_text()
    assert all(listing[fact] in text for fact in ("title", "issuer", "rule_basis", "contest"))


def test_association_is_told_apart_from_listing_in_the_servers_words(opened: Opener, api: httpx.Client) -> None:
    lines = api.get("/risky", params={"limit": 100}).json()["results"]
    near = next(line for line in lines if line["standing"] == "by_association")
    profile = api.get(f"/entities/{near['id']}").json()
    page = opened().open(f"/party/{near['id']}")
    box = page.locator(".by-association").first
    assert profile["association_sentence"] in box.inner_text()
    assert page.locator("main .mark.listed").count() == 0


def test_a_person_has_no_score_and_no_association(opened: Opener, api: httpx.Client, profiles: list[dict[str, Any]]) -> None:
    person = next(
        tie["other"]["id"]
        for profile in profiles
        for tie in api.get(f"/entities/{profile['party']['id']}/ties").json()["ties"]
        if tie["other"]["kind"] == "person"
    )
    watched = opened()
    page = watched.open(f"/party/{person}")
    assert page.locator(".ruler, table.waterfall, .reasons, .mark.association").count() == 0
    assert "only with consent" in page.locator("main").inner_text()
    assert "kith consent give" in page.locator("main").inner_text()
    page = watched.open(f"/party/{person}/ties")
    assert page.locator("table tbody tr").count() > 0
    assert page.locator("main .mark").count() == 0


def test_a_persons_score_is_on_the_page_of_whom_the_person_agreed_to(opened: Opener, api: httpx.Client, region: Path) -> None:
    loans = json.loads(next(Path(one) for one in sample(region)["sources"] if "loan_statement" in one).read_text("utf-8"))
    found = api.get("/search", params={"q": loans[0]["borrower_name"], "kinds": "person"}).json()["results"]
    held = {one["id"]: api.get(f"/entities/{one['id']}/records").json()["records"] for one in found if one["kind"] == "person"}
    person = next(id_ for id_, records in held.items() if any(one["dataset"] == "loan_statement" for one in records))
    reader = {"partner": "Harbour Bank", "purpose": "supplier credit"}
    told = {**reader, "evidence": "form 17", "legal_basis": "PIPL Art 13(1)", "assessment": "DPIA-7"}
    given = api.post(f"/entities/{person}/consents", json=told).json()["consent"]["id"]
    value = api.get(f"/entities/{person}", params=reader).json()["score"]["value"]
    query = "partner=Harbour+Bank&purpose=supplier+credit"
    page = opened().open(f"/party/{person}?{query}")
    assert page.locator("[data-total]").inner_text() == str(value)
    assert query in (page.locator("nav.tabs a").last.get_attribute("href") or "")
    assert opened().open(f"/party/{person}").locator("[data-total]").count() == 0
    api.delete(f"/consents/{given}")
    assert "撤回" in opened(lang="zh").open(f"/party/{person}?{query}").locator("main").inner_text()


def test_records_and_ties_are_all_there(opened: Opener, api: httpx.Client, profiles: list[dict[str, Any]]) -> None:
    watched = opened()
    for noun in ("records", "ties"):
        party = profiles[0]["party"]["id"]
        held = api.get(f"/entities/{party}/{noun}").json()[noun]
        page = watched.open(f"/party/{party}/{noun}")
        assert page.locator("table tbody tr").count() == len(held)


def test_an_unknown_party_is_told_as_a_problem_with_its_request(opened: Opener) -> None:
    watched = opened()
    page = watched.open("/party/K-0000000000")
    told = page.locator("[role=alert]").inner_text()
    assert "Try again" in told
    assert "404" in told
    watched.complaints.clear()  # The browser itself notes the 404.


def test_a_joined_id_leads_to_the_party_it_is_now(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    now = profiles[0]["party"]["id"]
    watched = opened()
    moved = {"status": 308, "headers": {"location": f"{watched.site}/v1/entities/{now}"}}
    watched.page.route("**/v1/entities/K-OLD", lambda route: route.fulfill(**moved))
    page = watched.open("/party/K-OLD")
    page.wait_for_url(f"**/party/{now}?joined=K-OLD")
    assert "K-OLD was joined into this party" in page.locator(".note").inner_text()


def test_brackets_turn_the_tabs(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    page = opened().open(f"/party/{profiles[0]['party']['id']}")
    page.keyboard.press("]")
    page.wait_for_url("**/records")
    page.keyboard.press("[")
    page.wait_for_url(f"**/party/{profiles[0]['party']['id']}")


def test_the_printed_report_holds_every_line_and_no_controls(opened: Opener, profiles: list[dict[str, Any]]) -> None:
    page = opened().open(f"/party/{profiles[0]['party']['id']}")
    page.emulate_media(media="print")
    assert page.locator("table.waterfall tbody tr").count() == len(profiles[0]["score"]["lines"])
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".rail").is_visible()
    assert profiles[0]["rulebook"] in page.locator("p.foot").inner_text()
