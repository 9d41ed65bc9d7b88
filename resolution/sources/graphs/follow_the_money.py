"""FollowTheMoney entities, one JSON object a line, to records, links and listings.

An entity is `{"id", "schema", "properties": {name: [texts]}}`. What each schema and property becomes is in
`follow_the_money.yaml`. Address entities that stand apart, in this file or another of the call, are joined to the party
that names them.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from ontology.words import PartyKind, Statement
from resolution.records.kinds import body_by_name
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.telling import GraphTeller, first, texts
from resolution.sources.statements.parties import BORN, FOUNDED, Origin, kind_by_codes
from resolution.sources.statements.ties import statement_id
from resolution.sources.statements.values import ValueRefused, day, money, partial_day, share

Properties = dict[str, list[Any]]


@cache
def model() -> dict[str, Any]:
    """What each schema and property becomes."""
    return dict(yaml.safe_load(files("resolution.sources.graphs").joinpath("follow_the_money.yaml").read_text("utf-8")))


class FollowTheMoney(GraphTeller):
    """Entities of one file. See `Teller`."""

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        schema, own, properties = row.get("schema"), str(row.get("id", "")), row.get("properties") or {}
        if not own or not isinstance(properties, dict):
            raise ValueRefused("no entity: id, schema or properties missing", "Send FollowTheMoney entities.", "id")
        if schema in model()["parties"]:
            yield self._party(str(schema), own, properties, origin)
        elif schema in model()["ties"]:
            yield from self._ties(str(schema), own, properties, origin)
        elif schema == "Sanction":
            yield from self._sanctions(own, properties, origin)
        elif schema == "Address":
            self._seen.addresses[own] = _address(properties)

    def _party(self, schema: str, own: str, told: Properties, origin: Origin) -> Record:
        names = [
            Name(text=text[:1000], role=NameRole(role), given=first(told.get("firstName")), family=first(told.get("lastName")))
            for prop, role in model()["names"].items()
            for text in texts(told.get(prop))
        ]
        if not names:
            raise ValueRefused("no name", "Give the entity a name.", "name")
        kind = _kind(model()["parties"][schema], names[0].text)
        codes = tuple(dict.fromkeys(self._codes(told, person=kind is PartyKind.PERSON)))
        kind = kind_by_codes(kind, codes)
        return Record(
            id=f"{self._dataset}:{own}"[:300],
            **origin._asdict(),
            kind=kind,
            names=tuple(dict.fromkeys(names)),
            identifiers=codes,
            addresses=tuple(self._places(told)),
            contacts=tuple(
                Contact(kind=kind, value=text[:300])
                for prop, kind in model()["contacts"].items()
                for text in texts(told.get(prop))
            ),
            born_on=self._birth(first(told.get("birthDate")), "birthDate") if kind in BORN else None,
            founded_on=_partial(told, "incorporationDate") if kind in FOUNDED else None,
            ended_on=_day(told, "deathDate" if kind is PartyKind.PERSON else "dissolutionDate"),
            countries=tuple(dict.fromkeys(_countries(told))),
            attributes={prop: "; ".join(found)[:500] for prop in model()["attributes"] if (found := texts(told.get(prop)))},
        )

    def _codes(self, told: Properties, *, person: bool) -> Iterator[Identifier]:
        schemes = model()["identifiers"] | ({} if person else model()["firm_only"])
        scope = next(_countries(told), None)
        for prop, scheme in schemes.items():
            for raw in told.get(prop) or ():
                if found := self._code(scheme, str(raw), scope):
                    yield found

    def _places(self, told: Properties) -> Iterator[Address]:
        country = next(_countries(told), None)
        for text in texts(told.get("address")):
            yield Address(text=text[:1000], country=country)
        for own in texts(told.get("addressEntity")):
            if own in self._seen.addresses:
                yield self._seen.addresses[own]

    def _ties(self, schema: str, own: str, told: Properties, origin: Origin) -> Iterator[Link]:
        tie = model()["ties"][schema]
        sources, targets = texts(told.get(tie["source"])), texts(told.get(tie["target"]))
        if not sources or not targets:
            raise ValueRefused(f"{schema} without both ends", f"Give {tie['source']} and {tie['target']}.", tie["source"])
        stake, amount = first(told.get("percentage")), first(told.get("amount"))
        for source in sources:
            for target in targets:
                yield Link(
                    id=statement_id(self._dataset, "L", own, source, target),
                    **origin._asdict(),
                    kind=tie["kind"],
                    source_id=f"{self._dataset}:{source}",
                    target_id=f"{self._dataset}:{target}",
                    share=share(stake) if stake and tie["kind"] == "OWNS" else None,
                    amount=money(amount) if amount else None,
                    currency=first(told.get("currency")) if amount else None,
                    role=(first(told.get("role")) or first(told.get("relationship")) or schema.lower())[:200],
                    began_on=_day(told, "startDate") or _day(told, "date"),
                    ended_on=_day(told, "endDate"),
                    fact_key=own[:200] if amount else None,
                )

    def _sanctions(self, own: str, told: Properties, origin: Origin) -> Iterator[Listing]:
        list_type = _list_type(told)
        listed_on = _day(told, "listingDate") or _day(told, "startDate") or _day(told, "date")
        if list_type is None:
            return
        if listed_on is None:
            raise ValueRefused("no listing date", "Give listingDate or startDate.", "listingDate")
        for party in texts(told.get("entity")):
            yield Listing(
                id=statement_id(self._dataset, "J", own, party),
                **origin._asdict(),
                list_type=list_type,
                record_id=f"{self._dataset}:{party}",
                issuer=(first(told.get("authority")) or first(told.get("program")) or list_type)[:300],
                case_no=(first(told.get("authorityId")) or own)[:200],
                listed_on=listed_on,
                removed_on=_day(told, "endDate"),
                reason=(first(told.get("reason")) or "")[:2000] or None,
            )


def _kind(told: str, name: str) -> PartyKind:
    """The kind a schema tells; where it tells none, that of a body by whole words of the name, else unknown."""
    return body_by_name(name) if told == "body_by_name" else PartyKind(told)


def _list_type(told: Properties) -> str | None:
    said = " ".join(text.lower() for prop in ("programId", "program", "authority") for text in texts(told.get(prop)))
    found = (entry["list_type"] for entry in model()["sanctions"] if any(word in said for word in entry["words"]))
    return next(found, None)


def _address(told: Properties) -> Address:
    parts = [text for prop in ("street", "street2", "city", "region", "state") for text in texts(told.get(prop))]
    return Address(
        text=(first(told.get("full")) or ", ".join(parts) or first(told.get("name")) or "?")[:1000],
        country=next(_countries(told), None),
        region=first(told.get("region")) or first(told.get("state")),
        city=first(told.get("city")),
        postcode=first(told.get("postalCode")),
    )


def _countries(told: Properties) -> Iterator[str]:
    for prop in ("country", "jurisdiction", "nationality", "citizenship"):
        yield from (text.lower() for text in texts(told.get(prop)))


def _partial(told: Properties, prop: str) -> str | None:
    text = first(told.get(prop))
    return partial_day(text) if text else None


def _day(told: Properties, prop: str) -> Any:
    """A whole day; a year or a month counts from its first day."""
    text = first(told.get(prop))
    return (
        day(f"{text}-01-01"[:10] if text and len(text) == 4 else f"{text}-01" if text and len(text) == 7 else text)
        if text
        else None
    )


FOLLOW_THE_MONEY = GraphFormat(
    "follow_the_money", "1", "FollowTheMoney entities", frozenset({"id", "schema", "properties"}), FollowTheMoney
)
