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

Batch = TypeVar("Batch")
Output = TypeVar("Output")

SENT_MAX = 2  # Batches the second process holds: one at work, one waiting.
QUEUED_MAX = 4  # Batches meant for it before this process makes one itself: it goes on while this one is busy elsewhere.
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
        """Start the second process, where there is a core for it."""
        if self._second is None and _two_can_work():
            with suppress(OSError):  # No process to be had: this one does it all.
                self._second = _Second()

    def pause(self) -> None:
        """End the second process for now, because its memory is needed. It is started again when there is work."""
        if self._second and not self._second.pending_count:
            self._second.end()
            self._second = None

    def submit(self, work: Callable[[Batch], Output], batch: Batch) -> "PendingResult[Batch, Output]":
        """Hand a batch to the second process; `PendingResult.result` waits for what it makes of it."""
        self.start()
        pending = PendingResult(self._second, work, batch)
        if self._second:
            self._second.enqueue(pending)
        return pending

    def map_batches(
        self, work: Callable[[Batch], Output], batches: Iterable[Batch], *, opening: int = QUEUED_MAX
    ) -> Iterator[Output]:
        """What `work` makes of each batch, in their order.

        `work` is a pure function of a module; what goes in and out is pickled. The first batches, `opening` of them, are
        handed to the second process at once, before any is asked for here.
        """
        remaining = iter(batches)
        first_batches = list(islice(remaining, opening))
        if len(first_batches) > 1:
            self.start()
        if len(first_batches) < 2 or self._second is None:
            return map(work, _chain(first_batches, remaining))
        slots: deque[PendingResult[Batch, Output]] = deque(self.submit(work, batch) for batch in first_batches)
        return self._yield_in_order(self._second, work, slots, remaining)

    def _yield_in_order(
        self,
        second: "_Second",
        work: Callable[[Batch], Output],
        slots: "deque[PendingResult[Batch, Output]]",
        batches: Iterator[Batch],
    ) -> Iterator[Output]:
        """Slots in the order of the batches; one that the second process works at is waited for when too many lie behind it."""
        for batch in batches:
            slots.append(PendingResult(second, work, batch))
            second.enqueue(slots[-1]) if second.pending_count < QUEUED_MAX else slots[-1].run()
            while slots and (slots[0].is_ready or len(slots) > SLOTS_MAX):
                yield slots.popleft().result()
        while slots:
            yield slots.popleft().result()


def _chain(opening: list[Batch], remaining: Iterator[Batch]) -> Iterator[Batch]:
    yield from opening
    yield from remaining


class PendingResult(Generic[Batch, Output]):
    """One batch, made by whichever process comes to it first."""

    def __init__(self, second: "_Second | None", work: Callable[[Batch], Output], batch: Batch) -> None:
        self.call = (work, batch)
        self.reply: bytearray | None = None
        self._second = second
        self._output: list[Output] = []

    @property
    def is_ready(self) -> bool:
        """Whether it is made, so that `result` returns at once."""
        return bool(self._output) or self.reply is not None

    def result(self) -> Output:
        """What was made of the batch; until it is ready, this process makes what nobody has begun yet."""
        while not self.is_ready:
            runnable = self._second.take_back(self) if self._second else self
            if runnable:
                runnable.run()
        if self.reply is not None:
            self._output, self.reply = [pickle.loads(self.reply)], None  # noqa: S301  # Our own process wrote it.
        return self._output.pop()

    def run(self) -> None:
        """Make it in this process."""
        work, batch = self.call
        self._output = [work(batch)]


def _two_can_work() -> bool:
    if os.name != "posix":
        return False
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) > 1


class _Second:
    """The second process: batches wait here, two of them are sent, and each answer makes room for the next."""

    def __init__(self) -> None:
        self._waiting: deque[PendingResult[Any, Any]] = deque()
        self._in_flight: deque[PendingResult[Any, Any]] = deque()
        self._ended = False
        self._condition = threading.Condition()
        self._parent_socket, child_socket = socket.socketpair()
        with ExitStack() as cleanup, child_socket:
            cleanup.callback(self._parent_socket.close)
            self._process = start_helper(
                __name__, f"serve({child_socket.fileno()})", pass_fds=[child_socket.fileno()], stdin=subprocess.DEVNULL
            )
            cleanup.pop_all()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pending_count(self) -> int:
        """Number of batches queued or sent that are not answered yet."""
        return len(self._waiting) + len(self._in_flight)

    def enqueue(self, pending: PendingResult[Any, Any]) -> None:
        """Queue a batch for the second process."""
        with self._condition:
            self._waiting.append(pending)
            self._send_on()

    def take_back(self, awaited: PendingResult[Any, Any]) -> PendingResult[Any, Any] | None:
        """A batch to be made here while `awaited` is not ready: itself where nobody makes it, else the last that waits.

        None where all there is to do was to wait.
        """
        with self._condition:
            if awaited.is_ready:
                return None
            if self._ended or awaited in self._waiting:
                if awaited in self._waiting:
                    self._waiting.remove(awaited)
                return awaited
            if self._waiting:
                return self._waiting.pop()
            self._condition.wait()
            return None

    def end(self) -> None:
        """Kill the second process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        self._parent_socket.close()

    def _send_on(self) -> None:
        while self._waiting and len(self._in_flight) < SENT_MAX and not self._ended:
            pending = self._waiting.popleft()
            self._in_flight.append(pending)
            with suppress(OSError):  # It has ended: the listener will say so.
                _send(self._parent_socket, pickle.dumps(pending.call, pickle.HIGHEST_PROTOCOL))

    def _listen(self) -> None:
        while (reply := _receive(self._parent_socket)) is not None:
            with self._condition:
                self._in_flight.popleft().reply = reply
                self._send_on()
                self._condition.notify_all()
        with self._condition:
            self._ended = True
            self._condition.notify_all()


def serve(descriptor: int) -> None:
    """What the second process does until the first one is gone: receive a batch, work, send what was made."""
    gc.disable()  # As in the first process: what is made holds no cycles.
    with socket.socket(fileno=descriptor) as connection:
        messages: SimpleQueue[bytearray] = SimpleQueue()
        end_with_parent(lambda: _collect(connection, messages))
        with suppress(Exception):  # Ended for a fault, its batch is made by the first process, which then tells the fault.
            while True:
                work, batch = pickle.loads(messages.get())  # noqa: S301  # The first process wrote it.
                _send(connection, pickle.dumps(work(batch), pickle.HIGHEST_PROTOCOL))


def _collect(connection: socket.socket, messages: "SimpleQueue[bytearray]") -> None:
    """Take batches in while one is at work, so that the first process never waits to be heard."""
    while (message := _receive(connection)) is not None:
        messages.put(message)


def _send(connection: socket.socket, message: bytes) -> None:
    connection.sendall(LENGTH.pack(len(message)))
    connection.sendall(message)


def _receive(connection: socket.socket) -> bytearray | None:
    """The next message; None where the other side has ended."""
    header = _receive_exactly(connection, LENGTH.size)
    return _receive_exactly(connection, LENGTH.unpack(header)[0]) if header else None


def _receive_exactly(connection: socket.socket, length: int) -> bytearray | None:
    buffer = bytearray(length)
    filled = 0
    with suppress(OSError), memoryview(buffer) as view:
        while filled < length:
            count = connection.recv_into(view[filled:], length - filled, socket.MSG_WAITALL)
            if not count:
                return None
            filled += count
    return buffer if filled == length else None
