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


def statements(folder: Path, *rows: dict[str, Any]) -> list[Any]:
    path = folder / "earlier.json"
    path.write_text(json.dumps(rows), "utf-8")
    found = map_file(path)
    assert [row.trouble for row in found] == [None] * len(rows)
    return [statement for row in found for statement in row.statements]


def stake(statement_id: str, **more: Any) -> dict[str, Any]:
    return {
        "statementID": statement_id,
        "statementType": "ownershipOrControlStatement",
        "subject": {"describedByEntityStatement": "E"},
        "interestedParty": {"describedByPersonStatement": "P"},
    } | more


def test_statements_of_earlier_versions_are_read_as_records(tmp_path: Path) -> None:
    firm = {"statementID": "E", "statementType": "entityStatement", "entityType": "stateBody", "name": "Port Office"}
    person = {"statementID": "P", "statementType": "personStatement", "names": [{"type": "individual", "fullName": "Ada Tarn"}]}
    voting = stake("S", interests=[{"type": "voting-rights", "interestLevel": "indirect", "share": {"exact": "51.5"}}])
    office, ada, link = statements(tmp_path, firm | {"incorporatedInJurisdiction": {"code": "US-DE"}}, person, voting)
    assert (office.kind, office.countries, office.names[0].text) == ("agency", ("us",), "Port Office")
    assert (ada.kind, ada.names[0].role) == ("person", "primary")
    assert (link.kind, link.share, link.indirect, link.role) == ("OWNS", 0.515, True, "votingRights, indirect, 51.5 %")


def test_a_statement_that_replaces_another_is_another_state_of_it(tmp_path: Path) -> None:
    first, last = statements(
        tmp_path,
        stake("S1", interests=[{"type": "shareholding", "startDate": "2016-04-06"}]),
        stake("S2", interests=[{"type": "shareholding", "endDate": "2022-03-01"}], replacesStatements=["S1"]),
    )
    assert first.id == last.id
    assert str(last.ended_on) == "2022-03-01"


def test_bounds_that_say_only_whether_they_are_excluded_are_no_numbers(tmp_path: Path) -> None:
    share = {"minimum": 25, "maximum": 50, "exclusiveMinimum": True, "exclusiveMaximum": False}
    (link,) = statements(tmp_path, stake("S", interests=[{"type": "shareholding", "share": share}]))
    assert (link.share, link.role) == (0.25, "shareholding, 25 % to 50 %")


def test_an_address_at_opencorporates_is_the_number_in_that_register(tmp_path: Path) -> None:
    codes = [{"schemeName": "OpenCorporates", "id": "https://opencorporates.com/companies/us_de/9900102"}]
    (firm,) = statements(tmp_path, {"statementID": "E", "statementType": "entityStatement", "name": "A", "identifiers": codes})
    assert firm.identifiers[0].value == "US-DE:9900102"


def test_a_name_that_is_told_in_parts_only_is_put_together(tmp_path: Path) -> None:
    names = [{"type": "individual", "givenName": "Ada", "patronymicName": "Ivanovna", "familyName": "Tarn"}]
    (ada,) = statements(tmp_path, {"statementID": "P", "statementType": "personStatement", "names": names})
    assert (ada.names[0].text, ada.names[0].family) == ("Ada Ivanovna Tarn", "Tarn")
