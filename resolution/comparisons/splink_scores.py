"""Splink over DuckDB: the declared comparisons as its model, the candidate pairs as its blocking, its match weights back."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from duckdb import func
from numpy.typing import NDArray

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Evidence
from resolution.comparisons.model import Model
from resolution.comparisons.weights import NAMES_BY_SHARE


def splink_bits(
    evidence: Evidence, model: Model, shares: NDArray[np.float64], connection: duckdb.DuckDBPyConnection
) -> dict[str, NDArray[np.float64]]:
    """Weight in bits of each comparison and pair, as `weights.field_bits` gives it, made by Splink.

    Each comparison is an Arrow function in DuckDB that answers with the agreement of a pair of records; Splink turns it
    into levels and weights, with the name shares as its term frequencies. Pairs must be sorted by (left, right).
    """
    if not len(evidence.left):
        return {comparison.name: np.empty(0) for comparison in comparisons(evidence.kind)}
    with _registered(evidence, shares, connection):
        scored = _predict(evidence, model, connection)
    order = np.lexsort((scored["node_r"], scored["node_l"]))
    return {
        comparison.name: _bits(scored, comparison.name, order, evidence.agreement[comparison.name])
        for comparison in comparisons(evidence.kind)
    }


def settings(evidence: Evidence, model: Model) -> dict[str, Any]:
    """The Splink settings of one kind: what `Linker` takes, with the weights of the model filled in."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "node",
        "probability_two_random_records_match": 2.0 ** model.prior_bits(0),  # The true prior is added to the sum of bits.
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(comparison, model) for comparison in comparisons(evidence.kind)],
    }


def _comparison(comparison: Comparison, model: Model) -> dict[str, Any]:
    agreement_sql = f'kith_{comparison.name}("node_l", "node_r")'
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"{agreement_sql} IS NULL", "is_null_level": True, "label_for_charts": "none"}
    ]
    for level, odds in zip(comparison.levels, model.odds(comparison), strict=True):
        last = level is comparison.levels[-1]
        levels.append(
            {
                "sql_condition": "ELSE" if last else f"{agreement_sql} >= {level.at_least}",
                "label_for_charts": level.label,
                "m_probability": odds.m,
                "u_probability": odds.u,
            }
            | (BY_SHARE if comparison.name == "names" and level.label in NAMES_BY_SHARE else {})
        )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


BY_SHARE = {"tf_adjustment_column": "share", "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": True}


def _predict(evidence: Evidence, model: Model, connection: duckdb.DuckDBPyConnection) -> dict[str, NDArray[Any]]:
    from splink import DuckDBAPI, Linker

    database = DuckDBAPI(connection)
    linker = Linker(database.register("kith_records"), settings(evidence, model), log_level=logging.WARNING)
    linker.table_management.register_blocked_pairs_for_predict(database.register("kith_pairs"))
    linker.table_management.register_term_frequency_lookup(database.register("kith_shares"), "share")
    scored = linker.inference.predict(warning_mode="never")
    columns: dict[str, NDArray[Any]] = connection.execute(f"SELECT * FROM {scored.physical_name}").fetchnumpy()  # noqa: S608
    linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
    return columns


def _bits(
    scored: dict[str, NDArray[Any]], name: str, order: NDArray[np.int64], agreement: NDArray[np.float64]
) -> NDArray[np.float64]:
    bits = np.asarray(scored[f"mw_{name}"], dtype=np.float64)[order]
    if f"mw_tf_adj_{name}" in scored:
        bits = bits + np.asarray(scored[f"mw_tf_adj_{name}"], dtype=np.float64)[order]
    return np.where(np.isnan(agreement), np.nan, bits)


@contextmanager
def _registered(evidence: Evidence, shares: NDArray[np.float64], connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    values, classes = np.unique(shares, return_inverse=True)
    nodes = np.arange(len(shares), dtype=np.int64)
    tables = {
        "kith_records": pa.table({"node": nodes, "share": classes}),
        "kith_shares": pa.table({"share": np.arange(len(values)), "tf_share": values}),
        "kith_pairs": pa.table(
            {"join_key_l": evidence.left, "join_key_r": evidence.right, "match_key": ["0"] * len(evidence.left)}
        ),
    }
    for name, table in tables.items():
        connection.register(f"{name}_arrow", table)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_arrow")  # noqa: S608
        connection.unregister(f"{name}_arrow")
    functions = [_function(evidence, comparison, len(shares), connection) for comparison in comparisons(evidence.kind)]
    try:
        yield
    finally:
        for name in functions:
            connection.remove_function(name)
        for name in tables:
            connection.execute(f"DROP TABLE {name}")


def _function(evidence: Evidence, comparison: Comparison, records: int, connection: duckdb.DuckDBPyConnection) -> str:
    pairs = evidence.left * records + evidence.right
    agreement = evidence.agreement[comparison.name]

    def agree(left: pa.Array, right: pa.Array) -> pa.Array:
        pair_codes = left.to_numpy(zero_copy_only=False) * records + right.to_numpy(zero_copy_only=False)
        answers = agreement[np.searchsorted(pairs, pair_codes)]
        return pa.array(answers, mask=np.isnan(answers))

    name = f"kith_{comparison.name}"
    connection.create_function(name, agree, ["BIGINT", "BIGINT"], "DOUBLE", type=func.ARROW, null_handling=func.SPECIAL)
    return name
