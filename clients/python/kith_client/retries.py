"""When a call is sent again, and how long before."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

WORTH_ANOTHER_TRY = (429, 503)
IN_DOUBT = (502, 504)
"""Of a proxy between: the server may have carried the call out."""


@dataclass(frozen=True)
class RetryRules:
    """How often and how long.

    tries:   how often a call is sent at most; 1 for never again.
    first_s: seconds before the second try, at most; each later wait is at most twice as long as the one before.
    most_s:  longest wait. A server that asks for a longer one (Retry-After) is not waited for: its problem is raised.
    jitter:  a number in 0..1, new at each call; waits are spread by it, so that many clients do not come back at once.
    """

    tries: int = 5
    first_s: float = 0.5
    most_s: float = 60.0
    jitter: Callable[[], float] = random.random

    def wait_s(self, tries_done: int, *, retry_after_s: float | None) -> float | None:
        """Seconds before the next try, after `tries_done` of them; None where there is none.

        >>> RetryRules(jitter=lambda: 1.0).wait_s(3, retry_after_s=None)
        2.0
        """
        if tries_done >= self.tries or (retry_after_s or 0) > self.most_s:
            return None
        back_off_s: float = min(self.most_s, self.first_s * 2 ** (tries_done - 1))
        return (retry_after_s or 0) + back_off_s * self.jitter()


def retry_after_s(headers: Mapping[str, str], *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds that the server asks to wait, as number or as day and time; None where it does not say."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now()).total_seconds())
