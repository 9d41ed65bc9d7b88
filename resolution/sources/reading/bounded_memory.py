"""Files read by a process of its own whose memory is bounded, for libraries that do not ask before they take it.

The process may fail, or be ended by its library, without harm to this one. It answers piece by piece over a pipe, and ends with
its caller.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from ontology.errors import SourceUnreadable
from resolution.processes import end_with_parent, start_helper


class Refusal(NamedTuple):
    """Why there is no more to be had of a file."""

    facts: dict[str, object]
    remedy: str | None


TooLarge = Callable[[Path], SourceUnreadable]
"""The error for a file that is damaged, or takes more memory than the process may."""


def start_reader(module: str, call: str) -> "subprocess.Popen[bytes]":
    """A process that serves one file by `call` of a module. Raises OSError where none can be started."""
    return start_helper(module, call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def pieces_of(reader: "subprocess.Popen[bytes]", path: Path, wanted: object, too_large: TooLarge) -> Generator[Any, None, None]:
    """What a process reads of a file, piece by piece; it is ended with this. Raises SourceUnreadable.

    wanted: what is to be read of it; goes to the process.
    """
    request, reply = cast("IO[bytes]", reader.stdin), cast("IO[bytes]", reader.stdout)
    try:
        with suppress(BrokenPipeError):
            pickle.dump((path.absolute(), wanted), request)
            request.flush()
        while (piece := _next_piece(reply, path, too_large)) is not None:
            if isinstance(piece, Refusal):
                raise SourceUnreadable(remedy=piece.remedy, **piece.facts)
            yield piece
    finally:
        reader.kill()
        reader.wait()
        reply.close()
        with suppress(BrokenPipeError):
            request.close()


def _next_piece(reply: IO[bytes], path: Path, too_large: TooLarge) -> Any:
    try:
        return pickle.load(reply)  # noqa: S301  # Our own process wrote it.
    except (EOFError, pickle.UnpicklingError) as cause:
        raise too_large(path) from cause


def serve_pieces(read: Callable[[Path, Any], Iterable[object]], too_large: TooLarge) -> None:
    """What the process does: one file, asked for on its input, piece after piece on its output; then it ends.

    read: the pieces of the file at a path, by what is wanted of it.
    """
    path, wanted = pickle.load(sys.stdin.buffer)  # noqa: S301  # Our own process wrote it.
    end_with_parent(sys.stdin.buffer.read)
    out = sys.stdout.buffer
    try:
        for piece in read(path, wanted):
            pickle.dump(piece, out, pickle.HIGHEST_PROTOCOL)
            out.flush()
        pickle.dump(None, out)
    except SourceUnreadable as cause:
        pickle.dump(Refusal(cause.facts, cause.remedy), out)
    except MemoryError:
        refusal = too_large(path)
        pickle.dump(Refusal(refusal.facts, refusal.remedy), out)
    out.flush()
    os._exit(0)  # Not by a library's own end, which takes its time.


def bound_memory(bytes_max: int) -> None:
    """Bound what this process may take beyond what it has taken; not every system knows such a bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        bytes_taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bytes_taken + bytes_max, hard))
