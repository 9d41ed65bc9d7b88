"""Batches worked through by two processes, handed on in their order.

The second process is a program of its own rather than a fork: a fork would copy open connections and other threads' locks. It
imports what the work needs and nothing else, holds no state between batches, and opens no store. Where it cannot be had, or
ends before its time, this process does its batches too: the second one saves time, it is never needed for the answer.
"""

import gc
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

ASKED_MAX = 2  # Batches the second process holds: one at work, one waiting.
SLOTS_MAX = 16  # Batches made or at work that are not handed on yet.
LENGTH = struct.Struct("!Q")


def shared(work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
    """What `work` makes of each batch, in their order. `work` is a pure function of a module; what goes in and out is pickled."""
    source = iter(batches)
    opening = list(islice(source, 2))
    if len(opening) < 2 or not _two_can_work():
        yield from map(work, opening)
        yield from map(work, source)
        return
    second = _Second(work)
    try:
        yield from _handed_on(second, chain(opening, source))
    finally:
        second.end()


def _handed_on(second: "_Second[Given, Made]", batches: Iterator[Given]) -> Iterator[Made]:
    """Slots in the order of the batches; one that the second process works at is waited for when too many lie behind it."""
    slots: deque[tuple[bool, Any]] = deque()  # (asked of the second process, its batch) or (made here, what was made).
    for batch in batches:
        if second.asked < ASKED_MAX:
            second.ask(batch)
            slots.append((True, batch))
        else:
            slots.append((False, second.work(batch)))
        while slots and (not slots[0][0] or second.answered or len(slots) > SLOTS_MAX):
            there, held = slots.popleft()
            yield second.answer(held) if there else held
    for there, held in slots:
        yield second.answer(held) if there else held


def _two_can_work() -> bool:
    if os.name != "posix":
        return False
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) > 1


class _Second(Generic[Given, Made]):
    """The second process, asked for one piece of work after the other."""

    def __init__(self, work: Callable[[Given], Made]) -> None:
        self.work = work
        self.asked = 0
        self._told: SimpleQueue[bytearray | None] = SimpleQueue()
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # This program itself.
                [sys.executable, "-c", f"from resolution.aside import serve; serve({theirs.fileno()})"],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C ends this process, and this process ends that one.
            )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        with suppress(OSError):
            _send(self._ours, pickle.dumps(work))

    @property
    def answered(self) -> bool:
        """Whether the next answer is there, so that asking for it takes no time."""
        return not self._told.empty()

    def ask(self, batch: Given) -> None:
        with suppress(OSError):  # It has ended: the answer will say so.
            _send(self._ours, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        self.asked += 1

    def answer(self, batch: Given) -> Made:
        """What it made of the batch asked longest ago; made here where it has ended or failed."""
        told = self._told.get()
        self.asked -= 1
        if told is None:
            self._told.put(None)  # Every later answer is missing, too.
            return self.work(batch)
        made: Made = pickle.loads(told)  # noqa: S301  # Our own process wrote it.
        return made

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        self._ours.close()

    def _listen(self) -> None:
        while (told := _received(self._ours)) is not None:
            self._told.put(told)
        self._told.put(None)


def serve(descriptor: int) -> None:
    """What the second process does until nobody asks any more: receive a batch, work, send what was made."""
    gc.disable()  # As in the first process: what is made holds no cycles.
    with socket.socket(fileno=descriptor) as theirs:
        work = pickle.loads(_received(theirs) or b"")  # noqa: S301  # The first process wrote it.
        asked: SimpleQueue[bytearray | None] = SimpleQueue()
        threading.Thread(target=_collect, args=(theirs, asked), daemon=True).start()
        with suppress(Exception):  # Ended for a fault, its batch is made by the first process, which then tells the fault.
            while (batch := asked.get()) is not None:
                _send(theirs, pickle.dumps(work(pickle.loads(batch)), pickle.HIGHEST_PROTOCOL))  # noqa: S301


def _collect(theirs: socket.socket, asked: "SimpleQueue[bytearray | None]") -> None:
    """Take batches in while one is at work, so that the first process never waits to be heard."""
    while (batch := _received(theirs)) is not None:
        asked.put(batch)
    asked.put(None)


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
