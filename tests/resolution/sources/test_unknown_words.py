"""Words that the rulebook does not know: told while the rows go in, with the nearest known one."""

from pathlib import Path

import pytest

from ontology.rulebook import default_rulebook
from resolution.sources.ingest import Ingested, ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.unknown_words import nearest
from store.port import Store
from tests.resolution.sources.shorthands import KEY, NOW

PAGE = """
mapping: mine
version: "1"
title: Mine
source_class: 3
columns: {name: [name], other: [other], on: [on], list: [list], tie: [tie], mark: [mark]}
parties:
  firm: {kind: firm, key: name, names: [name]}
  holder: {kind: firm, key: other, names: [other]}
listings: [{list_type: list, party: firm, issuer: {text: Guild of Bakers}, listed_on: on}]
links: [{kind: tie, source: holder, target: firm, when: [tie]}]
recognitions: [{mark: mark, party: firm, issuer: {text: Bureau}, given_on: on}]
"""


def load(store: Store, folder: Path, *rows: str) -> Ingested:
    path = folder / "mine.csv"
    path.write_text("\n".join(["name,other,on,list,tie,mark", *rows]) + "\n", "utf-8")
    (told,) = ingest(store, [path], id_key=KEY, now=NOW, mapping=parse_mapping(PAGE, "mine.yaml"))
    return told


def test_an_unknown_list_tie_and_mark_are_each_told_once_with_their_first_row(store: Store, tmp_path: Path) -> None:
    told = load(
        store,
        tmp_path,
        "A,H,2024-01-02,sanctions_eu,OWNS,tax_a",
        "B,H,2024-01-02,sanction_eu,OWN,taxa",
        "C,H,2024-01-02,sanction_eu,OWNS,tax_a",
    )
    assert (told.rows_in, told.rows_rejected, told.rows_warned) == (3, 0, 4)
    found = {one.field: (one.row, one.problem.split(" (")[1].split(")")[0], one.remedy.split()[-1]) for one in told.warnings}
    assert found == {
        "list_type": (3, "2 rows", "sanctions_eu."),
        "kind": (3, "1 row", "OWNS."),
        "mark": (3, "1 row", "tax_a."),
    }
    assert all("2026" not in one.problem for one in told.warnings)


def test_words_of_the_rulebook_are_no_cause_for_a_warning(store: Store, tmp_path: Path) -> None:
    told = load(store, tmp_path, "A,H,2024-01-02,court_judgment_default,DIRECTS,licensed_bank")
    assert (told.rows_warned, told.warnings) == (0, ())


def test_an_issuer_that_the_table_does_not_know_is_told(store: Store, tmp_path: Path) -> None:
    told = load(store, tmp_path, "A,H,2024-01-02,other_list,OWNS,tax_a")
    (warning,) = told.warnings
    assert (warning.field, "Guild of Bakers" in warning.problem) == ("issuer", True)


@pytest.mark.parametrize("word", ["OWN", "own", "Owns", "OWNS_"])
def test_the_nearest_word_is_found_however_it_is_written(word: str) -> None:
    assert nearest(word, default_rulebook().ties) == "OWNS"


def test_a_word_like_none_has_no_nearest() -> None:
    assert nearest("XQZ", default_rulebook().ties) is None
