"""The shape of a party, a tie or a listing as a FollowTheMoney entity: that of the field's screening contract."""

from pydantic import BaseModel, ConfigDict, Field

PROPERTY_NAMES = "Lists of values by property of the schema; a value is a text, or in a nested answer an entity."
DAY = "To the second, in UTC and without a zone."


class FtmEntity(BaseModel):
    """A party, a tie between two, or an official listing, in the form that clients of the screening contract read."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    id: str = Field(description="Stable id; one that was joined into another leads there.", examples=["K-7MZQ4T0WXA"])
    caption: str = Field(description="The name to show.", examples=["Rongjiang Trading Co., Ltd."])
    schema_: str = Field(alias="schema", description="Schema of the FollowTheMoney model.", examples=["Company"])
    properties: "dict[str, list[str | FtmEntity]]" = Field(
        description=f"{PROPERTY_NAMES} No number of a person is ever among them.",
        examples=[{"name": ["Rongjiang Trading Co., Ltd."], "country": ["cn"], "uscCode": ["91350100M000100Y43"]}],
    )
    datasets: list[str] = Field([], description="Data sets that describe it, sorted.", examples=[["customs", "registry"]])
    referents: list[str] = Field(
        [], description="Other ids that lead here: of records, and of parties joined into it.", examples=[["registry:350100"]]
    )
    target: bool = Field(False, description="Whether a listing of its own is in force today, one's association never.")
    first_seen: str | None = Field(None, description=f"When kith first had it. {DAY}", examples=["2026-11-22T20:41:49"])
    last_seen: str | None = Field(None, description=f"Last load of a file that tells it. {DAY}", examples=["2026-11-30T04:00:00"])
    last_change: str | None = Field(
        None, description=f"When what it consists of, or says, last changed. {DAY}", examples=["2026-11-29T04:00:00"]
    )
