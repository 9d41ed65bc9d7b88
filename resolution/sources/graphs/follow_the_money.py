"""FollowTheMoney entities, one JSON object a line, to records, links and listings.

An entity is `{"id", "schema", "properties": {name: [texts]}}`. What each schema and property becomes is in
`follow_the_money.yaml`. Address entities that stand apart, in this file or another of the call, are joined to the party
that names them.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml

from ontology.base import PartyKind, Statement
from ontology.issuers import issuers, list_type_of, tokens
from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.records.kinds import body_by_name
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.percentages import Stake, percentage
from resolution.sources.graphs.graph_mapper import GraphTeller, first, ids, texts
from resolution.sources.statements.party_plan import BORN, FOUNDED, Origin, kind_by_codes
from resolution.sources.statements.tie_plans import statement_id
from resolution.sources.statements.values import ValueRefused, day, money, partial_day

Properties = dict[str, list[Any]]
WHOLE_DAY_LENGTH = 8  # 2024-1-2 or 20240102; a year with a month has at most seven signs.


@cache
def model() -> dict[str, Any]:
    """What each schema and property becomes."""
    return dict(yaml.safe_load(files("resolution.sources.graphs").joinpath("follow_the_money.yaml").read_text("utf-8")))


class FollowTheMoney(GraphTeller):
    """Entities of one file. See `RowMapper`."""

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        schema, own, properties = row.get("schema"), str(row.get("id", "")), row.get("properties") or {}
        if not own or not isinstance(properties, dict):
            raise ValueRefused("no entity: id, schema or properties missing", "Send FollowTheMoney entities.", "id")
        if schema in model()["parties"]:
            yield self._party(str(schema), own, properties, origin)
            for number, (nested, stated) in enumerate(_sanctions_within(properties)):
                yield from self._sanctions(nested or f"{own}/{number}", stated | {"entity": [own]}, origin)
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
        kind = _kind(model()["parties"][schema], names[0].text if names else "")
        codes = tuple(dict.fromkeys(self._codes(told, person=kind is PartyKind.PERSON)))
        kind = kind_by_codes(kind, codes)
        return Record(
            id=self._id(own),
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
            founded_on=self._spared(lambda: _partial(told, "incorporationDate"), "incorporationDate")
            if kind in FOUNDED
            else None,
            ended_on=self._day(told, "deathDate" if kind is PartyKind.PERSON else "dissolutionDate"),
            countries=tuple(dict.fromkeys(_countries(told))),
            attributes={prop: "; ".join(found)[:500] for prop in model()["attributes"] if (found := texts(told.get(prop)))},
        )

    def _codes(self, told: Properties, *, person: bool) -> Iterator[Identifier]:
        schemes = model()["identifiers"] | ({} if person else model()["firm_only"])
        scope = _issuer(told, person=person)
        for prop, scheme in schemes.items():
            for raw in told.get(prop) or ():
                if found := self._code(scheme, str(raw), None if scheme == "passport" else scope, person=person):
                    yield found

    def _places(self, told: Properties) -> Iterator[Address]:
        country = next(_countries(told), None)
        for text in texts(told.get("address")):
            yield Address(text=text[:1000], country=country)
        for own in ids(told.get("addressEntity")):
            if own in self._seen.addresses:
                yield self._seen.addresses[own]

    def _ties(self, schema: str, own: str, told: Properties, origin: Origin) -> Iterator[Link]:
        tie = model()["ties"][schema]
        sources, targets = ids(told.get(tie["source"])), ids(told.get(tie["target"]))
        if not sources or not targets:
            raise ValueRefused(f"{schema} without both ends", f"Give {tie['source']} and {tie['target']}.", tie["source"])
        held, amount = first(told.get("percentage")), first(told.get("amount"))
        stake = percentage(held) if held and tie["kind"] == "OWNS" else Stake(None)
        indirect = "indirect" in tokens(first(told.get("ownershipType")) or "")
        words = [first(told.get("role")) or first(told.get("relationship")) or schema.lower(), "indirect" if indirect else ""]
        words.append(stake.shown or (f"{100 * stake.share:g} %" if indirect and stake.share is not None else ""))
        began = [self._spared(partial(_day, told, name), name) for name in ("startDate", "date")]
        for source in sources:
            for target in targets:
                yield Link(
                    id=statement_id(self._dataset, "L", *map(self._named, (own, source, target))),
                    **origin._asdict(),
                    kind=tie["kind"],
                    source_id=self._id(source),
                    target_id=self._id(target),
                    share=stake.share,
                    amount=money(amount) if amount else None,
                    currency=first(told.get("currency")) if amount else None,
                    role=", ".join(word for word in words if word)[:200],
                    indirect=indirect,
                    began_on=began[0] or began[1],
                    ended_on=_day(told, "endDate"),
                    fact_key=self._named(own)[:200] if amount else None,
                )

    def _sanctions(self, own: str, told: Properties, origin: Origin) -> Iterator[Listing]:
        """A listing of every entity the sanction names, whoever its authority is and whatever of it can be read."""
        entities = ids(told.get("entity"))
        if not entities:
            raise ValueRefused("Sanction without an entity", "Give entity.", "entity")
        programme, authority = "; ".join(texts(told.get("program")) or texts(told.get("programId"))), _authority(told)
        listed = [self._spared(partial(_whole_day, told, name), name) for name in ("listingDate", "startDate", "date")]
        for party in entities:
            yield Listing(
                id=statement_id(self._dataset, "J", *map(self._named, (own, party))),
                **origin._asdict(),
                list_type=_list_type(told),
                record_id=self._id(party),
                issuer=(authority or programme or self._dataset)[:300],
                programme=programme[:300] or None,
                case_no=(first(told.get("authorityId")) or first(told.get("unscId")) or "")[:200] or None,
                listed_on=next((day for day in listed if day), None),
                removed_on=self._spared(partial(_end, told, "endDate"), "endDate"),
                reason=(first(told.get("reason")) or first(told.get("summary")) or "")[:2000] or None,
            )

    def _founded(self, told: Properties) -> str | None:
        return self._spared(lambda: _partial(told, "incorporationDate"), "incorporationDate")

    def _day(self, told: Properties, prop: str) -> date | None:
        return self._spared(lambda: _day(told, prop), prop)

    def _ignored_as(self, row: dict[str, str]) -> str:
        schema = str(row.get("schema") or "")
        return "" if schema in model()["quiet"] else schema


def _sanctions_within(told: Properties) -> Iterator[tuple[str, Properties]]:
    """Sanctions that stand within the entity they are of, as nested exports have them: id and properties."""
    for inner in (one for values in told.values() if isinstance(values, list) for one in values if isinstance(one, dict)):
        if inner.get("schema") == "Sanction" and isinstance(inner.get("properties"), dict):
            yield str(inner.get("id", "")), inner["properties"]


def _authority(told: Properties) -> str:
    return "; ".join(texts(told.get("authority")))


def _list_type(told: Properties) -> str:
    """By authority, programme and programme id as whole names; the one for unknown lists where the table knows none."""
    authorities, programmes, ids = (texts(told.get(prop)) for prop in ("authority", "program", "programId"))
    return list_type_of(authorities, programmes, ids, first(told.get("country"))) or issuers().unknown


def _kind(told: str, name: str) -> PartyKind:
    """The kind a schema tells; where it tells none, that of a body by whole words of the name, else unknown."""
    return body_by_name(name) if told == "body_by_name" else PartyKind(told)


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


def _issuer(told: Properties, *, person: bool) -> str | None:
    """The country that issued an entity's numbers: a firm's jurisdiction, else the only country there is. No passport's."""
    law = texts(told.get("jurisdiction"))
    if len(law) == 1 and not person:
        return law[0]
    countries = set(_countries(told))
    return countries.pop() if len(countries) == 1 else None


def _partial(told: Properties, prop: str) -> str | None:
    text = first(told.get(prop))
    return partial_day(text) if text else None


def _whole_day(told: Properties, prop: str) -> date | None:
    """A day that is told as such. Raises ValueRefused on a year or a month: which of its days it was nobody tells."""
    text = first(told.get(prop))
    if text and len(text) < WHOLE_DAY_LENGTH:
        raise ValueRefused(f"{text!r} is no whole day", "Write it as YYYY-MM-DD.", prop)
    return day(text) if text else None


def _end(told: Properties, prop: str) -> date | None:
    """First day that something has surely ended: for a year or a month the first day after it."""
    text = first(told.get(prop))
    if not text or len(text) >= WHOLE_DAY_LENGTH:
        return day(text) if text else None
    exact = partial_day(text) or ""
    year, month = int(exact[:4]), int(exact[5:7] or 12)
    return date(year + month // 12, month % 12 + 1, 1)


def _day(told: Properties, prop: str) -> date | None:
    """A whole day; a year or a month counts from its first day."""
    text = first(told.get(prop))
    return (
        day(f"{text}-01-01"[:10] if text and len(text) == 4 else f"{text}-01" if text and len(text) == 7 else text)
        if text
        else None
    )


FOLLOW_THE_MONEY = GraphFormat(
    "follow_the_money", "2", "FollowTheMoney entities", frozenset({"id", "schema", "properties"}), FollowTheMoney
)
