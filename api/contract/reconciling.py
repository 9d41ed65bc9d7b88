"""Reconciliation: rows of a table and the parties that they may mean, columns of those, and what completes a half-typed name."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from api.context.request_context import RequestContext
from api.contract.datasets import dataset_scope
from api.contract.descriptions import QUERIES_MAX, GetKey
from api.contract.ftm_entities import entity_or_refusal, ftm_entities
from api.contract.ftm_model import Schema, property_type, schemata
from api.contract.matching import MatchFilters, match_entities
from api.contract.pages import Window
from api.contract.referents import present_party
from api.contract.search import search
from api.contract.search_filters import SearchQuery
from api.schemas.contract_matches import EntityExample, EntityMatchQuery, ScoredEntity
from api.schemas.contract_reconcile import (
    ExtendQuery,
    ExtendServices,
    Extension,
    FeatureValue,
    Manifest,
    NamedId,
    PreviewAddress,
    ProposedProperties,
    ReconcileCandidate,
    ReconcileQuery,
    ReconcileResults,
    ServiceAddress,
    Suggestion,
    Suggestions,
    SuggestServices,
    ViewAddress,
)
from api.schemas.ftm_entities import FtmEntity
from ontology.errors import ContractInvalid, EntityUnknown

TYPES = ("Person", "Company", "Organization", "PublicBody", "LegalEntity")
ANY_TYPE = "LegalEntity"
CUTOFF = 0.3  # A person chooses among the results: the doubtful are shown, too.
SUGGESTIONS_MAX = 20
PROPOSED_MAX = 50
PREVIEW_SIZE = (430, 300)
SCHEMA_SPACE = "https://followthemoney.tech/explorer/"
PREVIEW = (
    "name",
    "alias",
    "birthDate",
    "incorporationDate",
    "country",
    "address",
    "topics",
    "uscCode",
    "leiCode",
    "registrationNumber",
)
DATES = "date"


def manifest(context: RequestContext, dataset: str, *, address: str) -> Manifest:
    """What the service can do. address: of the server, without a stroke behind it. Raises DatasetUnknown."""
    dataset_scope(context, dataset)
    service = f"{address}/reconcile/{dataset}"
    width, height = PREVIEW_SIZE
    return Manifest(
        versions=["0.2"],
        name=f"kith: {dataset}",
        identifier_space=f"{address}/entities/",
        schema_space=SCHEMA_SPACE,
        documentation=f"{address}/docs/",
        batch_size=QUERIES_MAX,
        view=ViewAddress(url=f"{address}/entities/{{{{id}}}}"),
        preview=PreviewAddress(url=f"{service}/preview?id={{{{id}}}}", width=width, height=height),
        suggest=SuggestServices(
            **{
                noun: ServiceAddress(service_url=service, service_path=f"/suggest/{noun}")
                for noun in ("entity", "type", "property")
            }
        ),
        extend=ExtendServices(propose_properties=ServiceAddress(service_url=service, service_path="/extend/property")),
        default_types=[_type(name) for name in TYPES],
    )


def reconcile(
    context: RequestContext, dataset: str, queries: Mapping[str, ReconcileQuery], *, get_key: GetKey | None
) -> dict[str, ReconcileResults]:
    """For each row the parties that it may mean. Raises ContractInvalid, DatasetUnknown, NotResolved."""
    if not queries:
        return {}
    filters = MatchFilters(limit=max(query.limit for query in queries.values()), cutoff=CUTOFF)
    examples = {name: _example(query) for name, query in queries.items() if query.query.strip() or query.properties}
    if not examples:
        return {name: ReconcileResults(result=[]) for name in queries}
    answer = match_entities(context, dataset, EntityMatchQuery(queries=examples), filters, get_key=get_key)
    results = {name: matches.results[: queries[name].limit] for name, matches in answer.responses.items()}
    return {name: ReconcileResults(result=_candidates(results.get(name, []))) for name in queries}


def _example(query: ReconcileQuery) -> EntityExample:
    schema = next((name for name in _ids(query.type) if name in schemata()), ANY_TYPE)
    hints = {hint.pid.rpartition("/")[2]: _texts(hint.v) for hint in query.properties}
    names = [query.query, *hints.pop("name", [])]
    return EntityExample(schema_=schema, properties={"name": [name for name in names if name.strip()], **hints})


def _ids(node: Any) -> list[str]:
    """Names of types, however they were given; of an address what stands behind its last stroke."""
    elements = node if isinstance(node, list) else [node]
    ids = [element.get("id") if isinstance(element, dict) else element for element in elements]
    return [str(id_).rpartition("/")[2] for id_ in ids if id_]


def _texts(node: Any) -> list[str]:
    elements = node if isinstance(node, list) else [node]
    values = [(element.get("name") or element.get("id")) if isinstance(element, dict) else element for element in elements]
    return [str(value) for value in values if value not in (None, "")]


def _candidates(results: list[ScoredEntity]) -> list[ReconcileCandidate]:
    is_alone = sum(result.match for result in results) == 1
    return [
        ReconcileCandidate(
            id=result.id,
            name=result.caption,
            description=_description(result),
            type=[_type(result.schema_)],
            score=round(100 * result.score, 2),
            match=result.match and is_alone,
            features=[FeatureValue(id=name, value=feature.score) for name, feature in result.explanations.items()],
        )
        for result in results
    ]


def _description(entity: FtmEntity) -> str | None:
    texts = [
        str(value)
        for prop in ("birthDate", "incorporationDate", "country", "topics")
        for value in entity.properties.get(prop, ())
    ]
    return ", ".join(texts) or None


def _type(name: str) -> NamedId:
    return NamedId(id=name, name=schemata()[name].label)


def suggest_entities(context: RequestContext, dataset: str, prefix: str) -> Suggestions:
    """Parties of a data set that a search finds by what was typed. Raises DatasetUnknown."""
    query = SearchQuery(dataset, words=prefix, schema=ANY_TYPE, window=Window(SUGGESTIONS_MAX))
    results = search(context, query).results
    return Suggestions(
        result=[
            Suggestion(id=entity.id, name=entity.caption, description=_description(entity), notable=[_type(entity.schema_)])
            for entity in results
        ]
    )


def suggest_types(prefix: str) -> Suggestions:
    """Types whose name or label begins with what was typed."""
    typed = prefix.casefold()
    named = (schemata()[name] for name in TYPES)
    fitting = [
        schema for schema in named if schema.name.casefold().startswith(typed) or schema.label.casefold().startswith(typed)
    ]
    return Suggestions(result=[Suggestion(id=schema.name, name=schema.label) for schema in fitting])


def suggest_properties(prefix: str) -> Suggestions:
    """Properties of any type whose name begins with what was typed."""
    names = sorted({prop for name in TYPES for prop in _told_properties(schemata()[name])})
    fitting = [name for name in names if name.casefold().startswith(prefix.casefold())]
    return Suggestions(result=[Suggestion(id=name, name=name) for name in fitting[:PROPOSED_MAX]])


def propose_properties(type_name: str | None) -> ProposedProperties:
    """Properties that columns can be made of. Raises ContractInvalid on an unknown type."""
    name = type_name or ANY_TYPE
    if name not in schemata():
        raise ContractInvalid(errors=["type: no such schema"])
    properties = [NamedId(id=prop, name=prop) for prop in sorted(_told_properties(schemata()[name]))]
    return ProposedProperties(type=name, limit=PROPOSED_MAX, properties=properties[:PROPOSED_MAX])


def _told_properties(schema: Schema) -> list[str]:
    """Properties that hold texts; those that lead to other entities are no columns."""
    return [name for name, prop in schema.properties.items() if prop.range is None]


def extend(context: RequestContext, query: ExtendQuery) -> Extension:
    """Values of these properties of these parties; ids that lead nowhere have empty rows."""
    present = {id_: party for id_ in query.ids if (party := _party_or_none(context, id_))}
    entities = ftm_entities(context, present.values())
    rows = {
        id_: {column.id: _cells(entities.get(present.get(id_, "")), column.id) for column in query.properties}
        for id_ in query.ids
    }
    return Extension(meta=[NamedId(id=column.id, name=column.id) for column in query.properties], rows=rows)


def _party_or_none(context: RequestContext, id_: str) -> str | None:
    try:
        return present_party(context, id_)
    except EntityUnknown:
        return None


def _cells(entity: FtmEntity | None, prop: str) -> list[dict[str, str]]:
    if entity is None:
        return []
    key = DATES if property_type(entity.schema_, prop) == DATES else "str"
    return [{key: value} for value in entity.properties.get(prop, ()) if isinstance(value, str)]


def preview(context: RequestContext, entity_id: str) -> str:
    """A small page about a party. Raises EntityUnknown."""
    entity = entity_or_refusal(context, present_party(context, entity_id))
    rows = "".join(_preview_row(prop, entity.properties.get(prop, ())) for prop in PREVIEW if entity.properties.get(prop))
    title = html.escape(entity.caption)
    kind = f"{html.escape(schemata()[entity.schema_].label)}, {html.escape(entity.id)}"
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!doctype html><html lang="en">{head}<body><h1>{title}</h1><p>{kind}</p><dl>{rows}</dl></body></html>'


def _preview_row(prop: str, values: Iterable[object]) -> str:
    texts = "; ".join(html.escape(value) for value in values if isinstance(value, str))
    return f"<dt>{html.escape(prop)}</dt><dd>{texts}</dd>"
