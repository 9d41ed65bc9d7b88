"""Where a request comes from: a page of this very address, a page of another one, or a program; and what each may do.

The one guard of every write, asked before any route is reached (docs/decisions/0053).
"""

import hashlib
import hmac
import ipaddress
import re
import secrets
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from api.errors import status_type
from api.http.access_rules import access_rules
from api.http.sessions import token_of

SAFE = ("GET", "HEAD", "OPTIONS")
SESSION = "/v1/session"
CALLBACK = "/v1/session/oidc/callback"
"""Where an identity provider sends the browser back to: a page of another address is behind it, and the state guards it."""
TOKEN_HEADER = "x-kith-token"  # noqa: S105
JSON_TYPES = ("application/json", "application/x-ndjson", "application/ndjson")
FORM, JOBS = "multipart/form-data", "/v1/jobs"
FORM_PATHS = ("/v1/screenings", JOBS)
"""Lists of suppliers, of which nothing is written, and the files of jobs. A page of another address that sends one is refused by
its Origin, as with every write."""
URL_FORM, URL_FORM_PATHS = "application/x-www-form-urlencoded", re.compile(r"/reconcile/[^/]+")
"""Programs for tables send their rows so, and nothing of them is written."""
LOOPBACK_HOST = re.compile(r"(localhost|\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.IGNORECASE)


class Refusal(NamedTuple):
    """Why a request is not let through, as a problem."""

    status: int
    title: str
    detail: str
    type: str = ""

    def problem(self) -> dict[str, object]:
        """The problem's body, with the stable type of its status where it has none of its own."""
        return self._asdict() | {"type": self.type or status_type(self.status)}


FOREIGN = Refusal(
    403,
    "Not from this page",
    "Pages of another address are not answered, and nothing is written for them; programs show the key.",
    "urn:kith:problem:not-from-this-page",
)
NO_TOKEN = Refusal(
    403, "The page is of an earlier start", "Load it again: GET /v1/session tells its token.", "urn:kith:problem:page-token"
)
WRONG_TYPE = Refusal(
    415,
    "This is not JSON",
    "Send Content-Type: application/json, or application/x-ndjson for lines; files may come as multipart/form-data.",
    "urn:kith:problem:not-json",
)


class PageTokens:
    """What pages show with every write: made anew with each start of the server, and another for every session.

    secret: shared by all workers of the server; left out: this process's own.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def of(self, session: str | None) -> str:
        """The token of pages of this session, or of those without one; only a page of this very address can read it."""
        return hmac.new(self._secret, f"page {session or ''}".encode(), hashlib.sha256).hexdigest()

    def is_shown(self, headers: Headers) -> bool:
        """Whether the request shows it."""
        return hmac.compare_digest(self.of(token_of(headers)).encode(), headers.get(TOKEN_HEADER, "").encode())


def refusal_of(method: str, path: str, headers: Headers, *, by_cookie: bool, tokens: PageTokens) -> Refusal | None:
    """Why this request of a caller without a key of the header is refused, None where it may pass.

    A browser sends Origin with every write, and Sec-Fetch-Site wherever nobody can listen in between: who sends neither, and no
    session, is a program on this machine.
    """
    foreign = is_foreign(headers)
    if method in SAFE:
        return FOREIGN if foreign and access_rules().is_api(path) and path != CALLBACK else None
    if foreign:
        return FOREIGN
    if by_cookie or path == SESSION or is_of_page(headers):
        if not is_same_origin(headers):
            return FOREIGN
        if not tokens.is_shown(headers):
            return NO_TOKEN
    return None if is_accepted(path, headers) else WRONG_TYPE


def is_of_page(headers: Headers) -> bool:
    """Whether a browser sent it on behalf of some page."""
    return "origin" in headers or any(name.startswith("sec-fetch-") for name in headers)


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another address is behind it. `none` is the person: an address typed in, a bookmark."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return "origin" in headers and not is_same_origin(headers)


def is_same_origin(headers: Headers) -> bool:
    """Whether a page of this very address is known to be behind it."""
    site = headers.get("sec-fetch-site")  # browsers leave it out on plain http to another machine
    if site is not None:
        return site == "same-origin"
    try:
        return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "") != ""
    except ValueError:
        return False


def is_accepted(path: str, headers: Headers) -> bool:
    """Whether the body is of a kind that no form, and no page that did not ask before, can send; or there is none."""
    if not has_body(headers):
        return True
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_form = (kind == FORM and path in FORM_PATHS) or (kind == URL_FORM and URL_FORM_PATHS.fullmatch(path) is not None)
    return kind in JSON_TYPES or is_form


def has_body(headers: Headers) -> bool:
    """Whether a body comes behind these headers."""
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def is_loopback_host(host: str) -> bool:
    """Whether a Host header names this machine by a name that nobody else can point here.

    >>> [is_loopback_host(host) for host in ("localhost:8000", "127.8.8.8", "[::1]:8000", "evil.example", "127.0.0.1.evil.org")]
    [True, True, True, False, False]
    """
    host_match = LOOPBACK_HOST.fullmatch(host)
    if host_match is None:
        return False
    name = host_match[1].strip("[]").lower()
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
