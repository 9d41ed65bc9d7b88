"""Everything that may go wrong.

KithError
├── NotReached            no answer came: refused, broken off, or not in time
│   └── StreamBroken      an answer came in part
├── Problem               the server said no, with a status of 400 or more
│   ├── KeyNeeded         401
│   ├── NotAllowed        403
│   ├── NotFound          404
│   ├── Conflict          409
│   ├── NotValid          400, 408, 413, 415, 422
│   ├── TooManyRequests   429
│   └── ServerTrouble     500 and above; NotAvailable is 503
├── AnswerUnreadable      an answer that is not of the shape the API promises
├── JobEnded              a job failed or was cancelled
├── NotDoneInTime         a job that was waited for goes on
├── WebhookNotGenuine     a message whose signature does not hold
└── WrongUse              a call that cannot be sent as it is
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx

PROBLEM_PREFIX = "urn:kith:problem:"
OWN_FIELDS = ("type", "title", "status", "detail", "remedy", "request_id")


class KithError(Exception):
    """What kith-client raises."""


class NotReached(KithError):
    """No answer came."""


class StreamBroken(NotReached):
    """An answer broke off in the middle. lines: how many came whole."""

    def __init__(self, message: str, *, lines: int) -> None:
        super().__init__(message)
        self.lines = lines


class AnswerUnreadable(KithError):
    """The answer is not of the shape that the API promises: the address may be another program's."""


class WebhookNotGenuine(KithError):
    """A message that the holder of the secret did not send, or not lately."""


class WrongUse(KithError):
    """A call that cannot be sent as it is."""


class NotDoneInTime(KithError):
    """The job goes on; wait again, or cancel it."""


class JobEnded(KithError):
    """A job failed or was cancelled. problem: why, as the server says it; empty where it was cancelled."""

    def __init__(self, job_id: str, state: str, problem: Mapping[str, Any] | None) -> None:
        self.job_id, self.state, self.problem = job_id, state, dict(problem or {})
        words = [str(self.problem[field]) for field in ("title", "detail") if self.problem.get(field)]
        super().__init__(f"Job {job_id} {state}" + (f": {'. '.join(words)}" if words else ""))


class Problem(KithError):
    """The server said no.

    status:     HTTP status.
    type:       stable word for what is wrong, such as `entity-unknown`; branch on it, never on the texts.
    title, detail, remedy: for people.
    facts:      further fields under their own names, such as `choices` of an ambiguous name.
    request_id: name it where you ask an operator.
    retry_after_s: seconds until it is worth another try; None where the server does not say.
    """

    def __init__(self, status: int, body: Mapping[str, Any], *, request_id: str | None, retry_after_s: float | None) -> None:
        self.status = status
        self.type = str(body.get("type") or f"status-{status}").removeprefix(PROBLEM_PREFIX)
        self.title = str(body.get("title") or f"Status {status}")
        self.detail = _text(body.get("detail"))
        self.remedy = _text(body.get("remedy"))
        self.request_id = body.get("request_id") or request_id
        self.facts = {name: value for name, value in body.items() if name not in OWN_FIELDS}
        self.retry_after_s = retry_after_s
        super().__init__(self._message())

    def _message(self) -> str:
        repeats = bool(self.detail and self.detail.startswith(self.title))
        words = [
            f"{self.detail if repeats else self.title} ({self.status} {self.type})",
            None if repeats else self.detail,
            self.remedy,
        ]
        return " ".join(word for word in words if word) + (f" [request {self.request_id}]" if self.request_id else "")


class KeyNeeded(Problem):
    """No key was shown, or one that opens nothing."""


class NotAllowed(Problem):
    """The key may not do this, not for this purpose, or not without consent."""


class NotFound(Problem):
    """There is no such thing."""


class Conflict(Problem):
    """It does not fit the state of things: a name that means several parties, say; `facts["choices"]` lists them."""


class NotValid(Problem):
    """The request is not one that the API takes; `facts["field"]` names the field where there is one."""


class TooManyRequests(Problem):
    """The limit of the key is used up, or too much is at work."""


class ServerTrouble(Problem):
    """The server failed. Name the request id to its operator."""


class NotAvailable(ServerTrouble):
    """The server is not ready, or did not answer in its time."""


KINDS: dict[int, type[Problem]] = {
    401: KeyNeeded,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
    503: NotAvailable,
} | dict.fromkeys((400, 408, 413, 415, 422), NotValid)


def problem_of(response: httpx.Response, *, retry_after_s: float | None) -> Problem:
    """The exception for an answer of 400 and above, whose body was read."""
    try:
        body = json.loads(response.content)
    except ValueError:
        body = {}
    kind = KINDS.get(response.status_code, ServerTrouble if response.status_code >= 500 else Problem)
    fields = body if isinstance(body, dict) else {"detail": body}
    return kind(response.status_code, fields, request_id=response.headers.get("x-request-id"), retry_after_s=retry_after_s)


def _text(value: object) -> str | None:
    """A text for people: the contract's routes give a list of what is wrong instead."""
    if isinstance(value, list):
        return "; ".join(_error_text(error) for error in value)
    return None if value is None else str(value)


def _error_text(error: object) -> str:
    if not isinstance(error, dict):
        return str(error)
    place = ".".join(str(part) for part in error.get("loc", ()))
    return f"{place}: {error.get('msg', '')}" if place else str(error.get("msg", error))
