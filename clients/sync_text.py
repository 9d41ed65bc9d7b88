"""The synchronous text of an asynchronous module: the same words without `async` and `await`, names exchanged by a table."""

import io
import re
import tokenize
from itertools import accumulate

HEAD = "# Written by `python -m clients.generate` from asynchronous/{name}: do not edit.\n"
NAMES = {
    "AsyncKith": "Kith",
    "AsyncClient": "Client",
    "AsyncIterator": "Iterator",
    "AsyncIterable": "Iterable",
    "AsyncGenerator": "Generator",
    "AsyncBaseTransport": "BaseTransport",
    "asynccontextmanager": "contextmanager",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "StopAsyncIteration": "StopIteration",
    "aiter_lines": "iter_lines",
    "aiter_bytes": "iter_bytes",
    "aread": "read",
    "aclose": "close",
    "asyncio": "time",
    "asynchronous": "synchronous",
    "Asynchronous": "Synchronous",
}
DROPPED = re.compile(r"\b(?:async|await) (?=\w)")


def sync_text(source: str, name: str) -> str:
    """The module in its synchronous form; strings, which may show code, follow too."""
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    text = source
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        start, end = (starts[row - 1] + column for row, column in (token.start, token.end))
        if token.type == tokenize.NAME and token.string in ("async", "await"):
            text = text[:start] + text[end:].removeprefix(" ")
        elif token.type == tokenize.NAME and token.string in NAMES:
            text = text[:start] + NAMES[token.string] + text[end:]
        elif token.type == tokenize.STRING:
            text = text[:start] + _sync_words(token.string) + text[end:]
    return HEAD.format(name=name) + text


def _sync_words(string: str) -> str:
    string = DROPPED.sub("", string)
    for word, other in NAMES.items():
        string = re.sub(rf"\b{word}\b", other, string)
    return string
