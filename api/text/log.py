"""The log: what kith does and how long it took, on stderr, by level. Nothing that a record says goes in.

A line has time, level, logger, the request's id where there is one, and what happened: counts, seconds, names of stages, the
template of a route. Names, paths, queries and messages of errors may hold personal data and are left out.
"""

import logging
import sys
import time
from contextvars import ContextVar

from api.settings import Level

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="-")
"""Id of the request at work, as its answer bears it in X-Request-Id."""
LINE = "%(asctime)s %(levelname)s %(name)s request=%(request_id)s %(message)s"
ROOT = "kith"


def set_up_log(level: Level) -> None:
    """From now on lines of that level and above go to stderr. A second call only changes the level."""
    logger = logging.getLogger(ROOT)
    logger.setLevel(level.upper())
    if not any(isinstance(handler, _Lines) for handler in logger.handlers):
        logger.addHandler(_Lines())
        logger.propagate = False


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what stderr is at the time, so that a test or a shell that redirects it is followed."""

    def __init__(self) -> None:
        super().__init__()
        formatter = logging.Formatter(LINE, "%Y-%m-%dT%H:%M:%SZ")
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, with the id of the request at work."""
        record.request_id = REQUEST_ID.get()
        self.stream = sys.stderr
        super().emit(record)
