"""Somebody's Splink settings as a model of kith's."""

import json
import logging
from fnmatch import fnmatchcase
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import pytest
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator

from ontology.base import PartyKind
from ontology.errors import ModelInvalid
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.model import check_fits, model
from resolution.comparisons.splink_import import MODEL_KINDS, read_splink_settings, splink_columns
from resolution.comparisons.splink_settings import settings_document

COLUMNS = ("first_name", "surname", "dob", "email", "postcode", "city", "gender", "occupation", "shoe_size")


def written(document: object, folder: Path) -> Path:
    file = folder / "settings.json"
    file.write_text(json.dumps(document), "utf-8")
    return file


@pytest.fixture(scope="module")
def by_splink(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings as Splink's own library makes and saves them, with chances filled in: equal down to else ever rarer in m."""
    creator = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=1 / 2049,
        comparisons=[
            cl.NameComparison("first_name"),
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.EmailComparison("email"),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("city"),
            cl.ExactMatch("gender"),
            cl.LevenshteinAtThresholds("occupation", [1, 4]),
            cl.ExactMatch("shoe_size"),
        ],
    )
    file = tmp_path_factory.mktemp("splink") / "saved.json"
    with duckdb.connect() as connection:
        columns = ", ".join(f"'x' AS {name}" for name in COLUMNS)
        connection.execute(f"CREATE TABLE t AS SELECT 1 AS unique_id, {columns}")
        database = DuckDBAPI(connection)
        Linker(database.register("t"), creator, log_level=logging.ERROR).misc.save_model_to_json(str(file))
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for comparison in document["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for at, level in enumerate(levels):
            level["m_probability"] = 0.8 if at == 0 else 0.2 / (len(levels) - 1)
            level["u_probability"] = 0.9 if at == len(levels) - 1 else 0.1 / (len(levels) - 1)
    return document


def group_bits(odds: dict[str, Any], labels: list[str]) -> float:
    return log2(sum(odds[label].m for label in labels) / sum(odds[label].u for label in labels))


def test_levels_that_can_be_matched_are_used_and_the_others_are_named_with_the_reason(
    by_splink: dict[str, Any], tmp_path: Path
) -> None:
    imported = read_splink_settings(written(by_splink, tmp_path), model)
    assert dict(imported.used) == {
        "dob": "days",
        "email": "contacts",
        "postcode": "places",
        "gender": "genders",
        "occupation": "occupations",
    }
    assert set(imported.unused) == {"first_name", "first_name_surname", "city", "shoe_size"}
    assert "whole names" in imported.unused["first_name"]
    assert "one address" in imported.unused["city"]
    assert "no field of kith's" in imported.unused["shoe_size"]
    assert {"names", "ids", "of_firms"} <= set(imported.kept)
    check_fits(imported.model)
    assert imported.model.comparisons["names"] == model(PartyKind.PERSON).comparisons["names"]


def test_levels_of_a_class_weigh_together_what_the_class_weighs(by_splink: dict[str, Any], tmp_path: Path) -> None:
    days = read_splink_settings(written(by_splink, tmp_path), model).model.comparisons["days"]
    # Six levels: equal, one edit, three distances in time, else. The distances are days that differ.
    shipped = model(PartyKind.PERSON).comparisons["days"]
    covered = ["rare", "unusual", "exact", "swapped", "near", "same_year", "different", "wholly"]
    lost = log2(sum(shipped[label].m for label in covered) / sum(shipped[label].u for label in covered))
    assert group_bits(days, ["rare", "unusual", "exact"]) == pytest.approx(log2(0.8 / 0.02) + lost)
    assert group_bits(days, ["swapped", "near"]) == pytest.approx(log2(0.04 / 0.02) + lost)
    assert group_bits(days, ["same_year", "different", "wholly"]) == pytest.approx(log2(0.16 / 0.96) + lost)
    assert days["partial"] == shipped["partial"]
    steps = [shipped["rare"].bits - shipped["exact"].bits, days["rare"].bits - days["exact"].bits]
    assert steps[0] == pytest.approx(steps[1])


def test_the_prior_is_the_documents_whatever_the_number_of_records(by_splink: dict[str, Any], tmp_path: Path) -> None:
    imported = read_splink_settings(written(by_splink, tmp_path), model).model
    assert imported.prior_bits(10) == pytest.approx(-11)
    assert imported.prior_bits(10_000_000) == pytest.approx(-11)


@pytest.mark.parametrize("kind", MODEL_KINDS)
def test_of_what_kith_exported_a_changed_chance_is_used_and_the_rest_is_as_it_was(kind: PartyKind, tmp_path: Path) -> None:
    document = settings_document(model(kind), -12.0)
    exact = next(
        level
        for comparison in document["comparisons"]
        if comparison["output_column_name"] == "days"
        for level in comparison["comparison_levels"]
        if level["label_for_charts"] == "exact"
    )
    exact["u_probability"] = 0.25
    imported = read_splink_settings(written(document, tmp_path), model)
    assert imported.model.kind is kind
    assert (imported.unused, imported.kept) == ({}, ())
    assert imported.model.comparisons["days"]["exact"].u == 0.25
    assert imported.model.comparisons["names"] == model(kind).comparisons["names"]
    assert imported.model.version != model(kind).version


def test_fields_and_levels_that_an_older_export_does_not_have_weigh_as_before(tmp_path: Path) -> None:
    document = settings_document(model(PartyKind.PERSON), -12.0)
    dropped = document["comparisons"].pop()["output_column_name"]
    document["comparisons"][0]["comparison_levels"].pop(1)
    imported = read_splink_settings(written(document, tmp_path), model)
    assert imported.kept == (dropped,)
    assert imported.model.comparisons == model(PartyKind.PERSON).comparisons


def test_two_comparisons_of_one_field_are_not_added(tmp_path: Path) -> None:
    document = {"comparisons": [equality("email"), equality("phone")]}
    imported = read_splink_settings(written(document, tmp_path), model)
    assert dict(imported.used) == {"email": "contacts"}
    assert "already" in imported.unused["phone"]


def equality(column: str, **chances: Any) -> dict[str, Any]:
    levels = [
        {"sql_condition": f'"{column}_l" IS NULL', "is_null_level": True},
        {"sql_condition": f'"{column}_l" = "{column}_r"', "m_probability": 0.9, "u_probability": 0.01} | chances,
        {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99},
    ]
    return {"output_column_name": column, "comparison_levels": levels}


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([1, 2], "no Splink settings document"),
        ({"comparisons": []}, "no Splink settings document"),
        ({"comparisons": [{"comparison_levels": [{"m_probability": 1}]}]}, "no Splink settings document"),
        ({"comparisons": [equality("first_name")]}, "first_name: kith compares whole names"),
        ({"comparisons": [equality("gender", m_probability=None)]}, "no m above 0"),
        ({"comparisons": [equality("gender", u_probability="level not observed in training dataset")]}, "no u above 0"),
        ({"comparisons": [equality("gender", sql_condition="gender_l <> gender_r")]}, "neither for equality"),
        ({"comparisons": [equality("gender")], "probability_two_random_records_match": 1}, "no probability between 0 and 1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(document: object, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid) as refused:
        read_splink_settings(written(document, tmp_path), model)
    assert problem in str(refused.value.facts["problem"])


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("comparisons: yes", "utf-8")
    with pytest.raises(ModelInvalid):
        read_splink_settings(tmp_path / "settings.json", model)


@pytest.mark.parametrize("kind", MODEL_KINDS)
def test_every_level_in_the_list_of_columns_is_declared_and_in_one_class(kind: PartyKind) -> None:
    declared = {comparison.name: [level.label for level in comparison.levels] for comparison in comparisons(kind)}
    for field, mapped in splink_columns()[kind.value].items():
        patterns = [pattern for level_class in ("exact", "fuzzy", "part", "rest") for pattern in mapped.get(level_class, ())]
        assert all(any(fnmatchcase(label, pattern) for label in declared[field]) for pattern in patterns)
        assert all(sum(fnmatchcase(label, pattern) for pattern in patterns) <= 1 for label in declared[field])
