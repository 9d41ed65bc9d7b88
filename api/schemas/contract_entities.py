"""The shapes of the screening contract around entities: pages of neighbours, statements, search results, status."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.ftm_entities import DAY, FtmEntity

LIMIT = "Most results of a page, as asked for."
OFFSET = "Results before the first of this page."


class ContractModel(BaseModel):
    """A shape of the contract: never changed once made; fields with a name of pydantic's own are sent by their alias."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)


class Total(ContractModel):
    """How many results there are in all."""

    value: int = Field(ge=0, description="Results counted.", examples=[42])
    relation: Literal["eq", "gte"] = Field(
        "eq", description="`eq`: that many; `gte`: at least so many, counting stopped there.", examples=["eq"]
    )


class Adjacent(ContractModel):
    """Neighbours of an entity under one property, page by page."""

    limit: int = Field(description=LIMIT, examples=[10])
    offset: int = Field(0, description=OFFSET, examples=[0])
    total: Total = Field(description="Neighbours under this property in all.", examples=[{"value": 2, "relation": "eq"}])
    results: list[FtmEntity] = Field(
        [],
        description="Ties or listings as entities; a tie holds the party at its other end.",
        examples=[[{"id": "T-2f1c", "caption": "owns", "schema": "Ownership", "properties": {"percentage": ["60"]}}]],
    )


class EntityAdjacent(ContractModel):
    """An entity with its neighbours under each property that leads to some."""

    entity: FtmEntity = Field(
        description="The entity asked for, without its neighbours.",
        examples=[{"id": "K-7MZQ4T0WXA", "caption": "Rongjiang", "schema": "Company", "properties": {"name": ["Rongjiang"]}}],
    )
    adjacent: dict[str, Adjacent] = Field(
        description="A page of neighbours by property.",
        examples=[{"ownershipAsset": {"limit": 10, "offset": 0, "total": {"value": 0, "relation": "eq"}, "results": []}}],
    )


class FtmStatement(ContractModel):
    """One fact as one record states it: who said what of whom, and when."""

    id: str = Field(description="Stable id of this fact of this record.", examples=["5f1c0a9b2d7e4f60"])
    entity_id: str = Field(description="Record that states it.", examples=["registry:350100"])
    canonical_id: str = Field(description="Party that the record was found to be of.", examples=["K-7MZQ4T0WXA"])
    prop: str = Field(description="Property.", examples=["name"])
    prop_type: str = Field(description="Type of the property: name, date, country, identifier …", examples=["name"])
    schema_: str = Field(alias="schema", description="Schema of what the record describes.", examples=["Company"])
    value: str = Field(description="Value, as entities have it.", examples=["Rongjiang Trading Co., Ltd."])
    original_value: str | None = Field(
        None,
        description="Value as the record keeps it, where it differs: with the issuer's place.",
        examples=["RU:7707083893"],
    )
    dataset: str = Field(description="Data set of the record.", examples=["registry"])
    lang: str | None = Field(None, description="Language of the value; never told here.", examples=[None])
    origin: str | None = Field(None, description="Source row that states it, `<file id>#<row>`.", examples=["5f1c0a9b#12"])
    first_seen: str = Field(description=f"Load of the delivery that first told it. {DAY}", examples=["2026-11-22T20:41:49"])
    last_seen: str = Field(description=f"Last load of a file that tells it. {DAY}", examples=["2026-11-30T04:00:00"])


class Statements(ContractModel):
    """Facts, page by page."""

    limit: int = Field(description=LIMIT, examples=[50])
    offset: int = Field(0, description=OFFSET, examples=[0])
    total: Total = Field(description="Facts in all.", examples=[{"value": 12, "relation": "eq"}])
    results: list[FtmStatement] = Field(
        description="Facts, by party, property, record and value.",
        examples=[
            [
                {
                    "id": "5f1c0a9b2d7e4f60",
                    "entity_id": "registry:350100",
                    "canonical_id": "K-7MZQ4T0WXA",
                    "prop": "name",
                    "prop_type": "name",
                    "schema": "Company",
                    "value": "Rongjiang Trading Co., Ltd.",
                    "dataset": "registry",
                    "first_seen": "2026-11-22T20:41:49",
                    "last_seen": "2026-11-30T04:00:00",
                }
            ]
        ],
    )


class FacetName(StrEnum):
    """What results may be counted by."""

    DATASETS = "datasets"
    SCHEMA = "schema"
    COUNTRIES = "countries"
    IDENTIFIERS = "identifiers"
    TOPICS = "topics"
    GENDERS = "genders"


class FilterOperator(StrEnum):
    """How several values of one filter count together."""

    AND = "AND"
    OR = "OR"


class FacetValue(ContractModel):
    """One value that results share, and how many do."""

    name: str = Field(description="Value as filters take it.", examples=["ru"])
    label: str = Field(description="Value as people read it.", examples=["Russia"])
    count: int = Field(1, ge=0, description="Results that have it, of those counted.", examples=[42])


class FacetCounts(ContractModel):
    """The values of one facet, the most frequent first."""

    label: str = Field(description="Name of the facet as people read it.", examples=["Countries"])
    values: list[FacetValue] = Field(
        [], description="Values with their counts.", examples=[[{"name": "ru", "label": "Russia", "count": 42}]]
    )


class SearchResults(ContractModel):
    """Parties that answer to a search, page by page, with counts by facet."""

    limit: int = Field(description=LIMIT, examples=[10])
    offset: int = Field(0, description=OFFSET, examples=[0])
    total: Total = Field(description="Parties that answer in all.", examples=[{"value": 42, "relation": "eq"}])
    results: list[FtmEntity] = Field(
        description="Parties, the best answer first.",
        examples=[[{"id": "K-7MZQ4T0WXA", "caption": "Rongjiang", "schema": "Company", "properties": {"name": ["Rongjiang"]}}]],
    )
    facets: dict[str, FacetCounts] = Field(
        description="Counts by facet, over the parties that were looked at.",
        examples=[{"countries": {"label": "Countries", "values": [{"name": "ru", "label": "Russia", "count": 42}]}}],
    )


class Status(ContractModel):
    """Whether it went well."""

    status: str = Field("ok", description="Always `ok`; trouble has another status code.", examples=["ok"])


class ContractProblem(ContractModel):
    """What is wrong with a request, in the form of the contract."""

    detail: str = Field(description="What is wrong, in a sentence.", examples=["No such party: entity K-7MZQ4T0WXA"])
    errors: list[str] | None = Field(
        None, description="Each trouble of a query that cannot be answered.", examples=[["sort: no field `colour`"]]
    )
    remedy: str | None = Field(None, description="What would help.", examples=["GET /catalog lists the data sets."])
