"""The caller of the current request."""

from contextvars import ContextVar

CALLER: ContextVar[str | None] = ContextVar("CALLER", default=None)
"""A partner's name, else the address a request came from; threads of the request see it too. None outside of requests."""
