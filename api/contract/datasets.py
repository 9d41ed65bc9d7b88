"""Data sets: the sources that are loaded, named collections of them, and `default`, which is all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from api.context.collections import ALL_DATASETS
from api.context.request_context import RequestContext
from ontology.errors import DatasetUnknown
from ontology.personal_ids import mask
from store.port import Store


@dataclass(frozen=True)
class DataScope:
    """Which sources a query is about. sources: None is all of them; excluded: those left out of these."""

    sources: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()

    def holds(self, sources: Collection[str]) -> bool:
        """Whether a party that these sources describe is within: one of them is enough."""
        return any((self.sources is None or name in self.sources) and name not in self.excluded for name in sources)

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.sources is None and not self.excluded


def loaded_datasets(store: Store) -> frozenset[str]:
    """Names of the data sets that parties are described by."""
    return frozenset(row["dataset"] for row in store.read("contract/datasets"))


def dataset_scope(context: RequestContext, name: str) -> frozenset[str] | None:
    """Sources that a name stands for, None for all of them. Raises DatasetUnknown."""
    if name == ALL_DATASETS:
        return None
    loaded = loaded_datasets(context.store)
    if name not in loaded and name not in context.collections.by_name():
        raise DatasetUnknown(dataset=mask(name))
    return context.collections.sources_in(name, loaded)


def data_scope(context: RequestContext, name: str, *, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> DataScope:
    """The scope of a query: a data set, of it only what is included, without what is excluded. Raises DatasetUnknown."""
    scope, included = dataset_scope(context, name), _sources_of(context, include)
    if included is not None:
        scope = included if scope is None else scope & included
    excluded_names = tuple(exclude)
    excluded = loaded_datasets(context.store) if ALL_DATASETS in excluded_names else _sources_of(context, excluded_names)
    return DataScope(scope, excluded or frozenset())


def _sources_of(context: RequestContext, names: Iterable[str]) -> frozenset[str] | None:
    """Sources of several names together; None where none is named or one of them is all."""
    scopes = [dataset_scope(context, name) for name in names]
    if not scopes or any(scope is None for scope in scopes):
        return None
    return frozenset[str]().union(*(scope for scope in scopes if scope is not None))
