"""Beneficial Ownership Data Standard: entity, person and relationship statements to records and links.

Source: standard.openownership.org, version 0.4 (statementId, recordType, recordDetails); statements of earlier versions are
turned into its shape first (`bods_statements`).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from ontology.base import PartyKind, Statement
from ontology.link import Link
from ontology.personal_ids import PersonalIdKey, mask
from ontology.record import Address, Identifier, Name, NameRole, Record
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.bods_statements import EarlierStatements
from resolution.sources.graphs.graph_mapper import CrossFileIndex, GraphMapper, first_text
from resolution.sources.graphs.percentages import Stake, between
from resolution.sources.statements.party_plan import Origin
from resolution.sources.statements.statement_plans import statement_id
from resolution.sources.statements.values import ValueRefused, day, partial_day

AGENCIES = {"state", "stateBody"}
UNTOLD = {"unknownEntity", "anonymousEntity", "unspecified", "unknown"}  # The standard's words for an entity nobody describes.
NAME_ROLES = dict.fromkeys(("legal", "individual"), NameRole.PRIMARY) | dict.fromkeys(
    ("former", "maiden", "birth"), NameRole.PREVIOUS
)
OWNING = (  # The first of them that tells a share says how much is held.
    "shareholding",
    "votingRights",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "beneficiaryOfLegalArrangement",
)
BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))
DIRECTING = {"boardMember", "boardChair", "seniorManagingOfficial"}
_AT_OPENCORPORATES = re.compile(r"opencorporates\.com/(?:id/)?companies/([a-z]{2}(?:_[a-z]{2})?)/([^/?#]+)")
SCHEMES = {"XI-LEI": "lei", "LEI": "lei", "CN-USCC": "uscc", "CN-SAIC": "uscc"}


class Bods(GraphMapper):
    """Statements of one file. A record that comes again later, or is closed, is the later statement's. See `RowMapper`."""

    gathers = True

    def __init__(self, dataset: str, file_id: str, id_key: PersonalIdKey, index: CrossFileIndex) -> None:
        super().__init__(dataset, file_id, id_key, index)
        self._earlier = EarlierStatements()

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        row = self._earlier.as_record(row)
        details, record_key = row.get("recordDetails"), row.get("recordId")
        if not isinstance(details, dict) or not record_key:
            raise ValueRefused(
                "no BODS statement: neither statementID nor recordId with recordDetails",
                "Send statements of BODS 0.1 to 0.4.",
                "recordDetails",
            )
        if row.get("recordType") == "relationship":
            yield from self._links(str(record_key), details, row, origin)
        elif row.get("recordType") in ("entity", "person"):
            yield self._record(str(record_key), details, row, origin)
        else:
            raise ValueRefused(f"unknown recordType {row.get('recordType')}", "Use entity, person or relationship.", "recordType")

    def _record(self, record_key: str, details: dict[str, Any], row: dict[str, Any], origin: Origin) -> Record:
        person = row["recordType"] == "person"
        names = _names(details)  # None of an anonymous or unknown party: its stake counts all the same.
        form = str((details.get("entityType") or {}).get("type", ""))
        kind = PartyKind.PERSON if person else _entity_kind(form)
        closed = details.get("deathDate" if person else "dissolutionDate")
        return Record(
            id=self._record_id(record_key),
            **origin._asdict(),
            kind=kind,
            names=tuple(names),
            identifiers=tuple(dict.fromkeys(self._codes(details, person=person))),
            addresses=tuple(_address(address) for address in details.get("addresses") or () if address.get("address")),
            born_on=self._birth_day(str(details["birthDate"]), "birthDate") if person and details.get("birthDate") else None,
            founded_on=None if person else self._optional_fact(lambda: _partial(details.get("foundingDate")), "foundingDate"),
            ended_on=self._optional_fact(lambda: _day(closed), "deathDate" if person else "dissolutionDate"),
            countries=tuple(dict.fromkeys(_countries(details))),
            attributes=_attributes(details, form),
            observed_on=self._optional_fact(lambda: _day(row.get("statementDate")), "statementDate"),
        )

    def _codes(self, details: dict[str, Any], *, person: bool) -> Iterator[Identifier]:
        for code in map(_of_register, details.get("identifiers") or ()):
            scheme_name = str(code.get("scheme") or code.get("schemeName") or "")
            is_address = "://" in str(code.get("id"))
            scheme = SCHEMES.get(scheme_name) or ("other" if is_address else "person_no" if person else "reg_no")
            scope = code.get("scope") or (scheme_name.partition("-")[0] if scheme_name[2:3] == "-" else None)
            if code.get("id") and (identifier := self._identifier(scheme, str(code["id"]), scope, person=person)):
                yield identifier

    def _links(self, record_key: str, details: dict[str, Any], row: dict[str, Any], origin: Origin) -> Iterator[Link]:
        subject, party = details.get("subject"), details.get("interestedParty")
        if not isinstance(subject, str) or not isinstance(party, str):
            return  # The standard lets a declarant say why a party is not named: nothing to tie.
        interests = details.get("interests") or [{}]
        counting = {indirect: _counting(interests, indirect=indirect) for indirect in (False, True)}
        for number, interest in enumerate(interests):
            kind, type_, indirect = (
                _link_kind(str(interest.get("type", ""))),
                str(interest.get("type") or ""),
                _indirect(interest),
            )
            stake = _stake(interest.get("share") or {}) if kind == "OWNS" else Stake(None)
            words = [type_, "indirect" if indirect else "", stake.range_text]
            if stake.share is not None and (indirect or type_ != counting[indirect]):
                words[2] = stake.range_text or f"{100 * stake.share:g} %"
            yield Link(
                id=statement_id(self._dataset, "L", self._keyed_name(record_key), number),
                **origin._asdict(),
                kind=kind,
                source_id=self._record_id(party),
                target_id=self._record_id(subject),
                share=stake.share if type_ == counting[indirect] else None,
                role=", ".join(word for word in words if word)[:200] or None,
                indirect=indirect,
                began_on=self._optional_fact(partial(_day, interest.get("startDate")), "startDate"),
                ended_on=_day(interest.get("endDate"))
                or (_day(row.get("statementDate")) if row.get("recordStatus") == "closed" else None),
            )

    def _ignored_as(self, row: dict[str, str]) -> str:
        return f"{row.get('recordType') or 'statement'} without a named party"


def _indirect(interest: dict[str, Any]) -> bool:
    return str(interest.get("directOrIndirect") or "").casefold() == "indirect"


def _counting(interests: list[dict[str, Any]], *, indirect: bool) -> str | None:
    """The type of interest whose share counts: votes and profits of the same shares add nothing to the shares themselves."""
    with_shares = [interest for interest in interests if interest.get("share") and _indirect(interest) == indirect]
    types = {
        str(interest.get("type") or "")
        for interest in [interest for interest in with_shares if not interest.get("endDate")] or with_shares
    }
    return next((type_ for type_ in OWNING if type_ in types), None)


def _entity_kind(form: str) -> PartyKind:
    return PartyKind.AGENCY if form in AGENCIES else PartyKind.UNKNOWN if form in UNTOLD else PartyKind.FIRM


def _link_kind(interest: str) -> str:
    return "OWNS" if interest in OWNING else "DIRECTS" if interest in DIRECTING else "CONTROLS"


def _stake(share: dict[str, Any]) -> Stake:
    """The share: exact, else the lower bound of what is known, with the range in words. Raises ValueRefused."""
    restore_formula = share.get("exact")
    if restore_formula is not None:
        return between(_percent(restore_formula), _percent(restore_formula))
    bounds = [next((share[name] for name in names if not isinstance(share.get(name), bool | None)), None) for names in BOUNDS]
    return between(*(None if bound is None else _percent(bound) for bound in bounds))


def _percent(percent: Any) -> float:
    try:
        return float(percent)
    except (TypeError, ValueError) as cause:
        raise ValueRefused(f"{percent!r} is no percentage", "Write percent as a number.", "share") from cause


def _names(details: dict[str, Any]) -> list[Name]:
    """The names; where none is said to be the first one, the first of them is."""
    names = list(dict.fromkeys(_told_names(details)))
    if names and all(name.role is not NameRole.PRIMARY for name in names):
        names[0] = names[0].model_copy(update={"role": NameRole.PRIMARY})
    return names


def _told_names(details: dict[str, Any]) -> Iterator[Name]:
    if details.get("name"):
        yield Name(text=mask(str(details["name"])))
    for text in details.get("alternateNames") or ():
        yield Name(text=mask(str(text)), role=NameRole.ALIAS)
    for name in details.get("names") or ():
        if text := first_text(name.get("fullName")) or _of_parts(name):
            role = NAME_ROLES.get(str(name.get("type")), NameRole.ALIAS)
            yield Name(text=text, role=role, given=first_text(name.get("givenName")), family=first_text(name.get("familyName")))


def _of_parts(name: dict[str, Any]) -> str:
    """The whole name, where only its parts are told."""
    return " ".join(filter(None, (first_text(name.get(part)) for part in ("givenName", "patronymicName", "familyName"))))


def _address(address: dict[str, Any]) -> Address:
    country = _code(address.get("country"))  # Two letters until 0.3, an object from 0.4 on.
    return Address(
        text=mask(str(address["address"]))[:1000],
        country=str(country).lower() if country else None,
        postcode=first_text(address.get("postCode")),
    )


def _of_register(code: dict[str, Any]) -> dict[str, Any]:
    """The number that an address at OpenCorporates ends with, with the register it is of (`us_de`); any other code as it is."""
    match = _AT_OPENCORPORATES.search(str(code.get("id") or ""))
    return {"scope": match[1].upper().replace("_", "-"), "id": match[2]} if match else code


def _code(country: Any) -> str | None:
    """The code of a country that is told as one, or as an object with a code."""
    code = country.get("code") if isinstance(country, dict) else country
    return str(code) if code else None


def _countries(details: dict[str, Any]) -> Iterator[str]:
    """Two letters of each nationality, or of the law; a part of a country (US-DE) is of it."""
    for country in (*(details.get("nationalities") or ()), details.get("jurisdiction")):
        if code := _code(country):
            yield code[:2].lower() if code[2:3] == "-" else code.lower()


def _attributes(details: dict[str, Any], form: str) -> dict[str, str]:
    """The type of an entity, the country under whose law it stands, and what is told of a person beside."""
    exposure, birthplace = details.get("politicalExposure"), details.get("placeOfBirth")
    told = {
        "entity_type": form,
        "jurisdiction": first_text(_code(details.get("jurisdiction"))),
        "person_type": details.get("personType") if details.get("personType") != "knownPerson" else None,
        "political_exposure": exposure.get("status") if isinstance(exposure, dict) else details.get("hasPepStatus") and "isPep",
        "birthplace": birthplace.get("address") or _code(birthplace.get("country")) if isinstance(birthplace, dict) else None,
    }
    return {title: mask(str(text))[:500] for title, text in told.items() if text}


def _day(text: Any) -> date | None:
    return day(str(text)) if text else None


def _partial(text: Any) -> str | None:
    return partial_day(str(text)) if text else None


BODS = GraphFormat(
    "bods",
    "3",
    "Beneficial Ownership Data Standard 0.1 to 0.4",
    frozenset({"statementId", "recordType", "recordDetails"}),
    Bods,
    earlier_marks=frozenset({"statementID", "statementType"}),
)
