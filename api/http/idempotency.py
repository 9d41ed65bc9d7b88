"""A write that is sent again under the same Idempotency-Key is done once, and answered as it was (docs/decisions/0092).

The key is taken down beside the store before the call begins, and the answer before it is sent. Each transaction of the call
marks the key within itself: where the server ends between a commit and its answer, the next call with the key learns that.
After draft-ietf-httpapi-idempotency-key-header.
"""

import asyncio
import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import codes_of, problem
from api.http.deadlines import WRITE_KEY, WriteKey
from ontology.errors import KithError, WriteAnswerLost, WriteKeyBusy, WriteKeyReused, WrongCall
from store.port import Row, Store

HEADER = "idempotency-key"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WRITES_NOTHING = frozenset({"/v1/screenings", "/v1/search/phone", "/v1/session"})
"""Unsafe routes without the key: a check of a list or a look-up keeps nothing, and a session's cookie is never given twice."""
KEY = re.compile(r'"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255})')
LIFE_S = 24 * 3600.0
GRACE_S = 30.0  # Beyond the time of a request: then nobody is at work on it any more.
ANSWER_BYTES_MAX = 2_000_000  # A longer answer is not kept; the second call is told that the first was carried out.
FORGET_EVERY_S = 600.0
KEPT_HEADERS = ("content-type", "location", "etag", "content-disposition", "content-language")
AT_WORK, ANSWERED = "at_work", "answered"
WRITE_KEY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "A value of your own for this write, a UUID say. The same request sent again under it within 24 hours is "
    "not done again: it gets the first answer, with `Idempotency-Replayed: true`. Another request under it is 422; one whose "
    "first is still at work is 409.",
    "example": "5f0c2a90-8c7e-4d1b-9f65-2f8a4f6f1c11",
}


def takes_key(method: str, path: str) -> bool:
    """Whether a key of this route's calls is heeded: every write of the API, unless it is known to write nothing."""
    return method in UNSAFE and path.startswith("/v1/") and path not in WRITES_NOTHING


@dataclass
class WriteKeys:
    """The keys of a store. Threads may share it. lease_s: seconds that a call may take."""

    store: Store
    clock: Callable[[], datetime]
    lease_s: float
    _side: Store | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _forgotten: float = 0.0

    def take(self, id_: str) -> Row | None:
        """The row of a call that was answered; None where this one is the first, which is taken down.

        Raises WriteKeyBusy, WriteAnswerLost.
        """
        side, now = self._side_store(), self.clock().isoformat()
        with side.transaction():
            rows = side.read("write_keys/by_id", id=id_)
            row = rows[0] if rows and rows[0]["ends_at"] > now else None
            if row is None or (row["state"] == AT_WORK and row["lease_until"] < now and not self.has_written(id_)):
                side.write("write_keys/put", rows=[self._row(id_)])
                return None
        if row["state"] == ANSWERED:
            return row
        raise WriteAnswerLost if row["lease_until"] < now else WriteKeyBusy

    def answer(self, id_: str, request: str, answer: "KeptAnswer") -> None:
        """Keep the answer of a call."""
        row = self._row(id_) | {
            "request": request,
            "state": ANSWERED,
            "status": answer.status,
            "headers": json.dumps(answer.kept_headers),
            "body": base64.b64encode(answer.body).decode(),
        }
        self._side_store().write("write_keys/put", rows=[row])

    def release(self, id_: str) -> None:
        """The call changed nothing: the key is as it was before."""
        self._side_store().write("write_keys/remove", rows=[{"id": id_}])

    def lose(self, id_: str) -> None:
        """The call has written, and its answer is none that can be kept."""
        self._side_store().write("write_keys/put", rows=[self._row(id_) | {"lease_until": ""}])

    def forget_old(self) -> None:
        """Forget what ended, every so often; a store that is busy forgets it another time."""
        if time.monotonic() - self._forgotten < FORGET_EVERY_S:
            return
        self._forgotten = time.monotonic()
        with suppress(KithError):
            for store in (self._side_store(), self.store):
                store.write("write_keys/forget", moment=self.clock().isoformat())

    def ends_at(self) -> str:
        """When a key that is taken now is forgotten."""
        return (self.clock() + timedelta(seconds=LIFE_S)).isoformat()

    def has_written(self, id_: str) -> bool:
        """Whether a transaction of the call was kept."""
        return any(store.read("write_keys/marks", id=id_) for store in (self._side_store(), self.store))

    def _row(self, id_: str) -> Row:
        lease_until = (self.clock() + timedelta(seconds=self.lease_s)).isoformat()
        empty = {"request": "", "status": 0, "headers": "[]", "body": ""}
        return {"id": id_, "state": AT_WORK, "lease_until": lease_until, "ends_at": self.ends_at(), **empty}

    def _side_store(self) -> Store:
        with self._lock:
            if self._side is None:
                self._side = self.store.open_side_store()
            return self._side


class IdempotentWrites:
    """ASGI middleware around all routes; inside of what checks keys and sizes, outside of what packs answers."""

    def __init__(self, app: ASGIApp, keys: WriteKeys) -> None:
        self._app, self._keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not takes_key(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        sent_key = Headers(scope=scope).get(HEADER)
        if sent_key is None:
            await self._app(scope, receive, send)
            return
        try:
            await self._answer(scope, receive, send, key_id(scope, sent_key))
        except KithError as error:
            await _send_problem(scope, send, error)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, id_: str) -> None:
        row = await run_in_threadpool(self._keys.take, id_)
        body = PrintedBody(scope, receive)
        if row is None:
            await self._answer_first(scope, body, send, id_)
        elif row["request"] != await body.whole_print():
            raise WriteKeyReused
        else:
            await _send_again(send, row)
        await asyncio.to_thread(self._keys.forget_old)

    async def _answer_first(self, scope: Scope, body: "PrintedBody", send: Send, id_: str) -> None:
        write_key = WriteKey(id_, self._keys.ends_at())
        WRITE_KEY.set(write_key)
        answer = KeptAnswer()

        async def keep(message: Message) -> None:
            if answer.is_ended:
                return
            answer.take(message)
            if answer.is_ended:
                request = await body.whole_print()
                await run_in_threadpool(self._end, write_key, request, answer)
                for part in answer.messages:
                    await send(part)

        try:
            await self._app(scope, body.receive, keep)
        finally:
            if not answer.is_ended and not write_key.has_written:  # It failed; Guards say so.
                self._keys.release(id_)

    def _end(self, write_key: WriteKey, request: str, answer: "KeptAnswer") -> None:
        """Keep the answer of a call that succeeded or has written; a call that was refused leaves nothing."""
        has_written = write_key.has_written and self._keys.has_written(write_key.id)  # A commit may have failed.
        if answer.status >= 400 and not has_written:
            self._keys.release(write_key.id)
        elif answer.is_secret or len(answer.body) > ANSWER_BYTES_MAX:
            self._keys.lose(write_key.id)
        else:
            self._keys.answer(write_key.id, request, answer)


class KeptAnswer:
    """The answer of a call, as it comes."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.is_ended = False

    def take(self, message: Message) -> None:
        """The next piece."""
        self.messages.append(message)
        self.is_ended = message["type"] == "http.response.body" and not message.get("more_body", False)

    @property
    def status(self) -> int:
        """Its status."""
        return int(self.messages[0]["status"])

    @property
    def body(self) -> bytes:
        """Its whole body."""
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    @property
    def is_secret(self) -> bool:
        """Whether it may be kept nowhere: it shows a secret this one time."""
        return any(name.lower() == b"cache-control" and b"no-store" in value for name, value in self.messages[0]["headers"])

    @property
    def kept_headers(self) -> list[list[str]]:
        """Those that belong to the answer and not to its sending."""
        pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in self.messages[0]["headers"])
        return [[name, value] for name, value in pairs if name.lower() in KEPT_HEADERS]


class PrintedBody:
    """A request's body that is printed while the app reads it. The boundary of a form is left out: each sending has its own."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive, self._is_whole, self._rest = receive, False, b""
        self._boundary = _boundary_of(Headers(scope=scope).get("content-type", ""))
        self._print = hashlib.sha256()
        for part in (scope["method"], scope["path"], scope.get("query_string", b"").decode("latin-1")):
            self._print.update(f"{part}\n".encode("utf-8", "surrogatepass"))

    async def receive(self) -> Message:
        """The next piece, for the app."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._take(message.get("body", b""), is_last=not message.get("more_body", False))
        return message

    async def whole_print(self) -> str:
        """The print of the whole request; what the app did not read is read now."""
        while not self._is_whole:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                break
        return self._print.hexdigest()

    def _take(self, piece: bytes, *, is_last: bool) -> None:
        self._is_whole = self._is_whole or is_last
        if not self._boundary:
            self._print.update(piece)
            return
        content = (self._rest + piece).replace(self._boundary, b"")
        kept = 0 if is_last else len(self._boundary) - 1
        cut = max(0, len(content) - kept)
        self._print.update(content[:cut])
        self._rest = content[cut:]


def key_id(scope: Scope, sent_key: str) -> str:
    """The id of a caller's key: the key itself is not kept. Raises WrongCall for what is no key."""
    match = KEY.fullmatch(sent_key.strip())
    if match is None:
        remedy = "Send 1 to 255 visible ASCII characters, a UUID say."
        raise WrongCall(header="Idempotency-Key", problem="it is no key", remedy=remedy)
    caller = scope.get("state", {}).get("caller")
    owner = caller.key_id if caller else ""
    return hashlib.sha256(f"{owner}\n{match[1] or match[2]}".encode()).hexdigest()


def _boundary_of(content_type: str) -> bytes:
    match = re.search(r'multipart/form-data;.*boundary="?([^";,]{1,200})', content_type, re.IGNORECASE)
    return match[1].encode("latin-1") if match else b""


async def _send_again(send: Send, row: Row) -> None:
    body = base64.b64decode(row["body"])
    headers = [*json.loads(row["headers"]), ["content-length", str(len(body))], ["idempotency-replayed", "true"]]
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": row["status"], "headers": encoded})
    await send({"type": "http.response.body", "body": body})


async def _send_problem(scope: Scope, send: Send, error: KithError) -> None:
    body = json.dumps(problem(error, scope.get("state", {}).get("request_id")), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    headers += [(b"retry-after", b"2")] if isinstance(error, WriteKeyBusy) else []
    await send({"type": "http.response.start", "status": codes_of(error).status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
