"""What a search lets through: by schema, country, topic, data set, property, day of change."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from api.context.request_context import RequestContext
from api.contract.datasets import DataScope
from api.contract.ftm_days import SeenDays, seen_days
from api.contract.ftm_model import descendants, property_type, schemata
from api.contract.ftm_properties import party_properties
from api.contract.looked_at import Candidate
from api.contract.pages import PREFIX, Window
from api.schemas.contract_entities import FacetName, FilterOperator
from ontology.errors import ContractInvalid
from resolution.records.text import fold


@dataclass(frozen=True)
class SearchQuery:
    """What a caller of the search wants; see the parameters of its route."""

    dataset: str
    words: str = ""
    schema: str = "Thing"
    include_datasets: tuple[str, ...] = ()
    exclude_datasets: tuple[str, ...] = ()
    exclude_schemas: tuple[str, ...] = ()
    changed_since: str | None = None
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    target: bool | None = None
    operator: FilterOperator = FilterOperator.OR
    facets: tuple[FacetName, ...] = ()
    window: Window = field(default_factory=lambda: Window(10))


def passing(context: RequestContext, query: SearchQuery, scope: DataScope, looked_at: Sequence[Candidate]) -> list[Candidate]:
    """Those that every filter of the query lets through. Raises ContractInvalid on a schema or property that there is not."""
    tests = [*_plain_tests(query, scope), *_property_tests(context, query)]
    through = [candidate for candidate in looked_at if all(test(candidate) for test in tests)]
    return _changed_since(context, through, query.changed_since) if query.changed_since else through


Test = Callable[[Candidate], bool]


def _plain_tests(query: SearchQuery, scope: DataScope) -> list[Test]:
    schemas, unwanted, operator = _schemas(query.schema), set(query.exclude_schemas), query.operator
    tests: list[Test] = [lambda candidate: candidate.schema in schemas and candidate.schema not in unwanted]
    if not scope.is_all:
        tests.append(lambda candidate: scope.holds(candidate.sources))
    if query.countries:
        tests.append(lambda candidate: _meets(query.countries, candidate.countries, operator))
    if query.topics:
        tests.append(lambda candidate: _meets(query.topics, candidate.topics, operator))
    if query.datasets:
        tests.append(lambda candidate: _meets(query.datasets, candidate.sources, operator))
    if query.target is not None:
        tests.append(lambda candidate: any(status.binds for status in candidate.listings) == query.target)
    return tests


def _property_tests(context: RequestContext, query: SearchQuery) -> list[Test]:
    """One test a property that filters name: of several values of one property all or any, as the query says."""
    values_by_property: dict[str, list[str]] = defaultdict(list)
    for text in query.properties:
        prop, value = _property_and_value(text)
        values_by_property[prop].append(value)
    if not values_by_property:
        return []
    combine = all if query.operator is FilterOperator.AND else any

    def has_values(candidate: Candidate) -> bool:
        year_only = context.caller is not None and not context.caller.sees_births
        properties = party_properties(candidate.party, context.as_of, year_only=year_only) | {"topics": list(candidate.topics)}
        return all(
            combine(_has(properties.get(prop, ()), prop, value, candidate.schema) for value in values)
            for prop, values in values_by_property.items()
        )

    return [has_values]


def _property_and_value(text: str) -> tuple[str, str]:
    field_name, mark, value = text.partition(":")
    prop = field_name.removeprefix(PREFIX)
    if not mark or not value:
        raise ContractInvalid(errors=[f"filter: {field_name!r} without a value; write it as field:value"])
    if not any(prop in schema.properties for schema in schemata().values()):
        raise ContractInvalid(errors=[f"filter: no property {prop!r}"])
    return prop, value


def _has(values: Collection[str], prop: str, text: str, schema: str) -> bool:
    """Whether a property has a value: of a day also its year or month, of a name whatever its case and marks."""
    kind = property_type(schema, prop)
    if kind == "date":
        return any(value.startswith(text) for value in values)
    if kind == "name":
        return fold(text) in {fold(value) for value in values}
    return text.casefold() in {value.casefold() for value in values}


def _meets(filters: Collection[str], values: Collection[str], operator: FilterOperator) -> bool:
    folded_values = {value.casefold() for value in values}
    hits = (value.casefold() in folded_values for value in filters)
    return all(hits) if operator is FilterOperator.AND else any(hits)


def _schemas(name: str) -> frozenset[str]:
    if name not in schemata():
        raise ContractInvalid(errors=[f"schema: no schema {name!r}"])
    return descendants(name)


def _changed_since(context: RequestContext, through: Sequence[Candidate], since: str) -> list[Candidate]:
    days = seen_days(context.store, [candidate.id for candidate in through])
    return [candidate for candidate in through if (days.get(candidate.id, SeenDays()).last_change or "") >= since]
