"""What the whys say in sentences of a pair that only a contradiction keeps apart."""

import pytest

from api.reviews.match_explanations import explain_why, explain_why_not
from resolution.comparisons.households import Households
from resolution.comparisons.kin_counts import KinCounts
from resolution.entities import components as parts
from store.port import Store
from tests.resolution.households import NO_KIN, SHIPPED
from tests.resolution.live.histories import World
from tests.resolution.parties import person

HOME = {"phone": "021-55512345", "street": "12 Long Lane, Marlow", "born_on": "1980-02-01"}


@pytest.mark.parametrize(
    ("kin", "households", "told", "told_zh"),
    [
        (KinCounts(), SHIPPED, "These records hold no such pairs by which to tell", "没有同类记录"),
        (
            KinCounts(),
            SHIPPED.with_counts(SHIPPED.shares, SHIPPED.levels, 150),
            "meet at one place show (150 were counted), they are one person with a chance of 72.7 %; 96.9 %",
            "72.7%",
        ),
        (KinCounts(), NO_KIN, "the two are one person rather than two of a household with a chance of 99.9 %", "99.9%"),
        (
            KinCounts(lone=100),
            SHIPPED,
            "of 100 such pairs in which neither has another partner at least 99.7 % are one person",
            "至少 99.7%",
        ),
    ],
)
def test_the_figure_that_joined_two_or_kept_them_apart_is_told(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, kin: KinCounts, households: Households, told: str, told_zh: str
) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: kin)
    monkeypatch.setattr(parts, "learn_households", lambda *_: households)
    World(sqlite_store).resolve([person("t", "Mark Kusha", **HOME), person("u", "Marsha Kusha", **HOME)])
    assert told in " ".join(explain_why(sqlite_store, "t", "u", "en").sentences)
    assert told_zh in "".join(explain_why(sqlite_store, "t", "u", "zh").sentences)


def test_a_partner_that_stands_in_the_way_is_told(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: KinCounts(lone=100))
    three = [person(id_, name, **HOME) for id_, name in (("t", "Mark Kusha"), ("u", "Marsha Kusha"), ("v", "Mark F Kusha"))]
    World(sqlite_store).resolve(three)
    told = " ".join(explain_why_not(sqlite_store, "t", "u", "en").sentences)
    assert "that would not count if neither had another partner" in told
