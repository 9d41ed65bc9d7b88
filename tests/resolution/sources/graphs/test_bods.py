"""Beneficial ownership statements: direct and indirect interests, ranges, and what is counted of several."""

import json
from pathlib import Path
from typing import Any

import pytest

from ontology.link import Link
from tests.resolution.sources.shorthands import map_file


def links(folder: Path, *interests: dict[str, Any]) -> list[Link]:
    details = {"subject": "A", "interestedParty": "P", "interests": list(interests)}
    row = {"statementId": "s", "recordId": "R", "recordType": "relationship", "recordDetails": details}
    path = folder / "b.json"
    path.write_text(json.dumps([row]), "utf-8")
    (found,) = map_file(path)
    assert found.trouble is None
    return [one for one in found.statements if isinstance(one, Link)]


def test_an_indirect_interest_is_told_as_such_with_its_own_word(tmp_path: Path) -> None:
    direct, indirect = links(
        tmp_path,
        {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 20}},
        {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 35}},
    )
    assert (direct.indirect, direct.share, direct.role) == (False, 0.2, "shareholding")
    assert (indirect.indirect, indirect.share, indirect.role) == (True, 0.35, "shareholding, indirect, 35 %")


@pytest.mark.parametrize(
    ("share", "counted", "shown"),
    [
        ({"minimum": 25, "maximum": 50}, 0.25, "25 % to 50 %"),
        ({"exclusiveMinimum": 75, "maximum": 100}, 0.75, "75 % to 100 %"),
        ({"exclusiveMinimum": 10}, 0.1, "10 % or more"),
        ({"maximum": 5}, None, "up to 5 %"),
        ({"exact": 0.5}, 0.005, ""),
    ],
)
def test_of_a_range_the_lower_bound_counts_and_the_range_is_told(
    tmp_path: Path, share: dict[str, float], counted: float | None, shown: str
) -> None:
    (link,) = links(tmp_path, {"type": "shareholding", "share": share})
    assert (link.share, link.role) == (counted, ", ".join(filter(None, ("shareholding", shown))))


def test_votes_of_the_same_shares_are_told_and_add_nothing(tmp_path: Path) -> None:
    votes, shares = links(
        tmp_path,
        {"type": "votingRights", "share": {"exact": 60}, "startDate": "2020-01-01"},
        {"type": "shareholding", "share": {"exact": 50}, "startDate": "2019-01-01"},
    )
    assert (votes.share, votes.role) == (None, "votingRights, 60 %")
    assert shares.share == 0.5


def test_a_stake_is_not_lost_for_the_day_it_began(tmp_path: Path) -> None:
    (link,) = links(tmp_path, {"type": "shareholding", "share": {"exact": 50}, "startDate": "last spring"})
    assert (link.share, link.began_on) == (0.5, None)


def test_votes_alone_count(tmp_path: Path) -> None:
    (link,) = links(tmp_path, {"type": "votingRights", "share": {"exact": 60}})
    assert link.share == 0.6


def test_a_statement_that_names_no_owner_is_ignored_and_told(tmp_path: Path) -> None:
    details = {"subject": "A", "interestedParty": {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"}}
    row = {"statementId": "s", "recordId": "R", "recordType": "relationship", "recordDetails": details}
    path = tmp_path / "b.json"
    path.write_text(json.dumps([row]), "utf-8")
    (found,) = map_file(path)
    assert (found.ignored, found.ignored_as) == (True, "relationship without a named party")
