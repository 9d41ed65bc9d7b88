"""What stands between a caller and the routes: request id, origin, size, time, key, and the headers of every answer."""

import asyncio
import json
import logging
import time
import traceback
import uuid
from pathlib import PurePath

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.context.callers import CALLER, LOCAL, OPERATOR, READ_PARTIES, Caller
from api.http.access import party_parameter, stated_purpose
from api.http.access_rules import access_rules, route_template
from api.http.deadlines import DEADLINE, Deadline
from api.http.known_callers import KEY_NEEDED, TOO_FAST, Identified, KnownCallers
from api.http.origins import FORM, JOBS, PageTokens, Refusal, has_body, is_loopback_host, refusal_of
from api.http.rate_limits import RateLimits, limit_of
from api.keys.readers_log import ReadersLog
from api.settings import Settings
from api.telemetry.tracing import trace_id
from api.text.log import REQUEST_ID
from api.wiring import now_of

LOG = logging.getLogger("kith.api")
WRONG_HOST = Refusal(421, "Wrong host", "Without KITH_API_KEY only localhost is answered.")
UNEXPECTED = Refusal(500, "Something went wrong", "The program failed; the log names the request.", "urn:kith:problem:unexpected")
SECURITY = {
    "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
UNREAD = (408, 413)  # The rest of the body is not wanted: the connection ends with the answer.


class Guards:
    """Wraps the app; refuses with problem+json before any route is reached."""

    def __init__(
        self, app: ASGIApp, settings: Settings, callers: KnownCallers, tokens: PageTokens, readers_log: ReadersLog
    ) -> None:
        self._app, self._settings, self._callers, self._tokens = app, settings, callers, tokens
        self._readers_log, self._rate_limits = readers_log, RateLimits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        REQUEST_ID.set(request_id)
        DEADLINE.set(None)  # Of a request before, where a caller in this process asks several in one task.
        started = time.perf_counter()
        answer = _Answer(send, request_id)
        try:
            await self._answer(scope, receive, answer, headers)
        finally:
            took_ms = 1000 * (time.perf_counter() - started)
            route, status = route_template(scope), answer.status or "broken off"
            fields = {"method": scope["method"], "route": route, "status": answer.status, "ms": round(took_ms, 1)}
            fields |= {"key": scope["state"].get("key_id"), "trace": trace_id()}
            LOG.info("%s %s %s in %.0f ms", scope["method"], route, status, took_ms, extra={"fields": fields})

    async def _answer(self, scope: Scope, receive: Receive, answer: "_Answer", headers: Headers) -> None:
        address = (scope.get("client") or ("",))[0]
        identified = await self._identified(headers, address)
        if isinstance(identified, Refusal):
            await answer.problem(identified)
            return
        caller = scope["state"]["caller"] = identified.caller
        scope["state"]["partner"], scope["state"]["key_id"] = (caller.partner, caller.key_id) if caller else (None, None)
        answer.extra_headers |= {"cache-control": "no-store"} if identified.by_cookie else {}
        if refusal := self._refusal(scope, headers, identified) or self._over_limit(caller, answer):
            await answer.problem(refusal)
            return
        CALLER.set(caller.key_id if caller and identified.by_key and caller is not OPERATOR else address)
        READ_PARTIES.set(set())
        await self._within_limits(scope, receive, answer)
        if caller is not None and (answer.status == 304 or 200 <= (answer.status or 500) < 300):
            self._note_reads(scope, caller)

    async def _identified(self, headers: Headers, address: str) -> Identified | Refusal:
        # Without a key only this machine may ask: a page elsewhere that points its own name at 127.0.0.1 is refused.
        if self._settings.api_key is None and not is_loopback_host(headers.get("host", "")):
            return WRONG_HOST
        return await self._callers.identify(headers, address)

    def _refusal(self, scope: Scope, headers: Headers, identified: Identified) -> Refusal | None:
        if identified.by_key:
            return None  # No page of another address can send this header: the browser would ask first, and is never answered.
        if identified.caller is None and access_rules().needs_key(scope["path"]):
            return KEY_NEEDED
        return refusal_of(scope["method"], scope["path"], headers, by_cookie=identified.by_cookie, tokens=self._tokens)

    def _over_limit(self, caller: Caller | None, answer: "_Answer") -> Refusal | None:
        per_minute = limit_of(caller, self._settings.requests_per_minute)
        if caller is None or not per_minute:
            return None
        quota = self._rate_limits.take(caller.key_id, per_minute)
        answer.extra_headers.update(quota.headers)
        return TOO_FAST if quota.wait_s else None

    def _note_reads(self, scope: Scope, caller: Caller) -> None:
        """Keep in mind which parties the answer showed: that of the path, and those the answer named."""
        template = route_template(scope)
        party = party_parameter(template, scope.get("path_params", {}))
        entity_ids = (READ_PARTIES.get() or set()) | ({party} if party else set())
        if entity_ids and caller is not LOCAL:
            purpose, partner = stated_purpose(scope), scope["state"].get("read_for") or caller.partner or ""
            now = now_of(self._settings)
            self._readers_log.note_reads(caller, entity_ids, route=template, partner=partner, purpose=purpose, now=now)

    async def _within_limits(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        """The app's answer within its time. What has begun to be kept by then is waited for and told; nothing else is kept."""
        body = _Body(receive, _bytes_max(scope, self._settings), answer, arrived=not has_body(Headers(scope=scope)))
        deadline = Deadline()
        DEADLINE.set(deadline)
        work = asyncio.ensure_future(self._run_app(scope, body, answer))
        try:
            finished, _ = await asyncio.wait({work}, timeout=self._settings.request_timeout_s)
            if not finished and deadline.give_up():
                await answer.problem(_late(self._settings.request_timeout_s, body_arrived=body.arrived))
                work.cancel()
            await asyncio.wait({work})
        finally:
            deadline.give_up()  # Also where the server ends before the answer: what its thread still does is not kept.
            work.cancel()

    async def _run_app(self, scope: Scope, body: "_Body", answer: "_Answer") -> None:
        try:
            await self._app(scope, body.receive, answer.send)
        except _BodyTooLarge:
            return
        except Exception as error:
            # Where and which kind only: a message, and a traceback's last line, may carry a name or an id from the data.
            LOG.error("request %s failed with %s at %s", scope["state"]["request_id"], type(error).__name__, place_of(error))
            await answer.problem(UNEXPECTED)


def place_of(error: BaseException) -> str:
    """Where it was raised, innermost first: file and line of up to four frames."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _bytes_max(scope: Scope, settings: Settings) -> int:
    """Bytes that a body may have: files of jobs are written to disk piece by piece, everything else is held in memory."""
    is_upload = scope["path"] == JOBS and Headers(scope=scope).get("content-type", "").lower().startswith(FORM)
    return settings.upload_bytes_max if is_upload else settings.body_bytes_max


def _late(limit_s: float, *, body_arrived: bool) -> Refusal:
    if body_arrived:
        return Refusal(503, "This took too long", f"Stopped after {limit_s:g} seconds; nothing of it was kept.")
    return Refusal(408, "The request did not come whole", f"Its body was waited for {limit_s:g} seconds.")


class _BodyTooLarge(Exception):
    pass


class _Answer:
    """Sends once: the app's answer with our headers, or a problem where nothing was sent yet."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send, self._request_id = send, request_id
        self._begun = self._closed = False
        self.status: int | None = None
        self.extra_headers: dict[str, str] = {}

    async def send(self, message: Message) -> None:
        """Pass on what the app sends, unless a problem was sent in its place."""
        if self._closed:
            return
        if message["type"] == "http.response.start":
            self._begun, self.status = True, message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in {"x-request-id": self._request_id, **SECURITY, **self.extra_headers}.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def problem(self, refusal: Refusal) -> None:
        """Answer with a problem, and let the app say nothing more."""
        if self._begun:
            self._closed = True
            return
        body = json.dumps(refusal.problem() | {"request_id": self._request_id}).encode()
        headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
        headers += [(b"www-authenticate", b"Bearer")] if refusal.status == 401 else []
        headers += [(b"connection", b"close")] if refusal.status in UNREAD else []
        await self.send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})
        self._closed = True


class _Body:
    """The request's body, read up to a limit."""

    def __init__(self, receive: Receive, bytes_max: int, answer: _Answer, *, arrived: bool) -> None:
        self._receive, self._bytes_max, self._answer = receive, bytes_max, answer
        self._read = 0
        self.arrived = arrived

    async def receive(self) -> Message:
        """The next piece; past the limit the caller is told at once and the reading ends."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        self.arrived = not message.get("more_body", False)
        if self._read > self._bytes_max:
            await self._answer.problem(Refusal(413, "The body is too large", f"At most {self._bytes_max} bytes."))
            raise _BodyTooLarge
        return message


def _request_id(headers: Headers) -> str:
    sent_id = headers.get("x-request-id", "")
    return sent_id if 8 <= len(sent_id) <= 64 and sent_id.replace("-", "").isalnum() and sent_id.isascii() else uuid.uuid4().hex
