"""Lines of a text file: bounded in length, decoded one by one, so that one broken line costs only itself."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from resolution.sources.reading.encodings import encoding_of
from resolution.sources.reading.rows import Reading, Trouble

PIECE_BYTES = 1 << 18
BROKEN = "\ufffd"  # What a decoder puts in the place of bytes that are none.
WIDE = ("utf-16", "utf-32")
LINE_BY_LINE = ("utf-7", "utf_7", "iso2022", "hz")  # In these a byte of a letter may look like the end of a line.


class Line(NamedTuple):
    """One line without its end; `number` counts from 1 as an editor does."""

    number: int
    text: str
    trouble: Trouble | None = None


def lines(path: Path, reading: Reading) -> Iterator[Line]:
    """Every line of a text file. Raises SourceUnreadable where no encoding fits the file, or several do."""
    encoding, skipped, _ = encoding_of(path, reading.encoding)
    with path.open("rb") as file:
        file.seek(skipped)
        if encoding.startswith(WIDE):
            yield from _wide_lines(file, encoding, reading.line_bytes_max)
            return
        if not encoding.startswith(LINE_BY_LINE) and reading.line_bytes_max > PIECE_BYTES:
            yield from _lines_in_pieces(file, encoding, reading.line_bytes_max)
            return
        for number, raw in enumerate(_read_bounded(file, reading.line_bytes_max), start=1):
            yield _decode_line(number, raw, encoding, reading.line_bytes_max)


def _lines_in_pieces(file: IO[bytes], encoding: str, bytes_max: int) -> Iterator[Line]:
    """The same lines, decoded a thousand at a time: one by one takes twice as long."""
    number = 0
    while piece := _piece(file, bytes_max):
        try:
            texts = piece.removesuffix(b"\n").decode(encoding).split("\n")
        except UnicodeDecodeError:
            texts = []
        if texts and len(piece) - piece.rfind(b"\n", 0, -1) - 1 <= bytes_max:
            for text in texts:
                number += 1
                yield Line(number, text.rstrip("\r"))
            continue
        for raw in io.BytesIO(piece):
            number += 1
            yield _decode_line(number, raw, encoding, bytes_max)


def _piece(file: IO[bytes], bytes_max: int) -> bytes:
    """Some whole lines. The last alone may be too long: it is cut beyond the bound, its rest is passed over."""
    piece = file.read(PIECE_BYTES)
    line_rest = b"" if piece.endswith(b"\n") else file.readline(bytes_max + 1)
    piece += line_rest
    while len(line_rest) > bytes_max and not line_rest.endswith(b"\n"):
        line_rest = file.readline(bytes_max + 1)
    return piece


def _decode_line(number: int, raw: bytes, encoding: str, bytes_max: int) -> Line:
    if len(raw) > bytes_max:
        return Line(number, raw[: min(200, bytes_max + 1)].decode(encoding, "replace"), _too_long(bytes_max))
    try:
        return Line(number, raw.decode(encoding).rstrip("\r\n"))
    except UnicodeDecodeError as cause:
        return Line(number, raw[:2000].decode(encoding, "replace").rstrip("\r\n"), _undecodable(cause, encoding))


def _undecodable(cause: UnicodeDecodeError, encoding: str) -> Trouble:
    raw_bytes = cause.object[cause.start : cause.start + 4].hex(" ")
    return Trouble(None, f"bytes {raw_bytes} are not {encoding}", "Save the file in one encoding, UTF-8 at best.")


def _read_bounded(file: IO[bytes], bytes_max: int) -> Iterator[bytes]:
    """Lines with their end; one that is too long is cut one byte beyond the bound, its rest is passed over."""
    while raw := file.readline(bytes_max + 1):
        yield raw
        while len(raw) > bytes_max and not raw.endswith(b"\n"):
            raw = file.readline(bytes_max + 1)


def _wide_lines(file: IO[bytes], encoding: str, bytes_max: int) -> Iterator[Line]:
    """Lines of a text of two or four bytes a letter: found in the letters, for a byte of one may look like an end of line."""
    number, remainder, passing = 0, "", False
    for piece in _texts(file, encoding):
        *whole, remainder = (remainder + piece).split("\n")
        for text in whole:
            number += not passing
            if not passing:
                yield _wide_line(number, text, encoding, bytes_max)
            passing = False
        if len(remainder) > bytes_max and not passing:
            number, passing = number + 1, True
            yield _wide_line(number, remainder, encoding, bytes_max)
        remainder = "" if passing else remainder
    if remainder:
        yield _wide_line(number + 1, remainder, encoding, bytes_max)


def _texts(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The text in pieces; where bytes are none, BROKEN stands for them."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while piece := file.read(PIECE_BYTES):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _wide_line(number: int, text: str, encoding: str, bytes_max: int) -> Line:
    text = text.rstrip("\r")
    if len(text) > bytes_max:
        return Line(number, text[:200], _too_long(bytes_max))
    if BROKEN in text:
        trouble = Trouble(None, f"bytes that are not {encoding}", "Save the file in one encoding, UTF-8 at best.")
        return Line(number, text[:2000], trouble)
    return Line(number, text)


def _too_long(bytes_max: int) -> Trouble:
    return Trouble(None, f"the line is longer than {bytes_max} bytes", "Mend the line, or allow longer lines (--line-bytes-max).")
