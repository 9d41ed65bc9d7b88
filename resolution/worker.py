"""Batches worked through by two processes, handed on in their order.

The second process is a program of its own rather than a fork: a fork would copy open connections and other threads' locks. It
holds no state between batches and opens no store. It is started once and serves a whole run: what it imports for one piece of
work is there for the next. Where it cannot be had, or ends before its time, this process does its batches too: the second one
saves time, it is never needed for the answer.
"""

import gc
import os
import pickle
import socket
import struct
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from resolution.processes import end_with_parent, start_helper

Given = TypeVar("Given")
Made = TypeVar("Made")

SENT_MAX = 2  # Batches the second process holds: one at work, one waiting.
ASKED_MAX = 4  # Batches meant for it before this process makes one itself: it goes on while this one is busy elsewhere.
SLOTS_MAX = 16  # Batches made or at work that are not handed on yet.
LENGTH = struct.Struct("!Q")


class Worker:
    """A second process at hand while the block lasts; started when it is first of use, or at once by `start`."""

    def __init__(self) -> None:
        self._second: _Second | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._second:
            self._second.end()

    def start(self) -> None:
        """Have it start, where there is a core for it."""
        if self._second is None and _two_can_work():
            with suppress(OSError):  # No process to be had: this one does it all.
                self._second = _Second()

    def rest(self) -> None:
        """End the second process for now: its memory is needed. It is started again when there is work."""
        if self._second and not self._second.asked:
            self._second.end()
            self._second = None

    def later(self, work: Callable[[Given], Made], batch: Given) -> "PendingResult[Given, Made]":
        """A batch for the second process, asked for with `made`."""
        self.start()
        asked = PendingResult(self._second, work, batch)
        if self._second:
            self._second.ask(asked)
        return asked

    def shared(self, work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
        """What `work` makes of each batch, in their order.

        `work` is a pure function of a module; what goes in and out is pickled. The first batches are handed to the second
        process at once, before any is asked for here.
        """
        source = iter(batches)
        opening = list(islice(source, ASKED_MAX))
        if len(opening) > 1:
            self.start()
        if len(opening) < 2 or self._second is None:
            return map(work, _chain(opening, source))
        slots: deque[PendingResult[Given, Made]] = deque(self.later(work, batch) for batch in opening)
        return self._handed_on(self._second, work, slots, source)

    def _handed_on(
        self,
        second: "_Second",
        work: Callable[[Given], Made],
        slots: "deque[PendingResult[Given, Made]]",
        batches: Iterator[Given],
    ) -> Iterator[Made]:
        """Slots in the order of the batches; one that the second process works at is waited for when too many lie behind it."""
        for batch in batches:
            slots.append(PendingResult(second, work, batch))
            second.ask(slots[-1]) if second.asked < ASKED_MAX else slots[-1].make()
            while slots and (slots[0].there or len(slots) > SLOTS_MAX):
                yield slots.popleft().made()
        while slots:
            yield slots.popleft().made()


def _chain(opening: list[Given], source: Iterator[Given]) -> Iterator[Given]:
    yield from opening
    yield from source


class PendingResult(Generic[Given, Made]):
    """One batch, made by whichever process comes to it first."""

    def __init__(self, second: "_Second | None", work: Callable[[Given], Made], batch: Given) -> None:
        self.asked = (work, batch)
        self.told: bytearray | None = None
        self._second = second
        self._held: list[Made] = []

    @property
    def there(self) -> bool:
        """Whether it is made, so that asking for it takes no time."""
        return bool(self._held) or self.told is not None

    def made(self) -> Made:
        """What was made of the batch; until it is there, this process makes what nobody has begun yet."""
        while not self.there:
            mine = self._second.taken_back(self) if self._second else self
            if mine:
                mine.make()
        if self.told is not None:
            self._held, self.told = [pickle.loads(self.told)], None  # noqa: S301  # Our own process wrote it.
        return self._held.pop()

    def make(self) -> None:
        """Make it here."""
        work, batch = self.asked
        self._held = [work(batch)]


def _two_can_work() -> bool:
    if os.name != "posix":
        return False
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) > 1


class _Second:
    """The second process: batches wait here, two of them are sent, and each answer makes room for the next."""

    def __init__(self) -> None:
        self._waiting: deque[PendingResult[Any, Any]] = deque()
        self._sent: deque[PendingResult[Any, Any]] = deque()
        self._ended = False
        self._changed = threading.Condition()
        self._ours, theirs = socket.socketpair()
        with ExitStack() as where_none_starts, theirs:
            where_none_starts.callback(self._ours.close)
            asked = f"serve({theirs.fileno()})"
            self._process = start_helper(__name__, asked, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
            where_none_starts.pop_all()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def asked(self) -> int:
        """Batches meant for it that it has not answered."""
        return len(self._waiting) + len(self._sent)

    def ask(self, later: PendingResult[Any, Any]) -> None:
        """Have it make a batch."""
        with self._changed:
            self._waiting.append(later)
            self._send_on()

    def taken_back(self, wanted: PendingResult[Any, Any]) -> PendingResult[Any, Any] | None:
        """A batch to be made here while `wanted` is not there: itself where nobody makes it, else the last that waits.

        None where all there is to do was to wait.
        """
        with self._changed:
            if wanted.there:
                return None
            if self._ended or wanted in self._waiting:
                if wanted in self._waiting:
                    self._waiting.remove(wanted)
                return wanted
            if self._waiting:
                return self._waiting.pop()
            self._changed.wait()
            return None

    def end(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        self._ours.close()

    def _send_on(self) -> None:
        while self._waiting and len(self._sent) < SENT_MAX and not self._ended:
            later = self._waiting.popleft()
            self._sent.append(later)
            with suppress(OSError):  # It has ended: the listener will say so.
                _send(self._ours, pickle.dumps(later.asked, pickle.HIGHEST_PROTOCOL))

    def _listen(self) -> None:
        while (told := _received(self._ours)) is not None:
            with self._changed:
                self._sent.popleft().told = told
                self._send_on()
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()


def serve(descriptor: int) -> None:
    """What the second process does until the first one is gone: receive a batch, work, send what was made."""
    gc.disable()  # As in the first process: what is made holds no cycles.
    with socket.socket(fileno=descriptor) as theirs:
        asked: SimpleQueue[bytearray] = SimpleQueue()
        end_with_parent(lambda: _collect(theirs, asked))
        with suppress(Exception):  # Ended for a fault, its batch is made by the first process, which then tells the fault.
            while True:
                work, batch = pickle.loads(asked.get())  # noqa: S301  # The first process wrote it.
                _send(theirs, pickle.dumps(work(batch), pickle.HIGHEST_PROTOCOL))


def _collect(theirs: socket.socket, asked: "SimpleQueue[bytearray]") -> None:
    """Take batches in while one is at work, so that the first process never waits to be heard."""
    while (batch := _received(theirs)) is not None:
        asked.put(batch)


def _send(to: socket.socket, told: bytes) -> None:
    to.sendall(LENGTH.pack(len(told)))
    to.sendall(told)


def _received(source: socket.socket) -> bytearray | None:
    """The next message; None where the other side has ended."""
    head = _exactly(source, LENGTH.size)
    return _exactly(source, LENGTH.unpack(head)[0]) if head else None


def _exactly(source: socket.socket, length: int) -> bytearray | None:
    parts = bytearray(length)
    at = 0
    with suppress(OSError), memoryview(parts) as view:
        while at < length:
            read = source.recv_into(view[at:], length - at, socket.MSG_WAITALL)
            if not read:
                return None
            at += read
    return parts if at == length else None
