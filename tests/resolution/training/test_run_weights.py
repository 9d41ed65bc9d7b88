"""Weights of a full run learned from its own records: when they are, when not, and how long they stand."""

from datetime import UTC, datetime
from functools import partial

import pytest

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.model import model
from resolution.comparisons.model_choice import ModelChoice
from resolution.judgements.verdicts import Verdicts
from resolution.live.memory import last_statistics
from resolution.match_results import MatchResult
from resolution.matching import match_analysed
from resolution.pipeline import resolve
from resolution.records.analysed import analyse
from resolution.training import run_weights
from resolution.training.run_weights import learn_run_weights
from store.port import Store
from store.rows import to_rows
from tests.resolution.households import Register, records_of, truth
from tests.resolution.parties import person

SHIPPED = model(PartyKind.PERSON)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
OTHER_DAYS = ("nearby", "different", "years_apart", "wholly", "far")
DIRTY = Register(1500, kin=0.0, overlap=1.0, redated=0.4, slips=0.3, renamed=0.01)


def matched(records: list[Record], **options: object) -> MatchResult:
    return match_analysed([analyse(record) for record in records], Verdicts(), **options)  # type: ignore[arg-type]


def right_pairs(result: MatchResult, records: list[Record]) -> tuple[int, int]:
    """Pairs joined rightly, and wrongly."""
    right = {frozenset(part) for part in truth(records) if len(part) == 2}
    joined = [frozenset((left, other)) for part in result.parts for at, left in enumerate(part) for other in part[at + 1 :]]
    return sum(pair in right for pair in joined), sum(pair not in right for pair in joined)


@pytest.fixture(scope="module")
def dirty() -> list[Record]:
    return records_of(DIRTY)


def test_records_that_often_tell_two_days_teach_that_another_day_is_no_contradiction(dirty: list[Record]) -> None:
    statistics = matched(dirty, learn=learn_run_weights).statistics[PartyKind.PERSON]
    assert len(dirty) / 2 < statistics.learned_from <= len(dirty)
    assert statistics.model.version.startswith(f"{SHIPPED.version}+")
    learned, shipped = statistics.model.comparisons["days"], SHIPPED.comparisons["days"]
    assert sum(learned[level].m for level in OTHER_DAYS) > 3 * sum(shipped[level].m for level in OTHER_DAYS)


def test_what_was_learned_finds_more_and_joins_no_more_wrongly(dirty: list[Record]) -> None:
    right, wrong = right_pairs(matched(dirty, learn=learn_run_weights), dirty)
    right_shipped, wrong_shipped = right_pairs(matched(dirty), dirty)
    assert right >= right_shipped
    assert wrong <= wrong_shipped + 0.005 * right


def test_few_records_are_weighed_by_the_shipped_weights() -> None:
    statistics = matched(records_of(Register(60)), learn=learn_run_weights).statistics[PartyKind.PERSON]
    assert (statistics.model, statistics.learned_from) == (SHIPPED, 0)


def test_a_model_that_was_chosen_is_not_learned_over(dirty: list[Record]) -> None:
    chosen = ModelChoice({PartyKind.PERSON: SHIPPED.model_copy(update={"version": "chosen"})})
    assert matched(dirty, choices=chosen, learn=learn_run_weights).statistics[PartyKind.PERSON].model.version == "chosen"


def test_weights_that_fail_the_check_are_not_used(dirty: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_weights, "JOINED_SHARE_MAX", 0.0)
    monkeypatch.setattr(run_weights, "ERRORS_FREE", 0)
    assert matched(dirty, learn=learn_run_weights).statistics[PartyKind.PERSON].learned_from == 0


def test_what_was_learned_stands_until_the_store_has_doubled(dirty: list[Record]) -> None:
    kept = matched(dirty[:2000], learn=learn_run_weights).statistics[PartyKind.PERSON]
    again = matched(dirty, learn=partial(learn_run_weights, kept=kept)).statistics[PartyKind.PERSON]
    assert (again.model, again.learned_from) == (kept.model, kept.learned_from)
    outgrown = kept.model_copy(update={"learned_from": 1000})
    anew = matched(dirty, learn=partial(learn_run_weights, kept=outgrown)).statistics[PartyKind.PERSON]
    assert anew.learned_from > kept.learned_from


def test_a_run_says_what_it_learned_and_the_next_one_weighs_by_it(store: Store, dirty: list[Record]) -> None:
    store.write("sources/put_records", rows=list(to_rows(dirty)))
    first = resolve(store, now=NOW)
    assert first.learned_from[PartyKind.PERSON] > len(dirty) / 2
    assert last_statistics(store, PartyKind.PERSON).model.version == first.weights[PartyKind.PERSON]  # type: ignore[union-attr]
    more = [person("z:1", "Quentin Featherstonehaugh", born_on="1951-02-03")]
    store.write("sources/put_records", rows=list(to_rows(more)))
    second = resolve(store, now=NOW)
    assert second.weights == first.weights
    assert resolve(store, now=NOW, learns=False).learned_from == {}
