"""Sessions of the pages: a random token stands for who signed in, for some hours and in this process only."""

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from api.context.callers import Caller

COOKIE = "kith_session"
LIFE_S = 8 * 3600
OPEN_MAX = 1000
WRONG_MAX, WRONG_WITHIN_S = 10, 60.0
CALLERS_MAX = 10_000
Clock = Callable[[], float]


class Sessions:
    """The open sessions, by the hash of their token: what is kept here opens nothing."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, tuple[Caller, float]] = {}

    def begin(self, caller: Caller) -> str:
        """A new token that stands for the caller, good for LIFE_S seconds; past OPEN_MAX the oldest session ends."""
        now = self._clock()
        self._open = {key: (who, end) for key, (who, end) in list(self._open.items())[-OPEN_MAX + 1 :] if end > now}
        token = secrets.token_urlsafe(32)
        self._open[_hash(token)] = caller, now + LIFE_S
        return token

    def caller_of(self, token: str | None) -> Caller | None:
        """Who the token stands for; None where its session has not begun here or has ended."""
        caller, end = self._open.get(_hash(token), (None, -1.0)) if token is not None else (None, -1.0)
        return caller if end > self._clock() else None

    def end(self, token: str | None) -> None:
        """From now on the token opens nothing."""
        if token is not None:
            self._open.pop(_hash(token), None)


class WrongKeys:
    """Counts wrong keys by caller, so that nobody can try many."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, deque[float]] = {}

    def count(self, caller: str) -> None:
        """One more wrong key of this caller; callers heard of longest ago are forgotten past CALLERS_MAX."""
        tries = self._tries.pop(caller, deque(maxlen=WRONG_MAX))
        tries.append(self._clock())
        self._tries[caller] = tries
        if len(self._tries) > CALLERS_MAX:
            del self._tries[next(iter(self._tries))]

    def wait_s(self, caller: str) -> float:
        """Seconds until this caller may try again; 0 where it may now."""
        tries = self._tries.get(caller, deque[float]())
        return max(0.0, tries[0] + WRONG_WITHIN_S - self._clock()) if len(tries) == WRONG_MAX else 0.0


def token_of(headers: Headers) -> str | None:
    """The session's token a request carries. A request that shows a key is judged by the key alone."""
    return None if "authorization" in headers else cookie_parser(headers.get("cookie", "")).get(COOKIE)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
