"""The worked examples of the guide: each comes out as it is written down, loads as previewed, and is shown as it lies there."""

from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from docs.guide_examples import GUIDE, PAGE, examples, facts_of, files_of, in_short, is_pack, renewed, shown_files
from ontology.documents import read_yaml
from resolution.sources.ingest import ingest
from resolution.sources.packs.pack import EXPECTED
from resolution.sources.packs.pack_library import pack_at
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY, differences
from store.open import open_store

EXAMPLES = examples()
IDS = [folder.name for folder in EXAMPLES]
PAGE_LINES_MAX = 50  # A page of paper.
NOT_SHOWN = (".xlsx", ".xml", ".json")
RENEW = "python -m docs.guide_examples, then read the diff"


@pytest.mark.parametrize("folder", EXAMPLES, ids=IDS)
def test_an_example_comes_out_as_it_is_written_down(folder: Path) -> None:
    expected = read_yaml((folder / EXPECTED).read_text("utf-8"))
    assert not [*differences(expected, facts_of(folder))], RENEW


@pytest.mark.parametrize("folder", EXAMPLES, ids=IDS)
def test_an_example_is_loaded_as_it_is_previewed(folder: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}", create=True)
    try:
        loaded = ingest(
            store,
            files_of(folder),
            id_key=SAMPLE_KEY,
            now=datetime.combine(SAMPLE_DAY, time(12), UTC),
            mapping=None if is_pack(folder) else folder / PAGE,
            pack=pack_at(folder) if is_pack(folder) else None,
            rejects_dir=tmp_path,
        )
        ids = {row["id"] for row in store.read("entities/records")}
    finally:
        store.close()
    facts = facts_of(folder)
    assert not [file.trouble for file in loaded if file.trouble]
    assert ids == {*facts["records"]}
    rows = Counter(read=sum(file.rows_read for file in loaded), rejected=sum(file.rows_rejected for file in loaded))
    assert rows == Counter(read=facts["rows_read"], rejected=facts["rows_rejected"])


def test_the_guide_shows_what_lies_in_the_folders() -> None:
    guide = GUIDE.read_text("utf-8")
    assert renewed(guide) == guide, RENEW


def test_the_guide_shows_every_file_of_every_example() -> None:
    there = {path.relative_to(GUIDE.with_suffix("")).as_posix() for folder in EXAMPLES for path in folder.rglob("*.*")}
    assert shown_files(GUIDE.read_text("utf-8")) == there


@pytest.mark.parametrize("folder", EXAMPLES, ids=IDS)
def test_a_page_of_the_guide_fits_on_a_page(folder: Path) -> None:
    pages = [path for path in folder.glob("*.yaml") if path.name != EXPECTED]
    assert max(len(page.read_text("utf-8").splitlines()) for page in pages) <= PAGE_LINES_MAX


def test_facts_in_short_are_a_line_each() -> None:
    record = {
        "kind": "firm",
        "names": {"primary": ["Alder Ltd"], "alias": ["Alder"]},
        "countries": ["gb"],
        "attributes": {"a": "b"},
    }
    listing = {"list_type": "debarment", "record_id": "x:1", "issuer": "The town", "verified": True}
    facts = {"records": {"x:1": record}, "listings": [listing], "rows_read": 2, "rows_ignored": 1, "rows_rejected": 0}
    assert [*in_short(facts)] == [
        "x:1  firm  Alder Ltd",
        "    alias Alder",
        "    country gb",
        "    a: b",
        "listing debarment x:1, issuer The town, verified",
        "2 rows read, 1 of them state nothing, 0 refused",
    ]
