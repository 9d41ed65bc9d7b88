"""Pages of other addresses that the operator names may ask, with a key in the header as any program; never with a cookie."""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
REQUEST_HEADERS = ", ".join(
    [
        "authorization",
        "content-type",
        "accept",
        "accept-language",
        "if-none-match",
        "idempotency-key",
        "kith-purpose",
        "last-event-id",
        "x-request-id",
    ]
)
ANSWER_HEADERS = "etag, link, location, retry-after, ratelimit, ratelimit-policy, x-request-id, content-disposition"
PREFLIGHT_AGE_S = "600"


class Cors:
    """Wraps everything else. A page elsewhere that is not named is told nothing: its browser keeps the answer from it.

    Credentials are never allowed, so the session of a page of our own stays out of reach; the guards refuse what shows no key
    (docs/decisions/0053).
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app, self._origins = app, frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin", "")
        if origin not in self._origins:
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _answer_preflight(send, origin)
        else:
            await self._app(scope, receive, _allowing(send, origin))


def _allowing(send: Send, origin: str) -> Send:
    async def send_allowed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["access-control-allow-origin"] = origin
            headers["access-control-expose-headers"] = ANSWER_HEADERS
            headers.add_vary_header("origin")
        await send(message)

    return send_allowed


async def _answer_preflight(send: Send, origin: str) -> None:
    headers = {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": REQUEST_HEADERS,
        "access-control-max-age": PREFLIGHT_AGE_S,
        "vary": "origin",
        "content-length": "0",
    }
    encoded = [(name.encode(), text.encode()) for name, text in headers.items()]
    await send({"type": "http.response.start", "status": 204, "headers": encoded})
    await send({"type": "http.response.body", "body": b""})
