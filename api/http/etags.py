"""ETags: an answer to GET bears a tag of what it says, and is not sent again to whom has it already."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = "application/json"
VARY = "accept, accept-language, authorization, cookie"


class Etags:
    """Wraps the app, within compression. Tags JSON answers with 200 that come in one piece and that a caller may keep."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Tagging(send, Headers(scope=scope)).send)


class _Tagging:
    """Holds an answer back until its one piece is there; passes on whatever is not to be tagged."""

    def __init__(self, send: Send, request_headers: Headers) -> None:
        self._send, self._if_none_match, self._by_cookie = (
            send,
            request_headers.get("if-none-match", ""),
            "cookie" in request_headers,
        )
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_tag(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        start, self._start = self._start, None
        if message.get("more_body", False):
            await self._send(start)
            await self._send(message)
            return
        await self._send_tagged(start, message)

    async def _send_tagged(self, start: Message, body: Message) -> None:
        headers = MutableHeaders(scope=start)
        tag = f'W/"{hashlib.sha256(body["body"]).hexdigest()[:32]}"'  # Weak: compression changes the bytes.
        headers["etag"] = tag
        if not self._by_cookie:  # Answers to a session are kept nowhere: the guards say so.
            headers.setdefault("cache-control", "private, no-cache")
        headers["vary"] = VARY
        if is_matched(tag, self._if_none_match):
            del headers["content-length"], headers["content-type"]
            start, body = {**start, "status": 304}, {**body, "body": b""}
        await self._send(start)
        await self._send(body)


def is_matched(tag: str, if_none_match: str) -> bool:
    """Whether a header If-None-Match names the tag, by weak comparison (RFC 9110 13.1.2).

    >>> is_matched('W/"a"', '"b", W/"a"'), is_matched('W/"a"', '"a"'), is_matched('W/"a"', "*"), is_matched('W/"a"', '"ab"')
    (True, True, True, False)
    """
    named = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in named or tag.removeprefix("W/") in named


def _may_tag(start: Message) -> bool:
    headers = Headers(scope=start)
    kind, caching = headers.get("content-type", "").partition(";")[0], headers.get("cache-control", "")
    return start["status"] == 200 and kind == JSON and "etag" not in headers and "no-store" not in caching
