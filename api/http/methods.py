"""HEAD and OPTIONS for every address: the headers of what GET answers, and the methods that it takes."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Methods:
    """Wraps the app, behind the guards. router: where the routes of the app are."""

    def __init__(self, app: ASGIApp, router: Router) -> None:
        self._app, self._router = app, router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _without_body(send))
        elif scope["type"] == "http" and scope["method"] == "OPTIONS":
            await _answer_methods(send, allowed_methods(self._router, scope))
        else:
            await self._app(scope, receive, send)


def allowed_methods(router: Router, scope: Scope) -> list[str]:
    """Methods that some route takes at the address of the request, HEAD and OPTIONS among them; in order.

    The last route answers GET for any address, be it to say that there is no page: it counts where no other route does.
    """
    *routes, pages = router.routes
    methods = _taken(routes, scope) or _taken([pages], scope)
    return sorted({"OPTIONS", *methods, *(["HEAD"] if "GET" in methods else [])})


def _taken(routes: Sequence[BaseRoute], scope: Scope) -> list[str]:
    return [
        method
        for method in METHODS
        if any(route.matches({**scope, "type": "http", "method": method})[0] is Match.FULL for route in routes)
    ]


def _without_body(send: Send) -> Send:
    async def send_headers(message: Message) -> None:
        empty = {**message, "body": b""} if message["type"] == "http.response.body" else message
        await send(empty)

    return send_headers


async def _answer_methods(send: Send, methods: list[str]) -> None:
    headers = [(b"allow", ", ".join(methods).encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
