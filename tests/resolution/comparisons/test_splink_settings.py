"""The exported settings in plain Splink, by its public doors alone."""

import json
import logging
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from splink import DuckDBAPI, Linker

from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import levels_of
from resolution.comparisons.level_vectors import level_table
from resolution.comparisons.model import model
from resolution.comparisons.splink_import import read_splink_settings
from resolution.comparisons.splink_settings import NAME_SHARE, settings_document
from resolution.comparisons.weights import NAMES_BY_SHARE, add_up
from tests.resolution.comparisons.test_splink_scores import KINDS, RECORDS, random_evidence

PRIOR_BITS = -13.25


def exported(kind: PartyKind, folder: Path) -> Path:
    file = folder / "settings.json"
    file.write_text(json.dumps(settings_document(model(kind), PRIOR_BITS)), "utf-8")
    return file


def plain_linker(levels: pa.Table, file: Path, connection: duckdb.DuckDBPyConnection) -> Linker:
    """As one who has the file and the table of levels would make it: each pair twice, under two nodes."""
    connection.register("levels", levels)
    connection.execute(
        "CREATE TABLE pairs_twice AS SELECT * FROM levels UNION ALL SELECT * REPLACE (node + 1000000 AS node) FROM levels"
    )
    connection.execute(
        "CREATE TABLE shares AS SELECT DISTINCT name_share, name_share AS tf_name_share FROM levels WHERE name_share IS NOT NULL"
    )
    database = DuckDBAPI(connection)
    linker = Linker(database.register("pairs_twice"), str(file), log_level=logging.ERROR)
    linker.table_management.register_term_frequency_lookup(database.register("shares"), NAME_SHARE)
    return linker


@pytest.mark.parametrize("kind", KINDS)
def test_plain_splink_gives_the_same_match_weights(kind: PartyKind, tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    pairs, shares = random_evidence(kind, rng, pairs=300), 10 ** -rng.uniform(0, 7, RECORDS)
    levels = {comparison.name: levels_of(comparison, pairs.agreement[comparison.name]) for comparison in comparisons(kind)}
    larger = np.maximum(shares[pairs.left], shares[pairs.right])
    with duckdb.connect() as connection:
        linker = plain_linker(level_table(kind, levels, larger), exported(kind, tmp_path), connection)
        scored = linker.inference.predict(warning_mode="never").as_duckdbpyrelation()
        rows = dict(scored.project("least(node_l, node_r), match_weight").fetchall())
    expected = add_up(pairs, model(kind), shares, PRIOR_BITS)[1]
    np.testing.assert_allclose([rows[pair] for pair in range(300)], expected, rtol=0, atol=1e-9)
    assert any(level in NAMES_BY_SHARE for level in model(kind).comparisons["names"]) is (kind is PartyKind.FIRM)


@pytest.mark.parametrize("kind", KINDS)
def test_splinks_charts_read_it_and_what_splink_saves_is_read_back(kind: PartyKind, tmp_path: Path) -> None:
    levels = {comparison.name: np.arange(4) for comparison in comparisons(kind)}
    with duckdb.connect() as connection:
        linker = plain_linker(level_table(kind, levels, np.full(4, 1e-3)), exported(kind, tmp_path), connection)
        charts: list[Any] = [linker.visualisations.match_weights_chart(), linker.visualisations.m_u_parameters_chart()]
        linker.misc.save_model_to_json(str(tmp_path / "saved.json"))
    labels = {level.label for comparison in comparisons(kind) for level in comparison.levels}
    assert all(label in chart.to_html() for chart in charts for label in labels)
    imported = read_splink_settings(tmp_path / "saved.json", model)
    assert imported.model.comparisons == model(kind).comparisons
    assert imported.model.prior_bits(500) == pytest.approx(PRIOR_BITS, abs=1e-9)
