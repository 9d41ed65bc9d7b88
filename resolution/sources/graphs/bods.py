"""Beneficial Ownership Data Standard 0.4: entity, person and relationship statements to records and links.

Source: standard.openownership.org, version 0.4 (statementId, recordType, recordDetails).
"""

from collections.abc import Iterator
from typing import Any

from ontology.link import Link
from ontology.record import Address, Identifier, Name, NameRole, Record
from ontology.words import PartyKind, Statement
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.telling import GraphTeller, first
from resolution.sources.seals import mask
from resolution.sources.statements.parties import Origin
from resolution.sources.statements.ties import statement_id
from resolution.sources.statements.values import ValueRefused, day, partial_day

AGENCIES = {"state", "stateBody"}
UNTOLD = {"unknownEntity", "anonymousEntity", "unspecified", "unknown"}  # The standard's words for an entity nobody describes.
NAME_ROLES = {"legal": NameRole.PRIMARY, "former": NameRole.PREVIOUS, "maiden": NameRole.PREVIOUS, "birth": NameRole.PREVIOUS}
OWNING = {
    "shareholding",
    "votingRights",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "beneficiaryOfLegalArrangement",
}
DIRECTING = {"appointmentOfBoard", "boardMember", "boardChair", "seniorManagingOfficial"}
SCHEMES = {"XI-LEI": "lei", "LEI": "lei", "CN-USCC": "uscc", "CN-SAIC": "uscc"}


class Bods(GraphTeller):
    """Statements of one file. A record that is told again later, or closed, is the later statement's. See `Teller`."""

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        told, own = row.get("recordDetails"), row.get("recordId")
        if not isinstance(told, dict) or not own:
            raise ValueRefused(
                "no BODS 0.4 statement: recordId or recordDetails missing", "Convert the file to BODS 0.4.", "recordDetails"
            )
        if row.get("recordType") == "relationship":
            yield from self._links(str(own), told, row, origin)
        elif row.get("recordType") in ("entity", "person"):
            yield self._record(str(own), told, row, origin)
        else:
            raise ValueRefused(f"unknown recordType {row.get('recordType')}", "Use entity, person or relationship.", "recordType")

    def _record(self, own: str, told: dict[str, Any], row: dict[str, Any], origin: Origin) -> Record:
        person = row["recordType"] == "person"
        names = list(_names(told))
        if not names:
            raise ValueRefused("no name", "Anonymous parties cannot be loaded.", "name")
        form = str((told.get("entityType") or {}).get("type", ""))
        kind = PartyKind.PERSON if person else _entity_kind(form)
        closed = told.get("deathDate" if person else "dissolutionDate")
        return Record(
            id=f"{self._dataset}:{own}"[:300],
            **origin._asdict(),
            kind=kind,
            names=tuple(dict.fromkeys(names)),
            identifiers=tuple(dict.fromkeys(self._codes(told, person=person))),
            addresses=tuple(_address(one) for one in told.get("addresses") or () if one.get("address")),
            born_on=self._birth(str(told["birthDate"]), "birthDate") if person and told.get("birthDate") else None,
            founded_on=partial_day(str(told["foundingDate"])) if not person and told.get("foundingDate") else None,
            ended_on=day(str(closed)) if closed else None,
            countries=tuple(dict.fromkeys(_countries(told))),
            attributes={"entity_type": form} if form else {},
            observed_on=day(str(row["statementDate"])) if row.get("statementDate") else None,
        )

    def _codes(self, told: dict[str, Any], *, person: bool) -> Iterator[Identifier]:
        for one in told.get("identifiers") or ():
            named = str(one.get("scheme") or one.get("schemeName") or "")
            scheme = SCHEMES.get(named) or ("person_no" if person else "reg_no")
            scope = named.partition("-")[0] if named[2:3] == "-" else None
            if one.get("id") and (found := self._code(scheme, str(one["id"]), scope)):
                yield found

    def _links(self, own: str, told: dict[str, Any], row: dict[str, Any], origin: Origin) -> Iterator[Link]:
        subject, party = told.get("subject"), told.get("interestedParty")
        if not isinstance(subject, str) or not isinstance(party, str):
            return  # The standard lets a declarant say why a party is not named: nothing to tie.
        for number, interest in enumerate(told.get("interests") or [{}]):
            kind = _kind(str(interest.get("type", "")))
            yield Link(
                id=statement_id(self._dataset, "L", own, number),
                **origin._asdict(),
                kind=kind,
                source_id=f"{self._dataset}:{party}",
                target_id=f"{self._dataset}:{subject}",
                share=_share(interest.get("share") or {}) if kind == "OWNS" else None,
                role=str(interest.get("type") or "")[:200] or None,
                began_on=_day(interest.get("startDate")),
                ended_on=_day(interest.get("endDate"))
                or (_day(row.get("statementDate")) if row.get("recordStatus") == "closed" else None),
            )


def _entity_kind(form: str) -> PartyKind:
    return PartyKind.AGENCY if form in AGENCIES else PartyKind.UNKNOWN if form in UNTOLD else PartyKind.FIRM


def _kind(interest: str) -> str:
    return "OWNS" if interest in OWNING else "DIRECTS" if interest in DIRECTING else "CONTROLS"


def _share(told: dict[str, Any]) -> float | None:
    """The stake as 0..1: exact, else the lower bound of what is known."""
    known = next((told[name] for name in ("exact", "minimum", "exclusiveMinimum") if told.get(name) is not None), None)
    if known is None:
        return None
    if not 0 <= float(known) <= 100:
        raise ValueRefused(f"share {known} is beyond 100 %", "Give a share between 0 and 100.", "share")
    return float(known) / 100


def _names(told: dict[str, Any]) -> Iterator[Name]:
    if told.get("name"):
        yield Name(text=mask(str(told["name"])))
    for text in told.get("alternateNames") or ():
        yield Name(text=mask(str(text)), role=NameRole.ALIAS)
    for one in told.get("names") or ():
        if one.get("fullName"):
            role = NAME_ROLES.get(str(one.get("type")), NameRole.ALIAS)
            yield Name(
                text=mask(str(one["fullName"])), role=role, given=first(one.get("givenName")), family=first(one.get("familyName"))
            )


def _address(told: dict[str, Any]) -> Address:
    country = (told.get("country") or {}).get("code")
    return Address(
        text=mask(str(told["address"]))[:1000],
        country=str(country).lower() if country else None,
        postcode=first(told.get("postCode")),
    )


def _countries(told: dict[str, Any]) -> Iterator[str]:
    jurisdiction = told.get("jurisdiction") or {}
    for one in (*(told.get("nationalities") or ()), jurisdiction):
        if one.get("code"):
            yield str(one["code"]).lower()


def _day(text: Any) -> Any:
    return day(str(text)) if text else None


BODS = GraphFormat(
    "bods", "1", "Beneficial Ownership Data Standard 0.4", frozenset({"statementId", "recordType", "recordDetails"}), Bods
)
