"""kith-client: find parties, screen suppliers, watch them, feed records.

>>> from kith_client import Kith
>>> with Kith("https://kith.example.org", key="kith_…") as kith:  # doctest: +SKIP
...     profile = kith.parties.get("K-7Q2M9")

`Kith` and `AsyncKith` have the same calls; what goes wrong is a `KithError` (kith_client/errors.py has the tree).
"""

from kith_client.asynchronous import AsyncKith
from kith_client.errors import (
    AnswerUnreadable,
    Conflict,
    JobEnded,
    KeyNeeded,
    KithError,
    NotAllowed,
    NotAvailable,
    NotDoneInTime,
    NotFound,
    NotReached,
    NotValid,
    Problem,
    ServerTrouble,
    StreamBroken,
    TooManyRequests,
    WebhookNotGenuine,
    WrongUse,
)
from kith_client.retries import RetryRules
from kith_client.synchronous import Kith
from kith_client.webhook_signatures import WebhookMessage, verify_webhook

__all__ = [
    "AnswerUnreadable",
    "AsyncKith",
    "Conflict",
    "JobEnded",
    "KeyNeeded",
    "Kith",
    "KithError",
    "NotAllowed",
    "NotAvailable",
    "NotDoneInTime",
    "NotFound",
    "NotReached",
    "NotValid",
    "Problem",
    "RetryRules",
    "ServerTrouble",
    "StreamBroken",
    "TooManyRequests",
    "WebhookMessage",
    "WebhookNotGenuine",
    "WrongUse",
    "verify_webhook",
]
