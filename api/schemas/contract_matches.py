"""Shapes of matching by example, as clients of the screening contract read and write them."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.contract_entities import Total
from api.schemas.ftm_entities import FtmEntity

EXAMPLE_QUERY = {"schema": "Person", "properties": {"name": ["Maria Ortega"], "birthDate": ["1975-04-21"], "nationality": ["es"]}}
CONFIG_VALUE = str | int | float | bool | None
Weight = Annotated[float, Field(allow_inf_nan=False)]


class EntityExample(BaseModel):
    """What is known of a party, as a FollowTheMoney entity."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    id: str | None = Field(None, description="Id of one's own, repeated in the answer.", examples=["customer-17"])
    schema_: str = Field(
        alias="schema",
        description="Person, Company, Organization, PublicBody; LegalEntity where it is not known.",
        examples=["Person"],
    )
    properties: dict[str, str | list[Any]] = Field(
        description="Values by property of the schema, a text or a list of texts. In an answer personal numbers are masked.",
        examples=[EXAMPLE_QUERY["properties"]],
    )


class EntityMatchQuery(BaseModel):
    """Descriptions to match, at most 100 of them, under names of one's own."""

    model_config = ConfigDict(frozen=True)

    weights: dict[str, Weight] = Field(
        {},
        description="By feature of the algorithm, what its log odds are multiplied with; 1 where left out.",
        examples=[{"days": 0.5}],
    )
    config: dict[str, CONFIG_VALUE] = Field(
        {}, description="Settings of the algorithm by name, as `/algorithms` lists them.", examples=[{"candidates_max": 50}]
    )
    queries: dict[str, EntityExample] = Field(
        description="What is known of each party, under a name that its answer bears.", examples=[{"customer-17": EXAMPLE_QUERY}]
    )


class FeatureResult(BaseModel):
    """What one feature says of a party and a description."""

    model_config = ConfigDict(frozen=True)

    detail: str | None = Field(description="How well the two agree, in words of the comparison.", examples=["same"])
    score: float = Field(description="Natural log odds: above 0 for one party, below 0 against, 0 nothing.", examples=[3.2])
    query: str | None = Field(None, description="What was compared of the description.", examples=["Maria Ortega"])
    candidate: str | None = Field(None, description="What was compared of the party.", examples=["María Ortega Ruiz"])


class ScoredEntity(FtmEntity):
    """A party that a description may mean."""

    score: float = Field(description="Chance that the party is the one described, 0..1.", examples=[0.93])
    match: bool = Field(description="Whether the score reaches the threshold.", examples=[True])
    explanations: dict[str, FeatureResult] = Field(
        description="What each feature contributes. Their log odds and the starting odds make the score.",
        examples=[{"names": {"detail": "same", "score": 3.2, "query": "Maria Ortega", "candidate": "María Ortega"}}],
    )


class EntityMatches(BaseModel):
    """The answer to one description."""

    model_config = ConfigDict(frozen=True)

    status: int = Field(200, description="HTTP status of this part of the answer.", examples=[200])
    results: list[ScoredEntity] = Field(description="Parties that may be meant, the highest score first.", examples=[[]])
    total: Total = Field(description="How many reach the cutoff.", examples=[{"value": 1, "relation": "eq"}])
    query: EntityExample = Field(description="The description as it was read.", examples=[EXAMPLE_QUERY])


class EntityMatchResponse(BaseModel):
    """Answers to all descriptions of one call."""

    model_config = ConfigDict(frozen=True)

    responses: dict[str, EntityMatches] = Field(description="The answer to each description, under its name.", examples=[{}])
    limit: int = Field(description="Most results of one answer.", examples=[5])


class ConfigVarType(StrEnum):
    """What a setting holds."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"


class ConfigVar(BaseModel):
    """A setting of an algorithm."""

    model_config = ConfigDict(frozen=True)

    type: ConfigVarType = Field(ConfigVarType.FLOAT, description="What it holds.", examples=["float"])
    description: str | None = Field(
        None, description="What it changes, with unit and bounds.", examples=["Parties compared, 1..200."]
    )
    default: CONFIG_VALUE = Field(0, description="What holds where it is left out.", examples=[30])


class FeatureDoc(BaseModel):
    """What a feature of an algorithm compares."""

    model_config = ConfigDict(frozen=True)

    description: str | None = Field(description="What is compared.", examples=["Days of birth or founding."])
    coefficient: float = Field(description="What its log odds are multiplied with by default.", examples=[1.0])
    url: str = Field(description="Where it is described.", examples=["https://example.org/screening-contract/"])


class AlgorithmDocs(BaseModel):
    """Settings and features of an algorithm."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name of the algorithm.", examples=["kith"])
    description: str | None = Field(None, description="What it does.", examples=["Compares parties as resolution does."])
    config: dict[str, ConfigVar] = Field(description="Settings by name.", examples=[{}])
    features: dict[str, FeatureDoc] = Field(description="Features by name.", examples=[{}])


class Algorithm(BaseModel):
    """An algorithm that descriptions are matched with."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name to give as `algorithm`.", examples=["kith"])
    description: str | None = Field(None, description="What it does.", examples=["Compares parties as resolution does."])
    features: dict[str, FeatureDoc] = Field(
        description="The same as in `docs`, for older clients.", examples=[{}], deprecated=True
    )
    docs: AlgorithmDocs = Field(description="Settings and features.", examples=[{"name": "kith", "config": {}, "features": {}}])


class AlgorithmResponse(BaseModel):
    """All algorithms."""

    model_config = ConfigDict(frozen=True)

    algorithms: list[Algorithm] = Field(description="Algorithms that may be asked for.", examples=[[]])
    default: str = Field(description="The one that is taken where none is asked for.", examples=["kith"])
    best: str = Field(description="The one that `best` stands for.", examples=["kith"])
