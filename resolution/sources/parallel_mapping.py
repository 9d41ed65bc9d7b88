"""The blocks of a long file, told by other processes while this one stores those before.

Telling takes most of the time. Two processes tell every other block each, in the file's order, and wait while the pipe is full,
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
from resolution.sources.blocks import ALL, Block, Turn, blocks
from resolution.sources.choice import Choice
from resolution.sources.statements.party_plan import merged
from store.rows import to_row

TELLERS = 2  # Storing keeps a core busy for less than half of the time; a third one would wait for the other two.


class HelperEnded(Exception):
    """A process that told rows ended before the file did, by itself: this one can tell them as well."""


class Ended(NamedTuple):
    """The last thing told: why the file cannot be read further, or what was said of each party where it was read to its end."""

    facts: dict[str, object] | None = None
    remedy: str | None = None
    mentioned: Mapping[str, Record] = {}


def blocks_ahead(path: Path, choice: Choice, file_id: str) -> Generator[Block, None, None]:
    """As `blocks`, for a table; a last block without rows says what both tellers know of a party.

    The statements are the same as one teller's but for the order of a party's further names. Where two rows that different
    tellers had give the same id, which one must know of to judge, one tells the file anew; where a process cannot be had or
    fails, this one does. Raises SourceUnreadable, also where another process was killed: there may be no memory left for it.
    """
    handed_on, own_ids = 0, set[int]()
    with ExitStack() as started:
        try:
            told = [started.enter_context(_telling(path, choice, file_id, Turn(at, TELLERS))) for at in range(TELLERS)]
            for block in _received(told, path):
                given = set(map(hash, block.own_ids))
                if not own_ids.isdisjoint(given):
                    break
                own_ids |= given
                handed_on += 1
                yield block
            else:
                return
        except HelperEnded:
            pass
    for number, block in enumerate(_told_alone(path, choice, file_id)):
        yield block if number >= handed_on else _of_parties(block)


def _told_alone(path: Path, choice: Choice, file_id: str) -> Iterator[Block]:
    """All blocks by one teller: another process, or this one from where that one fails."""
    handed_on = 0
    try:
        with _telling(path, choice, file_id, ALL) as alone:
            for block in _received([alone], path):
                handed_on += 1
                yield block
    except HelperEnded:
        yield from islice(blocks(path, choice, choice.make(file_id)), handed_on, None)


def _of_parties(block: Block) -> Block:
    """A block handed on already, as one that says once more what it says of parties, now with what all rows before it say."""
    return Block(0, 0, [], {table: rows for table, rows in block.stated.items() if table == "records"}, 0, 0, "")


class Telling(NamedTuple):
    """Another process at work on the file."""

    process: "subprocess.Popen[bytes]"

    @property
    def told(self) -> IO[bytes]:
        """Block after block."""
        return cast(IO[bytes], self.process.stdout)


@contextmanager
def _telling(path: Path, choice: Choice, file_id: str, turn: Turn) -> Iterator[Telling]:
    """Another process that tells of the file. Raises HelperEnded where none can be started."""
    try:
        # What it fails of is told by this process, which then does its work.
        helper = start_helper(__name__, "tell()", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as cause:
        raise HelperEnded from cause
    telling, asking = Telling(helper), cast(IO[bytes], helper.stdin)
    try:
        with suppress(BrokenPipeError):  # The key goes through the pipe: arguments can be seen by others.
            pickle.dump((path.absolute(), choice, file_id, turn), asking)
            asking.flush()
        yield telling  # The pipe stays open meanwhile: its end is how that process learns of the end of this one.
    finally:
        helper.kill()
        helper.wait()
        telling.told.close()
        with suppress(BrokenPipeError):
            asking.close()


def _received(told: Sequence[Telling], path: Path) -> Iterator[Block]:
    turns = cycle(told)
    while isinstance(found := _next(at := next(turns), path), Block):
        yield found
    ends = [found, *(_end(other, path) for other in told if other is not at)]
    for end in ends:
        if end.facts is not None:
            raise SourceUnreadable(remedy=end.remedy, **end.facts)
    if together := _together([end.mentioned for end in ends]):
        rows = [to_row(record) for record in together]
        yield Block(0, 0, [], {"records": rows}, 0, 0, "")


def _end(told: Telling, path: Path) -> Ended:
    """Blocks come in turns: after one teller's end there are no more."""
    found = _next(told, path)
    return found if isinstance(found, Ended) else Ended()


def _together(mentioned: Sequence[Mapping[str, Record]]) -> list[Record]:
    """What several tellers say of one party, the one first whose row came first."""
    found: list[Record] = []
    for record_id in sorted(set.intersection(*map(set, mentioned))) if len(mentioned) > 1 else ():
        first, *others = sorted((one[record_id] for one in mentioned), key=_row_number)
        for other in others:
            first = merged(first, other)
        found.append(first)
    return found


def _row_number(record: Record) -> int:
    return int(record.row_id.rpartition("#")[2])


def _next(telling: Telling, path: Path) -> Block | Ended:
    try:
        found: Block | Ended = pickle.load(telling.told)  # noqa: S301  # Our own process wrote it.
    except (EOFError, pickle.UnpicklingError) as cause:
        if (code := telling.process.wait()) >= 0:
            raise HelperEnded from cause
        problem = f"reading it was broken off: the process that told its rows was ended by {_signal(-code)}"
        remedy = "Free some memory and load it again." if -code == signal.SIGKILL else "Load it again."
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy=remedy) from cause
    return found


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def tell() -> None:
    """What another process does: one file, asked for on its input, block after block on its output."""
    gc.disable()  # As in the first process: statements hold no cycles.
    path, choice, file_id, turn = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
    end_with_parent(sys.stdin.buffer.read)
    teller = choice.make(file_id)
    try:
        for block in blocks(path, choice, teller, turn=turn):
            _send(block)
        _send(Ended(mentioned=teller.mentioned if turn.of > 1 else {}))
    except SourceUnreadable as cause:
        _send(Ended(cause.facts, cause.remedy))
    except BrokenPipeError:
        os._exit(1)  # Nobody listens any more.


def _send(found: Block | Ended) -> None:
    """Past the buffered writer: it loses bytes where stopping this process (Ctrl-Z) cuts a write to a pipe short."""
    left = memoryview(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    while left:
        left = left[os.write(sys.stdout.fileno(), left) :]
