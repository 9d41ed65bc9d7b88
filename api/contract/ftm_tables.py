"""The tables that say what a party becomes as a FollowTheMoney entity, and which list gives which topic."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import Field

from ontology.base import ImmutableModel, PartyKind
from ontology.documents import read_yaml
from ontology.record import NameRole


class EdgeEnds(ImmutableModel):
    """The schema of an edge and the properties of its two ends."""

    schema_name: str
    source: str
    target: str


class TieEdge(EdgeEnds):
    """The edge of a kind of tie. roles: other edges, by a word that the role of the tie holds."""

    roles: dict[str, EdgeEnds] = Field(default_factory=dict)


class FtmTables(ImmutableModel):
    """`ftm_tables.yaml`; its comments say what each part is."""

    version: str
    source: str
    schemata: dict[PartyKind, str]
    organizations: tuple[str, ...]
    names: dict[NameRole, str]
    identifiers: dict[str, tuple[str, ...]]
    issued_by: dict[str, dict[str, tuple[str, ...]]]
    of_persons: tuple[str, ...]
    contacts: dict[str, str]
    attributes: dict[str, str]
    of_office: dict[str, str]
    ties: dict[str, TieEdge]
    any_tie: EdgeEnds
    not_stated: frozenset[str]


class Topics(ImmutableModel):
    """`topics.yaml`; its comments say what each part is."""

    version: str
    source: str
    lists: dict[str, tuple[str, ...]]
    descriptive: frozenset[str]
    labels: dict[str, str]


@cache
def ftm_tables() -> FtmTables:
    """The tables as they come with kith."""
    page = read_yaml(files("api.contract").joinpath("ftm_tables.yaml").read_text("utf-8"))
    return FtmTables.model_validate({name: _renamed(part) for name, part in page.items()})


@cache
def topics() -> Topics:
    """The table of topics as it comes with kith."""
    return Topics.model_validate(read_yaml(files("api.contract").joinpath("topics.yaml").read_text("utf-8")))


def _renamed(part: object) -> object:
    """`schema` is a word of pydantic's own, so the models call it `schema_name`."""
    if not isinstance(part, Mapping):
        return part
    return {("schema_name" if name == "schema" else name): _renamed(inner) for name, inner in part.items()}
