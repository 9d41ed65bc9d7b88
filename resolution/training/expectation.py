"""How likely each level is between records of one party, by Splink's EM: nobody labelled anything.

EM is run once for each block of pairs that share a plain value, over all comparisons but the one the value belongs to; where
several blocks tell of a level, Splink takes their median. Among pairs that share a value those of two parties are like random
pairs in all else, as EM takes them to be. Among all pairs that share any key they are not: all of them agree in something.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ontology.words import PartyKind
from resolution.comparisons.declared import Comparison, comparisons
from resolution.comparisons.evidence import Prepared, evidence, levels_of
from resolution.comparisons.model import Model
from resolution.training.blocks import Ends
from resolution.training.counting import SLICE, Chances

SHARE_AT_FIRST = 0.2  # Of the pairs of a block that are one party; EM tells it from the first round on.
CONVERGED = 1e-4
Levels = dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class Learned:
    """m of each level, None where no block shows it; pairs of one party that tell of each comparison; their share by block."""

    m: dict[str, list[float | None]]
    pairs: dict[str, float]
    shares: dict[str, float]


def by_em(former: Model, prepared: Prepared, blocks: Mapping[str, Ends], u: Chances) -> Learned:
    """m by Splink's EM, started from the former m, with u held still."""
    from splink import DuckDBAPI, Linker

    levels = {name: _levels(prepared, ends) for name, ends in blocks.items()}
    with duckdb.connect() as connection:
        pairs = DuckDBAPI(connection).register(_table(former.kind, levels))
        linker = Linker(pairs, _settings(former, u), log_level=logging.ERROR)
        shares = {}
        for name in blocks:
            rule = f"l.pair = r.pair AND l.block = '{name}' AND r.block = '{name}' AND l.{name} = r.{name}"
            train = linker.training.estimate_parameters_using_expectation_maximisation
            session = train(rule, estimate_without_term_frequencies=True)
            shares[name] = float(session.core_model_settings.probability_two_random_records_match)
        told = linker.misc.save_model_to_json()
    m = {
        one["output_column_name"]: [level.get("m_probability") for level in one["comparison_levels"][1:]]
        for one in told["comparisons"]
    }
    by = {one.name: {name: own[one.name] for name, own in levels.items() if name != one.name} for one in comparisons(former.kind)}
    return Learned(
        {name: [chance if (at in shown) else None for at, chance in enumerate(m[name])] for name, shown in _shown(by).items()},
        {name: sum(shares[block] * float((own >= 0).sum()) for block, own in blocks_.items()) for name, blocks_ in by.items()},
        shares,
    )


def _shown(by: Mapping[str, Levels]) -> dict[str, set[int]]:
    """Levels of each comparison that any block shows: of the others Splink keeps what it was started from."""
    return {name: {int(level) for own in blocks.values() for level in np.unique(own)} for name, blocks in by.items()}


def _levels(prepared: Prepared, ends: Ends) -> Levels:
    """Of each comparison the level every pair falls into, -1 where it cannot be compared."""
    parts: dict[str, list[NDArray[np.int8]]] = {told.name: [] for told in comparisons(prepared.kind)}
    for start in range(0, len(ends[0]), SLICE):
        found = evidence(prepared, (ends[0][start : start + SLICE], ends[1][start : start + SLICE]))
        for told in comparisons(prepared.kind):
            parts[told.name].append(levels_of(told, found.agreement[told.name]).astype(np.int8))
    return {name: np.concatenate(own) for name, own in parts.items()}


def _table(kind: PartyKind, levels: Mapping[str, Levels]) -> pa.Table:
    """Two rows a pair, both with the pair's levels: so Splink's rules can block on a pair, and its comparisons read a level."""
    sizes = [len(next(iter(own.values()))) for own in levels.values()]
    columns = {
        "block": np.repeat(list(levels), sizes),
        "pair": np.arange(sum(sizes)),
        **{told.name: np.concatenate([own[told.name] for own in levels.values()]) for told in comparisons(kind)},
    }
    twice = pa.concat_tables([pa.table(columns)] * 2)
    return twice.append_column("node", pa.array(np.arange(twice.num_rows)))


def _settings(former: Model, u: Chances) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "node",
        "probability_two_random_records_match": SHARE_AT_FIRST,
        "em_convergence": CONVERGED,
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "comparisons": [_comparison(former, told, u[told.name]) for told in comparisons(former.kind)],
    }


def _comparison(former: Model, told: Comparison, u: list[float]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [{"sql_condition": f'"{told.name}_l" = -1', "is_null_level": True, "label_for_charts": "none"}]
    for at, (level, odds) in enumerate(zip(told.levels, former.odds(told), strict=True)):
        last = at == len(told.levels) - 1
        levels.append(
            {
                "sql_condition": "ELSE" if last else f'"{told.name}_l" = {at}',
                "label_for_charts": level.label,
                "m_probability": odds.m,
                "u_probability": u[at],
            }
        )
    return {"output_column_name": told.name, "comparison_levels": levels}
