"""A registration that is no longer in order is looked at, said in words, and ends the years in business."""

from datetime import date

import pytest

from graph.explanations.explanation import Explanation, explain
from ontology.score import Standing
from tests.graph.world import TODAY, World

OLD = {"founded_on": "2010-01-01", "sources": ("registry", "platform")}


def account(language: str = "en", *, as_of: date = TODAY, **attributes: object) -> Explanation:
    world = World()
    world.party("K-1", **{**OLD, **attributes})  # type: ignore[arg-type]
    return explain(world.scoring(as_of), "K-1", language="zh" if language == "zh" else "en")


def years(**attributes: object) -> list[object]:
    """Years in business that count."""
    world = World()
    world.party("K-1", **{**OLD, **attributes})  # type: ignore[arg-type]
    return [line.facts["years"] for line in world.scoring().positives.lines(0) if line.rule_id == "longevity"]


def test_no_year_in_business_counts_after_it_ended() -> None:
    assert years() == [16]
    assert years(ended_on=date(2013, 2, 1)) == [3]
    assert years(attributes={"status": "吊销"}, ended_on=date(2013, 2, 1)) == [3]
    assert years(attributes={"status": "Dissolved"}) == []
    assert years(attributes={"status": "In liquidation"}) == [16]
    assert years(ended_on=TODAY.replace(year=2030)) == [16]


def test_nor_does_a_year_without_a_judgment() -> None:
    clean = {}
    for status in ("Active", "Dissolved"):
        world = World()
        world.party("K-1", attributes={"status": status}, **OLD)
        world.listed("K-2")
        clean[status] = [line.rule_id for line in world.scoring().positives.lines(0) if line.rule_id == "court_clean_5y"]
    assert clean == {"Active": ["court_clean_5y"], "Dissolved": []}


@pytest.mark.parametrize("status", ["注销", "吊销，未注销", "Dissolved", "gelöscht", "ликвидировано", "In liquidation"])
def test_it_is_a_look_and_the_first_reason(status: str) -> None:
    explanation = account(attributes={"status": status})
    assert explanation.score.standing is Standing.LOOK
    assert status in explanation.score.reasons[0].sentence
    assert (explanation.score.reasons[0].reason_code, explanation.score.reasons[0].points) == ("R01", 0)
    assert status in explanation.registration_sentence
    assert explanation.registration_sentence in explanation.sentence


def test_its_day_is_told_in_both_languages() -> None:
    for language in ("en", "zh"):
        assert "2018-05-04" in account(language, attributes={"status": "注销"}, ended_on=date(2018, 5, 4)).registration_sentence
    assert "no source tells" in account(attributes={"status": "注销"}).registration_sentence


@pytest.mark.parametrize("status", ["存续", "Active", "в действии", ""])
def test_one_in_order_is_no_finding(status: str) -> None:
    explanation = account(attributes={"status": status} if status else {})
    assert explanation.score.standing is Standing.NOTHING_FOUND
    assert explanation.registration_sentence == ""


def test_before_its_day_nothing_is_said() -> None:
    explanation = account(as_of=date(2018, 5, 3), attributes={"status": "注销"}, ended_on=date(2018, 5, 4))
    assert explanation.registration_sentence == ""


def test_a_person_who_died_has_no_registration() -> None:
    assert account(kind="person", ended_on=date(2018, 5, 4), founded_on=None).registration_sentence == ""


def test_a_listing_comes_before_it_and_it_is_told_all_the_same() -> None:
    world = World()
    world.party("K-1", attributes={"status": "吊销"}, **OLD)
    world.listed("K-1")
    explanation = explain(world.scoring(), "K-1")
    assert explanation.score.standing is Standing.LISTED
    assert any("吊销" in sentence for sentence in explanation.sentences)
