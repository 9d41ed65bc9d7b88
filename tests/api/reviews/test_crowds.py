"""`kith chains` tells the values that so many bear that they carry nothing; a person's number and phone are masked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from ontology.record import Record
from resolution.pipeline import resolve
from resolution.records.identifiers import identifier
from store.open import open_store
from store.rows import to_rows
from tests.resolution.parties import firm, person

BRANDS = ("Larkspur", "Kestrel", "Marlpit", "Tarnholm", "Ostwind", "Kranich", "Pellworm", "Dunmore")
PERSONS = ("Ada Finch", "Yann Moreau", "Tomas Vrba", "Oskar Lund", "Vera Nagy", "Diego Torres", "Elena Quist", "Ilse Brandner")


def crowd() -> list[Record]:
    tax, licence = identifier("tax_no", "20304058", scope="gb"), identifier("driving_licence", "K7730982", scope="gb")
    firms = [firm(f"f{at}", f"{brand} Works Ltd", identifiers=(tax,)) for at, brand in enumerate(BRANDS)]
    return firms + [person(f"p{at}", name, identifiers=(licence,)) for at, name in enumerate(PERSONS)]


@pytest.mark.parametrize(("language", "words"), [("en", "8 differently named parties"), ("zh", "8 个名称各异的主体")])
def test_chains_tells_the_values_that_too_many_bear_with_how_many(tmp_path: Path, language: str, words: str) -> None:
    place = f"sqlite:///{tmp_path / 'kith.db'}"
    store = open_store(place)
    store.write("sources/put_records", rows=to_rows(crowd()))
    resolve(store, now=datetime(2026, 11, 22, tzinfo=UTC))
    store.close()
    done = CliRunner().invoke(build(), ["chains", "--lang", language], env={"KITH_STORE": place, "KITH_TODAY": "2026-11-22"})
    assert done.exit_code == 0, done.output
    assert "tax_no GB:20304058" in done.stdout
    assert done.stdout.count(words) == 2
    assert "K7730982" not in done.stdout
