"""The shapes of a part of the network."""

from datetime import date

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.parties import PathLine
from ontology.base import Identity, ImmutableModel
from ontology.score import Standing


class Node(ImmutableModel):
    """One party, address or phone in the picture."""

    id: Identity = Field(description="Id of the party, or of the shared value.")
    kind: str = Field(description="firm, person, agency or unknown; for a shared value address, phone and the like.")
    name: str = Field(description="Its name, or the shared value.")
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    place: str | None = Field(None, description="Its place, as a source wrote it.")
    score: int | None = Field(
        None, description="Score in points, 350..950; null where there is a state instead, and always for persons."
    )
    state: str | None = Field(None, description="Why there is no score, as an id of the rulebook.")
    standing: Standing | None = Field(
        None, description="Where it stands; null for persons who are not listed, addresses and phones."
    )
    listed: bool = Field(False, description="Whether it has a listing of its own in force.")
    exposure: float = Field(0.0, description="0..1; always 0 for persons.")
    ties: int = Field(0, description="Ties it has in all.")
    shown_ties: int = Field(0, description="Ties of it that are shown.")


class Edge(ImmutableModel):
    """One tie in the picture."""

    id: Identity = Field(description="Id of the tie.")
    kind: str = Field(description="Kind of tie, as the rulebook names it.")
    label: str = Field(description="The tie in words, read from its source.")
    source: Identity = Field(description="Id of the node the tie begins at.")
    target: Identity = Field(description="Id of the node it ends at.")
    share: float | None = Field(None, description="Votes held, 0..1; only for ties that have a share.")
    amount: float | None = Field(None, description="Amount in `currency`; only for ties that have one.")
    currency: str | None = Field(None, description="Currency by its ISO 4217 code.")
    began_on: date | None = Field(None, description="First day it holds; null where no source tells it.")
    ended_on: date | None = Field(None, description="First day it no longer holds; null while it holds.")
    ended: bool = Field(False, description="Whether it no longer holds on the day asked for.")
    row_ids: tuple[str, ...] = Field((), description="Source rows that state it.")


class More(ImmutableModel):
    """How many neighbours of one node were left out."""

    id: Identity = Field(description="Id of the node.")
    count: int = Field(description="Number of its neighbours that are not shown.")


class Network(ImmutableModel):
    """The surroundings of a party, as a picture and as a table."""

    focus: Identity = Field(description="Id of the party in the middle.")
    nodes: tuple[Node, ...] = Field(description="Parties, addresses and phones, the party asked about first.")
    ties: tuple[Edge, ...] = Field(description="Ties between the nodes.")
    more: tuple[More, ...] = Field((), description="Nodes with neighbours that are not shown.")
    paths: tuple[PathLine, ...] = Field((), description="Ways from listed parties to the party.")
    shown: int = Field(description="Number of nodes shown.")
    total: int = Field(description="Parties, addresses and phones within the depth asked for.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)
