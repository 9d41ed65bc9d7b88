"""Statements of BODS 0.1 to 0.3 in the shape of 0.4 records, so that one module reads all versions.

Source: standard.openownership.org, versions 0.1, 0.2 and 0.3 (statementID, statementType, describedByEntityStatement …).
"""

from typing import Any

RECORD_TYPES = {"entityStatement": "entity", "personStatement": "person", "ownershipOrControlStatement": "relationship"}
DESCRIBED_BY = ("describedByEntityStatement", "describedByPersonStatement", "describedByAnonymousEntityStatement")
RENAMED = {  # Words of 0.1 and 0.2 that 0.3 gave other names, beside writing them in one word.
    "rightsToSurplusAssets": "rightsToSurplusAssetsOnDissolution",
    "beneficiaryOfTrust": "beneficiaryOfLegalArrangement",
    "settlorOfTrust": "settlor",
    "trusteeOfTrust": "trustee",
    "protectorOfTrust": "protector",
    "influenceOrControl": "otherInfluenceOrControl",
}


class EarlierStatements:
    """Turns the statements of one file. A statement that replaces others is another state of the first of them."""

    def __init__(self) -> None:
        self._first_ids: dict[str, str] = {}

    def as_record(self, statement: dict[str, Any]) -> dict[str, Any]:
        """The statement as a record of 0.4; one that is none already as it is."""
        statement_id = statement.get("statementID")
        if not statement_id or "statementType" not in statement:
            return statement
        record_type = RECORD_TYPES.get(str(statement["statementType"]), str(statement["statementType"]))
        return {
            "recordId": self._first_id(str(statement_id), statement.get("replacesStatements") or ()),
            "recordType": record_type,
            "statementDate": statement.get("statementDate"),
            "recordDetails": self._relationship(statement) if record_type == "relationship" else _party(statement),
        }

    def _first_id(self, statement_id: str, replaced: Any) -> str:
        earlier = next((str(statement) for statement in (replaced if isinstance(replaced, list) else ()) if statement), None)
        if earlier is None:
            return self._first_ids.get(statement_id, statement_id)
        return self._first_ids.setdefault(statement_id, self._first_ids.get(earlier, earlier))

    def _relationship(self, statement: dict[str, Any]) -> dict[str, Any]:
        interests = statement.get("interests")
        return statement | {
            "subject": self._described(statement.get("subject")),
            "interestedParty": self._described(statement.get("interestedParty")),
            "interests": [_interest(statement) for statement in interests if isinstance(statement, dict)]
            if isinstance(interests, list)
            else None,
        }

    def _described(self, party: Any) -> str | None:
        """The record that a party is described by; None where it is not told who that is."""
        if not isinstance(party, dict):
            return str(party) if party else None
        statement_id = next((str(party[name]) for name in DESCRIBED_BY if party.get(name)), None)
        return self._first_ids.get(statement_id, statement_id) if statement_id else None


def _party(statement: dict[str, Any]) -> dict[str, Any]:
    kind = statement.get("entityType")
    renamed = {
        "entityType": kind if isinstance(kind, dict) or not kind else {"type": kind},
        "jurisdiction": statement.get("jurisdiction") or statement.get("incorporatedInJurisdiction"),
    }
    return statement | {name: value for name, value in renamed.items() if value}


def _interest(interest: dict[str, Any]) -> dict[str, Any]:
    type_ = in_one_word(str(interest.get("type") or ""))
    return interest | {
        "type": RENAMED.get(type_, type_),
        "directOrIndirect": interest.get("directOrIndirect") or interest.get("interestLevel"),
    }


def in_one_word(word: str) -> str:
    """A word of a code list as later versions write it.

    >>> in_one_word("voting-rights")
    'votingRights'
    """
    first, *other_statements = word.split("-")
    return first + "".join(other_statement.capitalize() for other_statement in other_statements)
