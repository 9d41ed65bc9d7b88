"""The FollowTheMoney model: schemata, what they descend from, their properties, and the properties that point back."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ontology.documents import read_json

ENTITY = "entity"


class Property(NamedTuple):
    """A property of a schema. range: schema of the entities it points to; reverse: its name as seen from them."""

    name: str
    type: str
    range: str | None
    reverse: str | None


class Reverse(NamedTuple):
    """A property that entities of another schema point here with: the schema, and its own name there."""

    schema: str
    property: str


@dataclass(frozen=True)
class Schema:
    """A schema with everything it inherits. lineage: itself first; ends: of an edge its source and target properties."""

    name: str
    label: str
    matchable: bool
    ends: tuple[str, ...]
    caption: tuple[str, ...]
    lineage: tuple[str, ...]
    properties: dict[str, Property]

    def is_a(self, schema: str) -> bool:
        """Whether it is the other schema or descends from it."""
        return schema in self.lineage


@cache
def schemata() -> dict[str, Schema]:
    """Every schema of the model by name."""
    pages = read_json(files("api.contract").joinpath("followthemoney.json").read_text("utf-8"))["schemata"]
    return {name: _schema(name, pages) for name in pages}


@cache
def descendants(name: str) -> frozenset[str]:
    """The schema and all that descend from it."""
    return frozenset(schema.name for schema in schemata().values() if schema.is_a(name))


@cache
def reverses(name: str) -> dict[str, Reverse]:
    """Properties that point to entities of this schema, by their name as seen from it (`ownershipOwner`)."""
    lineage = schemata()[name].lineage
    return {
        prop.reverse: Reverse(schema.name, prop.name)
        for schema in schemata().values()
        for prop in schema.properties.values()
        if prop.reverse and prop.range in lineage and _declares(schema, prop)
    }


@cache
def reverse_name(schema: str, prop: str) -> str | None:
    """How a property of a schema is called from its other end; None where it points to nothing."""
    return schemata()[schema].properties[prop].reverse


def property_type(schema: str, prop: str) -> str:
    """Type of a property (`name`, `date`, `country` …); `string` where the schema has no such property."""
    declared = schemata()[schema].properties.get(prop)
    return declared.type if declared else "string"


@cache
def property_types(prop: str) -> frozenset[str]:
    """Every type that a property of this name has in some schema."""
    return frozenset(schema.properties[prop].type for schema in schemata().values() if prop in schema.properties)


def _schema(name: str, pages: dict[str, Any]) -> Schema:
    lineage = tuple(dict.fromkeys(_lineage(name, pages)))
    properties = {
        prop: Property(prop, *spec) for ancestor in reversed(lineage) for prop, spec in pages[ancestor]["properties"].items()
    }
    page = pages[name]
    caption = next((tuple(pages[ancestor]["caption"]) for ancestor in lineage if pages[ancestor]["caption"]), ())
    return Schema(name, page["label"], page["matchable"], tuple(page["ends"]), caption, lineage, properties)


def _lineage(name: str, pages: dict[str, Any]) -> Iterator[str]:
    yield name
    for parent in pages[name]["extends"]:
        yield from _lineage(parent, pages)


def _declares(schema: Schema, prop: Property) -> bool:
    return not any(prop.name in schemata()[ancestor].properties for ancestor in schema.lineage[1:])
