"""What the whys say in sentences of a pair that only a contradiction keeps apart."""

import pytest

from api.reviews.match_explanations import explain_why, explain_why_not
from resolution.comparisons.kin_counts import KinCounts
from resolution.entities import components as parts
from store.port import Store
from tests.resolution.live.histories import World
from tests.resolution.parties import person

HOME = {"phone": "021-55512345", "street": "12 Long Lane, Marlow", "born_on": "1980-02-01"}


@pytest.mark.parametrize(
    ("kin", "told", "told_zh"),
    [
        (KinCounts(), "These records hold no such pairs by which to tell", "没有同类记录"),
        (KinCounts(of_home=100, kin_beside=50), "no more than 93.6 % of 100 such pairs are sure to be one person; 98 %", "93.6%"),
        (
            KinCounts(of_home=100),
            "kin are rare in these records: of 100 such pairs of one home at least 99.7 % are one",
            "至少 99.7%",
        ),
        (
            KinCounts(lone=100),
            "of 100 such pairs in which neither has another partner at least 99.7 % are one person",
            "至少 99.7%",
        ),
    ],
)
def test_the_figure_that_joined_two_or_kept_them_apart_is_told(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, kin: KinCounts, told: str, told_zh: str
) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: kin)
    World(sqlite_store).resolve([person("t", "Mark Kusha", **HOME), person("u", "Marsha Kusha", **HOME)])
    assert told in " ".join(explain_why(sqlite_store, "t", "u", "en").sentences)
    assert told_zh in "".join(explain_why(sqlite_store, "t", "u", "zh").sentences)


def test_a_partner_that_stands_in_the_way_is_told(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: KinCounts(lone=100))
    three = [person(id_, name, **HOME) for id_, name in (("t", "Mark Kusha"), ("u", "Marsha Kusha"), ("v", "Mark F Kusha"))]
    World(sqlite_store).resolve(three)
    told = " ".join(explain_why_not(sqlite_store, "t", "u", "en").sentences)
    assert "that would not count if neither had another partner" in told
