"""Splink over DuckDB: match weights of a full run, added up by its `Linker` from one settings document (splink_settings.py).

Millions of pairs have some ten thousand distinct vectors of levels. Splink scores each vector once, as a pair of a row with
itself, and the pairs take the weight of their vector.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from splink import DuckDBAPI, Linker

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
TOTAL = "match_weight"
VECTORS, PAIRS, SHARES = "kith_vectors", "kith_pairs", "kith_shares"
WRITE_PAIRS = f"""
CREATE OR REPLACE TABLE {PAIRS} AS
SELECT {NODE} AS join_key_l, {NODE} AS join_key_r, '0' AS match_key FROM {VECTORS}
"""  # noqa: S608
WRITE_SHARES = f"""
CREATE OR REPLACE TABLE {SHARES} AS
SELECT DISTINCT {NAME_SHARE}, {NAME_SHARE} AS tf_{NAME_SHARE} FROM {VECTORS} WHERE {NAME_SHARE} IS NOT NULL
"""  # noqa: S608


class SplinkScores:
    """Match weights of one kind and settings document. Vectors are scored when they are first met; threads may share it.

    record_shares: share of parties that bear each record's name, 0..1, by position.
    """

    def __init__(self, model: Model, prior_bits: float, record_shares: Floats, connection: duckdb.DuckDBPyConnection) -> None:
        self._shares = record_shares
        self._vectors = LevelVectors.of(model.kind, record_shares)
        self._splink = _SplinkModel(settings_document(model, prior_bits), connection)
        self._names = [comparison.name for comparison in comparisons(model.kind)]
        self._codes: Integers = np.empty(0, dtype=np.int64)
        self._bits: Floats = np.empty((len(self._names) + 1, 0))
        self._lock = Lock()

    def score_pairs(self, evidence: Evidence) -> tuple[dict[str, Floats], Floats]:
        """Weight in bits of each comparison and pair, NaN where it cannot be compared, and the match weight with the prior."""
        codes, position = np.unique(self._vectors.encode(evidence, self._shares), return_inverse=True)
        *columns, total = self._score_vectors(codes)
        return {name: column[position] for name, column in zip(self._names, columns, strict=True)}, total[position]

    def _score_vectors(self, codes: Integers) -> Floats:
        """Rows of bits, one a comparison and last the total, of these vectors in ascending order."""
        with self._lock:
            new_codes = np.setdiff1d(codes, self._codes, assume_unique=True)
            if len(new_codes):
                vectors = self._vectors.table(new_codes)
                scored = self._splink.score(vectors)
                bits = np.stack([*(_field_bits(scored, vectors, name) for name in self._names), scored[TOTAL]])
                order = np.argsort(all_codes := np.concatenate([self._codes, new_codes]))
                self._codes, self._bits = all_codes[order], np.concatenate([self._bits, bits], axis=1)[:, order]
            return self._bits[:, np.searchsorted(self._codes, codes)]


def _field_bits(scored: dict[str, Floats], vectors: pa.Table, name: str) -> Floats:
    """What one comparison adds, its adjustment for the name's share included; NaN where Splink has 0 for what is not compared."""
    bits = scored[f"mw_{name}"] + scored.get(f"mw_tf_adj_{name}", 0.0)
    return np.where(vectors[name].to_numpy() == NULL_LEVEL, np.nan, bits)


@contextmanager
def splink_scores(statistics: RunStatistics, record_shares: Floats) -> Iterator[SplinkScores]:
    """`SplinkScores` by the statistics of a run, over a DuckDB in memory that is closed at the end."""
    with duckdb.connect() as connection:
        yield SplinkScores(statistics.model, statistics.prior_bits, record_shares, connection)


def splink_level_bits(model: Model) -> LevelBits:
    """The weight of every level by itself, as Splink has it of the model's settings: for pairs that are asked for one by one."""
    return _splink_level_bits(model.model_dump_json())


@lru_cache(maxsize=8)
def _splink_level_bits(model_json: str) -> LevelBits:
    model = Model.model_validate_json(model_json)
    vectors = _lone_levels(model)
    with duckdb.connect() as connection:
        scored = _SplinkModel(settings_document(model, model.prior_bits(0)), connection).score(vectors)
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


class _SplinkModel:
    """A `Linker` over a table of vectors that each call replaces: to make one anew takes as long as to score."""

    def __init__(self, document: Document, connection: duckdb.DuckDBPyConnection) -> None:
        self._document, self._connection = document, connection
        self._linker: Linker | None = None

    def score(self, vectors: pa.Table) -> dict[str, Floats]:
        """Splink's columns by name, in the order of the vectors."""
        from splink import DuckDBAPI  # A fifth of a second, which only full runs need.

        self._write_tables(vectors)
        database = DuckDBAPI(self._connection)
        linker = self._linker = self._linker or _make_linker(database, self._document)
        linker.table_management.register_blocked_pairs_for_predict(database.register(PAIRS))
        linker.table_management.register_term_frequency_lookup(database.register(SHARES), NAME_SHARE)
        scored = linker.inference.predict(warning_mode="never")
        columns: dict[str, NDArray[Any]] = self._connection.execute(f"SELECT * FROM {scored.physical_name}").fetchnumpy()  # noqa: S608
        linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
        order = np.argsort(columns[f"{NODE}_l"])
        return {name: np.asarray(column)[order] for name, column in columns.items() if name.startswith((TOTAL, "mw_"))}

    def _write_tables(self, vectors: pa.Table) -> None:
        self._connection.register("vectors_arrow", vectors)
        self._connection.execute(f"CREATE OR REPLACE TABLE {VECTORS} AS FROM vectors_arrow")
        self._connection.unregister("vectors_arrow")
        self._connection.execute(WRITE_PAIRS)
        self._connection.execute(WRITE_SHARES)


def _make_linker(database: "DuckDBAPI", document: Document) -> "Linker":
    from splink import Linker

    return Linker(database.register(VECTORS), document, log_level=logging.WARNING, validate_settings=False)
