"""The catalog: every data set with its publisher, its licence, its size and its last load."""

from collections.abc import Iterable

from api.context.collections import ALL_DATASETS, Collection
from api.context.freshness import freshness_of
from api.context.kept_networks import store_state
from api.context.request_context import RequestContext
from api.contract.datasets import loaded_datasets
from api.contract.ftm_days import to_seconds
from api.contract.store_sizes import dataset_sizes, party_count
from api.parties.source_rows import files_by_id
from api.schemas.contract_catalog import Catalog, Dataset, DatasetCoverage, DatasetPublisher
from api.words import words
from store.port import Row, Store

FREQUENCIES = ((1, "daily"), (10, "weekly"), (45, "monthly"), (400, "annually"))
"""Most days between two deliveries, and what that is called."""


def catalog(context: RequestContext) -> Catalog:
    """Every data set: all together, named collections, and sources by name."""
    names, files = sorted(loaded_datasets(context.store)), _latest_files(context.store)
    sizes = dataset_sizes(context.store, tuple(names))
    freshness = freshness_of(context)
    waiting = {source.dataset for source in freshness.not_used} if freshness else set[str]()
    sources = [_source(name, files.get(name), sizes.get(name), is_waiting=name in waiting) for name in names]
    everything = _everything(context, sources, party_count(context.store))
    collections = [_collection(collection) for collection in context.collections.collections]
    return Catalog(
        datasets=[everything, *collections, *sources],
        current=[source.name for source in (everything, *sources) if source.index_current],
        outdated=[source.name for source in (everything, *sources) if not source.index_current],
        index_stale=not everything.index_current,
    )


def catalog_state(context: RequestContext) -> tuple[object, ...]:
    """What the catalog depends on: while it is the same, so is the catalog."""
    return store_state(context.store), context.collections, context.lang, context.rulebook.content_hash


def _latest_files(store: Store) -> dict[str, Row]:
    """The file of each data set that was loaded last."""
    return {file["dataset"]: file for file in sorted(files_by_id(store).values(), key=lambda file: str(file["loaded_at"]))}


def _source(name: str, file: Row | None, size: int | None, *, is_waiting: bool) -> Dataset:
    loaded_at = to_seconds(file["loaded_at"]) if file else None
    version = _version(loaded_at)
    title, rhythm_days = _pack_facts(file)
    publisher = str(file["publisher"]) if file else ""
    return Dataset(
        name=name,
        title=title or name,
        license=(file["licence"] or None) if file else None,
        publisher=DatasetPublisher(name=publisher) if publisher else None,
        coverage=DatasetCoverage(frequency=_frequency(rhythm_days)),
        updated_at=loaded_at,
        last_export=loaded_at,
        version=version,
        entity_count=size,
        thing_count=size,
        index_version=None if is_waiting else version,
        index_current=not is_waiting,
    )


def _everything(context: RequestContext, sources: Iterable[Dataset], size: int) -> Dataset:
    source_list = list(sources)
    loaded_at = max((source.updated_at for source in source_list if source.updated_at), default=None)
    is_current = all(source.index_current for source in source_list)
    return Dataset(
        name=ALL_DATASETS,
        title=words(context.lang)("ftm.all_datasets"),
        category="collection",
        updated_at=loaded_at,
        last_export=loaded_at,
        version=_version(loaded_at),
        entity_count=size,
        thing_count=size,
        children=[source.name for source in source_list],
        index_version=_version(loaded_at) if is_current else None,
        index_current=is_current,
    )


def _collection(collection: Collection) -> Dataset:
    return Dataset(
        name=collection.name,
        title=collection.title,
        summary=collection.summary or None,
        category="collection",
        children=sorted(collection.children),
        load=False,
    )


def _pack_facts(file: Row | None) -> tuple[str, int | None]:
    """Title, and days between two deliveries, of the pack a file belongs to."""
    from resolution.sources.packs.pack_library import packs  # Reads the pages of all packs: only where a catalog is asked for.

    pack = packs().get(file["pack"]) if file and file["pack"] else None
    return (pack.title, pack.rhythm_days) if pack else ("", None)


def _frequency(rhythm_days: int | None) -> str:
    if rhythm_days is None:
        return "unknown"
    return next((frequency for days_max, frequency in FREQUENCIES if rhythm_days <= days_max), "unknown")


def _version(loaded_at: str | None) -> str | None:
    """`2026-11-30T04:00:00` -> `20261130040000`."""
    return "".join(sign for sign in loaded_at if sign.isdigit()) if loaded_at else None
