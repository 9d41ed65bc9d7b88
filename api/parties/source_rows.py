"""The source row of a statement, as it was loaded."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from api.schemas.freshness import Freshness, Stage
from api.schemas.parties import ShownRow
from api.schemas.store import LoadedFile
from ontology.errors import EntityUnknown
from ontology.source import row_number
from store.port import Row, Store


class RowUnknown(EntityUnknown):
    """No such row of a loaded file."""

    title = "No such source row"


def source_row(store: Store, row_id: str) -> ShownRow:
    """The row `<file id>#<number>`, personal ids masked as they are kept. Raises RowUnknown."""
    file_id, _, number = row_id.rpartition("#")
    file = files_by_id(store).get(file_id)
    if file is None or not number.isdecimal():
        raise RowUnknown(row=row_id)
    values = _values(store, file_id, int(number))
    if values is None:
        raise RowUnknown(row=row_id)
    return ShownRow(
        row_id=row_id,
        file=file["name"],
        dataset=file["dataset"],
        number=row_number(int(number)),
        values=values,
        mapping=file["mapping"],
        loaded_at=datetime.fromisoformat(file["loaded_at"]),
    )


def files_by_id(store: Store) -> dict[str, Row]:
    """The loaded files by id."""
    return {file["id"]: file for file in store.read("sources/files")}


def rows_of_statements(store: Store, kind: str, ids: Iterable[str]) -> dict[str, list[str]]:
    """Row ids of all files that state a statement, by statement id; statements of a single file are left out.

    kind: table of the statements: records, links, listings …
    """
    row_ids: dict[str, list[str]] = defaultdict(list)
    for row in store.read("sources/file_statements", kind=kind, ids=list(ids)):
        row_ids[row["id"]].append(row["row_id"])
    return row_ids


def newer_file(files: dict[str, Row], row_ids: Iterable[str]) -> str | None:
    """A file of the same kind and dataset that was loaded in a later call than all files with one of these rows.

    row_ids: row ids of one statement in all files. Files of one call are parts of one delivery.
    """
    stating_files = [file for row_id in row_ids if (file := files.get(row_id.rpartition("#")[0]))]
    if not stating_files:
        return None
    newest = max(stating_files, key=lambda file: (file["loaded_at"], file["id"]))
    siblings = (file for file in files.values() if all(file[name] == newest[name] for name in ("dataset", "mapping")))
    latest = max(siblings, key=lambda file: (file["loaded_at"], file["id"] == newest["id"]))
    return str(latest["name"]) if latest["loaded_at"] > newest["loaded_at"] else None


def loaded_files(store: Store, fresh: Freshness | None, today: date) -> tuple[LoadedFile, ...]:
    """The loaded files, the latest first, each with the runs that it waits for, its age, and whether it is overdue."""
    waits = {source.file_id: source.waits_for for source in fresh.not_used} if fresh else {}
    return tuple(_loaded_file(file, waits.get(file["id"]), today) for file in store.read("sources/files"))


def _loaded_file(file: Row, waits_for: Stage | None, today: date) -> LoadedFile:
    from resolution.sources.packs.pack_library import packs

    pack = packs().get(file["pack"]) if file["pack"] else None
    age_days = max(0, (today - datetime.fromisoformat(file["loaded_at"]).date()).days)
    told = {name: file[name] for name in LoadedFile.model_fields.keys() & file.keys()}
    overdue = pack is not None and age_days > pack.rhythm_days
    return LoadedFile.model_validate(told | {"waits_for": waits_for, "age_days": age_days, "overdue": overdue})


def file_and_row(files: dict[str, Row], row_id: str) -> tuple[str, int]:
    """File name and row number of a row id."""
    file_id, _, number = row_id.rpartition("#")
    name = files[file_id]["name"] if file_id in files else file_id
    return name, row_number(int(number)) if number.isdecimal() else 0


def _values(store: Store, file_id: str, number: int) -> dict[str, str] | None:
    from resolution.sources.contents import unpack_row

    for block in store.read("sources/row_block", file_id=file_id, number=max(number, 1)):
        if (values := unpack_row(block["content"], number)) is not None:
            return values
    return None
