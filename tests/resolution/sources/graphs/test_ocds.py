"""OCDS: what a release says of a party adds up, and an award ties nobody where nothing was awarded."""

import json
from datetime import date
from pathlib import Path

from ontology.link import Link
from ontology.record import Record
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import Reading, read_rows

BUYER = {"id": "GB-GOR-X1", "name": "Made-up Council"}
FIRM = {"id": "5", "name": "Quarry Works Ltd"}


def _statements(path: Path, releases: list[dict[str, object]]) -> list[object]:
    path.write_text(json.dumps({"uri": "x", "extensions": ["y"], "releases": releases}))
    choice = choose_reading(
        path, mapping=None, kind=None, dataset="d", reading=Reading(), id_key=b"k", today=date(2026, 1, 1), index=CrossFileIndex()
    )
    mapper = choice.make("0" * 16)
    return [statement for row in read_rows(path, choice.reading) for statement in mapper.map_row(row).statements]


def _release(ocid: str, status: str, *suppliers: dict[str, str]) -> dict[str, object]:
    value = {"amount": 10, "currency": "EUR"}
    return {
        "ocid": ocid,
        "tag": ["award"],
        "buyer": BUYER,
        "awards": [{"id": "1", "status": status, "value": value, "suppliers": [*suppliers]}],
    }


def test_an_id_that_names_no_register_is_one_of_its_process(tmp_path: Path) -> None:
    statements = _statements(tmp_path / "a.json", [_release("o-1", "active", FIRM), _release("o-2", "active", FIRM)])
    ids = {statement.id for statement in statements if isinstance(statement, Record)}
    assert ids == {"d:GB-GOR-X1", "d:o-1/5", "d:o-2/5"}


def test_an_award_that_does_not_stand_ties_nobody(tmp_path: Path) -> None:
    statements = _statements(tmp_path / "a.json", [_release("o-1", "cancelled", FIRM), _release("o-2", "pending", FIRM)])
    assert not [statement for statement in statements if isinstance(statement, Link)]


def test_the_value_of_an_award_to_several_is_given_to_none_of_them(tmp_path: Path) -> None:
    statements = _statements(tmp_path / "a.json", [_release("o-1", "active", FIRM, {"id": "6", "name": "Second Quarry Ltd"})])
    links = [statement for statement in statements if isinstance(statement, Link)]
    assert [(link.amount, link.role) for link in links] == [(None, "one of 2 suppliers")] * 2
