"""A span around each stage of a run, where something in the process records spans: else no library is loaded for it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from opentelemetry.trace import Span

TRACING_LIBRARY = "opentelemetry.trace"


class Stage(Protocol):
    """A stage at work."""

    def tell(self, **figures: float) -> None:
        """Add figures to its span."""
        ...


class _Unrecorded:
    def tell(self, **figures: float) -> None:
        """Keep nothing."""


class _Recorded:
    def __init__(self, span: "Span") -> None:
        self._span = span

    def tell(self, **figures: float) -> None:
        """Keep each as an attribute `kith.<name>`."""
        self._span.set_attributes({f"kith.{name}": value for name, value in figures.items()})


@contextmanager
def stage_span(name: str, **figures: float) -> Iterator[Stage]:
    """A span around the block. An SDK that records has loaded the library before; without it nothing is made."""
    if TRACING_LIBRARY not in sys.modules:
        yield _Unrecorded()
        return
    from api.telemetry.tracing import span

    with span(name, **figures) as started:
        yield _Recorded(started)
