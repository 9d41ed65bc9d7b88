"""One table from an error to its exit code and its HTTP status. Errors know neither."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from typing import NamedTuple

from pydantic import ValidationError

from ontology.errors import (
    CaseUnknown,
    ConsentUnknown,
    DatasetUnknown,
    EntityAmbiguous,
    EntityUnknown,
    EntryUnknown,
    GivenUp,
    JobUnknown,
    JobUnready,
    KeyEnded,
    KeyUnknown,
    KithError,
    ModelNoBetter,
    NotForPartners,
    NotForRole,
    NothingToDo,
    NotResolved,
    PropertyUnknown,
    ProviderUnreachable,
    RecordInvalid,
    RecordUnknown,
    ServerStopping,
    SignInRefused,
    SourceControlled,
    SourceUnknown,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreTrouble,
    TokenWrong,
    TooManyAtOnce,
    WatchlistUnknown,
    WebhookRefused,
    WebhookUnknown,
    WriteAnswerLost,
    WriteKeyBusy,
    WriteKeyReused,
    WrongCall,
)
from ontology.field_errors import describe_field_error

SUCCEEDED, ANSWER_IS_NO, WRONG_CALL, TROUBLE = 0, 1, 2, 3


class ErrorCodes(NamedTuple):
    """Exit code of the command and HTTP status of one kind of error."""

    exit_code: int
    status: int


TABLE: dict[type[BaseException], ErrorCodes] = {
    EntityUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    RecordUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    SourceUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    DatasetUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    PropertyUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    TokenWrong: ErrorCodes(WRONG_CALL, 403),
    RecordInvalid: ErrorCodes(WRONG_CALL, 422),
    CaseUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    ConsentUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    WatchlistUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    EntryUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    WebhookUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    WebhookRefused: ErrorCodes(WRONG_CALL, 422),
    EntityAmbiguous: ErrorCodes(WRONG_CALL, 409),
    NothingToDo: ErrorCodes(WRONG_CALL, 409),
    ModelNoBetter: ErrorCodes(WRONG_CALL, 409),
    NotForPartners: ErrorCodes(WRONG_CALL, 403),
    NotForRole: ErrorCodes(WRONG_CALL, 403),
    SignInRefused: ErrorCodes(WRONG_CALL, 401),
    ProviderUnreachable: ErrorCodes(TROUBLE, 503),
    KeyUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    KeyEnded: ErrorCodes(WRONG_CALL, 409),
    SourceControlled: ErrorCodes(WRONG_CALL, 409),
    TooManyAtOnce: ErrorCodes(WRONG_CALL, 429),
    JobUnknown: ErrorCodes(ANSWER_IS_NO, 404),
    JobUnready: ErrorCodes(WRONG_CALL, 409),
    WriteKeyReused: ErrorCodes(WRONG_CALL, 422),
    WriteKeyBusy: ErrorCodes(WRONG_CALL, 409),
    WriteAnswerLost: ErrorCodes(WRONG_CALL, 409),
    GivenUp: ErrorCodes(TROUBLE, 503),
    NotResolved: ErrorCodes(TROUBLE, 503),
    ServerStopping: ErrorCodes(TROUBLE, 503),
    WrongCall: ErrorCodes(WRONG_CALL, 400),
    StoreBusy: ErrorCodes(TROUBLE, 503),
    StoreFull: ErrorCodes(TROUBLE, 507),
    StoreReadOnly: ErrorCodes(TROUBLE, 503),
    StoreTrouble: ErrorCodes(TROUBLE, 503),
    KithError: ErrorCodes(TROUBLE, 500),
}


PROBLEM_TYPE = "urn:kith:problem:"
STATUS_TYPES = {
    400: "bad-request",
    401: "key-needed",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "body-incomplete",
    413: "body-too-large",
    415: "not-json",
    421: "wrong-host",
    422: "invalid-request",
    429: "too-many-requests",
    500: "unexpected",
    503: "not-in-time",
}
"""Problems that are none of an error of ours: refused before a route was reached, or by the router itself."""


def status_type(status: int) -> str:
    """The stable `type` of a problem of which only the HTTP status is known."""
    return PROBLEM_TYPE + STATUS_TYPES.get(status, f"status-{status}")


def codes_of(error: KithError | type[KithError]) -> ErrorCodes:
    """Exit code and HTTP status of an error, or of its kind: the table's entry for its nearest class."""
    kinds = error.__mro__ if isinstance(error, type) else type(error).__mro__
    return next(TABLE[kind] for kind in kinds if kind in TABLE)


def problem(error: KithError, request_id: str | None = None) -> dict[str, object]:
    """RFC 9457 problem object: `type` is stable, the facts stand beside it under their own names."""
    body: dict[str, object] = {
        "type": f"{PROBLEM_TYPE}{slug(type(error).__name__)}",
        "title": error.title,
        "status": codes_of(error).status,
        "detail": without_personal_ids(str(error)),
        "remedy": without_personal_ids(error.remedy) if error.remedy else None,
        "request_id": request_id,
    }
    facts: dict[str, object] = {
        name: fact if isinstance(fact, int | float) else without_personal_ids(str(fact)) for name, fact in error.facts.items()
    }
    if isinstance(error, EntityAmbiguous):
        facts["choices"] = [{"id": id_, "name": name, "place": place} for id_, name, place in error.choices]
    return {name: value for name, value in {**facts, **body}.items() if value is not None}


def without_personal_ids(text: str) -> str:
    """A text that may quote what somebody typed, resident ids in it masked."""
    from ontology.personal_ids import mask  # Only where something went wrong: a command starts without its patterns.

    return mask(text)


def slug(name: str) -> str:
    """`EntityUnknown` -> `entity-unknown`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


@contextmanager
def refusals() -> Iterator[None]:
    """Around a model that is made of what a caller gave: what it refuses is a wrong call, which repeats no value."""
    try:
        yield
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise WrongCall(field=field, problem=describe_field_error(first), remedy="See --help for what it may be.") from None


def from_damage(cause: Exception) -> KithError | None:
    """What the store handed out and no model of ours takes, as an error of ours; None for anything else.

    What callers give is checked where it comes in: what fails here was kept so. Only the model is named, the rest is data.
    """
    if isinstance(cause, ValidationError):
        return StoreDamaged(problem=f"what is kept of a {cause.title} is none")
    return StoreDamaged(problem="what is kept is no JSON") if isinstance(cause, JSONDecodeError) else None


def from_disk(error: OSError) -> KithError:
    """What the disk refused, as an error of ours: full is trouble (3), anything else a wrong call (2)."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(file=error.filename)
    return WrongCall(file=error.filename, reason=error.strerror, remedy="Check the path and whether you may use it.")
