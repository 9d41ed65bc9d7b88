"""The state of the signals as the store keeps it: whole columns, encoded as text in pieces that every engine accepts."""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from graph.signals.kernel import Real
from graph.signals.updates import PreviousSignals
from store.port import Row

PIECE_CHARACTERS = 1_000_000
LEVEL = 1  # Ids and doubles hardly shrink further; higher levels take ten times as long.


def state_rows(ids: Iterable[str], values: dict[str, Real]) -> Iterator[Row]:
    """Rows of `signals/put_state`."""
    yield from _pieces("ids", json.dumps(list(ids), ensure_ascii=False).encode())
    for name, column in values.items():
        yield from _pieces(name, np.asarray(column, "<f8").tobytes())


def previous_signals_from(rows: Iterable[Row]) -> PreviousSignals | None:
    """The signals in rows of `signals/state`; None where there are none, or rows are missing."""
    texts: dict[str, str] = {}
    for row in rows:
        texts[row["name"]] = texts.get(row["name"], "") + row["content"]
    try:
        content = {name: zlib.decompress(base64.b64decode(text)) for name, text in texts.items()}
        ids = tuple(json.loads(content.pop("ids")))
        values = {name: np.frombuffer(doubles, "<f8") for name, doubles in content.items()}
    except (KeyError, ValueError, zlib.error):
        return None
    return PreviousSignals(ids, values) if all(len(column) == len(ids) for column in values.values()) else None


def _pieces(name: str, content: bytes) -> Iterator[Row]:
    text = base64.b64encode(zlib.compress(content, LEVEL)).decode()
    for part, begin in enumerate(range(0, len(text), PIECE_CHARACTERS)):
        yield {"name": name, "part": part, "content": text[begin : begin + PIECE_CHARACTERS]}
