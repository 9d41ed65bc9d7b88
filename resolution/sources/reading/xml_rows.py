"""Elements of an XML file as rows, streamed: entities are refused, depth and size bounded, nothing outside the file is read."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ontology.errors import SourceUnreadable
from resolution.sources.reading.encodings import BOMS, encoding_of
from resolution.sources.reading.expat_parsers import parser_without_entities
from resolution.sources.reading.json_rows import cell_text
from resolution.sources.reading.rows import RawRow, Reading, Reference

PIECE_BYTES = 1 << 16
DEPTH_MAX = 100
ATTRIBUTES_MAX = 1000
LOOKED_AT_PIECES = 16  # The first 1 MB shows which element is repeated.
TEXT, ELEMENT, ATTRIBUTE = "#text", "#element", "@"
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}
"""Encodings that files name for one that holds more."""
ReferenceTable = tuple[Reference, dict[str, tuple[dict[str, Any], int]]]
"""What may be named, by its number, with the characters it takes."""
REFERRED_MAX = 200_000  # Elements kept to be put where they are named; the largest list known has some thousand places.
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def xml_rows(path: Path, reading: Reading) -> Iterator[RawRow]:
    """One row for each record element: text of children and `@attributes` by name, those with parts of their own as JSON.

    `#element` is the record element's own name. Rows are counted through the file.
    """
    records = reading.xml.record if reading.xml else (repeated_element(path, reading),)
    references = _reference_tables(path, reading)
    reader = _RecordReader(list(map(_steps, records)), path, reading, references)
    record_values = (
        {key: value if key == ELEMENT else cell_text(value) for key, value in parts.items()}
        for piece in _pieces(path, reading)
        for parts in reader.read(piece)
    )
    yield from (RawRow(number, values) for number, values in enumerate(record_values, start=1))
    reader.close()


def _reference_tables(path: Path, reading: Reading) -> list[ReferenceTable]:
    """The elements that the rows may name, by their number, read before the rows are. Raises SourceUnreadable on too many."""
    tables: list[ReferenceTable] = []
    for reference in reading.xml.refer if reading.xml else ():
        table: dict[str, tuple[dict[str, Any], int]] = {}
        reader = _RecordReader([_steps(reference.element)], path, reading, list(tables))  # Those before it stand in it by now.
        for parts in (parts for piece in _pieces(path, reading) for parts in reader.read(piece)):
            inner = {name: value for name, value in parts.items() if name != ELEMENT}
            table |= dict.fromkeys(_texts_at(inner, reference.key.split(".")), (inner, len(cell_text(inner))))
            if len(table) > REFERRED_MAX:
                problem = f"more than {REFERRED_MAX} elements {reference.element}"
                raise _xml_error(path, problem, "Read it without putting them where they are named.")
        tables.append((reference, table))
    return tables


def _texts_at(value: Any, steps: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for element in value:
            yield from _texts_at(element, steps)
    elif steps and isinstance(value, dict):
        yield from _texts_at(value.get(steps[0]), steps[1:])
    elif not steps and isinstance(value, str):
        yield value


def _steps(path: str) -> tuple[str, ...]:
    return tuple(re.split(r"[./]", path))


def root_of(path: Path, reading: Reading) -> str:
    """Name of the outermost element. Raises SourceUnreadable where the file is no XML."""
    return next((steps[0] for steps, _ in open_elements(path, reading)), "")


def repeated_element(path: Path, reading: Reading) -> str:
    """The path of the element that comes again and has parts: the outermost one, of several the most frequent; else the root."""
    counts, parts = Counter[tuple[str, ...]](), set[tuple[str, ...]]()
    for steps, attributes in open_elements(path, reading):
        counts[steps] += 1
        parts.add(steps[:-1])
        if attributes:
            parts.add(steps)
    repeated = [steps for steps, count in counts.items() if count > 1 and len(steps) > 1 and steps in parts]
    best = min(repeated, key=lambda steps: (len(steps), -counts[steps]), default=next(iter(counts), ("",)))
    return ".".join(best)


def open_elements(path: Path, reading: Reading) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Elements from the start of the file as they open: their path, and whether they have attributes."""
    stack: list[str] = []
    elements: list[tuple[tuple[str, ...], bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        stack.append(_local_name(name))
        elements.append((tuple(stack), bool(attributes)))
        if len(stack) > DEPTH_MAX:
            raise _xml_error(path, f"elements nested deeper than {DEPTH_MAX}")

    parser = _parser(path)
    parser.StartElementHandler, parser.EndElementHandler = start, lambda name: stack.pop()
    for piece in islice(_pieces(path, reading), LOOKED_AT_PIECES):
        _parse(parser, piece, path)
        yield from elements
        elements.clear()


class _RecordReader:
    """Builds one record element after the other, and forgets it when it is handed on."""

    def __init__(
        self,
        records: list[tuple[str, ...]],
        path: Path,
        reading: Reading,
        references: Sequence[ReferenceTable] = (),
    ) -> None:
        self._records, self._path, self._size_max = records, path, reading.line_bytes_max
        self._references = references
        self._names: list[str] = []
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self._size = self._count = self._read = 0
        self._done: list[dict[str, Any]] = []
        self._parser = _parser(path)
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, piece: bytes) -> list[dict[str, Any]]:
        """The records that end in this piece."""
        self._done = []
        _parse(self._parser, piece, self._path)
        self._read += len(piece)
        if self._read - self._parser.CurrentByteIndex > self._size_max + PIECE_BYTES:
            raise _xml_error(self._path, f"a single tag, comment or text longer than {self._size_max} characters")
        return self._done

    def close(self) -> None:
        """The file is over. Raises SourceUnreadable where it breaks off, or has no record element."""
        _parse(self._parser, b"", self._path, last=True)
        if not self._count:
            record_names = ", ".join(".".join(record) for record in self._records)
            raise _xml_error(self._path, f"no element {record_names}", "Name the element that is a row (format: xml: record).")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local_name(name)
        self._names.append(local)
        if len(self._names) > DEPTH_MAX:
            raise _xml_error(self._path, f"elements nested deeper than {DEPTH_MAX}")
        if self._open or any(tuple(self._names[-len(record) :]) == record for record in self._records):
            parts = {ATTRIBUTE + _local_name(key): text for key, text in attributes.items() if not key.startswith("xmlns")}
            self._open.append((local, parts, []))
            self._add_size(sum(len(key) + len(text) for key, text in parts.items()))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)
            self._add_size(len(text))

    def _end(self, name: str) -> None:
        self._names.pop()
        if not self._open:
            return
        local, parts, texts = self._open.pop()
        text = "".join(texts).strip()
        for referred in self._references:
            self._put(referred, local, parts, text)
        if self._open:
            _add_child(self._open[-1][1], local, parts | ({TEXT: text} if text else {}) if parts else text)
            return
        self._count, self._size = self._count + 1, 0
        self._done.append({ELEMENT: local} | parts | ({TEXT: text} if text else {}))

    def _put(self, referred: ReferenceTable, local: str, parts: dict[str, Any], text: str) -> None:
        """Put what this element names by a number into it, or beside it where its text is the number."""
        reference, table = referred
        if reference.at.startswith(ATTRIBUTE):
            named, holder = table.get(parts.get(reference.at, "")), parts
        else:
            named, holder = table.get(text) if local == reference.at else None, self._open[-1][1] if self._open else parts
        if named is not None:
            self._add_size(named[1])
            _add_child(holder, _steps(reference.element)[-1], named[0])

    def _add_size(self, size: int) -> None:
        self._size += size
        if self._size > self._size_max:
            problem = f"element {self._count + 1} is longer than {self._size_max} characters"
            raise _xml_error(self._path, problem, "Allow longer elements (--line-bytes-max), or name a smaller element.")


def _add_child(parts: dict[str, Any], name: str, value: Any) -> None:
    """Put a child beside those of its name."""
    if name not in parts:
        parts[name] = value
    elif isinstance(parts[name], list):
        parts[name].append(value)
    else:
        parts[name] = [parts[name], value]


def _parser(path: Path) -> expat.XMLParserType:
    remedy = "Send it without a document type declaration of its own."
    return parser_without_entities(lambda: _xml_error(path, "declares entities", remedy), "utf-8")


def _parse(parser: expat.XMLParserType, piece: bytes, path: Path, *, last: bool = False) -> None:
    try:
        parser.Parse(piece, last)
    except expat.ExpatError as cause:
        raise _xml_error(path, f"not XML at line {cause.lineno}: {expat.ErrorString(cause.code)}") from cause


def _pieces(path: Path, reading: Reading) -> Iterator[bytes]:
    """The file in UTF-8, whatever it is in: by its mark, as named, as it declares, else found out."""
    with path.open("rb") as file:
        start = file.read(1 << 10)
    declared = _DECLARED.match(start.lstrip())
    if reading.encoding or not declared or any(start.startswith(bom) for bom in BOMS):
        name, skipped, _ = encoding_of(path, reading.encoding)
    else:
        name, skipped = _wider_encoding(path, declared.group(1).decode()), 0
    decoder = codecs.getincrementaldecoder(name)()
    with path.open("rb") as file:
        file.seek(skipped)
        while piece := file.read(PIECE_BYTES):
            try:
                yield decoder.decode(piece).encode()
            except UnicodeDecodeError as cause:
                raise _xml_error(path, f"not {name}", "Name its encoding (--encoding), or save it as UTF-8.") from cause


def _wider_encoding(path: Path, declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError as cause:
        raise _xml_error(path, f"declares the unknown encoding {declared}", "Name its encoding (--encoding).") from cause
    return WIDER.get(name, name)


def _local_name(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _xml_error(path: Path, problem: str, remedy: str = "Mend the file, or ask its publisher for it anew.") -> SourceUnreadable:
    return SourceUnreadable(file=path.name, problem=problem, remedy=remedy)
