"""The log: what kith does and how long it took, on stderr, by level. Nothing that a record says goes in.

A line has time, level, logger, the request's id where there is one, and what happened: counts, seconds, names of stages, the
template of a route. Names, paths, queries and messages of errors may hold personal data and are left out.
"""

import json
import logging
import sys
import time
from contextvars import ContextVar

from api.settings import Level, LogFormat

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="-")
"""Id of the request at work, as its answer bears it in X-Request-Id."""
LINE = "%(asctime)s %(levelname)s %(name)s request=%(request_id)s %(message)s"
TIME = "%Y-%m-%dT%H:%M:%SZ"
ROOT = "kith"
LIBRARIES = ("uvicorn", "asyncio")
"""The server's libraries: written in the same form, from their own level on; `api.http.server` takes data out of their lines."""


def set_up_log(level: Level, log_format: LogFormat = "text") -> None:
    """From now on lines of that level and above go to stderr. A second call only changes level and form."""
    logging.getLogger(ROOT).setLevel(level.upper())
    for name in (ROOT, *LIBRARIES):
        logger = logging.getLogger(name)
        if not any(isinstance(handler, _Lines) for handler in logger.handlers):
            logger.addHandler(_Lines())
            logger.propagate = False
        for handler in logger.handlers:
            if isinstance(handler, _Lines):
                handler.setFormatter(_formatter(log_format))


def _formatter(log_format: LogFormat) -> logging.Formatter:
    formatter = _JsonFormatter(datefmt=TIME) if log_format == "json" else logging.Formatter(LINE, TIME)
    formatter.converter = time.gmtime
    return formatter


class _JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, request, message, and the fields of what is logged, where it has any."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; fields without a value are left out."""
        line = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what stderr is at the time, so that a test or a shell that redirects it is followed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(_formatter("text"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, with the id of the request at work."""
        record.request_id = REQUEST_ID.get()
        self.stream = sys.stderr
        super().emit(record)
