"""Finds records that come from loaded files: these are put or deleted by hand only if the operator allows it (decision 53)."""

import unicodedata
from collections.abc import Iterable, Sequence

from ontology.errors import SourceControlled
from ontology.personal_ids import mask
from ontology.record import Record
from store.port import Store

REMEDY = "Load a corrected file, or give the record a dataset and an id of your own. Over HTTP: KITH_PUT_OVER_SOURCES=true."
NAMED_MAX = 3


class LoadedSources:
    """The datasets and files that are loaded now."""

    def __init__(self, store: Store) -> None:
        files = store.read("sources/files")
        self._store = store
        self._files = {row["id"] for row in files}
        self._datasets = {_plain(row["dataset"]) for row in files}

    def controlled(self, records: Iterable[Record]) -> dict[str, str]:
        """Dataset by record id, for records that come from loaded files or claim to be of a loaded file or dataset."""
        record_list = list(records)
        claimed = {
            record.id: record.dataset for record in record_list if self._is_loaded(record.id, record.dataset, record.row_id)
        }
        return claimed | self.stated_by_files([record.id for record in record_list])

    def stated_by_files(self, ids: Sequence[str]) -> dict[str, str]:
        """Dataset by record id, for records in the store under these ids that come from a loaded file or dataset."""
        rows = self._store.read("entities/records_by_ids", ids=list(ids)) if self._files else []
        return {row["id"]: row["dataset"] for row in rows if self._is_loaded(row["id"], row["dataset"], row["row_id"])}

    def stated_as_loaded(self, ids: Sequence[str]) -> dict[str, str]:
        """Dataset by record id, for records in the store under these ids whose row is of a loaded file.

        Narrower than `stated_by_files`: an operator may add records to a loaded dataset.
        """
        rows = self._store.read("entities/records_by_ids", ids=list(ids)) if self._files else []
        return {row["id"]: row["dataset"] for row in rows if row["row_id"].partition("#")[0] in self._files}

    def _is_loaded(self, id_: str, dataset: str, row_id: str) -> bool:
        names = {_plain(dataset), _plain(id_.partition(":")[0])}
        return bool(names & self._datasets) or row_id.partition("#")[0] in self._files


def refuse_controlled(controlled: dict[str, str]) -> None:
    """Raise SourceControlled unless `controlled` is empty."""
    if controlled:
        raise controlled_refusal(controlled)


def controlled_refusal(controlled: dict[str, str]) -> SourceControlled:
    """The error that refuses these records. controlled: dataset by record id."""
    record_names = ", ".join(mask(id_) for id_ in list(controlled)[:NAMED_MAX])
    return SourceControlled(records=record_names, datasets=", ".join(sorted(set(controlled.values()))), remedy=REMEDY)


def _plain(name: str) -> str:
    """A data set's name as people tell it from others: without the case, spaces and widths of its letters."""
    return unicodedata.normalize("NFKC", name).casefold().strip()
