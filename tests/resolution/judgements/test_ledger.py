"""The ledger on both engines: written once, undone by a further line, never written over."""

from datetime import UTC, datetime, timedelta

import pytest

from ontology.errors import WrongCall
from ontology.judgement import Verdict
from resolution.judgements import ledger
from resolution.pipeline import resolve
from store.port import Store
from store.rows import to_rows
from tests.resolution.parties import USCC_A, USCC_B, firm

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TWINS = [firm("a", "上海轩琮建材有限公司"), firm("b", "上海轩琮建材有限公司")]


def judge(store: Store, left: str, right: str, verdict: Verdict, by: str = "lin", reason: str = "seen both") -> str:
    return ledger.judge(store, [(left, right)], verdict, by=by, reason=reason, now=NOW)[0].id


def parties(store: Store, hour: int = 0) -> dict[str, str]:
    resolve(store, now=NOW + timedelta(hours=hour))
    return {row["record_id"]: row["entity_id"] for row in store.read("entities/members")}


def test_a_verdict_survives_every_run_and_its_undo_gives_back_what_was(store: Store) -> None:
    store.write("sources/put_records", rows=to_rows(TWINS))
    before = parties(store)
    assert before["a"] == before["b"]
    said = judge(store, "b", "a", Verdict.DIFFERENT)
    for hour in (1, 2):
        parted = parties(store, hour)
        assert parted["a"] != parted["b"]
    ledger.undo(store, said, by="wu", reason="wrong firm", now=NOW)
    assert parties(store, 3) == before
    assert [(line.verdict, line.undoes, line.by) for line in ledger.read_entries(store)] == [
        (None, said, "wu"),
        (Verdict.DIFFERENT, None, "lin"),
    ]


def test_the_same_word_is_not_written_twice_and_a_new_one_does_not_write_over_it(store: Store) -> None:
    first = judge(store, "a", "b", Verdict.SAME)
    assert judge(store, "b", "a", Verdict.SAME) == first
    second = judge(store, "a", "b", Verdict.DIFFERENT)
    assert [line.id for line in ledger.read_entries(store)] == [second, first]
    assert [line.id for line in ledger.standing_entries(ledger.read_entries(store))] == [second]


def test_the_clock_may_stand_still_and_a_verdict_after_its_undo_counts(store: Store) -> None:
    first = judge(store, "a", "b", Verdict.SAME)
    ledger.undo(store, first, by="lin", reason="", now=NOW)
    assert ledger.standing_verdicts(store).same == frozenset()
    again = judge(store, "a", "b", Verdict.SAME)
    assert again != first
    assert ledger.standing_verdicts(store).same == {("a", "b")}
    with pytest.raises(WrongCall):
        ledger.undo(store, first, by="lin", reason="", now=NOW)


def test_lines_of_one_occasion_are_undone_together(store: Store) -> None:
    lines = ledger.judge(store, [("a", "b"), ("c", "a")], Verdict.DIFFERENT, by="lin", reason="", now=NOW)
    assert len({line.occasion for line in lines}) == 1
    ledger.undo(store, lines[0].occasion, by="lin", reason="", now=NOW)
    assert not ledger.standing_verdicts(store).judged_records


def test_a_verdict_outlives_its_record_and_holds_again_when_it_comes_back(store: Store) -> None:
    store.write("sources/put_records", rows=to_rows([*TWINS, firm("c", "北京他山石有限公司")]))
    judge(store, "a", "b", Verdict.DIFFERENT)
    store.write("sources/delete_file", file_id="f")
    store.write("sources/put_records", rows=to_rows([TWINS[0], firm("c", "北京他山石有限公司")]))
    assert set(parties(store)) == {"a", "c"}
    assert len(ledger.read_entries(store)) == 1
    store.write("sources/put_records", rows=to_rows(TWINS))
    held = parties(store, 1)
    assert held["a"] != held["b"]


def test_a_same_across_two_credit_codes_waits_and_joins_nothing(store: Store) -> None:
    store.write(
        "sources/put_records", rows=to_rows([firm("a", "上海甲有限公司", uscc=USCC_A), firm("b", "上海乙有限公司", uscc=USCC_B)])
    )
    judge(store, "a", "b", Verdict.SAME)
    held = parties(store)
    assert held["a"] != held["b"]
    assert ledger.standing_verdicts(store).same == frozenset()


def test_what_is_said_around_a_record_is_what_all_that_is_said_makes_of_it(store: Store) -> None:
    told = [("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different"), ("x", "y", "same"), ("c", "d", "unsure")]
    for left, right, verdict in told:
        judge(store, left, right, Verdict(verdict))
    whole = ledger.standing_verdicts(store)
    assert (whole.same, whole.different) == ({("x", "y")}, {("a", "c")})
    for one in ("a", "b", "c", "d"):
        around = ledger.verdicts_around(store, [one])
        assert (around.same, around.different) == (frozenset(), {("a", "c")})
    assert ledger.verdicts_around(store, ["x"]).same == {("x", "y")}
    assert not ledger.verdicts_around(store, ["z"]).judged_records


@pytest.mark.parametrize(("left", "right", "by"), [("a", "a", "lin"), ("a", "b", "model:1"), ("a", "b", "  ")])
def test_what_cannot_be_said_is_refused_and_nothing_is_written(store: Store, left: str, right: str, by: str) -> None:
    with pytest.raises(WrongCall):
        judge(store, left, right, Verdict.SAME, by=by)
    assert ledger.read_entries(store) == []


def test_an_unknown_line_cannot_be_undone(store: Store) -> None:
    with pytest.raises(ledger.EntryUnknown):
        ledger.undo(store, "J-NONE", by="lin", reason="", now=NOW)
