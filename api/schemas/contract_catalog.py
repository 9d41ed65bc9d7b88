"""The shape of the screening contract's catalog: data sets, who publishes them, how large and how fresh they are."""

from pydantic import Field

from api.schemas.contract_entities import ContractModel
from api.schemas.ftm_entities import DAY


class DatasetPublisher(ContractModel):
    """Who publishes a data set."""

    name: str = Field(description="As its pack, its mapping or whoever loaded it says.", examples=["State Administration"])


class DatasetCoverage(ContractModel):
    """How often a data set is renewed."""

    frequency: str = Field("unknown", description="daily, weekly, monthly, annually or unknown, by its pack.", examples=["daily"])


class Dataset(ContractModel):
    """A source that is loaded, a named collection of some, or `default`, which is all."""

    name: str = Field(description="As callers ask for it.", examples=["us_ofac_sdn"])
    title: str = Field(description="As people read it.", examples=["OFAC Specially Designated Nationals"])
    summary: str | None = Field(None, description="What it is for, in a sentence.", examples=["Lists we stop at."])
    license: str | None = Field(None, description="Terms that its data comes under.", examples=["Public domain"])
    publisher: DatasetPublisher | None = Field(None, description="Who publishes it.", examples=[{"name": "OFAC"}])
    coverage: DatasetCoverage | None = Field(None, description="How often it is renewed.", examples=[{"frequency": "daily"}])
    category: str = Field("source", description="source or collection.", examples=["source"])
    updated_at: str | None = Field(None, description=f"Last load. {DAY}", examples=["2026-11-30T04:00:00"])
    last_export: str | None = Field(None, description=f"As `updated_at`. {DAY}", examples=["2026-11-30T04:00:00"])
    version: str | None = Field(None, description="Of its last load.", examples=["20261130040000"])
    entity_count: int | None = Field(None, ge=0, description="Parties it describes; null for a collection.", examples=[12000])
    thing_count: int | None = Field(None, ge=0, description="As `entity_count`.", examples=[12000])
    children: list[str] = Field([], description="Of a collection, what it is made of.", examples=[["us_ofac_sdn", "eu_fsf"]])
    tags: list[str] = Field([], description="Marks; none are given here.", examples=[[]])
    load: bool = Field(True, description="Whether it is loaded here by itself; false for a collection.", examples=[True])
    index_version: str | None = Field(
        None, description="Of the load that answers rest on; null where it was not resolved yet.", examples=["20261130040000"]
    )
    index_current: bool = Field(True, description="Whether answers rest on its last load.", examples=[True])


class Catalog(ContractModel):
    """Every data set, and which of them the answers do not rest on yet."""

    datasets: list[Dataset] = Field(
        description="`default` first, then collections, then sources by name.",
        examples=[[{"name": "default", "title": "All data sets", "index_current": True}]],
    )
    current: list[str] = Field(description="Data sets that answers rest on.", examples=[["us_ofac_sdn"]])
    outdated: list[str] = Field(description="Data sets with a load that waits for a run.", examples=[["eu_fsf"]])
    index_stale: bool = Field(False, description="Whether some load waits for a run.", examples=[False])
