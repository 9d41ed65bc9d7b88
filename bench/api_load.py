"""Callers of a server, each a process of its own, which asks one request after the other and keeps how long each took."""

import http.client
import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from urllib.parse import urlsplit

TIMEOUT_S = 120


@dataclass(frozen=True)
class Question:
    """One request; `body` is JSON text, None for a GET."""

    path: str
    body: str | None = None


@dataclass
class Load:
    """What a number of callers measured together.

    seconds: of each answered request; statuses: how many answers of each status, 0 for none. took_s: from first to last request.
    """

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    took_s: float = 0.0

    def percentile_ms(self, share: float) -> float:
        """Milliseconds within which this share (0..1) of the requests was answered; 0.0 of none."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def run_load(url: str, questions: Sequence[Question], *, callers: int, seconds: float, pause_s: float = 0.0) -> Load:
    """Ask for so many seconds with so many callers at a time. pause_s: mean pause of a caller after each answer."""
    context = multiprocessing.get_context("fork")  # A caller begins at once, and holds nothing of its own.
    barrier = context.Barrier(callers)
    with context.Pool(callers, _remember, (barrier,)) as pool:
        shares = [(url, questions[number::callers], seconds, pause_s, number) for number in range(callers)]
        parts = pool.starmap(_call, shares, chunksize=1)
    whole = Load(took_s=max(part.took_s for part in parts))
    for part in parts:
        whole.seconds += part.seconds
        whole.statuses += part.statuses
    return whole


class _Start:
    barrier: Barrier | None = None


def _remember(barrier: Barrier) -> None:
    _Start.barrier = barrier


def _call(url: str, questions: Sequence[Question], seconds: float, pause_s: float, number: int) -> Load:
    """One caller: its questions in turn, from the moment on when all callers are there."""
    assert _Start.barrier is not None
    _Start.barrier.wait()
    load, random_pause = Load(), random.Random(number)
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_S)
    started = time.perf_counter()
    for question in _in_turn(questions):
        asked = time.perf_counter()
        if asked - started > seconds:
            break
        try:
            load.statuses[_ask(connection, question)] += 1
            load.seconds.append(time.perf_counter() - asked)
        except (OSError, http.client.HTTPException):
            load.statuses[0] += 1
            connection.close()
        if pause_s:
            time.sleep(random_pause.uniform(0, 2 * pause_s))
    load.took_s = time.perf_counter() - started
    return load


def _in_turn(questions: Sequence[Question]) -> Iterator[Question]:
    while True:
        yield from questions


def _ask(connection: http.client.HTTPConnection, question: Question) -> int:
    if question.body is None:
        connection.request("GET", question.path)
    else:
        connection.request("POST", question.path, question.body.encode(), {"content-type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def post(path: str, document: object) -> Question:
    """A question with a body."""
    return Question(path, json.dumps(document, ensure_ascii=False))
