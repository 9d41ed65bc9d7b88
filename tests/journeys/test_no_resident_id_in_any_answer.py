"""A resident id that stands in any input file is found in clear in no answer, log line or stored value afterwards."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from api.app import create_app
from resolution.sources.reading import Reading, read_rows
from store.open import open_store
from tests.api.callers import Caller
from tests.api.regions import Region, build

pytestmark = pytest.mark.slow
NUMBER = re.compile(r"(?<![0-9A-Z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dX](?![0-9A-Z])")
ASKED_MAX = 60


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    folder: Path = tmp_path_factory.mktemp("masked")
    store = open_store(address := f"sqlite:///{folder / 'kith.db'}")
    yield build(store, folder, address)
    store.close()


@pytest.fixture(scope="module")
def numbers(region: Region) -> set[str]:
    """Every resident id of every file, tables and text alike."""
    rows = (row for path in region.sample.sources for row in read_rows(path, Reading()))
    found = {number for row in rows for value in row.values.values() for number in NUMBER.findall(str(value))}
    assert len(found) > 50
    return found


def test_no_answer_about_whom_an_id_was_told_shows_it(
    region: Region, numbers: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caller = Caller(create_app(region.house))
    holders = [row["id"] for row in region.store.read("entities/all") if '"resident_id"' in row["document"]][:ASKED_MAX]
    assert holders
    told = []
    for holder in holders:
        told.append(caller.get(f"/v1/entities/{holder}").text)
        records = caller.get(f"/v1/entities/{holder}/records")
        told.append(records.text)
        told += [caller.get(f"/v1/rows/{quote(one['row_id'], safe='')}").text for one in records.json()["records"][:3]]
    everything = "\n".join([*told, caplog.text])
    assert "*************" in everything
    assert not {number for number in numbers if number in everything}


def test_no_stored_value_holds_one(region: Region, numbers: set[str]) -> None:
    kept = b"".join(path.read_bytes() for path in Path(region.sample.folder).glob("kith.db*"))
    assert len(kept) > 100_000
    assert not {number for number in numbers if number.encode() in kept}
