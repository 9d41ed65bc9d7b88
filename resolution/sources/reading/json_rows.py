"""JSON lines and JSON lists, element by element; an object is read whole and its list taken by path."""

import codecs
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ontology.errors import SourceUnreadable
from ontology.limits import DEPTH_MAX, JSON_VALUES_MAX
from resolution.sources.reading.delimited import delimited
from resolution.sources.reading.encodings import encoding_of
from resolution.sources.reading.json_paths import REMEDY, rows_of, rows_of_document
from resolution.sources.reading.lines import Line, lines
from resolution.sources.reading.rows import SKIPPED, UNSPLIT, RawRow, Reading, RowFilter, Trouble, read_every_row

TOO_DEEP = Trouble(None, f"JSON nested too deep: more than {DEPTH_MAX} levels", "Flatten the object.")
DEEP = object()
LEFT_OF_DEEP = 200  # Letters of such a row that go to the reject file.
CHUNK_CHARS = 1 << 16
LOOKED_AT = 50  # Values from the start that show where the rows are.
AS_WRITTEN = {"parse_int": str, "parse_float": str, "parse_constant": str}  # 0.10 stays 0.10, and long codes keep every digit.
_decoder = json.JSONDecoder(**AS_WRITTEN)  # type: ignore[arg-type]
BLANKS = " \t\r\n\x1a"  # Files of another age end with a mark of their own.
ONE_LIST = "Send one list or one object a file; or JSON lines (.jsonl), one object a line."


def json_lines(path: Path, reading: Reading, is_wanted: RowFilter) -> Iterator[RawRow]:
    """One object a line; with `reading.path` one row for each object of the list there, counted through the file."""
    filled = (line for line in lines(path, reading) if line.trouble or line.text.strip())
    if reading.path:
        for place, row in enumerate(rows_of(map(_document, filled), path, reading.path)):
            yield _row_of_value(place + 1, row) if is_wanted(place) else SKIPPED
        return
    for place, line in enumerate(filled):
        if not is_wanted(place):
            yield SKIPPED
        elif line.trouble:
            yield RawRow(line.number, {UNSPLIT: line.text}, line.trouble)
        else:
            yield _row_of_text(line.number, line.text)


def text_lines(path: Path, reading: Reading, is_wanted: RowFilter) -> Iterator[RawRow]:
    """A `.txt`: a table, or JSON lines as some publishers call them."""
    read = json_lines if holds_json_lines(path, reading) else delimited
    return read(path, reading, is_wanted)


def holds_json_lines(path: Path, reading: Reading) -> bool:
    """Whether the first filled line is an object."""
    first = next((line for line in lines(path, reading) if line.text.strip()), None)
    return first is not None and first.text.lstrip().startswith("{") and isinstance(_document(first), dict)


def json_list(path: Path, reading: Reading) -> Iterator[RawRow]:
    """Elements of the list that the file is, or of the lists at `reading.path` inside it; or one object a line."""
    text = _text(path, reading)
    start = _skip_blanks("", text)
    row_values: Iterable[Any] = ()
    if start.startswith("["):
        row_values = _elements(start, text, path, reading)
        row_values = rows_of(row_values, path, reading.path) if reading.path else row_values
    elif start and _is_json_lines(path, reading):
        yield from json_lines(path, reading, read_every_row)
    elif start:
        whole = _load_document(_read_whole(start, text, path, reading), path)
        row_values = rows_of([whole], path, reading.path) if reading.path else _rows(whole, path)
    yield from (_row_of_value(number, value) for number, value in enumerate(row_values, start=1))


def documents(path: Path, reading: Reading) -> Iterator[Any]:
    """The first values of a file as they stand in it: elements of a list, lines, or the one object."""
    text = _text(path, reading)
    start = _skip_blanks("", text)
    if start.startswith("[") and path.suffix.lower() == ".json":
        yield from islice(_elements(start, text, path, reading), LOOKED_AT)
    elif path.suffix.lower() != ".json" or _is_json_lines(path, reading):
        yield from map(_document, islice((line for line in lines(path, reading) if line.text.strip()), LOOKED_AT))
    elif start:
        yield _load_document(_read_whole(start, text, path, reading), path)


def _decode_json(text: str) -> Any:
    """The value of a text. Raises JSONDecodeError, and RecursionError where it is nested too deep."""
    return _check_depth(_decoder.decode(text), text)


def _check_depth(value: Any, text: str) -> Any:
    """The same value. Raises RecursionError where it is nested too deep for what is done with it later."""
    if text.count("[") + text.count("{") > DEPTH_MAX:
        level, depth = [value], 0
        while level := [inner for outer in level for inner in _containers_in(outer)]:
            depth += 1
            if depth > DEPTH_MAX:
                raise RecursionError
    return value


def _value_or_deep(value: Any, text: str) -> Any:
    """The same value, DEEP in the place of one that is nested too deep: it costs its row only."""
    try:
        return _check_depth(value, text)
    except RecursionError:
        return DEEP


def _containers_in(value: Any) -> Iterable[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (element for element in inner if isinstance(element, dict | list))


def _document(line: Line) -> Any:
    """The value of a line; None for one that is none."""
    try:
        return None if line.trouble else _decode_json(line.text)
    except (json.JSONDecodeError, RecursionError):
        return None


def _rows(whole: Any, path: Path) -> list[Any]:
    if not isinstance(whole, dict):
        raise SourceUnreadable(file=path.name, problem="no list there", remedy=REMEDY)
    return rows_of_document(whole)


def _read_whole(start: str, text: Iterator[str], path: Path, reading: Reading) -> str:
    pieces, size = [start], len(start)
    for piece in text:
        pieces.append(piece)
        size += len(piece)
        if size > reading.document_bytes_max:
            problem = f"one JSON object longer than {reading.document_bytes_max} characters"
            raise SourceUnreadable(file=path.name, problem=problem, remedy="Send JSON lines.")
    return "".join(pieces)


def _is_json_lines(path: Path, reading: Reading) -> bool:
    """Whether the first line is a whole object and another line follows: many write JSON lines under the ending of JSON."""
    filled = [line.text.strip() for line in islice((raw_line for raw_line in lines(path, reading) if raw_line.text.strip()), 2)]
    if len(filled) < 2 or not filled[0].startswith("{"):
        return False
    try:
        return isinstance(_decode_json(filled[0]), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def cell_text(value: Any) -> str:
    """A JSON value as cell text: lists and objects stay JSON, nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _row_of_text(number: int, text: str) -> RawRow:
    try:
        return _row_of_value(number, _decode_json(text))
    except json.JSONDecodeError as cause:
        trouble = Trouble(None, f"not JSON at character {cause.pos + 1}: {cause.msg}", "Mend the line: one JSON object a line.")
        return RawRow(number, {UNSPLIT: text}, trouble)
    except RecursionError:
        return RawRow(number, {UNSPLIT: text[:LEFT_OF_DEEP]}, TOO_DEEP)


def _row_of_value(number: int, value: Any) -> RawRow:
    if value is DEEP:
        return RawRow(number, {UNSPLIT: ""}, TOO_DEEP)
    if isinstance(value, dict):
        try:
            return RawRow(number, {name.strip(): cell_text(inner) for name, inner in value.items()})
        except RecursionError:
            return RawRow(number, {UNSPLIT: ""}, TOO_DEEP)
    return RawRow(
        number, {UNSPLIT: cell_text(value)}, Trouble(None, "not a JSON object", 'Write each row as {"column": "value"}.')
    )


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


def _elements(buffer: str, text: Iterator[str], path: Path, reading: Reading) -> Iterator[Any]:
    """Elements of the list that the buffer begins with. Raises SourceUnreadable where it breaks off, or more follows it."""
    buffer, number = _skip_blanks(buffer[1:], text), 0
    while not buffer.startswith("]"):
        try:
            value, end = _decoder.raw_decode(buffer)
            if end == len(buffer):
                raise json.JSONDecodeError("cut off", buffer, end)
            value = _value_or_deep(value, buffer[:end])
        except json.JSONDecodeError as cause:
            grown = _grow_buffer(buffer, text)
            if grown is buffer or len(buffer) > reading.line_bytes_max:
                problem = f"not JSON: {cause.msg}" if grown is buffer else f"longer than {reading.line_bytes_max} characters"
                raise _bad_element(path, number + 1, problem) from cause
            buffer = grown.lstrip()
            continue
        except RecursionError as cause:
            raise _bad_element(path, number + 1, TOO_DEEP.problem) from cause
        number += 1
        yield value
        buffer = _after_element(buffer[end:], text, path, number)
    if _skip_blanks(buffer[1:], text):
        problem = "more follows after the end of the list"
        raise SourceUnreadable(file=path.name, elements=number, problem=problem, remedy=ONE_LIST)


def _after_element(buffer: str, text: Iterator[str], path: Path, number: int) -> str:
    """The buffer at the next element, or at the end of the list. Raises SourceUnreadable where it is at neither."""
    buffer = _skip_blanks(buffer, text)
    if buffer.startswith(","):
        buffer = _skip_blanks(buffer[1:], text)
        if not buffer.startswith("]"):
            return buffer
    elif buffer.startswith("]"):
        return buffer
    raise _bad_element(path, number + 1, "not JSON: a comma or the end of the list is missing, or one too many")


def _skip_blanks(buffer: str, text: Iterator[str]) -> str:
    """The buffer without blanks at its start, with what follows where nothing else is in it."""
    buffer = buffer.lstrip(BLANKS)
    while not buffer and (piece := next(text, None)) is not None:
        buffer = piece.lstrip(BLANKS)
    return buffer


def _bad_element(path: Path, element: int, problem: str) -> SourceUnreadable:
    return SourceUnreadable(file=path.name, element=element, problem=problem, remedy="Mend the list, or send JSON lines.")


def _grow_buffer(buffer: str, text: Iterator[str]) -> str:
    """The buffer with at least as much again behind it, so that a long element is not tried too often; itself at the end."""
    pieces, missing_chars = [buffer], len(buffer)
    while missing_chars >= 0 and (piece := next(text, "")):
        pieces.append(piece)
        missing_chars -= len(piece)
    return "".join(pieces) if len(pieces) > 1 else buffer


def _load_document(whole: str, path: Path) -> Any:
    values = sum(map(whole.count, ",[{"))
    if values > JSON_VALUES_MAX:
        problem = f"one JSON object of some {values} values; at most {JSON_VALUES_MAX} are read at once"
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Send JSON lines, or a list of rows.")
    try:
        return _decode_json(whole.strip(BLANKS))
    except json.JSONDecodeError as cause:
        remedy = ONE_LIST if cause.msg == "Extra data" else "Mend the file, or send JSON lines."
        raise SourceUnreadable(file=path.name, problem=f"not JSON: {cause}", remedy=remedy) from cause
    except RecursionError as cause:
        raise SourceUnreadable(file=path.name, problem=TOO_DEEP.problem, remedy=TOO_DEEP.remedy) from cause
