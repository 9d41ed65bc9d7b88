"""Splink as its documentation has it: rules that block, EM without labels, a threshold, connected components.

The seventeen rules and the comparisons are what a careful user would write for these columns; nothing is tuned on the truth.
"""

import logging
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

RULES = (
    ("first_name", "surname"),
    ("surname", "dob"),
    ("first_name", "dob"),
    ("postcode_fake", "first_name"),
    ("postcode_fake", "surname"),
    ("postcode_fake", "dob"),
    ("dob", "birth_place"),
    ("dob", "occupation"),
    ("surname", "birth_place", "occupation"),
    ("first_name", "birth_place", "occupation"),
    ("full_name",),
    ("postcode_fake", "substr(dob, 1, 3)"),
    ("postcode_fake", "substr(dob, 6, 5)"),
    ("substr(first_name, 1, 3)", "substr(surname, 1, 4)", "substr(dob, 1, 4)"),
    ("substr(surname, 1, 4)", "substr(postcode_fake, 1, 4)"),
    ("substr(first_name, 1, 3)", "substr(postcode_fake, 1, 4)", "substr(dob, 1, 4)"),
    ("substr(dob, 1, 7)", "substr(surname, 1, 3)"),
)
TRAINED_BY = (("first_name", "surname"), ("dob",), ("postcode_fake",))
MATCH_PROBABILITY, PAIRS_MAX, SEED = 0.9, 2e6, 1


def clusters(file: Path) -> dict[str, str]:
    """Record -> cluster of historical_50k, by Splink alone."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    table = connection.sql("SELECT * EXCLUDE (cluster) FROM read_parquet($1)", params=[str(file)]).to_arrow_table()
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register(table), _settings())
    rules = [block_on(*RULES[0], "dob"), block_on("postcode_fake", "surname", "dob")]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_MAX, seed=SEED)
    for columns in TRAINED_BY:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns), max_pairs=PAIRS_MAX)
    scored_pairs = linker.inference.predict(threshold_match_probability=MATCH_PROBABILITY)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored_pairs, threshold_match_probability=MATCH_PROBABILITY
    )
    rows = clustered.as_duckdbpyrelation().select("unique_id, cluster_id").fetchall()
    return {str(record): str(cluster) for record, cluster in rows}


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in RULES],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        retain_matching_columns=False,
    )
