"""Named collections of data sets, as an operator writes them down: a name for several sources, or for other collections."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from ontology.base import ImmutableModel, breaches_of
from ontology.documents import read_yaml_page
from ontology.errors import CollectionsInvalid
from ontology.files import read_whole
from ontology.limits import YAML_BYTES_MAX

ALL_DATASETS = "default"
"""The name of all data sets together."""


class Collection(ImmutableModel):
    """One name for several data sets."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,99}$", description="As callers ask for it.")
    title: str = Field(min_length=1, max_length=300, description="As people read it.")
    summary: str = Field("", max_length=2000, description="What it is for, in a sentence.")
    children: tuple[str, ...] = Field(min_length=1, description="Data sets, or other collections, that it is made of.")


class Collections(ImmutableModel):
    """A page of collections."""

    version: str = Field("1", description="Of the page, as its operator counts.")
    collections: tuple[Collection, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [collection.name for collection in self.collections]
        if len(set(names)) < len(names) or ALL_DATASETS in names:
            raise ValueError(f"each collection needs a name of its own, and {ALL_DATASETS} is all data sets")
        return self

    def by_name(self) -> Mapping[str, Collection]:
        """The collections by name."""
        return {collection.name: collection for collection in self.collections}

    def sources_in(self, name: str, loaded: frozenset[str]) -> frozenset[str]:
        """Data sets that a name stands for, its own or those of the collections within; of those that are loaded.

        loaded: names of the loaded data sets.
        """
        collections, sources, waiting, expanded = self.by_name(), set[str](), [name], set[str]()
        while waiting:
            part = waiting.pop()
            if part in collections and part not in expanded:
                waiting += collections[part].children
            expanded.add(part)
            sources.add(part)
        return frozenset(sources & loaded)


NO_COLLECTIONS = Collections()


@lru_cache(maxsize=4)
def load_collections(path: Path | None) -> Collections:
    """The collections of a page, none without one; read once. Raises CollectionsInvalid, SourceUnreadable."""
    if path is None:
        return NO_COLLECTIONS
    try:
        page = read_yaml_page(read_whole(path, YAML_BYTES_MAX).decode("utf-8"))
        return Collections.model_validate(page)
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError):
        raise CollectionsInvalid(file=path.name, problem="it is no YAML") from None
    except ValidationError as cause:
        raise CollectionsInvalid(file=path.name, problem="; ".join(breaches_of(cause, page))) from None
