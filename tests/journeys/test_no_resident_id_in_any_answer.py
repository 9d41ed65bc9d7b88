"""A resident id that stands in any input file is found in clear in no answer, log line or stored value afterwards."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from api.app import create_app
from api.http.dependencies import AppState
from api.runs.journey import load_files, propagate_signals, resolve_records
from api.settings import Settings
from api.wiring import rulebook
from ontology.personal_ids import check_digit
from resolution.sources.reading import Reading, read_rows
from store.open import open_store
from tests.api.callers import Caller
from tests.api.regions import Region, build
from tests.resolution.sources.test_record_keys import CRM, FAMILY

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
    caller = Caller(create_app(region.state))
    holders = [row["id"] for row in region.store.read("entities/all") if '"resident_id"' in row["document"]][:ASKED_MAX]
    assert holders
    told = []
    for holder in holders:
        told.append(caller.get(f"/v1/entities/{holder}").text)
        records = caller.get(f"/v1/entities/{holder}/records")
        told.append(records.text)
        told += [caller.get(f"/v1/rows/{quote(one['row_id'], safe='')}").text for one in records.json()["records"][:3]]
    everything = "\n".join([*told, *(record.getMessage() for record in caplog.records if record.name.startswith("kith"))])
    assert "*************" in everything
    assert not {number for number in numbers if number in everything}


def test_no_stored_value_holds_one(region: Region, numbers: set[str]) -> None:
    kept = b"".join(path.read_bytes() for path in stored_files(Path(region.sample.folder)))
    assert len(kept) > 100_000
    assert not {number for number in numbers if number.encode() in kept}


def test_people_keyed_by_their_numbers_stay_apart_and_unsaid_through_the_whole_journey(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Three customers shown alike, a table of ties that names them in another dress, and remarks with numbers in clear."""
    caplog.set_level(logging.DEBUG, "kith")
    ids = [f"33010619790601{order:03d}" for order in range(999)]
    ids = [one + check_digit(one) for one in ids]
    *ids, unknown = [one for one in ids if one[-2:] == ids[0][-2:]][:4]
    dressed = [f"{one[:6]}\u00a0{one[6:14]}–{one[14:]}" for one in ids]
    (tmp_path / "crm.yaml").write_text(CRM.replace("columns: {", "columns: {note: [note], "), "utf-8")
    (tmp_path / "family.yaml").write_text(FAMILY, "utf-8")
    rows = "".join(f"{one},人{n},alias {other}\n" for n, (one, other) in enumerate(zip(ids, dressed, strict=True)))
    (tmp_path / "crm.csv").write_text(f"id,name,note\n{rows}", "utf-8")
    (tmp_path / "family.csv").write_text(f"one,other\n{dressed[0]},{ids[1]}\n{ids[2]},{unknown}\n", "utf-8")
    settings = Settings(store=SecretStr(f"sqlite:///{tmp_path / 'kith.db'}"), id_key_file=tmp_path / "id.key")
    store = open_store(settings.store.get_secret_value())
    for name in ("crm", "family"):
        load_files(store, [tmp_path / f"{name}.csv"], mapping=tmp_path / f"{name}.yaml", settings=settings)
    resolve_records(store, settings=settings)
    propagate_signals(store, settings=settings)
    caller = Caller(create_app(AppState(settings, store, rulebook(settings), "0")))
    parties = [row["id"] for row in store.read("entities/all")]
    assert len(parties) == len(store.columns("entities/records")["id"]) == 3
    ties = [caller.get(f"/v1/entities/{party}/ties").json()["ties"] for party in parties]
    assert sorted(map(len, ties)) == [0, 1, 1]
    doors = ["", "/records", "/ties", "/dealings", "/network", "/consents", "/how"]
    told = [caller.get(f"/v1/entities/{party}{door}").text for party in parties for door in doors]
    told += [caller.get(f"/v1/entities/crm:{one}").text for one in (*ids, *dressed)]
    told += [caller.get("/v1/search", params={"q": one}).text for one in (*ids, *dressed)]
    store.close()
    kept = b"".join(path.read_bytes() for path in (*stored_files(tmp_path), *tmp_path.glob("*.rejects.csv")))
    everything = "\n".join(
        [*told, *(record.getMessage() for record in caplog.records if record.name.startswith("kith"))]
    ) + kept.decode("utf-8", "replace")
    assert not [text for text in (*ids, *dressed, unknown) if text in everything]


def stored_files(folder: Path) -> list[Path]:
    """The store's file with what lies beside it, kept networks among them."""
    kept = list(folder.glob("kith.db-kept/*.network"))
    assert kept
    return [*(path for path in folder.glob("kith.db*") if path.is_file()), *kept]
