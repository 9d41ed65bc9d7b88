"""A file, or all files of a data set, out of the store again; loading them again brings everything back."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import SourceUnknown
from ontology.personal_ids import mask
from resolution.sources.earlier_loads import digests
from resolution.sources.repairs import renew_repairs
from resolution.sources.shared_statements import forget_file
from store.changes import Change, note_change
from store.freshness import note_unloaded
from store.port import Row, Store


class LoadedSource(BaseModel):
    """One loaded file and what of the store comes from it."""

    model_config = ConfigDict(frozen=True)

    file: str
    file_id: str
    dataset: str
    rows: int = Field(description="Rows read when it was loaded.")
    statements: dict[str, int] = Field(description="Statements by table; what other files state too stays as they state it.")


def find_sources(store: Store, source: str) -> tuple[LoadedSource, ...]:
    """The loaded files that an id, a file on disk, a file's name or a data set's name means. Raises SourceUnknown."""
    files = store.read("sources/files")
    path = Path(source)
    content = digests(path, "")[1] if "\0" not in source and path.is_file() else None
    criteria = (("id", source), ("content_id", content), ("name", mask(path.name)), ("dataset", source))
    for column, text in criteria:
        if matching_files := [file for file in files if text and file[column] == text]:
            return tuple(
                _source(store, file) for file in sorted(matching_files, key=lambda file: (file["dataset"], file["name"]))
            )
    datasets = ", ".join(sorted({file["dataset"] for file in files})) or "none"
    raise SourceUnknown(source=mask(source), remedy=f"`kith sources` lists what is loaded; data sets: {datasets}.")


def unload(store: Store, sources: tuple[LoadedSource, ...]) -> None:
    """Take these files out, in one transaction; parties and scores follow with the next runs, judgements stay.

    Where an engine works in steps and is cut off, a file counts as unfinished until this is called again.
    """
    with store.transaction():
        for source in sources:
            forget_file(store, source.file_id)
            note_unloaded(store, source.file, note_change(store, Change.UNLOADED))
        renew_repairs(store)


def _source(store: Store, file: Row) -> LoadedSource:
    (counts,) = store.read("sources/file_counts", file_id=file["id"])
    statement_counts = {table: count for table, count in counts.items() if count}
    return LoadedSource(
        file=file["name"], file_id=file["id"], dataset=file["dataset"], rows=file["rows_read"], statements=statement_counts
    )
