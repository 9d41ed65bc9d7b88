"""One file on its way into the store: mapped block by block, checked, written; all or nothing."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.limits import DATASET_LENGTH_MAX, unstorable, visible
from ontology.personal_ids import mask
from ontology.rulebook import Rulebook, default_rulebook
from ontology.source import Rejection, SourceFile
from resolution.sources.choice import Choice
from resolution.sources.earlier_loads import EarlierLoads, digests_of_choice, source_identity
from resolution.sources.hash_sets import HashSet
from resolution.sources.header_spelling import squeeze_header
from resolution.sources.load_outcome import Ingested
from resolution.sources.mappings.references import columns_read, parts
from resolution.sources.packs.pack_library import known_mappings
from resolution.sources.parallel_mapping import map_blocks_in_parallel
from resolution.sources.reading import RawRow, encoding_note, header_of, preamble_of
from resolution.sources.record_references import settle_references
from resolution.sources.rejects import RejectFile, rejection
from resolution.sources.row_blocks import Block, map_blocks, raw_rows
from resolution.sources.row_prints import RowPrints, joined_prints, write_prints
from resolution.sources.shared_statements import SharedStatements, chunks, forget_file
from resolution.sources.statements.row_results import RowMapper
from resolution.sources.states import StateCounts, counts_text, state_file_id
from resolution.sources.sums import LineSums
from resolution.sources.unknown_words import UnknownWords
from store.changes import Change, note_change
from store.garbage_collection import collector_paused
from store.port import Row, Store
from store.rows import to_row

PARALLEL_BYTES_MIN = 1 << 21  # Mapping a file of 2 MB takes several times as long as starting a process for it.
REJECTIONS_REPORTED = 20  # Of each file; all of them are in the reject file.
Progress = Callable[[str, int], None]
"""Called after each block with the file's name and the rows read so far."""


class Load:
    """One file on its way in."""

    def __init__(self, path: Path, choice: Choice, now: datetime, rulebook: Rulebook | None = None) -> None:
        _check_dataset(choice.dataset)
        self._state = 1
        self._state_counts: StateCounts | None = None
        self.path, self.choice, self.now = path, choice, now
        self.name = mask(visible(path.name))
        self.source = source_identity(path, choice)
        if choice.state_of:
            self.source = self.source._replace(file_id=state_file_id(choice.state_of, choice.dataset))
        self.file_id = self.source.file_id
        self.rows_read = self.rows_in = self.rows_ignored = 0
        self.counts: dict[str, int] = {}
        self.listings_before = 0
        self._record_ids, self._sum_ids = HashSet(), HashSet()
        self._parties_named: set[str] = set()
        self.replaced: tuple[str, ...] = ()
        self.rows_repaired = 0
        self._reject_file: Path | None = None
        self.repairs: list[Rejection] = []
        self._unknown_words = UnknownWords(rulebook or default_rulebook())
        self._ignored: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._prints: list[RowPrints] = []

    def make_mapper(self) -> RowMapper:
        """A fresh mapper of the file's rows."""
        return self.choice.make(self.file_id)

    def rows_so_far(self, table: str, ids: list[str]) -> dict[str, Row]:
        """What the source's last delivery says under these ids."""
        return {id_: row for chunk in chunks(ids) for id_, row in self._shared.rows_so_far(table, chunk).items()}

    def rows(self) -> Iterator[RawRow]:
        """The file's rows from the start."""
        return raw_rows(self.path, self.choice)

    def run(self, store: Store, known_ids: set[str], progress: Progress | None, rejects: RejectFile) -> Ingested:
        """Load the file, unless it is there already. Raises SourceUnreadable where no row went in; then nothing is kept."""
        if (loaded := self._earlier(store).outcome()) is not None:
            return loaded
        try:
            with collector_paused(), store.transaction():
                earlier = self._earlier(store)  # Once more: another process may have loaded it while this one waited.
                if (loaded := earlier.outcome()) is not None:
                    return loaded
                self._load_after(store, earlier, known_ids, progress, rejects)
        except SourceUnreadable:
            self._forget_unfinished(store)
            raise
        return self._outcome(rejects, self._reject_file, tuple(self._notes()))

    def _earlier(self, store: Store) -> EarlierLoads:
        return EarlierLoads(store, self.source, self.name, self.choice)

    def _load_after(
        self, store: Store, earlier: EarlierLoads, known_ids: set[str], progress: Progress | None, rejects: RejectFile
    ) -> None:
        """Load the file in the place of earlier loads of it."""
        self.replaced = earlier.datasets
        earlier.forget()
        self._load(store, known_ids, progress, rejects)

    def _forget_unfinished(self, store: Store) -> None:
        """Where the engine did not take back what was written of a load that failed. What stood before it stays where it did."""
        with store.transaction():
            if any(not file["complete"] for file in store.read("sources/file", id=self.file_id)):
                forget_file(store, self.file_id)

    def _load(self, store: Store, known_ids: set[str], progress: Progress | None, rejects: RejectFile) -> None:
        self._register(store, rejects, complete=False)
        self._shared = SharedStatements(store, self.file_id, gathers=self.make_mapper().gathers and not self._in_parallel())
        self._sums = LineSums(self._shared.rows_so_far)
        with closing(self._map_blocks(store, known_ids)) as file_blocks:
            for block in file_blocks:
                self._write_block(store, block, rejects)
                if progress:
                    progress(self.name, self.rows_read)
        self._check_unchanged(rejects)
        if self._prints:
            write_prints(store, self.file_id, joined_prints(self._prints))
        self._register(store, rejects, complete=True)

    def _check_unchanged(self, rejects: RejectFile) -> None:
        """Write the reject file. Raises SourceUnreadable where the file was written to meanwhile, or no row of it went in."""
        if digests_of_choice(self.path, self.choice)[1] != self.source.content_id:
            problem = "it was changed while it was read"
            raise SourceUnreadable(file=self.name, problem=problem, remedy="Load it again once nobody writes to it.")
        self._reject_file = rejects.write()  # Before anything is kept: a row that is in neither place is lost.
        if (self.rows_in == 0 and self.rows_ignored < self.rows_read) or not self.rows_read:
            raise self._nothing_loaded(rejects, self._reject_file)

    def _map_blocks(self, store: Store, known_ids: set[str]) -> Generator[Block, None, None]:
        """The file mapped."""
        if self._in_parallel():
            return map_blocks_in_parallel(self.path, self.choice, self.file_id)
        return map_blocks(
            self.path,
            self.choice,
            self.make_mapper(),
            reject_unknown=lambda row_results: settle_references(row_results, known_ids, partial(ids_in_store, store)),
        )

    def _in_parallel(self) -> bool:
        """Whether the file is mapped by other processes: that pays, and no row has to be looked up in the store."""
        is_long = self.path.stat().st_size >= PARALLEL_BYTES_MIN
        return is_long and self.choice.mapping is not None and not self.make_mapper().refers

    def _count_block(self, block: Block, rejects: RejectFile) -> None:
        """Count the rows of a block, and keep those that do not go in."""
        self.rows_read += block.rows_read
        self.rows_ignored += block.rows_ignored
        self.rows_in += block.rows_read - block.rows_ignored - len(block.rejected)
        for row_result in block.rejected:
            rejects.add(row_result)
        self._note_repairs(block)
        self._ignored.update(block.ignored)
        self._unread.update(block.unread)
        self._parties_named |= block.parties_named

    def _write_block(self, store: Store, block: Block, rejects: RejectFile) -> None:
        self._count_block(block, rejects)
        if block.prints is not None:
            self._prints.append(block.prints)
        if block.is_anew:
            self._shared.start_anew()
        if block.has_forgotten:
            self._shared.gather_in_store()
        for table in dict.fromkeys((*block.rows_by_table, *block.sum_lines)):
            rows = block.rows_by_table.get(table, [])
            sums = self._sums.add_lines(table, block.sum_lines.get(table, []))
            self._unknown_words.check_rows(table, [*rows, *sums])
            self.counts[table] = self.counts.get(table, 0) + self._count_new(table, rows) + self._count_new_sums(sums)
            store.write(f"sources/put_{table}", rows=self._shared.merge_rows(table, [*rows, *sums]))
        if not block.rows_read:
            return
        stored_fields = {name: getattr(block, name) for name in ("first_number", "last_number", "content")}
        store.write("sources/put_row_blocks", rows=[{"file_id": self.file_id} | stored_fields])

    def _note_repairs(self, block: Block) -> None:
        self.rows_repaired += len(block.repaired)
        remaining = REJECTIONS_REPORTED - len(self.repairs)
        rejections = [
            rejection(self.name, number, trouble) for number, troubles in block.repaired[:remaining] for trouble in troubles
        ]
        self.repairs += rejections[: max(remaining, 0)]

    def _count_new(self, table: str, rows: list[Row]) -> int:
        """How many of a block's statements come for the first time: a record may come again, with more."""
        if table != "records":
            return len(rows)
        return int(self._record_ids.add(row["id"] for row in rows).sum())

    def _count_new_sums(self, rows: list[Row]) -> int:
        """How many of a block's sums have no line in an earlier block."""
        return int(self._sum_ids.add(row["id"] for row in rows).sum())

    def _register(self, store: Store, rejects: RejectFile, *, complete: bool) -> None:
        number = note_change(store, Change.LOADED) if complete else 0
        file = SourceFile(
            id=self.file_id,
            name=self.name,
            dataset=self.choice.dataset,
            mapping=self.choice.kind,
            mapping_version=self.choice.version,
            rows_read=self.rows_read,
            rows_rejected=rejects.count,
            loaded_at=self.now,
            content_id=self.source.content_id,
            loaded_change=number,
            mapping_hash=self.source.mapping_hash,
            listings=self.listings_before + self.counts.get("listings", 0) if complete else -1,
            pack=self.choice.pack,
            publisher=self.choice.publisher,
            licence=self.choice.licence,
            state=self._state,
        )
        if self.choice.state_of and complete:
            counts = self._state_counts or StateCounts(sum(self.counts.values()), 0, 0, 0)
            state = {"file_id": self.file_id, "state": self._state, "day": self.now.date().isoformat()}
            content = {"content_id": self.source.content_id, "rows_read": self.rows_read, "counts": counts_text(counts)}
            store.write("sources/put_states", rows=[state | content])
        store.write("sources/put_files", rows=[to_row(file, complete=complete)])

    def _notes(self) -> Iterator[str]:
        """Whatever a person should look at, in sentences."""
        if self.replaced:
            yield "What another mapping had read from these bytes was replaced by what this one reads."
        if self._sums.repeated_lines:
            yield f"Rows that repeat another to the letter, which count once as lines of a sum: {self._sums.repeated_lines}."
        if self._sums.other_currency_lines:
            count = self._sums.other_currency_lines
            yield f"Lines of another currency than the first line of their sum, which are not added: {count}."
        if self._shared.shared_count:
            yield f"Statements that another file tells too, put together with it: {self._shared.shared_count}."
        if self._shared.differing_amounts:
            yield f"Amounts that another file tells otherwise, of which the larger holds: {self._shared.differing_amounts}."
        yield from self._parties_not_named()
        yield from self._format_not_met()

    def _parties_not_named(self) -> Iterator[str]:
        """Of a mapping of one's own: what it promises to find and no row names may be a slip in the spelling of a column."""
        mapping = self.choice.mapping
        if mapping is None or mapping is known_mappings().get(mapping.mapping):
            return
        for name in [name for name in mapping.parties if name not in self._parties_named]:
            columns = sorted(
                {column for _, part in parts(mapping.parties[name]) for column in columns_read(part)} & {*mapping.columns}
            )
            spelled = "; ".join(f"{column} ({', '.join(mapping.columns[column])})" for column in columns)
            yield f"None of {self.rows_read} rows names the party {name}: check how the file spells {spelled}."

    def _format_not_met(self) -> Iterator[str]:
        """Of a mapping of one's own: what its format speaks of and the file does not have may be a slip, too."""
        mapping, reading = self.choice.mapping, self.choice.reading
        if mapping is None or mapping is known_mappings().get(mapping.mapping):
            return
        absent = reading.preamble.keys() - preamble_of(self.path, reading).keys() if reading.preamble else ()
        yield from (f"No line above the table fits the pattern of {name} (format: preamble)." for name in sorted(absent))
        header = header_of(self.path, reading)
        headers = set(map(squeeze_header, header[1])) if header else set()
        named = {"fill_down": reading.fill_down, "drop": reading.drop, "join": tuple(join.on for join in reading.join)}
        for field, names in named.items():
            for name in names if headers else ():
                if squeeze_header(name) not in headers:
                    yield f"No column of the file is called {name} (format: {field})."

    def _nothing_loaded(self, rejects: RejectFile, reject_path: Path | None) -> SourceUnreadable:
        rejections = rejects.first_rejections(self.name, 1)
        first = rejections[0] if rejections else None
        return SourceUnreadable(
            file=self.name,
            rows_read=self.rows_read,
            row=first.row if first else None,
            field=first.field if first else None,
            problem=first.problem if first else "no row in it states anything",
            reject_file=reject_path.name if reject_path else None,
            remedy=first.remedy if first else "Send a file with rows.",
        )

    def _outcome(self, rejects: RejectFile, reject_path: Path | None, notes: tuple[str, ...]) -> Ingested:
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
            rejections=tuple(rejects.first_rejections(self.name, REJECTIONS_REPORTED)),
            reject_file=str(reject_path) if reject_path else None,
            header_line=self._header_line(),
            encoding=mask(note) if (note := encoding_note(self.path, self.choice.reading)) else None,
            rows_repaired=self.rows_repaired,
            repairs=tuple(self.repairs),
            notes=notes,
            rows_warned=self._unknown_words.rows,
            warnings=self._unknown_words.rejections(self.name),
            ignored=dict(self._ignored.most_common()),
            unread={mask(visible(header)): cells for header, cells in self._unread.most_common()},
            replaced=self.replaced,
            state=self._state,
            came=self._state_counts.came if self._state_counts else 0,
            changed=self._state_counts.changed if self._state_counts else 0,
            went=self._state_counts.went if self._state_counts else 0,
        )

    def _header_line(self) -> int | None:
        """Where the header was found below the first line: what stands above it is no row, and somebody should know."""
        header = header_of(self.path, self.choice.reading)
        return header[0] if header and header[0] > 1 and not self.choice.reading.header_line else None


def _check_dataset(name: str) -> None:
    """Raises MappingInvalid where a data set's name cannot stand before the ids of its records."""
    problem = unstorable(name) or (f"longer than {DATASET_LENGTH_MAX} characters" if len(name) > DATASET_LENGTH_MAX else None)
    problem = problem or ("is empty" if not name.strip() else None)
    if problem:
        masked_name = mask(visible(name))[:DATASET_LENGTH_MAX]
        raise MappingInvalid(
            dataset=masked_name, problem=f"the data set's name: {problem}", remedy="Give it a short name (--dataset)."
        )


def ids_in_store(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of these ids that records in the store have."""
    return {row["id"] for row in store.read("sources/known_records", ids=sorted(ids))}
