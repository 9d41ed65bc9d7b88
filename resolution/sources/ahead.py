"""The blocks of a long file, told by other processes while this one stores those before.

Telling takes most of the time. Two processes tell every other block each, in the file's order, and wait while the pipe is full,
so that no more than a block of each is ahead. What both say of one party is put together at the end. They are programs of their
own rather than forks: a fork would copy the store's open connections and other threads' locks.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import IO, NamedTuple, cast

from ontology.errors import SourceUnreadable
from ontology.record import Record
from resolution.sources.blocks import ALL, Block, Turn, blocks
from resolution.sources.choice import Choice
from resolution.sources.seals import mask
from resolution.sources.statements.parties import merged
from store.rows import to_row

TELLERS = 2  # Storing keeps a core busy for less than half of the time; a third one would wait for the other two.


class Ended(NamedTuple):
    """The last thing told: why the file cannot be read further, or what was said of each party where it was read to its end."""

    facts: dict[str, object] | None = None
    remedy: str | None = None
    mentioned: Mapping[str, Record] = {}


def blocks_ahead(path: Path, choice: Choice, file_id: str) -> Generator[Block, None, None]:
    """As `blocks`, for a table; a last block without rows says what both tellers know of a party.

    The statements are the same as one teller's but for the order of a party's further names. Where two rows that different
    tellers had give the same id, which one must know of to judge, one tells the file anew. Raises SourceUnreadable, also where
    another process was killed.
    """
    handed_on, own_ids = 0, set[int]()
    with ExitStack() as started:
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
    with _telling(path, choice, file_id, ALL) as alone:
        for number, block in enumerate(_received([alone], path)):
            yield block if number >= handed_on else _of_parties(block)


def _of_parties(block: Block) -> Block:
    """A block handed on already, as one that says once more what it says of parties, now with what all rows before it say."""
    return Block(0, 0, [], {table: rows for table, rows in block.stated.items() if table == "records"}, 0, 0, "")


@contextmanager
def _telling(path: Path, choice: Choice, file_id: str, turn: Turn) -> Iterator[IO[bytes]]:
    """What another process tells of the file."""
    paths = os.pathsep.join(one for one in sys.path if one)
    command = [sys.executable, "-c", "from resolution.sources.ahead import tell; tell()"]
    # A session of its own: Ctrl-C ends this process, and this process ends that one.
    helper = subprocess.Popen(  # noqa: S603  # This program itself.
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}, start_new_session=True
    )
    asking, telling = cast(IO[bytes], helper.stdin), cast(IO[bytes], helper.stdout)
    try:
        with suppress(BrokenPipeError), asking:  # The key goes through the pipe: arguments can be seen by others.
            pickle.dump((path.absolute(), choice, file_id, turn), asking)
        yield telling
    finally:
        helper.kill()
        helper.wait()
        telling.close()


def _received(told: Sequence[IO[bytes]], path: Path) -> Iterator[Block]:
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


def _end(told: IO[bytes], path: Path) -> Ended:
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


def _next(told: IO[bytes], path: Path) -> Block | Ended:
    try:
        found: Block | Ended = pickle.load(told)  # noqa: S301  # Our own process wrote it.
    except EOFError as cause:
        problem = "reading it was broken off: the process that told its rows ended"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Free some memory and load it again.") from cause
    return found


def tell() -> None:
    """What another process does: one file, asked for on its input, block after block on its output."""
    gc.disable()  # As in the first process: statements hold no cycles.
    path, choice, file_id, turn = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
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
