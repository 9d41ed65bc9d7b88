"""Laws of the clustering, on weights drawn at random."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from resolution.entities.clusters import Thresholds, find_clusters
from resolution.entities.components import connected_heads
from resolution.entities.exclusive_codes import union_codes
from resolution.entities.group_links import Edges
from resolution.judgements.verdicts import codes_differ

CUT = Thresholds(prior=-10.0, merge=2.0, group=-2.5)
Pair = tuple[int, int]


NONE: frozenset[Pair] = frozenset()


def edges(
    told: dict[Pair, float],
    *,
    forbidden: frozenset[Pair] = NONE,
    against: frozenset[Pair] = NONE,
    doubtful: frozenset[Pair] = NONE,
) -> Edges:
    pairs = sorted(told)
    return Edges(
        left=np.array([left for left, _ in pairs], dtype=np.int64),
        right=np.array([right for _, right in pairs], dtype=np.int64),
        bits=np.array([[told[pair]] for pair in pairs], dtype=np.float64).reshape(-1, 1),
        allowed=np.array([told[pair] + CUT.prior >= CUT.merge and pair not in doubtful for pair in pairs], dtype=np.bool_),
        against=np.array([pair in against for pair in pairs], dtype=np.bool_),
        forbidden=np.array([pair in forbidden for pair in pairs], dtype=np.bool_),
        doubtful=np.array([pair in doubtful for pair in pairs], dtype=np.bool_),
    )


def partition(told: dict[Pair, float], units: int = 4, **more: frozenset[Pair]) -> list[list[int]]:
    return find_clusters([f"c{at}" for at in range(units)], edges(told, **more), thresholds=CUT)


def test_one_wrong_pair_does_not_join_two_groups() -> None:
    inside = {(0, 1): 30.0, (2, 3): 30.0}
    across = {(0, 2): 13.0, (0, 3): -5.0, (1, 2): -5.0, (1, 3): -5.0}
    assert partition(inside | across) == [[0, 1], [2, 3]]


def test_the_best_pair_speaks_for_two_groups_as_far_as_the_model_lets_it() -> None:
    told = edges({(0, 1): 30.0, (0, 2): 26.0, (1, 2): -14.0})
    units = ["a", "b", "c"]
    assert find_clusters(units, told, thresholds=CUT) == [[0, 1], [2]]
    assert find_clusters(units, told, thresholds=replace(CUT, best=0.5)) == [[0, 1, 2]]


def test_what_a_group_says_in_several_records_speaks_for_it_together() -> None:
    units = ["a", "b", "c"]
    told = edges({(0, 1): 30.0, (0, 2): 13.0, (1, 2): 2.0})
    two_fields = replace(told, bits=np.array([[30.0, np.nan], [13.0, np.nan], [-6.0, 8.0]]))
    cut = replace(CUT, best=0.5, group=1.5)  # By the best pair alone, and the means, 0.8.
    assert find_clusters(units, two_fields, thresholds=cut) == [[0, 1, 2]]


def test_groups_that_no_pair_joins_may_join_by_what_they_say_together_when_all_pairs_have_spoken() -> None:
    told = replace(edges({(0, 1): 30.0, (0, 2): 13.0, (1, 2): 13.0}), allowed=np.array([True, False, False]))
    heard: list[tuple[tuple[int, ...], tuple[int, ...]]] = []

    def together(one: Sequence[int], other: Sequence[int]) -> bool:
        heard.append((tuple(one), tuple(other)))
        return True

    units = ["a", "b", "c"]
    assert find_clusters(units, told, thresholds=CUT) == [[0, 1], [2]]
    assert find_clusters(units, told, thresholds=CUT, together=together) == [[0, 1, 2]]
    assert heard == [((2,), (0, 1))]
    against = replace(told, against=np.array([False, True, False]))
    assert find_clusters(units, against, thresholds=CUT, together=together) == [[0, 1], [2]]


def test_a_pair_that_is_known_is_not_asked_for_and_so_not_counted_again() -> None:
    asked: list[Pair] = []

    def ask(left: NDArray[np.int64], right: NDArray[np.int64]) -> Edges:
        pairs = list(zip(left.tolist(), right.tolist(), strict=True))
        asked.extend(pairs)
        return edges(dict.fromkeys(pairs, -1.0))

    find_clusters(["a", "b", "c"], edges({(0, 1): 30.0, (0, 2): 13.0}), thresholds=CUT, weigh_pairs=ask)
    assert asked == [(1, 2)]


def test_a_group_with_one_strong_tie_and_no_contradiction_joins() -> None:
    assert partition({(0, 1): 30.0, (0, 2): 20.0, (1, 2): 9.0}) == [[0, 1, 2], [3]]


def test_a_record_torn_between_two_that_contradict_each_other_waits() -> None:
    torn = {(0, 2): 19.0, (1, 2): 18.0, (0, 1): 3.0}
    assert partition(torn, 3, against=frozenset({(0, 1)})) == [[0], [1], [2]]
    assert partition(torn | {(0, 2): 25.0}, 3, against=frozenset({(0, 1)}))[0] == [0, 2]


def test_two_in_doubt_join_where_neither_has_anybody_else() -> None:
    for against in (frozenset[Pair](), frozenset({(0, 1)})):
        assert partition({(0, 1): 20.0}, 2, doubtful=frozenset({(0, 1)}), against=against) == [[0, 1]]
    assert partition({(0, 1): 5.0}, 2, doubtful=frozenset({(0, 1)})) == [[0, 1]]
    assert partition({(0, 1): 20.0}, 2, doubtful=frozenset({(0, 1)}), forbidden=frozenset({(0, 1)})) == [[0], [1]]


def test_two_in_doubt_stay_apart_beside_a_partner_and_beside_another_in_doubt() -> None:
    weak = {(0, 1): 5.0, (1, 2): 4.0}  # Too little to join by themselves: then anybody at all is somebody else.
    assert partition(weak, 3, doubtful=frozenset({(0, 1)})) == [[0], [1], [2]]
    told = {(0, 1): 20.0, (0, 2): 25.0, (1, 2): 0.0}
    assert partition(told, 3, doubtful=frozenset({(0, 1)})) == [[0, 2], [1]]
    assert partition(told, 3, doubtful=frozenset({(0, 1), (0, 2)})) == [[0], [1], [2]]
    taken = told | {(2, 3): 30.0, (0, 3): -20.0}  # Who has gone with somebody else is no partner any more.
    assert partition(taken, 4, doubtful=frozenset({(0, 1), (0, 2)})) == [[0, 1], [2, 3]]


def test_a_pair_in_doubt_speaks_neither_for_nor_against_larger_groups() -> None:
    inside, across = {(0, 1): 40.0, (2, 3): 40.0}, {(0, 2): 14.0, (0, 3): 14.0, (1, 2): 14.0, (1, 3): 14.0}
    every = frozenset(across)
    assert partition(inside | across) == [[0, 1, 2, 3]]
    assert partition(inside | across, doubtful=every) == [[0, 1], [2, 3]]
    assert partition(inside | across, doubtful=every - {(0, 2)}) == [[0, 1, 2, 3]]
    assert partition(inside | across, doubtful=every - {(0, 2)}, against=frozenset({(0, 3)})) == [[0, 1], [2, 3]]


def test_a_forbidden_pair_keeps_whole_groups_apart() -> None:
    told = {(0, 1): 30.0, (1, 2): 30.0, (0, 2): 30.0}
    assert partition(told, 3, forbidden=frozenset({(0, 2)})) == [[0], [1], [2]]
    assert partition(told | {(1, 2): 20.0}, 3, forbidden=frozenset({(0, 2)})) == [[0, 1], [2]]


SIZE = 7
PAIRS = [(i, j) for i in range(SIZE) for j in range(i + 1, SIZE)]
WEIGHTS = st.dictionaries(st.sampled_from(PAIRS), st.integers(-10, 30).map(float), min_size=1)


@settings(deadline=None)
@given(WEIGHTS, st.sets(st.sampled_from(PAIRS)), st.permutations(range(SIZE)))
def test_the_order_of_units_does_not_change_the_partition(told: dict[Pair, float], apart: set[Pair], order: list[int]) -> None:
    place = {old: new for new, old in enumerate(order)}
    turned = {tuple(sorted((place[i], place[j]))): weight for (i, j), weight in told.items()}
    texts = [""] * SIZE
    for old, new in place.items():
        texts[new] = f"c{old}"
    moved = frozenset(tuple(sorted((place[i], place[j]))) for i, j in apart)
    found = find_clusters(texts, edges(turned, forbidden=moved), thresholds=CUT)  # type: ignore[arg-type]
    back = sorted(sorted(order[at] for at in part) for part in found)
    assert back == partition(told, SIZE, forbidden=frozenset(apart))


@settings(deadline=None)
@given(WEIGHTS, st.sets(st.sampled_from(PAIRS)))
def test_no_forbidden_pair_is_ever_in_one_part(told: dict[Pair, float], apart: set[Pair]) -> None:
    found = partition(dict.fromkeys(apart, 0.0) | told, SIZE, forbidden=frozenset(apart))
    assert not [pair for pair in apart for part in found if set(pair) <= set(part)]


CODES = st.dictionaries(st.integers(0, SIZE - 1), st.sampled_from("xyz").map(lambda code: {"org_code": frozenset({code})}))


@settings(deadline=None)
@given(WEIGHTS, CODES)
def test_two_exclusive_codes_are_never_in_one_part(told: dict[Pair, float], codes: dict[int, dict[str, frozenset[str]]]) -> None:
    for part in find_clusters([f"c{at}" for at in range(SIZE)], edges(told), thresholds=CUT, codes=codes):
        assert len(union_codes(*(codes.get(at, {}) for at in part)).get("org_code", ())) <= 1


def test_codes_of_other_schemes_do_not_differ() -> None:
    assert not codes_differ({"lei": frozenset("a")}, {"org_code": frozenset("b")})
    assert codes_differ({"lei": frozenset("a")}, {"lei": frozenset("b")})


def test_components_are_named_by_their_first_unit() -> None:
    assert connected_heads(5, [3, 4], [1, 3]) == [0, 1, 2, 1, 1]
