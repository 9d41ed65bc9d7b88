"""Open Contracting Data Standard 1.1: releases, compiled releases and records to parties and what was awarded to them.

A party is `<dataset>:<id>` where its id names its register (`GB-COH-01234567`), else `<dataset>:<ocid>/<id>`: such an id is one
of its contracting process. Of a record the compiled release is read, of one without it every release.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ontology.base import PartyKind, Statement
from ontology.documents import read_yaml
from ontology.link import Link
from ontology.personal_ids import mask
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.records.country_names import country_of
from resolution.records.kinds import kind_by_name
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.graph_mapper import GraphMapper
from resolution.sources.statements.party_plan import Origin
from resolution.sources.statements.statement_plans import statement_id
from resolution.sources.statements.values import ValueRefused, currency, day, money

Part = dict[str, Any]
OF_REGISTER = re.compile(r"[A-Z]{2}-[A-Z][A-Z0-9_]*-.")  # As org-id.guide writes an id: country, register, number.
CONTACTS = {"telephone": "phone", "email": "email", "url": "website"}
PARTS_OF_ADDRESS = ("streetAddress", "locality", "region", "postalCode", "countryName")
MENTIONED_IN = {
    "buyer": "buyer",
    "tender.procuringEntity": "procuringEntity",
    "tender.tenderers": "tenderer",
    "awards.suppliers": "supplier",
}


@cache
def model() -> dict[str, Any]:
    """Which register's number is of which scheme, who is a public body by its role, and which states award nothing."""
    page = dict(read_yaml(files("resolution.sources.graphs").joinpath("ocds.yaml").read_text("utf-8")))
    return page | {"by_register": {word: scheme for scheme, words in page["registers"].items() for word in words}}


class Deal(NamedTuple):
    """One award, or one of the contracts it led to: what is told once of its value and its days."""

    number: str
    value: Part
    title: str | None
    began: Any
    ended: Any


class Ocds(GraphMapper):
    """Releases of one file; what several releases say of a party adds up. See `RowMapper`."""

    def _statements(self, row: Part, origin: Origin) -> Iterator[Statement]:
        if not row.get("ocid"):
            raise ValueRefused("no release: ocid missing", "Send OCDS releases, records or packages of them.", "ocid")
        for release in _releases(row):
            yield from self._release_statements(release, str(release.get("ocid") or row["ocid"]), origin)

    def _release_statements(self, release: Part, ocid: str, origin: Origin) -> Iterator[Statement]:
        described = {str(party["id"]): party for party in _parts(release, "parties") if party.get("id") not in (None, "")}
        mentioned = _mentioned(release)
        for own_id, part in {**mentioned, **described}.items():
            party = mentioned.get(own_id, {}) | part
            if own_id and (party.get("name") or party.get("identifier")):
                yield self._record(self._party_id(own_id, party, ocid), party, release, origin)
        ids = {
            own_id: self._party_id(own_id, described.get(own_id) or part, ocid)
            for own_id, part in {**mentioned, **described}.items()
        }
        buyers = [ids[own_id] for own_id in _buyers(release, described)]
        for award in _parts(release, "awards"):
            yield from self._links(award, release, ocid, buyers=_award_buyers(award, ids) or buyers, ids=ids, origin=origin)

    def _party_id(self, own_id: str, party: Part, ocid: str) -> str:
        identifier = party.get("identifier") or {}
        of_register = OF_REGISTER.match(own_id)
        named_parties = identifier.get("scheme") and own_id == f"{identifier['scheme']}-{identifier.get('id')}"
        return self._record_id(own_id if of_register or named_parties else f"{ocid}/{own_id}")

    def _record(self, record_id: str, party: Part, release: Part, origin: Origin) -> Record:
        kind, names = _kind(party), list(dict.fromkeys(_names(party)))
        address, contact = _part(party, "address"), _part(party, "contactPoint")
        land = country_of(str(address.get("country") or address.get("countryName") or ""))
        attributes = {
            "roles": ", ".join(_texts(party.get("roles"))),
            "contact_name": _text(contact.get("name")),
            "scale": _text(_part(party, "details").get("scale")),
        }
        return Record(
            id=record_id,
            **origin._asdict(),
            kind=kind,
            names=tuple(names),
            identifiers=tuple(dict.fromkeys(self._codes(party, person=kind is PartyKind.PERSON))),
            addresses=tuple(_addresses(address, land)),
            contacts=tuple(
                Contact(kind=contact_kind, value=mask(text)[:300])
                for name, contact_kind in CONTACTS.items()
                if (text := _text(contact.get(name)))
            ),
            countries=(land,) if land else (),
            attributes={title: mask(text)[:500] for title, text in attributes.items() if text},
            observed_on=self._optional_fact(lambda: _day(release.get("date")), "date"),
        )

    def _codes(self, party: Part, *, person: bool) -> Iterator[Identifier]:
        for code in [_part(party, "identifier"), *_parts(party, "additionalIdentifiers")]:
            number, register = _text(code.get("id")), str(code.get("scheme") or "").strip().upper()
            if number:
                scheme = _scheme(register)
                scope = register if scheme == "other" else register[:2] if register[2:3] == "-" else None
                if identifier := self._identifier(scheme, number, scope or None, person=person):
                    yield identifier

    def _links(
        self, award: Part, release: Part, ocid: str, *, buyers: list[str], ids: dict[str, str], origin: Origin
    ) -> Iterator[Link]:
        suppliers = list(dict.fromkeys(ids[own_id] for part in _parts(award, "suppliers") if (own_id := _own_id(part)) in ids))
        if _is_not_awarded(award):
            return
        for deal in _deals(award, release, ocid):
            shared = f"one of {len(suppliers)} suppliers" if len(suppliers) > 1 else None
            amount = None if shared else self._optional_fact(lambda deal=deal: _amount(deal.value), "value")  # type: ignore[misc]
            role = ", ".join(word for word in (deal.title, shared) if word)
            for buyer in buyers:
                for supplier in suppliers:
                    yield Link(
                        id=statement_id(self._dataset, "L", "AWARDS", buyer, supplier, self._keyed_name(deal.number)),
                        **origin._asdict(),
                        kind="AWARDS",
                        source_id=buyer,
                        target_id=supplier,
                        amount=amount,
                        currency=_currency(deal.value) if amount is not None else None,
                        role=mask(role)[:200] or None,
                        verified=True,
                        began_on=self._optional_fact(lambda deal=deal: _day(deal.began), "date"),  # type: ignore[misc]
                        ended_on=self._optional_fact(lambda deal=deal: _day(deal.ended), "period.endDate"),  # type: ignore[misc]
                        fact_key=self._keyed_name(deal.number)[:200],
                    )

    def _ignored_as(self, row: dict[str, str]) -> str:
        return "release that names no party"


def _releases(row: Part) -> Iterable[Part]:
    """The release a row is, or the one that a record was compiled to; of a record without it all it holds."""
    compiled = row.get("compiledRelease")
    if isinstance(compiled, dict):
        return [compiled]
    held_parties = row.get("releases")
    return [part for part in held_parties if isinstance(part, dict)] if isinstance(held_parties, list) else [row]


def _mentioned(release: Part) -> dict[str, Part]:
    """Whom the sections of a release name, by their ids, with what they are there."""
    mentioned: dict[str, Part] = {}
    for place, role in MENTIONED_IN.items():
        for part in _parts(release, place):
            earlier = mentioned.get(_own_id(part), {})
            mentioned[_own_id(part)] = earlier | part | {"roles": [*dict.fromkeys([*_texts(earlier.get("roles")), role])]}
    return mentioned


def _parts(whole: Any, path: str) -> Iterator[Part]:
    """Objects at a path, through lists."""
    name, _, rest_of_release = path.partition(".")
    inner = whole.get(name) if isinstance(whole, dict) else None
    for part in inner if isinstance(inner, list) else [inner]:
        if isinstance(part, dict):
            yield from _parts(part, rest_of_release) if rest_of_release else [part]


def _part(whole: Part, name: str) -> Part:
    return next(_parts(whole, name), {})


def _own_id(part: Part) -> str:
    """The id by which a release speaks of a party; of one without it, as version 1.0 had it, that of its register or its name."""
    code = _part(part, "identifier")
    of_register = f"{_text(code.get('scheme'))}-{_text(code.get('id'))}" if code.get("scheme") and code.get("id") else ""
    return _text(part.get("id")) or of_register or _text(part.get("name"))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _texts(value: Any) -> list[str]:
    return [text for part in (value if isinstance(value, list) else [value]) if (text := _text(part))]


def _kind(party: Part) -> PartyKind:
    """A firm by either of its names; else a public body by what it does in a release; else what its name tells."""
    kinds = [
        kind_by_name(text) for text in (_text(party.get("name")), _text(_part(party, "identifier").get("legalName"))) if text
    ]
    if PartyKind.FIRM in kinds or not kinds:
        return PartyKind.FIRM if kinds else PartyKind.UNKNOWN
    roles = {role.casefold().replace("_", "") for role in _texts(party.get("roles"))}
    return PartyKind.AGENCY if roles & {*model()["agencies"]} else kinds[0]


def _names(party: Part) -> Iterator[Name]:
    name, legal = _text(party.get("name")), _text(_part(party, "identifier").get("legalName"))
    for text in dict.fromkeys(text for text in (legal, name) if text):
        yield Name(text=mask(text)[:1000], role=NameRole.PRIMARY if text == (legal or name) else NameRole.ALIAS)


def _scheme(register: str) -> str:
    """The scheme of a register's numbers: by its code, or by the words of it behind the country."""
    if register in model()["schemes"]:
        return str(model()["schemes"][register])
    words = register[3:].replace("_", "-").split("-") if register[2:3] == "-" else []
    return next((model()["by_register"][word] for word in words if word in model()["by_register"]), "other")


def _addresses(address: Part, land: str | None) -> Iterator[Address]:
    text = ", ".join(part for name in PARTS_OF_ADDRESS if (part := _text(address.get(name))))
    if text:
        parts = {"region": "region", "city": "locality", "postcode": "postalCode"}
        stated_awards = {title: _text(address.get(name)) or None for title, name in parts.items()}
        yield Address(text=mask(text)[:1000], country=land, **stated_awards)


def _buyers(release: Part, described: dict[str, Part]) -> list[str]:
    """Who buys: as the release says, else whoever has the role of it, else the entity that runs the procedure."""
    named_parties = [_own_id(part) for part in _parts(release, "buyer")]
    by_role = [own_id for own_id, party in described.items() if "buyer" in _texts(party.get("roles"))]
    procuring = [_own_id(part) for part in _parts(release, "tender.procuringEntity")]
    return [own_id for own_id in (named_parties or by_role or procuring) if own_id]


def _award_buyers(award: Part, ids: dict[str, str]) -> list[str]:
    return [ids[own_id] for name in ("buyer", "buyers") for part in _parts(award, name) if (own_id := _own_id(part)) in ids]


def _is_not_awarded(deal: Part) -> bool:
    return _text(deal.get("status")).casefold() in model()["not_awarded"]


def _deals(award: Part, release: Part, ocid: str) -> Iterator[Deal]:
    """The contracts that an award led to, else the award itself. An award with all its contracts cancelled is none."""
    award_id = _text(award.get("id"))
    contracts = [part for part in _parts(release, "contracts") if _text(part.get("awardID")) == award_id]
    title, days = _text(award.get("title")) or _text(_part(release, "tender").get("title")), _part(award, "contractPeriod")
    for contract in contracts if award_id else ():
        if not _is_not_awarded(contract):
            period = _part(contract, "period") or days
            value = _part(contract, "value") or (_part(award, "value") if len(contracts) == 1 else {})
            began = contract.get("dateSigned") or period.get("startDate") or award.get("date")
            number = f"{ocid}/{_text(contract.get('id')) or award_id}"
            yield Deal(number, value, _text(contract.get("title")) or title, began, period.get("endDate"))
    if not contracts or not award_id:
        yield Deal(
            f"{ocid}/{award_id}", _part(award, "value"), title, award.get("date") or days.get("startDate"), days.get("endDate")
        )


def _amount(value: Part) -> float | None:
    text = _text(value.get("amount"))
    return money(text) if text and _currency(value) else None


def _currency(value: Part) -> str | None:
    return currency(_text(value.get("currency")) or "")


def _day(text: Any) -> Any:
    return day(str(text)) if text else None


OCDS = GraphFormat("ocds", "1", "Open contracting releases (OCDS 1.1)", frozenset({"ocid"}), Ocds, ("releases", "records"))
