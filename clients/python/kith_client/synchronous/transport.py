# Written by `python -m clients.generate` from asynchronous/transport.py: do not edit.
"""Sends calls: tries again where that is right, and makes answers shapes or exceptions."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from kith_client.calls import Call
from kith_client.errors import AnswerUnreadable, NotReached, Problem, StreamBroken, problem_of
from kith_client.etags import Etags
from kith_client.retries import IN_DOUBT, WORTH_ANOTHER_TRY, retry_after_s
from kith_client.settings import Settings
from kith_client.shapes import Shape

Answer = TypeVar("Answer", bound=Shape)


class Transport:
    """One server, asked over the connections of one httpx client."""

    def __init__(self, settings: Settings, http: httpx.Client) -> None:
        self.settings, self._http, self._etags = settings, http, Etags(settings.etags)

    def ask(self, call: Call, shape: type[Answer]) -> Answer:
        """The answer as a shape. Raises KithError."""
        content = self.content(call)
        try:
            return shape.model_validate_json(content)
        except ValidationError as cause:
            fault = cause.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in fault["loc"])
            raise AnswerUnreadable(f"{call.path} answered with no {shape.__name__}: {place} {fault['msg']}") from None

    def content(self, call: Call) -> bytes:
        """The bytes of the answer; those kept of an earlier one where they still hold. Raises KithError."""
        if call.method != "GET" or not self.settings.etags:
            return (self.send(call)).content
        address = str(httpx.URL(call.path, params=dict(call.query)))
        former = self._etags.answer(address)
        response = self.send(call, {"if-none-match": former.tag} if former else {})
        if former and response.status_code == httpx.codes.NOT_MODIFIED:
            return former.content
        if tag := response.headers.get("etag"):
            self._etags.keep(address, tag, response.content)
        return response.content

    def send(self, call: Call, headers: dict[str, str] | None = None) -> httpx.Response:
        """The answer, after as many tries as the rules allow. Raises NotReached, Problem."""
        request = self._request(call, headers or {})
        tries_done = 0
        while True:
            tries_done += 1
            trouble, asked_wait_s = self._try(call, request)
            if isinstance(trouble, httpx.Response):
                return trouble
            wait_s = self.settings.retries.wait_s(tries_done, retry_after_s=asked_wait_s) if _may_help(trouble) else None
            if wait_s is None:
                raise trouble
            time.sleep(wait_s)

    def lines(
        self, call: Call, *, timeout_s: float | None = None, on_headers: Callable[[httpx.Response], object] | None = None
    ) -> Iterator[str]:
        """The lines of a long answer, as they come. timeout_s: for each piece. on_headers: called before the first line.

        Raises StreamBroken, NotReached, Problem.
        """
        count = 0
        with self._open(call, timeout_s) as response:
            if on_headers:
                on_headers(response)
            try:
                for line in response.iter_lines():
                    yield line
                    count += 1
            except httpx.TransportError as cause:
                raise StreamBroken(f"{call.path} broke off after {count} lines ({type(cause).__name__})", lines=count) from None

    @contextmanager
    def _open(self, call: Call, timeout_s: float | None) -> Iterator[httpx.Response]:
        request = self._request(call, {})
        if timeout_s is not None:
            request["timeout"] = httpx.Timeout(self.settings.timeout_s, read=timeout_s)
        try:
            context = self._http.stream(call.method, call.path, **request)
            response = context.__enter__()
        except httpx.TransportError as cause:
            raise NotReached(_not_reached(self.settings, cause)) from None
        try:
            if response.is_error:
                response.read()
                raise problem_of(response, retry_after_s=retry_after_s(response.headers))
            yield response
        finally:
            context.__exit__(None, None, None)

    def _try(self, call: Call, request: dict[str, Any]) -> tuple[httpx.Response | NotReached | Problem, float | None]:
        """The answer, or what came in its place and how long the server asks to wait."""
        try:
            response = self._http.request(call.method, call.path, **request)
        except httpx.TransportError as cause:
            return NotReached(_not_reached(self.settings, cause)), None
        if not response.is_error:
            return response, None
        wait_s = retry_after_s(response.headers)
        return problem_of(response, retry_after_s=wait_s), wait_s

    def _request(self, call: Call, headers: dict[str, str]) -> dict[str, Any]:
        headers = {**call.headers, **headers}
        if call.content_type:
            headers["content-type"] = call.content_type
        if call.writes:
            headers.setdefault("idempotency-key", self.settings.new_key())
        request: dict[str, Any] = {"params": dict(call.query), "headers": headers}
        if call.files:
            return request | {"files": list(call.files), "data": dict(call.fields)}
        return request | ({"content": call.body} if call.body is not None else {})


def _may_help(trouble: NotReached | Problem) -> bool:
    """Whether another try may go better. Every write bears a key, so that none is carried out twice."""
    if isinstance(trouble, NotReached):
        return True
    at_work = trouble.status == 409 and trouble.retry_after_s is not None  # The first try of this very call.
    return trouble.status in WORTH_ANOTHER_TRY or trouble.status in IN_DOUBT or at_work


def _not_reached(settings: Settings, cause: httpx.TransportError) -> str:
    return f"{settings.url} did not answer ({type(cause).__name__})"
