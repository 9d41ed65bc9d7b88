"""Splink's sum and kith's own, on the same settings."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ontology.base import PartyKind
from ontology.record import Record
from resolution import matching
from resolution.comparisons import level_vectors
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence, evidence, levels_of, prepare
from resolution.comparisons.level_vectors import LevelVectors
from resolution.comparisons.model import Model, Odds, model
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.comparisons.splink_scores import splink_level_bits, splink_scores
from resolution.comparisons.weights import add_up
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.comparisons.test_weights import CASES, every_pair
from tests.resolution.households import Register, records_of
from tests.resolution.test_matching import SMALL

KINDS = [PartyKind.FIRM, PartyKind.PERSON]
RECORDS = 9
Floats = NDArray[np.float64]


def random_evidence(kind: PartyKind, rng: np.random.Generator, pairs: int = 60) -> Evidence:
    """Pairs with agreement on, between and below the levels, or none."""
    agreement = {}
    for comparison in comparisons(kind):
        at_least = np.array([level.at_least for level in comparison.levels])
        column = at_least[rng.integers(len(at_least), size=pairs)] + rng.choice([0.0, 0.0, 0.1, -0.1, -1000.0], size=pairs)
        agreement[comparison.name] = np.where(rng.random(pairs) < 0.3, np.nan, column)
    ends = rng.integers(RECORDS, size=(2, pairs))
    none = np.zeros(pairs, dtype=np.bool_)
    return Evidence(kind, ends[0], ends[1], agreement, agreement["names"], none, none)


def random_model(kind: PartyKind, rng: np.random.Generator) -> Model:
    odds = {
        name: {label: Odds(m=float(10 ** -rng.uniform(0, 6)), u=float(10 ** -rng.uniform(0, 12))) for label in levels}
        for name, levels in model(kind).comparisons.items()
    }
    return model(kind).model_copy(update={"comparisons": odds, "version": "random"})


@settings(max_examples=15, deadline=None)
@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 2**32 - 1), prior_bits=st.floats(-40, 5))
def test_splink_and_kith_add_up_the_same_to_nine_places(kind: PartyKind, seed: int, prior_bits: float) -> None:
    rng = np.random.default_rng(seed)
    weights, shares = random_model(kind, rng), 10 ** -rng.uniform(0, 7, RECORDS)
    pairs = random_evidence(kind, rng)
    fixed_prior = weights.model_copy(update={"random_match": 2.0**prior_bits * 1e9, "records_min": 10**9})
    statistics = freeze(kind, [], ModelChoice({kind: fixed_prior}))
    own_fields, own_total = add_up(pairs, statistics.model, shares, statistics.prior_bits)
    fields, total = splink_scores(pairs, statistics, shares)
    np.testing.assert_allclose(total, own_total, rtol=0, atol=1e-9)
    for name, bits in own_fields.items():
        np.testing.assert_allclose(fields[name], bits, rtol=0, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize(("kind", "records"), CASES)
def test_of_real_records_they_are_the_same_to_the_last_bit(kind: PartyKind, records: list[Record]) -> None:
    units = [analyse(record) for record in records]
    statistics = freeze(kind, units)
    prepared = prepare(kind, units, statistics)
    pairs = evidence(prepared, every_pair(len(units)))
    own_fields, own_total = add_up(pairs, statistics.model, prepared.shares, statistics.prior_bits)
    fields, total = splink_scores(pairs, statistics, prepared.shares)
    np.testing.assert_array_equal(total, own_total)
    for name, bits in own_fields.items():
        np.testing.assert_array_equal(fields[name], bits)


@pytest.mark.parametrize("kind", KINDS)
def test_every_level_by_itself_weighs_in_splink_what_the_model_says(kind: PartyKind) -> None:
    level_bits = splink_level_bits(model(kind))
    for name, bits in model(kind).level_bits().items():
        np.testing.assert_array_equal(level_bits[name], bits)


@pytest.mark.parametrize("kind", KINDS)
def test_no_pairs_have_no_weights(kind: PartyKind) -> None:
    fields, total = splink_scores(random_evidence(kind, np.random.default_rng(1), pairs=0), freeze(kind, []), np.empty(0))
    assert [len(total), *map(len, fields.values())] == [0] * (1 + len(comparisons(kind)))


@given(st.sampled_from(KINDS), st.integers(0, 2**32 - 1))
def test_a_vector_is_read_back_as_the_levels_it_was_made_of(kind: PartyKind, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shares, pairs = 10 ** -rng.uniform(0, 7, RECORDS), random_evidence(kind, rng)
    vectors = LevelVectors.of(kind, shares)
    codes = vectors.encode(pairs, shares)
    columns = vectors.decode(codes)
    for comparison in comparisons(kind):
        np.testing.assert_array_equal(columns[comparison.name], levels_of(comparison, pairs.agreement[comparison.name]))
    assert (codes >= 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_the_vectors_of_a_kind_fit_64_bits_with_a_million_distinct_shares(
    kind: PartyKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = np.linspace(1e-7, 1, 1_000_000)
    LevelVectors.of(kind, shares)
    monkeypatch.setattr(level_vectors, "CODES_MAX", 1_000)
    with pytest.raises(OverflowError, match="do not fit 64 bits"):
        LevelVectors.of(kind, shares)


@pytest.mark.parametrize("kind", KINDS)
def test_levels_run_from_the_highest_agreement_down(kind: PartyKind) -> None:
    for comparison in comparisons(kind):
        at_least = [level.at_least for level in comparison.levels]
        assert at_least == sorted(set(at_least), reverse=True), comparison.name


def test_a_whole_run_by_splink_ends_as_one_by_kiths_own_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    def own_sum(pairs: Evidence, statistics: RunStatistics, record_shares: Floats) -> tuple[dict[str, Floats], Floats]:
        return add_up(pairs, statistics.model, record_shares, statistics.prior_bits)

    records = [*SMALL, *records_of(Register(households=120))]
    by_splink = match(records, Verdicts())
    monkeypatch.setattr(matching, "splink_scores", own_sum)
    monkeypatch.setattr(matching, "splink_level_bits", Model.level_bits)
    assert match(records, Verdicts()) == by_splink


STARTS_SPLINK = """
import sys
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from tests.resolution.parties import firm, person

records = [person("a", "Ann Li", phone="555-1000-22"), person("b", "Ann Li", phone="555-1000-22"), firm("c", "Acme Ltd")]
assert "splink" not in sys.modules, "imported before there is a run"
if {kept}:
    from resolution.comparisons.run_statistics import freeze
    from resolution.records.analysed import analyse
    from resolution.records.sides import COMPARED_KINDS
    kept = {{kind: freeze(kind, [unit for unit in map(analyse, records) if unit.kind is kind]) for kind in COMPARED_KINDS}}
    match(records, Verdicts(), statistics=kept)
else:
    match(records, Verdicts())
print("splink" in sys.modules)
"""


@pytest.mark.parametrize("kept", [False, True])
def test_a_full_run_starts_splink_and_one_by_kept_statistics_does_not(kept: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTS_SPLINK.format(kept=kept)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(not kept)
