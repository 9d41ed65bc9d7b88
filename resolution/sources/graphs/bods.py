"""Beneficial Ownership Data Standard 0.4: entity, person and relationship statements to records and links.

Source: standard.openownership.org, version 0.4 (statementId, recordType, recordDetails).
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from ontology.base import PartyKind, Statement
from ontology.link import Link
from ontology.personal_ids import mask
from ontology.record import Address, Identifier, Name, NameRole, Record
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.percentages import Stake, between
from resolution.sources.graphs.graph_mapper import GraphTeller, first
from resolution.sources.statements.party_plan import Origin
from resolution.sources.statements.tie_plans import statement_id
from resolution.sources.statements.values import ValueRefused, day, partial_day

AGENCIES = {"state", "stateBody"}
UNTOLD = {"unknownEntity", "anonymousEntity", "unspecified", "unknown"}  # The standard's words for an entity nobody describes.
NAME_ROLES = {"legal": NameRole.PRIMARY, "former": NameRole.PREVIOUS, "maiden": NameRole.PREVIOUS, "birth": NameRole.PREVIOUS}
OWNING = (  # The first of them that tells a share says how much is held.
    "shareholding",
    "votingRights",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "beneficiaryOfLegalArrangement",
)
BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))
DIRECTING = {"appointmentOfBoard", "boardMember", "boardChair", "seniorManagingOfficial"}
SCHEMES = {"XI-LEI": "lei", "LEI": "lei", "CN-USCC": "uscc", "CN-SAIC": "uscc"}


class Bods(GraphTeller):
    """Statements of one file. A record that is told again later, or closed, is the later statement's. See `RowMapper`."""

    gathers = True

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
        names = list(_names(told))  # None of an anonymous or unknown party: its stake is told all the same.
        form = str((told.get("entityType") or {}).get("type", ""))
        kind = PartyKind.PERSON if person else _entity_kind(form)
        closed = told.get("deathDate" if person else "dissolutionDate")
        return Record(
            id=self._id(own),
            **origin._asdict(),
            kind=kind,
            names=tuple(dict.fromkeys(names)),
            identifiers=tuple(dict.fromkeys(self._codes(told, person=person))),
            addresses=tuple(_address(one) for one in told.get("addresses") or () if one.get("address")),
            born_on=self._birth(str(told["birthDate"]), "birthDate") if person and told.get("birthDate") else None,
            founded_on=None if person else self._spared(lambda: _partial(told.get("foundingDate")), "foundingDate"),
            ended_on=self._spared(lambda: _day(closed), "deathDate" if person else "dissolutionDate"),
            countries=tuple(dict.fromkeys(_countries(told))),
            attributes={"entity_type": form} if form else {},
            observed_on=self._spared(lambda: _day(row.get("statementDate")), "statementDate"),
        )

    def _codes(self, told: dict[str, Any], *, person: bool) -> Iterator[Identifier]:
        for one in told.get("identifiers") or ():
            named = str(one.get("scheme") or one.get("schemeName") or "")
            scheme = SCHEMES.get(named) or ("person_no" if person else "reg_no")
            scope = named.partition("-")[0] if named[2:3] == "-" else None
            if one.get("id") and (found := self._code(scheme, str(one["id"]), scope, person=person)):
                yield found

    def _links(self, own: str, told: dict[str, Any], row: dict[str, Any], origin: Origin) -> Iterator[Link]:
        subject, party = told.get("subject"), told.get("interestedParty")
        if not isinstance(subject, str) or not isinstance(party, str):
            return  # The standard lets a declarant say why a party is not named: nothing to tie.
        interests = told.get("interests") or [{}]
        counting = {indirect: _counting(interests, indirect=indirect) for indirect in (False, True)}
        for number, interest in enumerate(interests):
            kind, type_, indirect = _kind(str(interest.get("type", ""))), str(interest.get("type") or ""), _indirect(interest)
            stake = _stake(interest.get("share") or {}) if kind == "OWNS" else Stake(None)
            words = [type_, "indirect" if indirect else "", stake.shown]
            if stake.share is not None and (indirect or type_ != counting[indirect]):
                words[2] = stake.shown or f"{100 * stake.share:g} %"
            yield Link(
                id=statement_id(self._dataset, "L", self._named(own), number),
                **origin._asdict(),
                kind=kind,
                source_id=self._id(party),
                target_id=self._id(subject),
                share=stake.share if type_ == counting[indirect] else None,
                role=", ".join(word for word in words if word)[:200] or None,
                indirect=indirect,
                began_on=self._spared(partial(_day, interest.get("startDate")), "startDate"),
                ended_on=_day(interest.get("endDate"))
                or (_day(row.get("statementDate")) if row.get("recordStatus") == "closed" else None),
            )

    def _ignored_as(self, row: dict[str, str]) -> str:
        return f"{row.get('recordType') or 'statement'} without a named party"


def _indirect(interest: dict[str, Any]) -> bool:
    return str(interest.get("directOrIndirect") or "").casefold() == "indirect"


def _counting(interests: list[dict[str, Any]], *, indirect: bool) -> str | None:
    """The type of interest whose share counts: votes and profits of the same shares add nothing to the shares themselves."""
    told = [one for one in interests if one.get("share") and _indirect(one) == indirect]
    types = {str(one.get("type") or "") for one in [one for one in told if not one.get("endDate")] or told}
    return next((type_ for type_ in OWNING if type_ in types), None)


def _entity_kind(form: str) -> PartyKind:
    return PartyKind.AGENCY if form in AGENCIES else PartyKind.UNKNOWN if form in UNTOLD else PartyKind.FIRM


def _kind(interest: str) -> str:
    return "OWNS" if interest in OWNING else "DIRECTS" if interest in DIRECTING else "CONTROLS"


def _stake(told: dict[str, Any]) -> Stake:
    """The share: exact, else the lower bound of what is known, with the range in words. Raises ValueRefused."""
    exact = told.get("exact")
    if exact is not None:
        return between(_percent(exact), _percent(exact))
    bounds = [next((told[name] for name in names if told.get(name) is not None), None) for names in BOUNDS]
    return between(*(None if bound is None else _percent(bound) for bound in bounds))


def _percent(told: Any) -> float:
    try:
        return float(told)
    except (TypeError, ValueError) as cause:
        raise ValueRefused(f"{told!r} is no percentage", "Write percent as a number.", "share") from cause


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


def _day(text: Any) -> date | None:
    return day(str(text)) if text else None


def _partial(text: Any) -> str | None:
    return partial_day(str(text)) if text else None


BODS = GraphFormat(
    "bods", "2", "Beneficial Ownership Data Standard 0.4", frozenset({"statementId", "recordType", "recordDetails"}), Bods
)
