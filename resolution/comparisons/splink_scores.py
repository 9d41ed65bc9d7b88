"""Splink over DuckDB: match weights of a full run, added up by its `Linker` from one settings document (splink_settings.py).

What cannot reach the lowest cut is dropped before, by the weights of single levels that Splink has of the same settings. The
pairs that are left have some thousand distinct vectors of levels. Splink scores each vector once, as a pair of a row with itself,
and the pairs take the weight of their vector: so a million pairs cost hardly more than a thousand.
"""

import logging
from functools import lru_cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence
from resolution.comparisons.level_vectors import LevelVectors, level_table
from resolution.comparisons.model import LevelBits, Model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.splink_settings import NAME_SHARE, NODE, NULL_LEVEL, Document, settings_document

Floats = NDArray[np.float64]
TOTAL = "match_weight"
VECTORS, PAIRS, SHARES = "kith_vectors", "kith_pairs", "kith_shares"
WRITE_VECTORS = f"CREATE TABLE {VECTORS} AS FROM vectors_arrow"
WRITE_PAIRS = f"""
CREATE TABLE {PAIRS} AS
SELECT {NODE} AS join_key_l, {NODE} AS join_key_r, '0' AS match_key FROM {VECTORS}
"""  # noqa: S608
WRITE_SHARES = f"""
CREATE TABLE {SHARES} AS
SELECT DISTINCT {NAME_SHARE}, {NAME_SHARE} AS tf_{NAME_SHARE} FROM {VECTORS} WHERE {NAME_SHARE} IS NOT NULL
"""  # noqa: S608


def splink_scores(evidence: Evidence, statistics: RunStatistics, record_shares: Floats) -> tuple[dict[str, Floats], Floats]:
    """Weight in bits of each comparison and pair, NaN where it cannot be compared, and the match weight, prior included.

    record_shares: share of parties that bear each record's name, 0..1, by position.
    """
    model = statistics.model
    level_vectors = LevelVectors.of(model.kind, record_shares)
    codes, position = np.unique(level_vectors.encode(evidence, record_shares), return_inverse=True)
    vectors = level_vectors.table(codes)
    scored = predict(vectors, settings_document(model, statistics.prior_bits))
    fields = {comparison.name: _field_bits(scored, vectors, comparison.name)[position] for comparison in comparisons(model.kind)}
    return fields, scored[TOTAL][position]


def _field_bits(scored: dict[str, Floats], vectors: pa.Table, name: str) -> Floats:
    """What one comparison adds, its adjustment for the name's share included; NaN where Splink has 0 for what is not compared."""
    bits = scored[f"mw_{name}"] + scored.get(f"mw_tf_adj_{name}", 0.0)
    return np.where(vectors[name].to_numpy() == NULL_LEVEL, np.nan, bits)


def splink_level_bits(model: Model) -> LevelBits:
    """The weight of every level by itself, as Splink has it of the model's settings."""
    return _splink_level_bits(model.model_dump_json())


@lru_cache(maxsize=8)
def _splink_level_bits(model_json: str) -> LevelBits:
    model = Model.model_validate_json(model_json)
    vectors = _lone_levels(model)
    scored = predict(vectors, settings_document(model, model.prior_bits(0)))
    level_bits = {}
    for comparison in comparisons(model.kind):
        levels = vectors[comparison.name].to_numpy()
        level_bits[comparison.name] = np.append(scored[f"mw_{comparison.name}"][levels != NULL_LEVEL], np.nan)
    return level_bits


def _lone_levels(model: Model) -> pa.Table:
    """A vector for each level of each comparison, in order; nothing else of it can be compared."""
    level_counts = {comparison.name: len(comparison.levels) for comparison in comparisons(model.kind)}
    columns, start, rows = {}, 0, sum(level_counts.values())
    for name, count in level_counts.items():
        columns[name] = np.full(rows, NULL_LEVEL)
        columns[name][start : start + count] = np.arange(count)
        start += count
    return level_table(model.kind, columns, np.full(rows, np.nan))


def predict(vectors: pa.Table, document: Document) -> dict[str, Floats]:
    """Splink's match weights by column name, in the order of the vectors."""
    from splink import DuckDBAPI, Linker  # A fifth of a second, which only full runs need.

    if not len(vectors):
        columns_of_none = (f"mw_{comparison['output_column_name']}" for comparison in document["comparisons"])
        return {name: np.empty(0) for name in (TOTAL, *columns_of_none)}
    with duckdb.connect() as connection:
        connection.register("vectors_arrow", vectors)
        for statement in (WRITE_VECTORS, WRITE_PAIRS, WRITE_SHARES):
            connection.execute(statement)
        database = DuckDBAPI(connection)
        # The settings are our own: to look for columns that are not there takes as long as all else.
        linker = Linker(database.register(VECTORS), document, log_level=logging.WARNING, validate_settings=False)
        linker.table_management.register_blocked_pairs_for_predict(database.register(PAIRS))
        linker.table_management.register_term_frequency_lookup(database.register(SHARES), NAME_SHARE)
        scored = linker.inference.predict(warning_mode="never")
        columns: dict[str, NDArray[Any]] = connection.execute(f"SELECT * FROM {scored.physical_name}").fetchnumpy()  # noqa: S608
    order = np.argsort(columns[f"{NODE}_l"])
    return {name: np.asarray(column)[order] for name, column in columns.items() if name.startswith((TOTAL, "mw_"))}
