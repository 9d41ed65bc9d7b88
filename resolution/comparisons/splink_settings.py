"""One kind's weights as a Splink settings document: what `Linker` takes, in kith's own run and in anybody's plain Splink.

The table that goes with it has a row for each distinct vector of levels, or for each pair. Columns: `node`, the row's number;
`pair`, what its two sides share; one column a comparison, the position of the level the pair falls into, from 0 in the order of
the document, -1 where it cannot be compared; `name_share`, for firms the larger share of parties (0..1) that bear one of the two
names. Each pair stands in it twice, under two nodes, so that `l.pair = r.pair` proposes it; where pairs are registered, once is
enough, as a pair of a row with itself. `register_term_frequency_lookup` takes the distinct shares as `name_share` and
`tf_name_share`.
"""

from typing import Any

from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.model import Model, probability
from resolution.comparisons.weights import NAMES_BY_SHARE

Document = dict[str, Any]
NODE, PAIR, NAME_SHARE = "node", "pair", "name_share"
NULL_LEVEL = -1


def settings_document(model: Model, prior_bits: float) -> Document:
    """The Splink settings of a model. prior_bits: log2 odds that two records drawn at random are one party."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": NODE,
        "probability_two_random_records_match": probability(prior_bits),
        "blocking_rules_to_generate_predictions": [{"blocking_rule": f"l.{PAIR} = r.{PAIR}", "sql_dialect": "duckdb"}],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(comparison, model) for comparison in comparisons(model.kind)],
    }


def weighs_by_share(comparison: Comparison, label: str) -> bool:
    """Whether u of a level follows how common the very name is (Splink's term frequency adjustment)."""
    return comparison.name == "names" and label in NAMES_BY_SHARE


def _comparison(comparison: Comparison, model: Model) -> Document:
    column = f'"{comparison.name}_l"'
    null_level = {"sql_condition": f"{column} = {NULL_LEVEL}", "is_null_level": True, "label_for_charts": "none"}
    return {
        "output_column_name": comparison.name,
        "comparison_description": comparison.name.replace("_", " "),
        "comparison_levels": [null_level, *_levels(comparison, model, column)],
    }


def _levels(comparison: Comparison, model: Model, column: str) -> list[Document]:
    last = len(comparison.levels) - 1
    return [
        {
            "sql_condition": "ELSE" if position == last else f"{column} = {position}",
            "label_for_charts": level.label,
            "m_probability": odds.m,
            "u_probability": odds.u,
        }
        | (BY_SHARE if weighs_by_share(comparison, level.label) else {})
        for position, (level, odds) in enumerate(zip(comparison.levels, model.odds(comparison), strict=True))
    ]


BY_SHARE = {"tf_adjustment_column": NAME_SHARE, "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": True}
