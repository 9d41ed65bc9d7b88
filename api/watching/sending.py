"""One try of one message to one receiver: bounded in time and size, to the address that was looked at, and nowhere else."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

import httpcore
import httpx
from pydantic import BaseModel, ConfigDict, Field

from ontology.documents import read_yaml
from ontology.errors import WebhookRefused
from resolution.sources.guarded_network import BoundedNetwork, GuardedNetwork, is_public, use_network

HTTP_GONE = 410
PROBLEMS: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "no connection in time"),
    (httpx.ConnectError, "no connection, or an address that is not public"),
    (httpx.TimeoutException, "no answer in time"),
    (httpcore.TimeoutException, "no answer in time"),
    (httpx.RemoteProtocolError, "the connection ended before the answer"),
    (httpx.HTTPError, "the connection failed"),
    (httpcore.NetworkError, "the connection failed"),
    (httpcore.ProtocolError, "the connection ended before the answer"),
    (httpx.InvalidURL, "no address"),
)
"""What went wrong, in words of ours: a library's may hold names of machines within."""


class RetryRules(BaseModel):
    """The figures of retries.yaml; times in seconds."""

    model_config = ConfigDict(frozen=True)
    version: str
    source: str
    after_s: tuple[float, ...] = Field(min_length=1)
    jitter: float = Field(ge=0.0, lt=1.0)
    retry_after_max_s: float
    timeout_s: float
    answer_bytes_max: int


@cache
def retry_rules() -> RetryRules:
    """The figures, read once."""
    return RetryRules.model_validate(read_yaml(files("api.watching").joinpath("retries.yaml").read_text("utf-8")))


@dataclass(frozen=True)
class Answer:
    """What a receiver answered. status: None where nothing came; problem: None where it took the message."""

    status: int | None = None
    problem: str | None = None
    retry_after_s: float = 0.0
    took_ms: int = 0

    @property
    def ends_subscription(self) -> bool:
        """Whether the receiver wants nothing more, ever."""
        return self.status == HTTP_GONE


def check_url(url: str, *, allow_private: bool) -> str:
    """The address, where messages may be sent there. Raises WebhookRefused; names are looked up when they are asked."""
    schemes = ("https", "http") if allow_private else ("https",)
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise WebhookRefused(field="url", problem="no address", remedy="Write https://host/path.") from None
    if parsed.scheme not in schemes or not parsed.host:
        raise WebhookRefused(field="url", problem=f"not an address of {' or '.join(schemes)}", remedy="Write https://host/path.")
    if parsed.userinfo or parsed.fragment:
        problem, remedy = "a name, a password or a fragment in it", "Leave them out: events are signed."
        raise WebhookRefused(field="url", problem=problem, remedy=remedy)
    if not allow_private and is_within(parsed.host):
        raise WebhookRefused(field="url", problem="an address of a private network", remedy="Name a host of the public network.")
    return str(parsed)


def is_within(host: str) -> bool:
    """Whether a host is plainly one of this machine or a private network; any other name is looked up when it is asked.

    >>> is_within("127.0.0.1"), is_within("localhost"), is_within("93.184.216.34"), is_within("erp.example.org")
    (True, True, False, False)
    """
    try:
        return not is_public(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def send(url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool, timeout_s: float | None = None) -> Answer:
    """Post a message once. Redirects are not followed, no proxy is asked, and of the answer little is read."""
    rules = retry_rules()
    began = time.monotonic()
    try:
        with _client(timeout_s or rules.timeout_s, allow_private=allow_private) as client:
            content = {"content-type": "application/json", "user-agent": "kith", **headers}
            with client.stream("POST", url, content=body, headers=content) as answer:
                status, retry_after = answer.status_code, answer.headers.get("retry-after", "")
                _read_some(answer, rules.answer_bytes_max)
    except tuple(kind for kind, _ in PROBLEMS) as error:
        return Answer(problem=_problem_of(error), took_ms=_since(began))
    problem = None if 200 <= status < 300 else f"answered {status}"
    return Answer(status, problem, seconds_of(retry_after, rules.retry_after_max_s), _since(began))


def seconds_of(retry_after: str, limit_s: float) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0 where it asks for none.

    >>> seconds_of("120", 60.0), seconds_of("soon", 60.0)
    (60.0, 0.0)
    """
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), limit_s)
    try:
        return min(max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time()), limit_s)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _client(timeout_s: float, *, allow_private: bool) -> httpx.Client:
    client = httpx.Client(follow_redirects=False, trust_env=False, timeout=timeout_s)
    network = httpcore.SyncBackend() if allow_private else GuardedNetwork()
    return use_network(client, BoundedNetwork(network, timeout_s))


def _read_some(answer: httpx.Response, bytes_max: int) -> None:
    """So that a receiver that waits for its answer to be read is not cut off; the rest of a long one is left."""
    for _ in answer.iter_raw(bytes_max):
        if answer.num_bytes_downloaded >= bytes_max:
            return


def _problem_of(error: Exception) -> str:
    return next(words for kind, words in PROBLEMS if isinstance(error, kind))


def _since(began: float) -> int:
    return round(1000 * (time.monotonic() - began))
