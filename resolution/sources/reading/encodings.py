"""Which encoding a text is in: by its mark, as UTF-8, else by what each makes of its letters; what stays open is asked."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from ontology.errors import SourceUnreadable
from resolution.sources.reading.script_fit import encoding_table, fit_to_script, share_of_letters

BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # Before the mark of UTF-16, with which it begins.
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
NO_FILES = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem")
"""Encodings of other things than files: of host names, of literals, of one machine."""
NAME_ONE = "Name an encoding such as utf-8, gb18030 or utf-16."
SHIFTS = (b"\x1b$B", b"\x1b$@")  # Japanese in seven bits says so before its letters.
EMPTY_SHARE = 16  # One byte in so many is the empty half of a comma or a line end, even among Han.
SAMPLE_BYTES = 1 << 20  # Lines beyond ASCII that are kept to judge by, spread over the file.
WEIGHED_BYTES = 1 << 14  # Of those, what every candidate is weighed by.
PIECE_BYTES = 1 << 20
BROKEN_SHARE_MAX = 0.1  # A file with more undecodable lines than this is in another encoding.
FITS_MIN = 0.55  # Of 1: below this, what a candidate makes of the letters is no text.
AHEAD_MIN = 0.07  # How much better than the next the best must fit to be taken without asking,
AHEAD_OF_ONE = 0.3  # and how much more where there is one letter to judge by; half of that for two, and so on.


class Encoding(NamedTuple):
    """How a file's bytes are read. `example` is a piece of its text where that was judged by its letters alone."""

    name: str
    skipped: int = 0
    example: str | None = None


def encoding_of(path: Path, declared: str | None) -> Encoding:
    """The encoding that was named, or is found out. Raises SourceUnreadable with the candidates where several fit."""
    file_stat = path.stat()
    return _encoding(path, declared, file_stat.st_size, file_stat.st_mtime_ns)


def decode_text(content: bytes, name: str) -> str:
    """The text of a file that is held whole. Raises SourceUnreadable as `encoding_of` does, and where a line is broken."""
    encoding = _detect(io.BytesIO(content), name)
    try:
        return content[encoding.skipped :].decode(encoding.name)
    except UnicodeDecodeError as cause:
        raise SourceUnreadable(file=name, problem=f"not {encoding.name} throughout", remedy="Save it as CSV UTF-8.") from cause


@lru_cache(maxsize=1 << 8)
def _encoding(path: Path, declared: str | None, size: int, changed_ns: int) -> Encoding:
    """One file is opened several times; size and time of change say whether it is still the same."""
    with path.open("rb") as file:
        return _detect(file, path.name, declared)


def _detect(file: IO[bytes], name: str, declared: str | None = None) -> Encoding:
    start = file.read(1 << 12)
    file.seek(0)
    bom = next((bom for bom in BOMS if start.startswith(bom)), b"")
    if declared:
        return Encoding(_in_order(_checked_encoding(name, declared), start, bom), len(bom))
    if bom:
        return Encoding(BOMS[bom], len(bom))
    if wide := _of_two_bytes(start):
        return Encoding(wide)
    if any(sign in start for sign in SHIFTS):
        return Encoding("iso2022_jp")
    return _judge_by_letters(name, sample_lines(file))


def text_encoding(name: str) -> str:
    """The usual name of an encoding of text. Raises LookupError for what is none, such as base64 or escapes of Python."""
    try:
        codec = codecs.lookup(name)
    except (ValueError, UnicodeError) as cause:
        raise LookupError(name[:40]) from cause
    if not codec._is_text_encoding or codec.name.replace("-", "_") in NO_FILES:
        raise LookupError(name[:40])
    return "utf-8" if codec.name == "utf-8-sig" else codec.name


def _checked_encoding(file: str, encoding: str) -> str:
    try:
        return text_encoding(encoding)
    except LookupError as cause:
        raise SourceUnreadable(file=file, encoding=encoding[:40], problem="unknown encoding", remedy=NAME_ONE) from cause


def _in_order(name: str, start: bytes, bom: bytes) -> str:
    """The encoding with the order of its bytes: by the file's mark, else by its letters, else the one most machines have."""
    if name not in ("utf-16", "utf-32"):
        return name
    marked = BOMS.get(bom, "")
    if name == "utf-16":
        return marked if marked.startswith(name) else _of_two_bytes(start) or "utf-16-le"
    return marked if marked.startswith(name) else "utf-32-be" if start.startswith(b"\0\0\0") else "utf-32-le"


def _of_two_bytes(start: bytes) -> str | None:
    """UTF-16 without its mark: every ASCII sign has an empty byte, on the same side."""
    empty = {"utf-16-be": start[0::2].count(0), "utf-16-le": start[1::2].count(0)}
    seldom, often = sorted(empty, key=lambda name: empty[name])
    is_wide = empty[often] * EMPTY_SHARE >= len(start) and empty[seldom] * 10 <= empty[often]
    return often if is_wide and decodes(start[: len(start) // 2 * 2 - 2], often) else None


def sample_lines(file: IO[bytes]) -> list[bytes]:
    """Lines with letters beyond ASCII, spread evenly over the whole file, of 1 MB at most."""
    sample: list[bytes] = []
    size, step = 0, 1
    for place, line in enumerate(_beyond_ascii(file)):
        if place % step:
            continue
        sample.append(line)
        size += len(line)
        if size > SAMPLE_BYTES and len(sample) > 1:
            sample, step = sample[::2], step * 2
            size = sum(map(len, sample))
    return sample


def _beyond_ascii(file: IO[bytes]) -> Iterator[bytes]:
    remainder = b""
    while piece := file.read(PIECE_BYTES):
        text, end, remainder = (remainder + piece).rpartition(b"\n")
        if len(remainder) > PIECE_BYTES:  # A line that never ends, such as a whole JSON list.
            text, remainder = text + end + remainder, b""
        if not text.isascii():
            yield from (line for line in io.BytesIO(text) if not line.isascii())
    if not remainder.isascii():
        yield remainder


def _judge_by_letters(file: str, lines: list[bytes]) -> Encoding:
    if _reads(lines, "utf-8"):
        return Encoding("utf-8")
    weights = _weigh_candidates(lines)
    fits = sorted(((score, name) for name, score in weights.items()), key=lambda scored: -scored[0])
    best, name = fits[0] if fits else (0.0, "")
    margin = AHEAD_MIN + AHEAD_OF_ONE / max(1, _letters(lines, name))
    close = [candidate for score, candidate in fits if score > best - margin] if best >= FITS_MIN else []
    if len(close) != 1:
        raise _undecided(file, lines, close)
    return Encoding(codecs.lookup(name).name, example=_example(lines, name))


def _letters(lines: list[bytes], name: str) -> int:
    """How many letters beyond ASCII there are to judge by."""
    return sum(letter > "\x7f" for line in _thin_out(lines) for letter in line.decode(name or "ascii", "replace"))


def _undecided(file: str, lines: list[bytes], close: list[str]) -> SourceUnreadable:
    line = next((raw_line for raw_line in lines if len({raw_line.decode(name, "replace") for name in close}) == len(close)), b"")
    candidates = "; ".join(f"{name} ({_example([line] if line else lines, name)})" for name in close)
    return SourceUnreadable(
        file=file,
        problem=f"not UTF-8, and it could be {candidates}"
        if close
        else "not UTF-8, nor any other encoding whose letters make words",
        remedy="Name the encoding (--encoding, or format: encoding in a mapping), or save the file as UTF-8.",
    )


def _example(lines: list[bytes], name: str) -> str:
    """The first cells that are not plain ASCII, as the encoding reads them."""
    words = (cell.strip('" ') for line in lines for cell in re.split(r"[,;\t|\r\n]", line.decode(name, "replace")))
    return next((word[:40] for word in words if word and not word.isascii()), "")


def _reads(lines: Iterable[bytes], name: str) -> bool:
    """Whether all lines but a few can be decoded: a broken one costs itself only."""
    count = broken = 0
    for line in lines:
        count += 1
        broken += not decodes(line, name)
    return broken <= max(count * BROKEN_SHARE_MAX, 1 if count > 2 else 0)


def decodes(raw: bytes, encoding: str) -> bool:
    """Whether every byte is text in that encoding."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _weigh_candidates(lines: list[bytes]) -> dict[str, float]:
    """How well each candidate that can read the lines fits, -1..1; one of those that read them alike."""
    sample = _thin_out(lines)
    fits: dict[str, float] = {}
    texts: dict[str, str] = {}
    for name, encoding in encoding_table()["encodings"].items():
        if not _reads(sample, name):
            continue
        text = b"".join(sample).decode(name, "replace")
        weight = (
            max(fit_to_script(text, script) for script in encoding["scripts"])
            * encoding.get("weight", 1.0)
            * share_of_letters(text)
        )
        if (first_name := texts.setdefault(text, name)) != name:
            fits[first_name] = max(weight, fits[first_name])
        else:
            fits[name] = weight
    return fits


def _thin_out(lines: list[bytes]) -> list[bytes]:
    step = max(1, sum(map(len, lines)) // WEIGHED_BYTES)
    return [line[:WEIGHED_BYTES] if len(line) > 2 * WEIGHED_BYTES else line for line in lines[::step]]
