"""A list of suppliers comes back sorted by what has to be done."""

import json
from pathlib import Path

import httpx

from tests.browser.conftest import Opener
from tests.browser.region import sample

PATIENCE_MS = 240_000  # A check takes a fraction of a second of a processor, and a busy machine has little of it.


def test_a_list_comes_back_as_stop_look_unknown_and_fine(opened: Opener, api: httpx.Client, region: Path) -> None:
    file = Path(sample(region)["suppliers"])
    answer = api.post("/screenings", files={"file": (file.name, file.read_bytes(), "text/csv")}).json()
    page = opened().open("/suppliers")
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_selector(".counters", timeout=PATIENCE_MS)
    counters = dict(zip(answer["counts"], answer["counts"].values(), strict=True))
    shown = [int(text) for text in page.locator(".counters strong").all_inner_texts()]
    assert shown == [counters.get(word, 0) for word in ("stop", "look", "unknown", "fine")]
    rows = page.locator("section[aria-label=Results] tbody tr")
    assert rows.count() == len(answer["rows"])
    order = [row.split(" ")[-1] for row in page.locator("tbody .result").all_inner_texts()]
    assert order == sorted(order, key=["Stop", "Look", "Unknown", "Fine"].index)


def test_a_counter_filters_the_rows(opened: Opener, region: Path) -> None:
    page = opened().open("/suppliers")
    page.locator("input[type=file]").set_input_files(sample(region)["suppliers"])
    page.wait_for_selector(".counters", timeout=PATIENCE_MS)
    counter = page.locator(".counters button").first
    counter.click()
    assert page.locator("section[aria-label=Results] tbody tr").count() == int(counter.locator("strong").inner_text())


def test_pasted_names_are_checked(opened: Opener, api: httpx.Client) -> None:
    listed = next(line for line in api.get("/risky").json()["results"] if line["standing"] == "listed")
    page = opened().open("/suppliers")
    page.locator("textarea").fill(f"{listed['name']}\nNobody Has This Name Ltd\n")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".counters", timeout=PATIENCE_MS)
    assert page.locator("tbody .result").all_inner_texts()[0].endswith("Stop")


def test_a_long_list_shows_how_far_it_is_and_then_its_results(opened: Opener, region: Path, tmp_path: Path) -> None:
    lines = Path(sample(region)["suppliers"]).read_text("utf-8-sig").splitlines()
    (tmp_path / "long.csv").write_text("\n".join([lines[0], *(lines[1:] * 20)[:400]]), "utf-8")
    page = opened().open("/suppliers")
    page.locator("input[type=file]").set_input_files(tmp_path / "long.csv")
    progress = page.locator("progress")
    progress.wait_for()
    assert "of 400 rows" in (progress.get_attribute("aria-label") or "")
    page.wait_for_selector(".counters", timeout=PATIENCE_MS)
    assert (
        sum(int(text) for text in page.locator(".counters strong").all_inner_texts()) + page.locator("section ul.body li").count()
        == 400
    )


def test_association_alone_never_stops(api: httpx.Client, region: Path) -> None:
    file = Path(sample(region)["suppliers"])
    rows = api.post("/screenings", files={"file": (file.name, file.read_bytes(), "text/csv")}).json()["rows"]
    stopped = [row for row in rows if row["result"] == "stop"]
    assert stopped
    assert all(row["party"]["standing"] == "listed" for row in stopped), json.dumps(stopped, ensure_ascii=False)[:800]
