"""FollowTheMoney entities, one JSON object a line, to records, links and listings.

An entity is `{"id", "schema", "properties": {name: [texts]}}`. What each schema and property becomes is in
`follow_the_money.yaml`. Addresses and documents (Passport, Identification) are entities that stand apart, in this file or
another of the call: they are joined to the party that names them, or that they name as their holder. Nested exports have
entities within the properties of others instead of their ids: they are read where they stand.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any

from ontology.base import PartyKind, Statement
from ontology.documents import read_yaml
from ontology.issuers import issuers, list_type_of, tokens
from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.records.kinds import body_by_name
from resolution.records.several_days import other_days
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.graph_mapper import GraphMapper, first_text, masked_texts, referenced_ids
from resolution.sources.graphs.percentages import Stake, percentage
from resolution.sources.statements.party_facts import kind_by_codes
from resolution.sources.statements.party_plan import BORN, FOUNDED, Origin
from resolution.sources.statements.statement_plans import statement_id
from resolution.sources.statements.values import ValueRefused, day, money, partial_day

Properties = dict[str, list[Any]]
DOCUMENT_NUMBERS = (
    "passportNumber",
    "idNumber",
)  # Told once more by the documents themselves, with the country that issued them.
WHOLE_DAY_LENGTH = 8  # 2024-1-2 or 20240102; a year with a month has at most seven signs.


@cache
def model() -> dict[str, Any]:
    """What each schema and property becomes."""
    return dict(read_yaml(files("resolution.sources.graphs").joinpath("follow_the_money.yaml").read_text("utf-8")))


class FollowTheMoney(GraphMapper):
    """Entities of one file. See `RowMapper`."""

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        schema, entity_id, properties = row.get("schema"), str(row.get("id", "")), row.get("properties") or {}
        if not entity_id or not isinstance(properties, dict):
            raise ValueRefused("no entity: id, schema or properties missing", "Send FollowTheMoney entities.", "id")
        if schema in model()["parties"]:
            self._index_holdings(entity_id, properties)
            yield self._party(str(schema), entity_id, row | {"properties": properties}, origin)
            for number, (sanction_id, sanction) in enumerate(_sanctions_within(properties)):
                yield from self._sanctions(sanction_id or f"{entity_id}/{number}", sanction | {"entity": [entity_id]}, origin)
            yield from self._within(entity_id, properties, origin)
        elif schema in model()["ties"]:
            yield from self._within("", properties, origin)
            yield from self._links(str(schema), entity_id, properties, origin)
        elif schema == "Sanction":
            yield from self._sanctions(entity_id, properties, origin)
        elif schema == "Address":
            self._index.addresses[entity_id] = _address(properties)
        elif schema in model()["documents"]:
            self._index_document(str(schema), entity_id, properties)
        else:
            self._index.no_parties.add(entity_id)
            self._index_account(properties)

    def _within(self, holder_id: str, properties: Properties, origin: Origin) -> Iterator[Statement]:
        """Statements of the parties and ties that stand within an entity; a tie may leave out the end that it stands in."""
        for inner in _entities_within(properties):
            schema, inner_properties = inner.get("schema"), inner["properties"]
            if tie := model()["ties"].get(schema):
                ends = {end: [holder_id] for end in (tie["source"], tie["target"]) if holder_id and not inner_properties.get(end)}
                inner = inner | {"properties": inner_properties | (ends if len(ends) == 1 else {})}  # noqa: PLW2901
            if tie or schema in model()["parties"]:
                yield from self._statements(inner, origin)
            elif schema not in model()["quiet"]:
                self._index.no_parties.add(str(inner.get("id", "")))

    def _index_holdings(self, holder_id: str, properties: Properties) -> None:
        """Keep the documents and wallets that stand within their holder."""
        for inner in _entities_within(properties):
            holding = inner["properties"] | {"holder": [holder_id]}
            if inner.get("schema") in model()["documents"]:
                self._index_document(inner["schema"], str(inner.get("id", "")), holding)
            else:
                self._index_account(holding)

    def _index_account(self, properties: Properties) -> None:
        """Keep the address of a wallet for its holders."""
        for holder_id in referenced_ids(properties.get("holder")):
            self._index.accounts.setdefault(holder_id, {}).update(dict.fromkeys(masked_texts(properties.get("publicKey"))))

    def _index_document(self, schema: str, entity_id: str, properties: Properties) -> None:
        """Keep the number of a document for its holders."""
        scheme = (
            "passport" if "passport" in tokens(first_text(properties.get("type")) or schema) else model()["documents"][schema]
        )
        country = next(_countries(properties), None)
        for holder_id in referenced_ids(properties.get("holder")):
            for number in referenced_ids(properties.get("number")):
                self._index.documents.setdefault(holder_id, {})[entity_id, number] = (scheme, country)

    def _party(self, schema: str, entity_id: str, row: dict[str, Any], origin: Origin) -> Record:
        properties: Properties = row["properties"]
        names = [
            Name(
                text=text[:1000],
                role=NameRole(role),
                given=first_text(properties.get("firstName")),
                family=first_text(properties.get("lastName")),
            )
            for prop, role in model()["names"].items()
            for text in masked_texts(properties.get(prop))
        ]
        kind = _kind(model()["parties"][schema], names[0].text if names else "")
        codes = tuple(dict.fromkeys(self._codes(entity_id, properties, person=kind is PartyKind.PERSON)))
        kind = kind_by_codes(kind, codes)
        days = self._days(properties, kind)
        return Record(
            id=self._record_id(entity_id),
            **origin._asdict(),
            kind=kind,
            names=tuple(dict.fromkeys(names)),
            identifiers=codes,
            addresses=tuple(self._addresses(properties)),
            contacts=tuple(self._contacts(entity_id, properties)),
            born_on=days["birthDate"][0] if days["birthDate"] else None,
            founded_on=days["incorporationDate"][0] if days["incorporationDate"] else None,
            ended_on=self._day(properties, "deathDate" if kind is PartyKind.PERSON else "dissolutionDate"),
            countries=tuple(dict.fromkeys(_countries(properties))),
            attributes={
                prop: "; ".join(prop_texts)[:500]
                for prop in model()["attributes"]
                if (prop_texts := masked_texts(properties.get(prop)))
            }
            | other_days(days["birthDate"] or days["incorporationDate"])
            | ({"datasets": "; ".join(sources)[:500]} if (sources := masked_texts(row.get("datasets"))) else {}),
        )

    def _contacts(self, entity_id: str, properties: Properties) -> Iterator[Contact]:
        for prop, kind in model()["contacts"].items():
            yield from (Contact(kind=kind, value=text[:300]) for text in masked_texts(properties.get(prop)))
        yield from (Contact(kind="account", value=text[:300]) for text in self._index.accounts.get(entity_id, ()))

    def _days(self, properties: Properties, kind: PartyKind) -> dict[str, list[str]]:
        """Days of birth and of founding that a party of this kind can have, as exact as the source is, in its order."""
        read_by_prop = {
            "birthDate": (BORN, self._birth_day),
            "incorporationDate": (FOUNDED, lambda text, prop: self._optional_fact(partial(partial_day, text), prop)),
        }
        return {
            prop: [day for text in masked_texts(properties.get(prop)) if kind in kinds and (day := read(text, prop))]
            for prop, (kinds, read) in read_by_prop.items()
        }

    def _codes(self, entity_id: str, properties: Properties, *, person: bool) -> Iterator[Identifier]:
        schemes = model()["identifiers"] | ({} if person else model()["firm_only"])
        scope = _issuer(properties, person=person)
        documents = self._index.documents.get(entity_id, {})
        issued = {number for (_, number), (_, country) in documents.items() if country}
        for (_, number), (scheme, country) in documents.items():
            scheme = scheme if person or scheme == "passport" else model()["firm_only"]["idNumber"]  # noqa: PLW2901
            if (country or number not in issued) and (code := self._identifier(scheme, number, country, person=person)):
                yield code
        for prop, scheme in schemes.items():
            for raw in (raw for raw in properties.get(prop) or () if prop not in DOCUMENT_NUMBERS or str(raw) not in issued):
                issuer = model()["issuers"].get(prop) or (None if scheme == "passport" else scope)
                if code := self._identifier(scheme, str(raw), issuer, person=person):
                    yield code

    def _addresses(self, properties: Properties) -> Iterator[Address]:
        country = next(_countries(properties), None)
        for text in masked_texts(properties.get("address")):
            yield Address(text=text[:1000], country=country)
        for inner in _entities_within({"addressEntity": properties.get("addressEntity") or []}):
            yield _address(inner["properties"])
        for address_id in referenced_ids(properties.get("addressEntity")):
            if address_id in self._index.addresses:
                yield self._index.addresses[address_id]

    def _links(self, schema: str, entity_id: str, properties: Properties, origin: Origin) -> Iterator[Link]:
        tie = model()["ties"][schema]
        sources, targets = (referenced_ids(properties.get(tie[end])) for end in ("source", "target"))
        if not sources or not targets:
            raise ValueRefused(f"{schema} without both ends", f"Give {tie['source']} and {tie['target']}.", tie["source"])
        stake_text, amount = first_text(properties.get("percentage")), first_text(properties.get("amount"))
        stake = percentage(stake_text) if stake_text and tie["kind"] == "OWNS" else Stake(None)
        indirect = "indirect" in tokens(first_text(properties.get("ownershipType")) or "")
        words = [
            first_text(properties.get("role")) or first_text(properties.get("relationship")) or schema.lower(),
            "indirect" if indirect else "",
        ]
        words.append(stake.range_text or (f"{100 * stake.share:g} %" if indirect and stake.share is not None else ""))
        began = [self._optional_fact(partial(_day, properties, name), name) for name in ("startDate", "date")]
        for source in self._parties_of(sources):
            for target in self._parties_of(targets):
                yield Link(
                    id=statement_id(self._dataset, "L", *map(self._keyed_name, (entity_id, source, target))),
                    **origin._asdict(),
                    kind=tie["kind"],
                    source_id=self._record_id(source),
                    target_id=self._record_id(target),
                    share=stake.share,
                    amount=money(amount) if amount else None,
                    currency=first_text(properties.get("currency")) if amount else None,
                    role=", ".join(word for word in words if word)[:200],
                    indirect=indirect,
                    began_on=began[0] or began[1],
                    ended_on=_day(properties, "endDate"),
                    fact_key=self._keyed_name(entity_id)[:200] if amount else None,
                )

    def _sanctions(self, entity_id: str, properties: Properties, origin: Origin) -> Iterator[Listing]:
        """A listing of every entity the sanction names, whoever its authority is and whatever of it can be read."""
        entities = referenced_ids(properties.get("entity"))
        if not entities:
            raise ValueRefused("Sanction without an entity", "Give entity.", "entity")
        programme, authority = (
            "; ".join(masked_texts(properties.get("program")) or masked_texts(properties.get("programId"))),
            _authority(properties),
        )
        listed = [
            self._optional_fact(partial(_whole_day, properties, name), name) for name in ("listingDate", "startDate", "date")
        ]
        for party in self._parties_of(entities):
            yield Listing(
                id=statement_id(self._dataset, "J", *map(self._keyed_name, (entity_id, party))),
                **origin._asdict(),
                list_type=_list_type(properties),
                record_id=self._record_id(party),
                issuer=(authority or programme or self._dataset)[:300],
                programme=programme[:300] or None,
                case_no=(first_text(properties.get("authorityId")) or first_text(properties.get("unscId")) or "")[:200] or None,
                listed_on=next((day for day in listed if day), None),
                removed_on=self._optional_fact(partial(_end, properties, "endDate"), "endDate"),
                reason=(first_text(properties.get("reason")) or first_text(properties.get("summary")) or "")[:2000] or None,
            )

    def _parties_of(self, names: list[str]) -> list[str]:
        """Of entities by name those that are not known to be something else: a ship has no record that could be listed."""
        return [name for name in names if name not in self._index.no_parties]

    def _day(self, properties: Properties, prop: str) -> date | None:
        return self._optional_fact(lambda: _day(properties, prop), prop)

    def _ignored_as(self, row: dict[str, str]) -> str:
        schema = str(row.get("schema") or "")
        return "" if schema in model()["quiet"] else schema


def _entities_within(properties: Properties) -> Iterator[dict[str, Any]]:
    """Entities that stand within another one, as nested exports have them."""
    for values in properties.values():
        for element in values if isinstance(values, list) else ():
            if isinstance(element, dict) and isinstance(element.get("properties"), dict):
                yield element


def _sanctions_within(properties: Properties) -> Iterator[tuple[str, Properties]]:
    """Sanctions that stand within the entity they are of: id and properties."""
    for inner in _entities_within(properties):
        if inner.get("schema") == "Sanction":
            yield str(inner.get("id", "")), inner["properties"]


def _authority(properties: Properties) -> str:
    return "; ".join(masked_texts(properties.get("authority")))


def _list_type(properties: Properties) -> str:
    """By authority, programme and programme id as whole names; the one for unknown lists where the table knows none."""
    authorities, programmes, programme_ids = (
        masked_texts(properties.get(prop)) for prop in ("authority", "program", "programId")
    )
    return list_type_of(authorities, programmes, programme_ids, first_text(properties.get("country"))) or issuers().unknown


def _kind(schema_kind: str, name: str) -> PartyKind:
    """The kind a schema stands for; where it stands for none, that of a body by whole words of the name, else unknown."""
    return body_by_name(name) if schema_kind == "body_by_name" else PartyKind(schema_kind)


def _address(properties: Properties) -> Address:
    parts = [text for prop in ("street", "street2", "city", "region", "state") for text in masked_texts(properties.get(prop))]
    return Address(
        text=(first_text(properties.get("full")) or ", ".join(parts) or first_text(properties.get("name")) or "?")[:1000],
        country=next(_countries(properties), None),
        region=first_text(properties.get("region")) or first_text(properties.get("state")),
        city=first_text(properties.get("city")),
        postcode=first_text(properties.get("postalCode")),
    )


def _countries(properties: Properties) -> Iterator[str]:
    for prop in ("country", "jurisdiction", "nationality", "citizenship"):
        yield from (text.lower() for text in masked_texts(properties.get(prop)))


def _issuer(properties: Properties, *, person: bool) -> str | None:
    """The country that issued an entity's numbers: a firm's jurisdiction, else the only country there is. No passport's."""
    law = masked_texts(properties.get("jurisdiction"))
    if len(law) == 1 and not person:
        return law[0]
    countries = set(_countries(properties))
    return countries.pop() if len(countries) == 1 else None


def _whole_day(properties: Properties, prop: str) -> date | None:
    """A day that is told as such. Raises ValueRefused on a year or a month: which of its days it was nobody tells."""
    text = first_text(properties.get(prop))
    if text and len(text) < WHOLE_DAY_LENGTH:
        raise ValueRefused(f"{text!r} is no whole day", "Write it as YYYY-MM-DD.", prop)
    return day(text) if text else None


def _end(properties: Properties, prop: str) -> date | None:
    """First day that something has surely ended: for a year or a month the first day after it."""
    text = first_text(properties.get(prop))
    if not text or len(text) >= WHOLE_DAY_LENGTH:
        return day(text) if text else None
    restore_formula = partial_day(text) or ""
    year, month = int(restore_formula[:4]), int(restore_formula[5:7] or 12)
    return date(year + month // 12, month % 12 + 1, 1)


def _day(properties: Properties, prop: str) -> date | None:
    """A whole day; a year or a month counts from its first day."""
    text = first_text(properties.get(prop))
    return (
        day(f"{text}-01-01"[:10] if text and len(text) == 4 else f"{text}-01" if text and len(text) == 7 else text)
        if text
        else None
    )


FOLLOW_THE_MONEY = GraphFormat(
    "follow_the_money", "2", "FollowTheMoney entities", frozenset({"id", "schema", "properties"}), FollowTheMoney
)
