"""The blocks of a long file, told by a second process while the first one stores those before.

Telling takes two thirds of the time and the store the rest. One process tells the whole file in its order, so the blocks are
the same as without it; it waits while the pipe is full, so no more than one block is ahead. It is a program of its own rather
than a fork: a fork would copy the store's open connections and other threads' locks.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, cast

from ontology.errors import SourceUnreadable
from resolution.sources.blocks import Block, blocks
from resolution.sources.choice import Choice
from resolution.sources.seals import mask


class Ended(NamedTuple):
    """The last thing told: why the file cannot be read further, or nothing where it was read to its end."""

    facts: dict[str, object] | None = None
    remedy: str | None = None


def blocks_ahead(path: Path, choice: Choice, file_id: str) -> Generator[Block, None, None]:
    """As `blocks`, for a table. Raises SourceUnreadable, also where the second process was killed."""
    paths = os.pathsep.join(one for one in sys.path if one)
    command = [sys.executable, "-c", "from resolution.sources.ahead import tell; tell()"]
    # A session of its own: Ctrl-C ends this process, and this process ends that one.
    helper = subprocess.Popen(  # noqa: S603  # This program itself.
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}, start_new_session=True
    )
    asking, telling = cast(IO[bytes], helper.stdin), cast(IO[bytes], helper.stdout)
    try:
        with suppress(BrokenPipeError), asking:  # The key goes through the pipe: arguments can be seen by others.
            pickle.dump((path.absolute(), choice, file_id), asking)
        yield from _received(telling, path)
    finally:
        helper.kill()
        helper.wait()
        telling.close()


def _received(told: IO[bytes], path: Path) -> Iterator[Block]:
    while isinstance(found := _next(told, path), Block):
        yield found
    if found.facts is not None:
        raise SourceUnreadable(remedy=found.remedy, **found.facts)


def _next(told: IO[bytes], path: Path) -> Block | Ended:
    try:
        found: Block | Ended = pickle.load(told)  # noqa: S301  # Our own process wrote it.
    except EOFError as cause:
        problem = "reading it was broken off: the process that told its rows ended"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Free some memory and load it again.") from cause
    return found


def tell() -> None:
    """What the second process does: one file, asked for on its input, block after block on its output."""
    gc.disable()  # As in the first process: statements hold no cycles.
    out, asked = sys.stdout.buffer, pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
    try:
        for block in blocks(*asked):
            _send(block, out)
        _send(Ended(), out)
    except SourceUnreadable as cause:
        _send(Ended(cause.facts, cause.remedy), out)
    except BrokenPipeError:
        os._exit(1)  # Nobody listens any more.


def _send(found: Block | Ended, out: IO[bytes]) -> None:
    pickle.dump(found, out, pickle.HIGHEST_PROTOCOL)
    out.flush()
