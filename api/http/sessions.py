"""Sessions of the pages: a signed token stands for who signed in, for some hours and until the server is started anew."""

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from api.context.callers import Caller
from store.private_files import create_private

COOKIE = "kith_session"
LIFE_S = 8 * 3600
WRONG_MAX, WRONG_WITHIN_S = 10, 60.0
CALLERS_MAX = 10_000
Clock = Callable[[], float]


class EndedSessions:
    """Tokens of sessions that were ended early, by their hash. folder: shared by several workers; None for one process alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._hashes: set[str] = set()

    def add(self, token: str) -> None:
        """The token opens nothing from now on, in any worker."""
        self._hashes.add(_hash(token))
        if self._folder is not None:
            create_private(self._folder / _hash(token))

    def __contains__(self, token: str) -> bool:
        token_hash = _hash(token)
        return token_hash in self._hashes or (self._folder is not None and (self._folder / token_hash).exists())


class Sessions:
    """Sessions whose tokens say themselves what they are good for, signed with a secret that all workers of a server share.

    Nothing is kept of an open session: only those that were ended before their time.
    """

    def __init__(self, secret: bytes | None = None, ended: EndedSessions | None = None, clock: Clock = time.time) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._ended, self._clock = ended or EndedSessions(), clock

    def begin(self, caller: Caller) -> str:
        """A new token that stands for the caller, good for LIFE_S seconds."""
        content = {"id": secrets.token_urlsafe(16), "ends": self._clock() + LIFE_S, "caller": caller.model_dump(mode="json")}
        payload = urlsafe_b64encode(json.dumps(content).encode()).decode()
        return f"{payload}.{self._signature(payload)}"

    def caller_of(self, token: str | None) -> Caller | None:
        """Who the token stands for; None where its session has not begun with this server or has ended."""
        payload, _, signature = (token or "").partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(payload).encode()) or (token or "") in self._ended:
            return None
        content = json.loads(urlsafe_b64decode(payload))
        return Caller.model_validate(content["caller"]) if content["ends"] > self._clock() else None

    def end(self, token: str | None) -> None:
        """From now on the token opens nothing."""
        if token is not None and self.caller_of(token) is not None:
            self._ended.add(token)

    def _signature(self, payload: str) -> str:
        return hmac.new(self._secret, f"session {payload}".encode(), hashlib.sha256).hexdigest()


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
