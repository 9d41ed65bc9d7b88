"""The blocks of a long file, mapped by other processes while this one stores those before.

Mapping takes most of the time. Two processes map every other block each, in the file's order, and wait while the pipe is full,
so that no more than a block of each is ahead. What both say of one party is put together at the end. They are programs of their
own rather than forks: a fork would copy the store's open connections and other threads' locks.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path
from typing import IO, NamedTuple, cast

from ontology.errors import SourceUnreadable
from ontology.personal_ids import mask
from ontology.record import Record
from resolution.processes import end_with_parent, start_helper
from resolution.sources.choice import Choice
from resolution.sources.hash_sets import HashSet
from resolution.sources.reading import FILTERING_READERS
from resolution.sources.row_blocks import EVERY_BLOCK, Block, Turn, map_blocks
from resolution.sources.statements.record_merge import merge_records
from store.rows import to_row

MAPPER_PROCESSES = 2  # Storing keeps a core busy for less than half of the time; a third one would wait for the other two.
WHOLE_FILE_PROCESSES = 1  # A file that can only be read from its start would be read by each, and held by each.


class HelperEnded(Exception):
    """A process that mapped rows ended before the file did, by itself: this one can map them as well."""


class EndOfFile(NamedTuple):
    """The last message: why the file cannot be read further, or what was said of each party where it was read to its end."""

    facts: dict[str, object] | None = None
    remedy: str | None = None
    mentioned_records: Mapping[str, Record] = {}


def map_blocks_in_parallel(path: Path, choice: Choice, file_id: str) -> Generator[Block, None, None]:
    """As `map_blocks`, for a table; a last block without rows says what both processes know of a party.

    The statements are the same as one mapper's but for the order of a party's further names. Where two rows that different
    processes had give the same id, which one must know of to judge, one maps the file anew; where a process cannot be had or
    fails, this one does. Raises SourceUnreadable, also where another process was killed: there may be no memory left for it.
    """
    blocks_handed_on, seen_ids = 0, HashSet()
    processes_count = MAPPER_PROCESSES if path.suffix.lower() in FILTERING_READERS else WHOLE_FILE_PROCESSES
    with ExitStack() as processes_stack:
        try:
            processes = [
                processes_stack.enter_context(_mapper_process(path, choice, file_id, Turn(at, processes_count)))
                for at in range(processes_count)
            ]
            for block in _receive_blocks(processes, path):
                unique_ids = set(block.unique_ids)
                if not seen_ids.add(unique_ids).all():
                    break
                blocks_handed_on += 1
                yield block
            else:
                return
        except HelperEnded:
            pass
    for number, block in enumerate(_map_blocks_alone(path, choice, file_id)):
        yield (block if number >= blocks_handed_on else _parties_only(block))._replace(is_anew=True)


def _map_blocks_alone(path: Path, choice: Choice, file_id: str) -> Iterator[Block]:
    """All blocks by one mapper: another process, or this one from where that one fails."""
    blocks_handed_on = 0
    try:
        with _mapper_process(path, choice, file_id, EVERY_BLOCK) as process:
            for block in _receive_blocks([process], path):
                blocks_handed_on += 1
                yield block
    except HelperEnded:
        yield from islice(map_blocks(path, choice, choice.make(file_id)), blocks_handed_on, None)


def _parties_only(block: Block) -> Block:
    """A block handed on already, as one that says once more what it says of parties, now with what all rows before it say."""
    return Block(0, 0, [], {table: rows for table, rows in block.rows_by_table.items() if table == "records"}, 0, 0, "")


class MapperProcess(NamedTuple):
    """Another process at work on the file."""

    process: "subprocess.Popen[bytes]"

    @property
    def output(self) -> IO[bytes]:
        """Block after block."""
        return cast(IO[bytes], self.process.stdout)


@contextmanager
def _mapper_process(path: Path, choice: Choice, file_id: str, turn: Turn) -> Iterator[MapperProcess]:
    """Another process that maps the file. Raises HelperEnded where none can be started."""
    try:
        # Rows it fails at are mapped by this process, which then does its work.
        helper = start_helper(
            __name__, "serve_blocks()", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as cause:
        raise HelperEnded from cause
    process, request = MapperProcess(helper), cast(IO[bytes], helper.stdin)
    try:
        with suppress(BrokenPipeError):  # The key goes through the pipe: arguments can be seen by others.
            pickle.dump((path.absolute(), choice, file_id, turn), request)
            request.flush()
        yield process  # The pipe stays open meanwhile: its end is how that process learns of the end of this one.
    finally:
        helper.kill()
        helper.wait()
        process.output.close()
        with suppress(BrokenPipeError):
            request.close()


def _receive_blocks(processes: Sequence[MapperProcess], path: Path) -> Iterator[Block]:
    turns = cycle(processes)
    while isinstance(received := _next(sender := next(turns), path), Block):
        yield received
    ends = [received, *(_end(process, path) for process in processes if process is not sender)]
    for end in ends:
        if end.facts is not None:
            raise SourceUnreadable(remedy=end.remedy, **end.facts)
    if records := _merge_mentions([end.mentioned_records for end in ends]):
        rows = [to_row(record) for record in records]
        yield Block(0, 0, [], {"records": rows}, 0, 0, "")


def _end(process: MapperProcess, path: Path) -> EndOfFile:
    """Blocks come in turns: after one process's end there are no more."""
    received = _next(process, path)
    return received if isinstance(received, EndOfFile) else EndOfFile()


def _merge_mentions(mentions: Sequence[Mapping[str, Record]]) -> list[Record]:
    """What several processes say of one party, the one first whose row came first."""
    records: list[Record] = []
    for record_id in sorted(set.intersection(*map(set, mentions))) if len(mentions) > 1 else ():
        first, *later = sorted((by_id[record_id] for by_id in mentions), key=_row_number)
        for record in later:
            first = merge_records(first, record)
        records.append(first)
    return records


def _row_number(record: Record) -> int:
    return int(record.row_id.rpartition("#")[2])


def _next(mapper_process: MapperProcess, path: Path) -> Block | EndOfFile:
    try:
        received: Block | EndOfFile = pickle.load(mapper_process.output)  # noqa: S301  # Our own process wrote it.
    except (EOFError, pickle.UnpicklingError) as cause:
        if (code := mapper_process.process.wait()) >= 0:
            raise HelperEnded from cause
        problem = f"reading it was broken off: the process that told its rows was ended by {_signal(-code)}"
        remedy = "Free some memory and load it again." if -code == signal.SIGKILL else "Load it again."
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy=remedy) from cause
    return received


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def serve_blocks() -> None:
    """What another process does: one file, asked for on its input, block after block on its output."""
    gc.disable()  # As in the first process: statements hold no cycles.
    path, choice, file_id, turn = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
    end_with_parent(sys.stdin.buffer.read)
    mapper = choice.make(file_id)
    try:
        for block in map_blocks(path, choice, mapper, turn=turn):
            _send(block)
        _send(EndOfFile(mentioned_records=mapper.mentioned_records if turn.of > 1 else {}))
    except SourceUnreadable as cause:
        _send(EndOfFile(cause.facts, cause.remedy))
    except BrokenPipeError:
        os._exit(1)  # Nobody listens any more.


def _send(message: Block | EndOfFile) -> None:
    """Past the buffered writer: it loses bytes where stopping this process (Ctrl-Z) cuts a write to a pipe short."""
    remaining = memoryview(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
    while remaining:
        remaining = remaining[os.write(sys.stdout.fileno(), remaining) :]
