"""Shapes of the reconciliation service (Reconciliation Service API 0.2), as OpenRefine reads and writes them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

ADDRESS = "https://kith.example.org/reconcile/default"
TYPE_EXAMPLE = {"id": "Person", "name": "Person"}


class ReconcileModel(BaseModel):
    """A shape of the service: never changed once made."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)


class NamedId(ReconcileModel):
    """A type or a property."""

    id: str = Field(description="Name in the FollowTheMoney model.", examples=["Person"])
    name: str = Field(description="Name to show.", examples=["Person"])
    description: str | None = Field(None, description="What it is.", examples=["A type of the FollowTheMoney model."])


class ViewAddress(ReconcileModel):
    """Where an entity is shown."""

    url: str = Field(
        description="Address with `{{id}}` for the entity's id.", examples=["https://kith.example.org/entities/{{id}}"]
    )


class PreviewAddress(ReconcileModel):
    """Where a small page about an entity is, and its size."""

    url: str = Field(description="Address with `{{id}}` for the entity's id.", examples=[f"{ADDRESS}/preview?id={{{{id}}}}"])
    width: int = Field(description="Width of the page in pixels.", examples=[430])
    height: int = Field(description="Height of the page in pixels.", examples=[300])


class ServiceAddress(ReconcileModel):
    """Where a further service answers."""

    service_url: str = Field(description="Address of the server.", examples=[ADDRESS])
    service_path: str = Field(description="Path behind it.", examples=["/suggest/entity"])


class SuggestServices(ReconcileModel):
    """Services that complete what somebody types."""

    entity: ServiceAddress = Field(description="Completes names of parties.")
    type: ServiceAddress = Field(description="Completes types.")
    property: ServiceAddress = Field(description="Completes properties.")


class ExtendServices(ReconcileModel):
    """Services that add columns."""

    propose_properties: ServiceAddress = Field(description="Proposes properties of a type.")
    propose_settings: list[dict[str, Any]] = Field([], description="Settings of a property: there are none.", examples=[[]])


class Manifest(ReconcileModel):
    """What the service can do, and where."""

    versions: list[str] = Field(description="Versions of the protocol that it speaks.", examples=[["0.2"]])
    name: str = Field(description="Name to show.", examples=["kith: default"])
    identifier_space: str = Field(
        alias="identifierSpace",
        description="What the ids of results are ids of.",
        examples=["https://kith.example.org/entities/"],
    )
    schema_space: str = Field(
        alias="schemaSpace", description="What the ids of types are ids of.", examples=["https://followthemoney.tech/explorer/"]
    )
    documentation: str = Field(description="Where it is described.", examples=["https://kith.example.org/docs"])
    batch_size: int = Field(alias="batchSize", description="Most queries of one call.", examples=[100])
    view: ViewAddress = Field(description="Where an entity is shown.")
    preview: PreviewAddress = Field(description="Where a small page about an entity is.")
    suggest: SuggestServices = Field(description="Services that complete what somebody types.")
    extend: ExtendServices = Field(description="Services that add columns.")
    default_types: list[NamedId] = Field(alias="defaultTypes", description="Types to choose from.", examples=[[TYPE_EXAMPLE]])


class PropertyHint(ReconcileModel):
    """A further column of the row that is reconciled."""

    pid: str = Field(max_length=200, description="Property of the schema.", examples=["birthDate"])
    v: Any = Field(description="A text, a number, an object with `name` or `id`, or a list of these.", examples=["1975-04-21"])


class ReconcileQuery(ReconcileModel):
    """One row to reconcile."""

    query: str = Field("", max_length=2_000, description="The name.", examples=["Maria Ortega"])
    type: Any = Field(None, description="Name of a type, an object with its `id`, or a list of these.", examples=["Person"])
    limit: int = Field(5, ge=0, le=500, description="Most results.", examples=[5])
    properties: list[PropertyHint] = Field(
        [], description="Further columns.", examples=[[{"pid": "birthDate", "v": "1975-04-21"}]]
    )


class FeatureValue(ReconcileModel):
    """What one feature says."""

    id: str = Field(description="Name of the feature, as `/algorithms` has it.", examples=["names"])
    value: float = Field(description="Natural log odds.", examples=[2.4])


class ReconcileCandidate(ReconcileModel):
    """A party that a row may mean."""

    id: str = Field(description="Id of the party.", examples=["K-7MZQ4T0WXA"])
    name: str = Field(description="Name to show.", examples=["María Ortega"])
    description: str | None = Field(None, description="Birth or founding, and countries.", examples=["1975-04-21, es"])
    type: list[NamedId] = Field(description="Its type.", examples=[[TYPE_EXAMPLE]])
    score: float = Field(description="Chance that it is meant, 0..100 per cent.", examples=[93.0])
    match: bool = Field(description="Whether it is the only one that reaches the threshold.", examples=[True])
    features: list[FeatureValue] = Field(
        [], description="What each feature contributes.", examples=[[{"id": "names", "value": 2.4}]]
    )


class ReconcileResults(ReconcileModel):
    """Parties that one row may mean."""

    result: list[ReconcileCandidate] = Field(description="The highest score first.", examples=[[]])


class Suggestion(NamedId):
    """Something that completes what was typed."""

    notable: list[NamedId] = Field([], description="Types of a party.", examples=[[TYPE_EXAMPLE]])


class Suggestions(ReconcileModel):
    """What completes what was typed."""

    result: list[Suggestion] = Field(description="The best first.", examples=[[TYPE_EXAMPLE]])


class ProposedProperties(ReconcileModel):
    """Properties that a type has."""

    type: str = Field(description="Name of the type.", examples=["Person"])
    limit: int = Field(description="Most properties of one answer.", examples=[50])
    properties: list[NamedId] = Field(description="By name.", examples=[[{"id": "birthDate", "name": "birthDate"}]])


class ExtendProperty(ReconcileModel):
    """A column to add."""

    id: str = Field(max_length=200, description="Property of the schema.", examples=["country"])


class ExtendQuery(ReconcileModel):
    """Entities and the columns to add of them."""

    ids: list[str] = Field(max_length=500, description="Ids of parties.", examples=[["K-7MZQ4T0WXA"]])
    properties: list[ExtendProperty] = Field(max_length=50, description="Columns to add.", examples=[[{"id": "country"}]])


class Extension(ReconcileModel):
    """Values of the columns asked for."""

    meta: list[NamedId] = Field(description="The columns.", examples=[[{"id": "country", "name": "country"}]])
    rows: dict[str, dict[str, list[dict[str, str]]]] = Field(
        description="By id of the party and by property its values.", examples=[{"K-7MZQ4T0WXA": {"country": [{"str": "cn"}]}}]
    )
