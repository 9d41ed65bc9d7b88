"""How likely each level is between records of one party, by Splink's EM: nobody labelled anything.

EM is run once for each block of pairs that share a plain value, over all comparisons but the one the value belongs to; where
several blocks tell of a level, the median is taken, as Splink does. A block that EM cannot learn from is left out. Among pairs
that share one value those of two parties are like random pairs in all else, as EM takes them to be. Among all pairs that share
any key they are not: all of them agree in something.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import Prepared, evidence, levels_of
from resolution.comparisons.model import Model
from resolution.training.blocks import Ends
from resolution.training.counting import SLICE, Chances

SHARE_AT_FIRST = 0.2  # Of the pairs of a block that are one party; EM tells it from the first round on.
CONVERGED, ROUNDS_MAX = 1e-4, 10  # Left to go on, a chance that nothing supports falls until Splink refuses it.
Levels = dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class EmEstimate:
    """m of each level, None where no block shows it; pairs of one party that tell of each comparison; their share by block."""

    m: dict[str, list[float | None]]
    pairs: dict[str, float]
    shares: dict[str, float]


def estimate_by_em(former: Model, prepared: Prepared, blocks: Mapping[str, Ends], u: Chances) -> EmEstimate:
    """m by Splink's EM, started from the former m, with u held still."""
    levels = {name: _levels(prepared, ends) for name, ends in blocks.items()}
    estimates = {name: _run_em(former, name, block_levels, u) for name, block_levels in levels.items()}
    learned = {name: estimate for name, estimate in estimates.items() if estimate}
    m: dict[str, list[float | None]] = {}
    pairs = {}
    for comparison in comparisons(former.kind):
        other_blocks = [name for name in learned if name != comparison.name]
        m[comparison.name] = [
            _median(learned[name].m[comparison.name][at] for name in other_blocks) for at in range(len(comparison.levels))
        ]
        pairs[comparison.name] = sum(
            learned[name].share * float((levels[name][comparison.name] >= 0).sum()) for name in other_blocks
        )
    return EmEstimate(m, pairs, {name: estimate.share for name, estimate in learned.items()})


@dataclass(frozen=True)
class _BlockEstimate:
    """m of each level, None where the block does not show it, and the share of its pairs that are one party."""

    m: dict[str, list[float | None]]
    share: float


def _run_em(former: Model, block: str, levels: Levels, u: Chances) -> _BlockEstimate | None:
    """What one run of EM finds; None where Splink refuses it, as where hardly a pair of the block is one party."""
    from splink import DuckDBAPI, Linker
    from splink.internals.exceptions import EMTrainingException

    compared = [
        comparison for comparison in comparisons(former.kind) if comparison.name != block and (levels[comparison.name] >= 0).any()
    ]
    if not compared:
        return None
    with duckdb.connect() as connection:
        linker = Linker(DuckDBAPI(connection).register(_table(levels)), _settings(former, compared, u), log_level=logging.ERROR)
        train = linker.training.estimate_parameters_using_expectation_maximisation
        try:
            session = train("l.pair = r.pair", estimate_without_term_frequencies=True)
        except (ValueError, EMTrainingException):
            return None
        levels_by_comparison = {
            learned["output_column_name"]: learned["comparison_levels"][1:]
            for learned in linker.misc.save_model_to_json()["comparisons"]
        }
    m: dict[str, list[float | None]] = {
        comparison.name: [None] * len(comparison.levels) for comparison in comparisons(former.kind)
    }
    for comparison in compared:
        pair_levels = levels[comparison.name]
        for at in np.unique(pair_levels[pair_levels >= 0]).tolist():  # Of others Splink keeps what it began with.
            m[comparison.name][at] = float(levels_by_comparison[comparison.name][at]["m_probability"])
    return _BlockEstimate(m, float(session.core_model_settings.probability_two_random_records_match))


def _median(estimates: Iterable[float | None]) -> float | None:
    numbers = [estimate for estimate in estimates if estimate is not None]
    return float(np.median(numbers)) if numbers else None


def _levels(prepared: Prepared, ends: Ends) -> Levels:
    """Of each comparison the level every pair falls into, -1 where it cannot be compared."""
    parts: dict[str, list[NDArray[np.int8]]] = {comparison.name: [] for comparison in comparisons(prepared.kind)}
    for start in range(0, len(ends[0]), SLICE):
        pair_evidence = evidence(prepared, (ends[0][start : start + SLICE], ends[1][start : start + SLICE]))
        for comparison in comparisons(prepared.kind):
            parts[comparison.name].append(levels_of(comparison, pair_evidence.agreement[comparison.name]).astype(np.int8))
    return {name: np.concatenate(columns) for name, columns in parts.items()}


def _table(levels: Levels) -> pa.Table:
    """Two rows a pair, both with the pair's levels: so Splink can block on the pair, and its comparisons read a level."""
    columns = {"pair": np.arange(len(next(iter(levels.values())))), **levels}
    twice = pa.concat_tables([pa.table(columns)] * 2)
    return twice.append_column("node", pa.array(np.arange(twice.num_rows)))


def _settings(former: Model, compared: Sequence[Comparison], u: Chances) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "node",
        "probability_two_random_records_match": SHARE_AT_FIRST,
        "em_convergence": CONVERGED,
        "max_iterations": ROUNDS_MAX,
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "comparisons": [_comparison(former, comparison, u[comparison.name]) for comparison in compared],
    }


def _comparison(former: Model, comparison: Comparison, u: list[float]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": f'"{comparison.name}_l" = -1', "is_null_level": True, "label_for_charts": "none"}
    ]
    for at, (level, odds) in enumerate(zip(comparison.levels, former.odds(comparison), strict=True)):
        last = at == len(comparison.levels) - 1
        levels.append(
            {
                "sql_condition": "ELSE" if last else f'"{comparison.name}_l" = {at}',
                "label_for_charts": level.label,
                "m_probability": odds.m,
                "u_probability": u[at],
            }
        )
    return {"output_column_name": comparison.name, "comparison_levels": levels}
