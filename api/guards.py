"""What stands between a caller and the routes: request id, size, time, key, and the headers of every answer."""

import asyncio
import json
import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.sessions import Sessions, is_from_own_page, token_of
from api.settings import Settings

OPEN = ("/healthz", "/readyz")
SESSION = "/v1/session"
KEY_NEEDED = (401, "A key is needed", "Send `Authorization: Bearer <KITH_API_KEY>`, or sign in on the pages.")
FOREIGN = (403, "Not from this page", "A session writes only from a page of this very address, and as JSON; or show the key.")
Refusal = tuple[int, str, str]
SECURITY = {
    "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Guards:
    """Wraps the app; refuses with problem+json before any route is reached."""

    def __init__(self, app: ASGIApp, settings: Settings, sessions: Sessions) -> None:
        self._app, self._settings, self._sessions = app, settings, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        by_cookie = self._sessions.is_open(token_of(headers))
        answer = _Answer(send, request_id, {"cache-control": "no-store"} if by_cookie else {})
        scope["state"]["partner"] = self._settings.partner_of(headers.get("authorization", ""))
        if refused := self._refused(scope, headers, by_cookie=by_cookie):
            await answer.problem(*refused)
            return
        await self._within_limits(scope, receive, answer)

    def _refused(self, scope: Scope, headers: Headers, *, by_cookie: bool) -> Refusal | None:
        path = scope["path"]
        if self._settings.api_key is None:
            # Without a key only this machine may ask: a page elsewhere that points its own name at 127.0.0.1 is refused.
            host = re.sub(r":\d+$", "", headers.get("host", ""))
            return None if host in LOOPBACK else (421, "Wrong host", "Without KITH_API_KEY only localhost is answered.")
        if not path.startswith(("/v1", "/openapi")) or path in OPEN:
            return None
        if by_cookie or path == SESSION:
            return None if is_from_own_page(scope["method"], path, headers) else FOREIGN
        right = scope["state"]["partner"] is not None or self._settings.is_operator(headers.get("authorization", ""))
        return None if right else KEY_NEEDED

    async def _within_limits(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        body = _Body(receive, self._settings.body_bytes_max, answer)
        try:
            await asyncio.wait_for(self._app(scope, body.receive, answer.send), self._settings.request_timeout_s)
        except _BodyTooLarge:
            return
        except TimeoutError:
            await answer.problem(503, "This took too long", f"Stopped after {self._settings.request_timeout_s:g} seconds.")


class _BodyTooLarge(Exception):
    pass


class _Answer:
    """Sends once: the app's answer with our headers, or a problem where nothing was sent yet."""

    def __init__(self, send: Send, request_id: str, more: dict[str, str]) -> None:
        self._send, self._request_id, self._more = send, request_id, more
        self._begun = self._closed = False

    async def send(self, message: Message) -> None:
        """Pass on what the app sends, unless a problem was sent in its place."""
        if self._closed:
            return
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableHeaders(scope=message)
            for name, value in (("x-request-id", self._request_id), *SECURITY.items(), *self._more.items()):
                headers.setdefault(name, value)
        await self._send(message)

    async def problem(self, status: int, title: str, detail: str) -> None:
        """Answer with a problem, and let the app say nothing more."""
        if self._begun:
            return
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": self._request_id}
        headers = [(b"content-type", b"application/problem+json")]
        headers += [(b"www-authenticate", b"Bearer")] if status == 401 else []
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": json.dumps(body).encode()})
        self._closed = True


class _Body:
    """The request's body, read up to a limit."""

    def __init__(self, receive: Receive, bytes_max: int, answer: _Answer) -> None:
        self._receive, self._bytes_max, self._answer = receive, bytes_max, answer
        self._read = 0

    async def receive(self) -> Message:
        """The next piece; past the limit the caller is told at once and the reading ends."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._bytes_max:
            await self._answer.problem(413, "The body is too large", f"At most {self._bytes_max} bytes.")
            raise _BodyTooLarge
        return message


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if 8 <= len(given) <= 64 and given.replace("-", "").isalnum() and given.isascii() else uuid.uuid4().hex
