"""The shapes of a part of the network."""

from datetime import date

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.parties import PathLine
from ontology.base import Identity, ImmutableModel
from ontology.score import Standing


class Node(ImmutableModel):
    """One party, address or phone in the picture."""

    id: Identity
    kind: str
    name: str
    name_other: str | None = None
    place: str | None = None
    score: int | None = None
    state: str | None = None
    standing: Standing | None = None
    listed: bool = False
    exposure: float = Field(0.0, description="0..1; always 0 for persons.")
    ties: int = Field(0, description="Ties it has in all.")
    shown_ties: int = 0


class Edge(ImmutableModel):
    """One tie in the picture."""

    id: Identity
    kind: str
    label: str
    source: Identity
    target: Identity
    share: float | None = None
    amount: float | None = None
    currency: str | None = None
    began_on: date | None = None
    ended_on: date | None = None
    ended: bool = False
    row_ids: tuple[str, ...] = ()


class More(ImmutableModel):
    """How many neighbours of one node were left out."""

    id: Identity
    count: int


class Network(ImmutableModel):
    """The surroundings of a party, as a picture and as a table."""

    focus: Identity
    nodes: tuple[Node, ...]
    ties: tuple[Edge, ...]
    more: tuple[More, ...] = ()
    paths: tuple[PathLine, ...] = ()
    shown: int
    total: int = Field(description="Parties, addresses and phones within the depth asked for.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)
