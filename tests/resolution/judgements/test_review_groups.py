"""The queue by party and page by page: every pair once, those of one party together, namesakes last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind
from ontology.errors import WrongCall
from resolution.judgements.review_groups import count_kinds, filter_pairs, group_pairs, page_of
from resolution.judgements.review_queue import ReviewPair
from resolution.judgements.waiting_kinds import WaitingKind

KINDS = (WaitingKind.LISTED, WaitingKind.NEARLY, WaitingKind.LITTLE, WaitingKind.NAMESAKE)


def waiting(left: str, right: str, bits: float = 0.0, kind: WaitingKind = WaitingKind.LITTLE) -> ReviewPair:
    return ReviewPair(
        left_id=f"r{left}", right_id=f"r{right}", kind=PartyKind.FIRM, left_entity=left, right_entity=right, bits=bits,
        waiting_kind=kind,
    )  # fmt: skip


@st.composite
def queues(draw: st.DrawFn) -> list[ReviewPair]:
    ends = draw(st.sets(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")).filter(lambda pair: pair[0] < pair[1])))
    pairs = [waiting(*pair, draw(st.sampled_from((0.0, 0.5, 3.25))), draw(st.sampled_from(KINDS))) for pair in sorted(ends)]
    return sorted(pairs, key=lambda pair: pair.rank)


def ends(pairs: tuple[ReviewPair, ...]) -> list[tuple[str, str]]:
    return [(pair.left_entity, pair.right_entity) for pair in pairs]


def test_all_possible_partners_of_a_party_stand_together() -> None:
    pairs = sorted([waiting("A", "B", 5), waiting("C", "D", 4), waiting("A", "E", 1), waiting("A", "F", 2)], key=lambda p: p.rank)
    groups = group_pairs(pairs)
    assert [(group.party_id, ends(group.pairs)) for group in groups] == [
        ("A", [("A", "B"), ("A", "F"), ("A", "E")]),
        ("D", [("C", "D")]),
    ]


def test_listed_parties_come_first_and_namesakes_last_whatever_they_weigh() -> None:
    pairs = [
        waiting("A", "B", 9, WaitingKind.NAMESAKE),
        waiting("A", "C", -2, WaitingKind.LISTED),
        waiting("A", "D", 3, WaitingKind.NEARLY),
    ]
    groups = group_pairs(sorted(pairs, key=lambda pair: pair.rank))
    assert [ends(group.pairs) for group in groups] == [[("A", "C")], [("A", "D")], [("A", "B")]]


def test_namesakes_are_counted_and_shown_when_they_are_asked_for() -> None:
    pairs = [waiting("A", "B"), waiting("A", "C", kind=WaitingKind.NAMESAKE)]
    assert count_kinds(pairs) == {WaitingKind.LITTLE: 1, WaitingKind.NAMESAKE: 1}
    assert filter_pairs(pairs, (), with_folded=False) == pairs[:1]
    assert filter_pairs(pairs, (), with_folded=True) == pairs
    assert filter_pairs(pairs, (WaitingKind.NAMESAKE,), with_folded=False) == pairs[1:]


@given(pairs=queues(), limit=st.integers(1, 5))
def test_pages_show_every_pair_once_in_the_order_of_the_groups(pairs: list[ReviewPair], limit: int) -> None:
    groups = group_pairs(pairs)
    pages = [page_of(groups, limit=limit)]
    while pages[-1].after:
        pages.append(page_of(groups, limit=limit, after=pages[-1].after))
    assert [pair for page in pages for group in page.groups for pair in group.pairs] == [
        pair for group in groups for pair in group.pairs
    ]
    assert sorted(pair.rank for group in groups for pair in group.pairs) == [pair.rank for pair in pairs]
    assert all(sum(len(group.pairs) for group in page.groups) <= limit for page in pages)


@given(pairs=queues(), limit=st.integers(1, 3))
def test_judging_a_page_skips_nothing_of_the_next(pairs: list[ReviewPair], limit: int) -> None:
    page = page_of(group_pairs(pairs), limit=limit)
    judged = {pair for group in page.groups for pair in group.pairs}
    open_pairs = [pair for pair in pairs if pair not in judged]
    rest = page_of(group_pairs(open_pairs), limit=100, after=page.after) if page.after else page_of([], limit=1)
    assert {pair for group in rest.groups for pair in group.pairs} == set(open_pairs)


@pytest.mark.parametrize("after", ["x", "W10", "é", "W1sxLDJdLFszXV0"])
def test_a_place_that_no_page_gave_is_refused(after: str) -> None:
    with pytest.raises(WrongCall):
        page_of([], limit=1, after=after)
