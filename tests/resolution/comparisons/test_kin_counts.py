"""How sure a contradiction is no more than a slip, by what was counted."""

from resolution.comparisons.kin_counts import SURE_MIN, KinCounts


def test_where_nothing_was_counted_nothing_is_freed() -> None:
    assert not KinCounts().frees_lone


def test_few_pairs_free_nothing_however_clean_the_records_are() -> None:
    few, many = (KinCounts(units=10_000, partnered=9_900, lone=n) for n in (10, 100))
    assert not few.frees_lone
    assert many.frees_lone


def test_kin_that_are_seen_free_nothing_unless_there_are_far_more_pairs_in_doubt() -> None:
    told = {"units": 10_000, "partnered": 9_900, "lone": 100}
    assert KinCounts(**told).frees_lone
    assert not KinCounts(**told, lone_kin=30).frees_lone


def test_look_alikes_beside_partners_count_as_often_as_records_have_none() -> None:
    told = {"units": 10_000, "lone": 100, "beside": 20}
    assert KinCounts(**told, partnered=9_900).frees_lone
    assert not KinCounts(**told, partnered=5_000).frees_lone


def test_more_that_speaks_for_two_people_never_makes_it_surer() -> None:
    base = KinCounts(units=1_000, partnered=900, lone=50)
    for name in ("crowded", "beside", "lone_kin", "kin_beside"):
        other = base.model_copy(update={name: 5})
        assert other.sure_of_lone < base.sure_of_lone
    assert 0.0 <= KinCounts(lone=1, crowded=9, kin_beside=99).sure_of_lone < SURE_MIN
