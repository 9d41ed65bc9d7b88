"""What contradicts what: with who and when, until somebody settles it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.judgement import LedgerEntry, Verdict
from resolution.judgements.conflicts import Conflict, ConflictKind, find_conflicts
from resolution.judgements.ledger import as_judgement, entry
from resolution.judgements.verdicts import Codes, combine_judgements


def line(left: str, right: str, verdict: Verdict, by: str = "lin", day: int = 1) -> LedgerEntry:
    return entry(left, right, verdict, by=by, reason="", decided_at=datetime(2026, 1, day, tzinfo=UTC))


def found(lines: Iterable[LedgerEntry], codes: dict[str, Codes] | None = None) -> list[Conflict]:
    return find_conflicts(lines, lambda ids: {one: (codes or {})[one] for one in ids if one in (codes or {})})


def test_two_people_on_one_pair_are_both_told() -> None:
    told = [line("a", "b", Verdict.SAME, "lin", 1), line("a", "b", Verdict.DIFFERENT, "wu", 2)]
    one = found(told)[0]
    assert (one.kind, [(said.by, said.decided_at.day) for said in one.lines]) == (ConflictKind.PEOPLE, [("lin", 1), ("wu", 2)])


def test_a_chain_is_told_with_every_word_of_it() -> None:
    told = [line("a", "b", Verdict.SAME), line("b", "c", Verdict.SAME, "wu"), line("a", "c", Verdict.DIFFERENT, "zhao", 3)]
    one = found(told)[0]
    assert (one.kind, one.left_id, one.right_id) == (ConflictKind.CHAIN, "a", "c")
    assert [said.by for said in one.lines] == ["lin", "wu", "zhao"]


def test_a_code_against_a_word_is_told_either_way() -> None:
    told = [line("a", "b", Verdict.SAME), line("b", "c", Verdict.SAME), line("x", "y", Verdict.DIFFERENT)]
    codes = {"a": {"uscc": ["1"]}, "c": {"uscc": ["2"]}, "x": {"lei": ["3"]}, "y": {"lei": ["3"]}}
    assert [(one.kind, one.left_id, one.right_id, one.scheme) for one in found(told, codes)] == [
        (ConflictKind.IDENTIFIER, "a", "c", "uscc"),
        (ConflictKind.IDENTIFIER, "x", "y", "lei"),
    ]


def test_a_person_who_changed_their_mind_contradicts_nobody() -> None:
    told = [
        line("a", "b", Verdict.SAME, day=1),
        line("a", "b", Verdict.DIFFERENT, day=2),
        line("a", "b", Verdict.UNSURE, "wu", 3),
    ]
    assert found(told) == []


LINES = st.lists(
    st.builds(
        lambda pair, verdict, by, day: line(min(pair), max(pair), verdict, by, day),
        st.sets(st.sampled_from("abcde"), min_size=2, max_size=2),
        st.sampled_from(Verdict),
        st.sampled_from(["lin", "wu"]),
        st.integers(1, 28),
    ),
    max_size=12,
    unique_by=lambda one: (one.left_id, one.right_id, one.by, one.decided_at),
)
CODES = st.dictionaries(
    st.sampled_from("abcde"), st.fixed_dictionaries({"uscc": st.lists(st.sampled_from("12"), min_size=1, max_size=1)})
)


@settings(deadline=None, max_examples=300)
@given(LINES, CODES)
def test_a_word_is_held_back_only_where_a_conflict_names_it(lines: list[LedgerEntry], codes: dict[str, Codes]) -> None:
    """Nothing is settled silently: every `same` that does not hold stands in a conflict, and without one all of them hold."""
    said = [as_judgement(one) for one in lines]
    held, told = combine_judgements(said, codes), found(lines, codes)
    wanted = {(one.left_id, one.right_id) for one in lines if one.verdict is Verdict.SAME}
    if not told:
        latest = combine_judgements(said)
        assert held.same == latest.same
    assert all(len(one.lines) >= 1 for one in told)
    overruled = {pair for pair in wanted - held.same if pair in held.different}
    assert all(any((one.left_id, one.right_id) == pair for one in told) or _taken_back(lines, pair) for pair in overruled)


def _taken_back(lines: list[LedgerEntry], pair: tuple[str, str]) -> bool:
    """Whether nobody's latest word on the pair is `same`."""
    last = {one.by: one.verdict for one in sorted(lines, key=lambda one: one.decided_at) if (one.left_id, one.right_id) == pair}
    return Verdict.SAME not in last.values()
