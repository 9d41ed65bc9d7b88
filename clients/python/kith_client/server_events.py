"""Server-sent events, line by line (HTML Living Standard, section 9.2)."""

from typing import NamedTuple


class ServerEvent(NamedTuple):
    """One event. id: what the server numbers it with; empty where it does not."""

    kind: str
    data: str
    id: str


class EventLines:
    """Puts events together from the lines of a stream."""

    def __init__(self) -> None:
        self._kind, self._id, self._data = "", "", list[str]()

    def take(self, line: str) -> ServerEvent | None:
        """The next line; the event that it ends, None where it ends none.

        >>> lines = EventLines()
        >>> [lines.take(line) for line in ("id: 3", "event: job", "data: {}", "")][-1]
        ServerEvent(kind='job', data='{}', id='3')
        """
        if line:
            self._take_field(line)
            return None
        event = ServerEvent(self._kind or "message", "\n".join(self._data), self._id) if self._data else None
        self._kind, self._data = "", []
        return event

    def _take_field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._kind = value
        elif name == "id" and "\0" not in value:
            self._id = value
