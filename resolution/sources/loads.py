"""One file on its way into the store: told block by block, checked, written; all or nothing."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json

from ontology.errors import SourceUnreadable
from ontology.experience import Experience
from ontology.link import Link
from ontology.listing import Listing, Recognition
from ontology.record import Record
from ontology.source import Rejection, SourceFile
from ontology.words import Statement
from resolution.sources.choice import Choice
from resolution.sources.reading import RawRow, Trouble, read_rows
from resolution.sources.rejects import RejectFile, sent_again
from resolution.sources.seals import mask
from resolution.sources.statements.headers import spellings, squeezed
from resolution.sources.statements.told import Teller, Told
from store.port import Store
from store.rows import to_row, to_rows

BLOCK_ROWS = 1000  # Rows of a stored block; what is held in memory at once.
REJECTIONS_TOLD = 20  # Of each file; all of them are in the reject file.
Progress = Callable[[str, int], None]
"""Called after each block with the file's name and the rows read so far."""

TABLES: dict[type[Statement], str] = {
    Record: "records",
    Link: "links",
    Listing: "listings",
    Recognition: "recognitions",
    Experience: "experiences",
}


class Ingested(BaseModel):
    """What came of one file. `trouble` is set where nothing of it went in while other files did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    file_id: str = ""
    kind: str = ""
    dataset: str = ""
    rows_read: int = 0
    rows_in: int = 0
    rows_ignored: int = 0
    rows_rejected: int = 0
    statements: dict[str, int] = {}
    rejections: tuple[Rejection, ...] = ()
    reject_file: str | None = None
    loaded_already: bool = False
    trouble: str | None = None
    remedy: str | None = None


class Load:
    """One file on its way in."""

    def __init__(self, path: Path, choice: Choice, now: datetime) -> None:
        self.path, self.choice, self.now = path, choice, now
        self.name = mask(path.name)
        self.file_id = file_id(path, choice.kind)
        self.rows_read = self.rows_in = self.rows_ignored = 0
        self.counts: dict[str, int] = {}
        self._record_ids: set[int] = set()

    def teller(self) -> Teller:
        """Somebody new to tell the file's rows."""
        return self.choice.make(self.file_id)

    def rows(self) -> Iterator[RawRow]:
        """The file's rows from the start."""
        return iter(sent_again(read_rows(self.path, self.choice.reading)))

    def run(self, store: Store, known: set[str], progress: Progress | None, rejects_dir: Path | None) -> Ingested:
        """Load the file, unless it is there already. Raises SourceUnreadable where no row went in; then nothing is kept."""
        held = store.read("sources/file", id=self.file_id)
        if held and held[0]["complete"]:
            return Ingested(
                file=self.name, file_id=self.file_id, kind=self.choice.kind, dataset=self.choice.dataset, loaded_already=True
            )
        rejects = RejectFile(self.path, rejects_dir)
        try:
            with _no_collection(), store.transaction():
                if held:
                    store.write("sources/delete_file", file_id=self.file_id)
                self._load(store, known, progress, rejects)
        except SourceUnreadable:
            store.write("sources/delete_file", file_id=self.file_id)
            raise
        return self._ingested(rejects, rejects.write())

    def _load(self, store: Store, known: set[str], progress: Progress | None, rejects: RejectFile) -> None:
        self._register(store, rejects, complete=False)
        teller, rows = self.teller(), self.rows()
        while block := list(islice(rows, BLOCK_ROWS)):
            if self.rows_read == 0:
                self._check_columns(block)
            told = [teller.tell(row) for row in block]
            if teller.refers:
                _refuse_unknown(told, known, store)
            self._write(store, told, rejects)
            if progress:
                progress(self.name, self.rows_read)
        if self.rows_in == 0:
            written = rejects.write()
            raise self._none_in(rejects, written)
        self._register(store, rejects, complete=True)

    def _write(self, store: Store, told: list[Told], rejects: RejectFile) -> None:
        self.rows_read += len(told)
        for one in told:
            if one.trouble:
                rejects.add(one)
            elif one.ignored:
                self.rows_ignored += 1
            else:
                self.rows_in += 1
        stated: dict[str, dict[str, Statement]] = {table: {} for table in TABLES.values()}
        for statement in (statement for one in told if not one.trouble for statement in one.statements):
            stated[TABLES[type(statement)]][statement.id] = statement
        for table, found in stated.items():
            if found:
                self.counts[table] = self.counts.get(table, 0) + self._fresh(table, found)
                store.write(f"sources/put_{table}", rows=to_rows(found.values()))
        content = to_json({str(one.number): one.values for one in told if not one.trouble}).decode()
        block = {"file_id": self.file_id, "first_number": told[0].number, "last_number": told[-1].number, "content": content}
        store.write("sources/put_row_blocks", rows=[block])

    def _fresh(self, table: str, found: dict[str, Statement]) -> int:
        """How many of a block's statements are told for the first time: a record may be told again, with more."""
        if table != "records":
            return len(found)
        before = len(self._record_ids)
        self._record_ids.update(map(hash, found))
        return len(self._record_ids) - before

    def _register(self, store: Store, rejects: RejectFile, *, complete: bool) -> None:
        file = SourceFile(
            id=self.file_id,
            name=self.name,
            dataset=self.choice.dataset,
            mapping=self.choice.kind,
            mapping_version=self.choice.version,
            rows_read=self.rows_read,
            rows_rejected=rejects.count,
            loaded_at=self.now,
        )
        store.write("sources/put_files", rows=[to_row(file, complete=complete)])

    def _check_columns(self, block: list[RawRow]) -> None:
        """Raises SourceUnreadable naming the columns that are missing and those that are there."""
        if self.choice.mapping is None:
            return
        headers = list(dict.fromkeys(name for row in block if not (row.trouble and len(row.values) == 1) for name in row.values))
        known = spellings(self.choice.mapping)
        found = {known.get(squeezed(header)) for header in headers}
        missing = [name for name in self.choice.mapping.required if name not in found]
        if headers and missing:
            spelled = "; ".join(f"{name} ({', '.join(self.choice.mapping.columns[name][:4])})" for name in missing)
            raise SourceUnreadable(
                file=self.name,
                kind=self.choice.kind,
                missing=spelled,
                found=mask(", ".join(headers[:40])),
                remedy="Add or rename the missing columns, name another kind (--as), or write a mapping (--mapping).",
            )

    def _none_in(self, rejects: RejectFile, written: Path | None) -> SourceUnreadable:
        first = rejects.first_rejections(self.name, 1)
        told = first[0] if first else None
        return SourceUnreadable(
            file=self.name,
            rows_read=self.rows_read,
            row=told.row if told else None,
            field=told.field if told else None,
            problem=told.problem if told else "no row in it states anything",
            reject_file=written.name if written else None,
            remedy=told.remedy if told else "Send a file with rows.",
        )

    def _ingested(self, rejects: RejectFile, written: Path | None) -> Ingested:
        return Ingested(
            file=self.name,
            file_id=self.file_id,
            kind=self.choice.kind,
            dataset=self.choice.dataset,
            rows_read=self.rows_read,
            rows_in=self.rows_in,
            rows_ignored=self.rows_ignored,
            rows_rejected=rejects.count,
            statements=self.counts,
            rejections=tuple(rejects.first_rejections(self.name, REJECTIONS_TOLD)),
            reject_file=str(written) if written else None,
        )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Statements hold no cycles: looking for some among hundreds of thousands takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def file_id(path: Path, kind: str) -> str:
    """First 16 hex digits of SHA-256 over the bytes and the mapping's name. Raises SourceUnreadable."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as cause:
        raise SourceUnreadable(file=mask(path.name), problem="not there, or not readable", remedy="Check the path.") from cause
    digest.update(kind.encode())
    return digest.hexdigest()[:16]


def _refuse_unknown(told: list[Told], known: set[str], store: Store) -> None:
    """Rows that name a record nobody gives become rejections."""
    asked = {name for one in told for name in one.references} - known
    if asked:
        known |= {row["id"] for row in store.read("sources/known_records", ids=sorted(asked))}
    for one in told:
        missing = next((name for name in one.references if name not in known), None)
        if missing and not one.trouble:
            one.statements = []
            one.trouble = Trouble(
                None,
                f"names the record {missing}, which no file gives",
                "Load the file that gives it, in the same call or before.",
            )
