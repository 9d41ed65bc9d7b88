"""The shape of what an answer does not rest on yet."""

from typing import Literal

from pydantic import Field

from ontology.base import ImmutableModel

Stage = Literal["resolve", "propagate", "cut_off"]
NONE_WHERE_FRESH = "What was loaded or said and is not used yet; None where the answer rests on all there is."


class UnusedSource(ImmutableModel):
    """A file that was loaded and is not used yet."""

    file_id: str = Field(description="Id of the file.")
    file: str = Field(description="Name of the file.")
    dataset: str = Field(description="Data set the file belongs to.")
    waits_for: Stage = Field(description="The run that would use it; `cut_off`: its load or removal was broken off.")
    may_list: bool = Field(description="Whether it states listings, or it cannot be told whether it does.")


class Freshness(ImmutableModel):
    """What was loaded or said and is not used yet. An answer without it rests on all there is."""

    not_used: tuple[UnusedSource, ...] = Field((), description="Files that the answer does not rest on yet.")
    taken_out: tuple[str, ...] = Field((), description="Files unloaded since the parties were last found.")
    waiting: tuple[str, ...] = Field(
        (), description="What else waits for a run: judged, labelled, named, records, ruled, rulebook …"
    )
    sentences: tuple[str, ...] = Field(description="All of it in words, and what brings the store up to date.")
