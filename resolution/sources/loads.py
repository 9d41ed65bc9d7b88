"""One file on its way into the store: told block by block, checked, written; all or nothing."""

import gc
import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import SourceUnreadable
from ontology.source import Rejection, SourceFile
from resolution.sources.ahead import blocks_ahead
from resolution.sources.blocks import Block, blocks, raw_rows
from resolution.sources.choice import Choice
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.rejects import RejectFile, rejection
from resolution.sources.seals import mask
from resolution.sources.statements.told import Teller, Told
from store.port import Row, Store
from store.rows import to_row

AHEAD_BYTES_MIN = 1 << 21  # Telling a file of 2 MB takes several times as long as starting a process for it.
REJECTIONS_TOLD = 20  # Of each file; all of them are in the reject file.
Progress = Callable[[str, int], None]
"""Called after each block with the file's name and the rows read so far."""


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
    rows_repaired: int = Field(
        0, description="Rows that went in without a fact that cannot be read or cannot be, such as 31 February."
    )
    statements: dict[str, int] = {}
    rejections: tuple[Rejection, ...] = ()
    reject_file: str | None = None
    repairs: tuple[Rejection, ...] = Field((), description="The first of them; `remedy` tells what was kept.")
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
        self.rows_repaired = 0
        self.repairs: list[Rejection] = []

    def teller(self) -> Teller:
        """Somebody new to tell the file's rows."""
        return self.choice.make(self.file_id)

    def rows(self) -> Iterator[RawRow]:
        """The file's rows from the start."""
        return raw_rows(self.path, self.choice)

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
        with closing(self._blocks(store, known)) as told:
            for block in told:
                self._write(store, block, rejects)
                if progress:
                    progress(self.name, self.rows_read)
        if self.rows_in == 0:
            written = rejects.write()
            raise self._none_in(rejects, written)
        self._register(store, rejects, complete=True)

    def _blocks(self, store: Store, known: set[str]) -> Generator[Block, None, None]:
        """The file told: by other processes where that pays and no row has to be looked up in the store."""
        teller = self.teller()
        if self.choice.mapping and not teller.refers and self.path.stat().st_size >= AHEAD_BYTES_MIN:
            return blocks_ahead(self.path, self.choice, self.file_id)
        return blocks(self.path, self.choice, teller, admit=lambda told: _refuse_unknown(told, known, store))

    def _write(self, store: Store, block: Block, rejects: RejectFile) -> None:
        self.rows_read += block.rows_read
        self.rows_ignored += block.rows_ignored
        self.rows_in += block.rows_read - block.rows_ignored - len(block.rejected)
        for one in block.rejected:
            rejects.add(one)
        self._repaired(block)
        for table, rows in block.stated.items():
            self.counts[table] = self.counts.get(table, 0) + self._fresh(table, rows)
            store.write(f"sources/put_{table}", rows=rows)
        if not block.rows_read:
            return
        kept = {name: getattr(block, name) for name in ("first_number", "last_number", "content")}
        store.write("sources/put_row_blocks", rows=[{"file_id": self.file_id} | kept])

    def _repaired(self, block: Block) -> None:
        self.rows_repaired += len(block.repaired)
        left = REJECTIONS_TOLD - len(self.repairs)
        told = [rejection(self.name, number, one) for number, troubles in block.repaired[:left] for one in troubles]
        self.repairs += told[: max(left, 0)]

    def _fresh(self, table: str, rows: list[Row]) -> int:
        """How many of a block's statements are told for the first time: a record may be told again, with more."""
        if table != "records":
            return len(rows)
        before = len(self._record_ids)
        self._record_ids.update(hash(row["id"]) for row in rows)
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
            rows_repaired=self.rows_repaired,
            repairs=tuple(self.repairs),
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
