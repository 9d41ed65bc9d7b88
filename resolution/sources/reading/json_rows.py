"""JSON lines and JSON lists, element by element; an object is read whole and its list taken by path."""

import codecs
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ontology.errors import SourceUnreadable
from resolution.sources.reading.encodings import encoding_of
from resolution.sources.reading.lines import lines
from resolution.sources.reading.rows import PASSED, UNSPLIT, RawRow, Reading, Trouble, Wanted, every

CHUNK_CHARS = 1 << 16
AS_WRITTEN = {"parse_int": str, "parse_float": str, "parse_constant": str}  # 0.10 stays 0.10, and long codes keep every digit.
_decoder = json.JSONDecoder(**AS_WRITTEN)  # type: ignore[arg-type]


def json_lines(path: Path, reading: Reading, wanted: Wanted) -> Iterator[RawRow]:
    """One object a line."""
    filled = (line for line in lines(path, reading) if line.trouble or line.text.strip())
    for place, line in enumerate(filled):
        if not wanted(place):
            yield PASSED
        elif line.trouble:
            yield RawRow(line.number, {UNSPLIT: line.text}, line.trouble)
        else:
            yield _from_text(line.number, line.text)


def json_list(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Elements of the list that the file is, or that is at `reading.path` inside the object it is; or one object a line."""
    text = _text(path, reading)
    start = next(text, "").lstrip()
    if start.startswith("["):
        yield from _elements(start, text, path, reading)
    elif start and _is_of_lines(path, reading):
        yield from json_lines(path, reading, every)
    elif start:
        whole = start + "".join(text)
        for number, found in enumerate(_inside(_loaded(whole, path), path, reading.path), start=1):
            yield _from_value(number, found)


def _is_of_lines(path: Path, reading: Reading) -> bool:
    """Whether the first line is a whole object and another line follows: many write JSON lines under the ending of JSON."""
    filled = [line.text.strip() for line in islice((one for one in lines(path, reading) if one.text.strip()), 2)]
    if len(filled) < 2 or not filled[0].startswith("{"):
        return False
    try:
        return isinstance(_decoder.decode(filled[0]), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def flat(value: Any) -> str:
    """A JSON value as cell text: lists and objects stay JSON, nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _from_text(number: int, text: str) -> RawRow:
    try:
        return _from_value(number, _decoder.decode(text))
    except json.JSONDecodeError as cause:
        told = Trouble(None, f"not JSON at character {cause.pos + 1}: {cause.msg}", "Mend the line: one JSON object a line.")
        return RawRow(number, {UNSPLIT: text}, told)
    except RecursionError:
        return RawRow(number, {UNSPLIT: text[:200]}, Trouble(None, "JSON nested too deep", "Flatten the object."))


def _from_value(number: int, value: Any) -> RawRow:
    if isinstance(value, dict):
        return RawRow(number, {name.strip(): flat(inner) for name, inner in value.items()})
    return RawRow(number, {UNSPLIT: flat(value)}, Trouble(None, "not a JSON object", 'Write each row as {"column": "value"}.'))


def _text(path: Path, reading: Reading) -> Iterator[str]:
    """The file in pieces. The first one is enough to see what the file is."""
    encoding, skipped, _ = encoding_of(path, reading.encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            file.seek(skipped)
            while piece := file.read(CHUNK_CHARS):
                yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as cause:
        raise SourceUnreadable(file=path.name, problem=f"not {encoding}", remedy="Save the file as UTF-8.") from cause


def _elements(buffer: str, text: Iterator[str], path: Path, reading: Reading) -> Iterator[RawRow]:
    buffer, number = buffer[1:].lstrip(), 0
    while not buffer.startswith("]"):
        try:
            value, end = _decoder.raw_decode(buffer)
            if end == len(buffer):
                raise json.JSONDecodeError("cut off", buffer, end)
        except json.JSONDecodeError as cause:
            grown = _grown(buffer, text)
            if grown is buffer or len(buffer) > reading.line_bytes_max:
                told = f"not JSON: {cause.msg}" if grown is buffer else f"longer than {reading.line_bytes_max} characters"
                raise _refused(path, number + 1, told) from cause
            buffer = grown.lstrip()
            continue
        number += 1
        yield _from_value(number, value)
        buffer = _after_comma(buffer[end:], text)


def _refused(path: Path, element: int, problem: str) -> SourceUnreadable:
    return SourceUnreadable(file=path.name, element=element, problem=problem, remedy="Mend the list, or send JSON lines.")


def _grown(buffer: str, text: Iterator[str]) -> str:
    """The buffer with at least as much again behind it, so that a long element is not tried too often; itself at the end."""
    pieces, wanted = [buffer], len(buffer)
    while wanted >= 0 and (piece := next(text, "")):
        pieces.append(piece)
        wanted -= len(piece)
    return "".join(pieces) if len(pieces) > 1 else buffer


def _after_comma(buffer: str, text: Iterator[str]) -> str:
    buffer = buffer.lstrip()
    while not buffer and (piece := next(text, "")):
        buffer = piece.lstrip()
    if not buffer.startswith(","):
        return buffer
    buffer = buffer[1:].lstrip()
    while not buffer and (piece := next(text, "")):
        buffer = piece.lstrip()
    return buffer


def _loaded(whole: str, path: Path) -> Any:
    try:
        return _decoder.decode(whole.strip())
    except (json.JSONDecodeError, RecursionError) as cause:
        raise SourceUnreadable(
            file=path.name, problem=f"not JSON: {cause}", remedy="Mend the file, or send JSON lines."
        ) from cause


def _inside(found: Any, path: Path, inner: str | None) -> list[Any]:
    for step in inner.split(".") if inner else ():
        found = found.get(step) if isinstance(found, dict) else None
    while isinstance(found, dict):
        found = _only_list(found)
    if not isinstance(found, list):
        raise SourceUnreadable(
            file=path.name, path=inner, problem="no list there", remedy="Say where the list is (format: path)."
        )
    return found


def _only_list(found: dict[str, Any]) -> Any:
    """The one list in an object, else the one object in it to look further, else the object as the only row."""
    lists = [value for value in found.values() if isinstance(value, list)]
    objects = [value for value in found.values() if isinstance(value, dict)]
    return lists[0] if len(lists) == 1 else objects[0] if not lists and len(objects) == 1 else [found]
