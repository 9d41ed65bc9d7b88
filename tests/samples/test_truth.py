"""The truth speaks of exactly the records that loading the sources gives."""

from datetime import UTC, datetime

import pytest

from resolution.sources.ingest import Ingested, ingest
from samples import Sample
from store.open import open_store
from store.port import Store
from tests.samples.conftest import rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(seeded: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[Ingested]]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'kith.db'}")
    return store, ingest(store, [seeded.folder], id_key=b"sample" * 8, now=NOW)


def test_every_file_is_recognised_as_what_the_manifest_says(seeded: Sample, loaded: tuple[Store, list[Ingested]]) -> None:
    assert not [one for one in loaded[1] if one.trouble]
    assert {one.file: one.kind for one in loaded[1]} == seeded.kinds


def test_no_row_of_a_sample_is_rejected(loaded: tuple[Store, list[Ingested]]) -> None:
    assert {one.file: one.rejections for one in loaded[1] if one.rows_rejected} == {}


def test_the_truth_covers_every_record_and_nothing_else(seeded: Sample, loaded: tuple[Store, list[Ingested]]) -> None:
    stored = {row["id"] for row in loaded[0].read("entities/records")}
    assert stored == {row["record_id"] for row in rows(seeded.truth_records)}
