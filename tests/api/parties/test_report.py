"""What `kith explain` says of each planted story, in both languages."""

import re

import pytest

from api.parties.profiles import profile
from api.parties.report import report_lines
from api.parties.search import find_party
from tests.api.regions import Region


def told(region: Region, record_id: str, lang: str = "en") -> str:
    context = region.context(lang)
    return "\n".join(report_lines(context, profile(context, find_party(region.store, record_id))))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_risky_party_of_every_story_is_accounted_for_with_a_source(made: Region, lang: str) -> None:
    stories = [row for row in made.stories if row["role"] == "risky" and row["expect"] in ("listed", "by_association", "look")]
    assert len(stories) > 10
    for story in stories:
        text = told(made, story["record_id"], lang)
        assert re.search(r"\[\S+, row \d+\]|\[\S+ 第 \d+ 行\]", text), story
        assert not re.search(r"blacklist|suspicious|trust level", text, re.IGNORECASE)


def test_a_listed_party_is_told_by_whom_since_when_and_how_to_contest_it(made: Region) -> None:
    text = told(made, made.story("defaulters_subsidiary", "supporting")[0]["record_id"])
    assert re.search(r"Listed: Judgment defaulters, by \S+, since \d+ \w+ \d{4}, until", text)
    assert "The list rests on: " in text
    assert "free of charge" in text
    assert re.search(r"\[court_defaulters\.jsonl, row \d+\]", text)


def test_a_ring_is_told_as_a_question_with_both_sides(made: Region) -> None:
    text = told(made, made.story("conjuring_ring", "risky")[0]["record_id"])
    part = text[text.index("Questions for a person") :]
    assert "    + " in part
    assert "    - " in part


def test_a_repaired_listing_is_past(made: Region) -> None:
    text = told(made, made.story("repaired", "innocent_twin")[0]["record_id"])
    assert "Listed: " not in text
    assert "Was listed, repaired: 1." in text
    assert not re.search(r"Was listed, ended|case number|credit_repair", text.split("Good marks")[0])
    assert "Listed: " in told(made, made.story("repaired", "risky")[0]["record_id"])


def test_the_numbers_add_up_on_paper(made: Region) -> None:
    text = told(made, made.story("reliable", "supporting")[0]["record_id"])
    lines = text[text.index("The numbers") :].splitlines()
    points = [int(found[1]) for line in lines if (found := re.match(r"  [A-Z]\d\d +([+-]\d+) ", line))]
    total = next(int(found[1]) for line in lines if (found := re.match(r"  = +(\d+) ", line)))
    assert sum(points) == total


def test_no_language_is_mixed_into_the_other(made: Region) -> None:
    text = told(made, made.story("defaulters_subsidiary", "risky")[0]["record_id"], "zh")
    for english in ("As of", "Not on any", "Ties", "records from", "owned by", "None"):
        assert english not in text
