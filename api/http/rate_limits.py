"""How many requests a key may send: a bucket of tokens for each key, in this process."""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

from api.context.callers import Caller

WINDOW_S = 60
KEYS_MAX = 10_000
Clock = Callable[[], float]


class Quota(NamedTuple):
    """What is left to a key. wait_s: seconds until the next request is let through, 0 where this one is."""

    per_minute: int
    remaining: int
    full_in_s: int
    wait_s: float

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has them; Retry-After where the request is refused."""
        fields = {
            "ratelimit-policy": f'"default";q={self.per_minute};w={WINDOW_S}',
            "ratelimit": f'"default";r={self.remaining};t={self.full_in_s}',
        }
        return fields | ({"retry-after": str(math.ceil(self.wait_s))} if self.wait_s else {})


class RateLimits:
    """The buckets: each holds a minute's requests and fills evenly."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key_id: str, per_minute: int) -> Quota:
        """Take one request from the bucket of a key."""
        now = self._clock()
        tokens, since = self._buckets.pop(key_id, (float(per_minute), now))
        tokens = min(float(per_minute), tokens + (now - since) * per_minute / WINDOW_S)
        granted = tokens >= 1
        tokens -= granted
        self._buckets[key_id] = tokens, now
        if len(self._buckets) > KEYS_MAX:
            del self._buckets[next(iter(self._buckets))]
        per_s = per_minute / WINDOW_S
        return Quota(per_minute, int(tokens), math.ceil((per_minute - tokens) / per_s), 0.0 if granted else (1 - tokens) / per_s)


def limit_of(caller: Caller | None, usual: int) -> int:
    """Requests a minute of this caller; 0 for none: the operator's own key and this machine are not limited."""
    if caller is None or caller.key_id in ("operator", "local"):
        return 0
    return caller.requests_per_minute or usual
