"""The deliveries that sources went through, and what came, changed and ended with each."""

from pydantic_core import from_json

from api.schemas.store import SourceChange, SourceState
from ontology.errors import SourceUnknown
from ontology.personal_ids import mask
from ontology.record import Record
from store.port import Store
from store.rows import from_row

CHANGES_SHOWN = 200


def states_of(store: Store, dataset: str, limit: int = CHANGES_SHOWN) -> tuple[SourceState, ...]:
    """The states of a data set's sources, the latest first, each with its first changes. Raises SourceUnknown.

    limit: changes of each state that are handed on; those of statements, not of rows.
    """
    files = {file["id"]: file for file in store.read("sources/files") if file["dataset"] == dataset}
    if not files:
        raise SourceUnknown(source=mask(dataset), remedy="`kith sources` lists the data sets that are loaded.")
    states = [row for row in store.read("sources/states") if row["file_id"] in files]
    return tuple(
        SourceState(
            file=files[row["file_id"]]["name"],
            state=row["state"],
            day=row["day"],
            rows_read=row["rows_read"],
            **from_json(row["counts"]),
            changes=_changes(store, row["file_id"], row["state"], limit),
        )
        for row in sorted(states, key=lambda row: (row["day"], row["state"]), reverse=True)
    )


def _changes(store: Store, file_id: str, state: int, limit: int) -> tuple[SourceChange, ...]:
    rows = store.read("sources/changes_of_file", file_id=file_id, state=state, limit=limit)
    record_ids = [row["id"] for row in rows if row["kind"] == "records"]
    names = {row["id"]: from_row(Record, row).name for row in store.read("entities/records_by_ids", ids=record_ids)}
    return tuple(
        SourceChange(statement=row["kind"].removesuffix("s"), id=row["id"], name=names.get(row["id"]), change=row["change"])
        for row in rows
    )
