"""What a workbook costs, known before it is opened: how far it unpacks, how wide its sheets are, which formulas lack a value.

The library that reads sheets lays a sheet out as one table, from the first to the last filled cell: two cells in opposite corners
would take 512 GB. So each sheet is gone through once, cell by cell, and nothing of it is kept but its bounds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ontology.errors import SourceUnreadable
from ontology.files import BROKEN_ZIP
from ontology.limits import (
    CELLS_MAX,
    OTHER_WORKBOOK_UNPACKED_MAX,
    WORKBOOK_BYTES_MAX,
    WORKBOOK_PARTS_MAX,
    WORKBOOK_RATIO_FROM,
    WORKBOOK_RATIO_MAX,
    WORKBOOK_TEXT_MAX,
)
from resolution.sources.reading.expat_parsers import parser_without_entities

PIECE_BYTES = 1 << 18
OPEN_DOCUMENT = "content.xml"
OTHER_FORMATS = ("xl/workbook.bin", OPEN_DOCUMENT)  # Their readers are others, with bounds of their own.
WORKBOOK, STRINGS = "xl/workbook.xml", "sharedstrings"
PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
AS_CSV = "Delete what is empty or formatted below and beside the table, or save the sheet as CSV."
BROKEN = (*BROKEN_ZIP, OSError)
"""What the library raises of an archive that is none, or that is cut short, encrypted or packed in other ways."""


class WorkbookLimits(NamedTuple):
    """Bytes that a workbook may unpack to, and cells of a sheet."""

    bytes: int = WORKBOOK_BYTES_MAX
    cells: int = CELLS_MAX


ANY_WORKBOOK = WorkbookLimits()


@dataclass
class Bounds:
    """What one sheet holds: last filled row and column, counted from 1, filled cells, and letters of texts in the sheet itself.

    unsaved:  column letters of the first formula without a saved value, by row.
    shared:   how often each text of the workbook's own list of texts is named.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    letters: int = 0
    unsaved: dict[int, str] = field(default_factory=dict)
    shared: dict[int, int] = field(default_factory=dict)


def check_workbook(file: IO[bytes], name: str, allowed: WorkbookLimits = ANY_WORKBOOK) -> dict[str, Bounds]:
    """The bounds of each sheet by its part. Raises SourceUnreadable naming the limit that a workbook is beyond."""
    try:
        with ZipFile(file) as archive:
            parts = _parts(archive, name, allowed.bytes)
            lengths: list[int] = []
            for part in parts:
                if STRINGS in part.filename.lower():
                    lengths = _text_lengths(archive, part, name)
            bounds_by_part = {
                part.filename: _bounds(archive, part, name, allowed.cells) for part in parts if _is_sheet(archive, part)
            }
    except BROKEN as cause:
        raise _no_workbook(name) from cause
    for bounds in bounds_by_part.values():
        letters = bounds.letters + sum(
            count * lengths[place] for place, count in bounds.shared.items() if 0 <= place < len(lengths)
        )
        if letters > WORKBOOK_TEXT_MAX:
            raise _limit_error(name, f"{letters} letters in the cells of a sheet; at most {WORKBOOK_TEXT_MAX} are read", AS_CSV)
    return bounds_by_part


def _no_workbook(name: str) -> SourceUnreadable:
    return SourceUnreadable(file=name, problem="not a workbook", remedy="Save it as .xlsx, without a password, or as CSV.")


def _limit_error(name: str, problem: str, remedy: str) -> SourceUnreadable:
    return SourceUnreadable(file=name, problem=problem, remedy=remedy)


def _parts(archive: ZipFile, name: str, bytes_max: int) -> list[ZipInfo]:
    """Every part, unpacked once to be measured: what an archive says of itself may be wrong."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if WORKBOOK not in names or names.intersection(OTHER_FORMATS):
        raise _no_workbook(name)
    _check_size(archive, parts, name, bytes_max)
    return parts


def check_unpacked_size(path: Path) -> None:
    """Raises SourceUnreadable where a workbook of another kind (.ods, .xlsb) unpacks to too much, or repeats too many cells."""
    try:
        with ZipFile(path) as archive:
            _check_size(archive, archive.infolist(), path.name, OTHER_WORKBOOK_UNPACKED_MAX)
            content = next((part for part in archive.infolist() if part.filename == OPEN_DOCUMENT), None)
            if content and (cells := _repeated_cells(archive, content, path.name)) > CELLS_MAX:
                raise _limit_error(path.name, f"{cells} filled cells; at most {CELLS_MAX} are read", AS_CSV)
    except BadZipFile as cause:
        if path.suffix.lower() != ".xls":  # Those are not packed.
            raise _no_workbook(path.name) from cause
    except BROKEN as cause:
        raise _no_workbook(path.name) from cause


def _repeated_cells(archive: ZipFile, part: ZipInfo, name: str) -> int:
    """Filled cells of an OpenDocument, those counted each time that a row or a cell is said to repeat."""
    cells = rows = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal cells, rows
        kind = element.rpartition(":")[2]
        if kind == "table-row":
            rows = int(attributes.get("table:number-rows-repeated", 1))
        elif kind == "table-cell" and "office:value-type" in attributes:
            cells += rows * int(attributes.get("table:number-columns-repeated", 1))

    parser = parser_without_entities(lambda: _no_workbook(name))
    parser.StartElementHandler = start
    try:
        for piece in _pieces(archive, part):
            parser.Parse(piece)
    except expat.ExpatError as cause:
        raise _no_workbook(name) from cause
    return cells


def _check_size(archive: ZipFile, parts: list[ZipInfo], name: str, bytes_max: int) -> None:
    if len(parts) > WORKBOOK_PARTS_MAX:
        raise _limit_error(name, f"{len(parts)} parts; at most {WORKBOOK_PARTS_MAX} are read", "Save it anew, or as CSV.")
    declared, bytes_packed, size = sum(part.file_size for part in parts), sum(part.compress_size for part in parts), 0
    allowed = min(bytes_max, max(WORKBOOK_RATIO_FROM, WORKBOOK_RATIO_MAX * bytes_packed))
    for part in parts if declared <= allowed else ():
        for piece in _pieces(archive, part):
            size += len(piece)
            if size > allowed:
                break
    if max(declared, size) > allowed:
        problem = f"too large unpacked: {max(declared, size)} bytes; at most {allowed} are read of a workbook of this size"
        raise _limit_error(name, problem, "Send it as CSV.")


def _pieces(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """The part to the end of what is packed, however long it says it is."""
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("packed in a way that workbooks are not")
    declared, part.file_size = part.file_size, max(part.file_size, WORKBOOK_BYTES_MAX + 1)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE_BYTES):
                yield piece
    finally:
        part.file_size = declared


def _is_sheet(archive: ZipFile, part: ZipInfo) -> bool:
    """Whether a part holds rows of cells, whatever its name is."""
    before = b""
    for piece in _pieces(archive, part):
        if b"sheetData" in before + piece:
            return True
        before = piece[-16:]
    return False


def _bounds(archive: ZipFile, part: ZipInfo, name: str, cells_max: int) -> Bounds:
    walk = _CellWalk(name, cells_max)
    for piece in _pieces(archive, part):
        walk.read(piece)
    return walk.close()


class _CellWalk:
    """Goes through the cells of one sheet. A cell counts once something stands in it."""

    def __init__(self, name: str, cells_max: int) -> None:
        self.bounds, self._name, self._cells_max = Bounds(), name, cells_max
        self._row = self._column = 0
        self._counted = self._formula = self._saved = self._shared = False
        self._texts: list[str] = []
        self._parser = _parser(name)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, piece: bytes) -> None:
        _parse(self._parser, piece, self._name)

    def close(self) -> Bounds:
        _parse(self._parser, b"", self._name, last=True)
        return self.bounds

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1, self._name), 0
        elif local in ("v", "f", "is"):
            self._content(local)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            match = PLACE.fullmatch(place)
            if match is None:
                raise _limit_error(
                    self._name, f"a cell at {place[:20]!r}, where no cell can be", "Save it anew in a spreadsheet."
                )
            self._column, self._row = _column(match.group(1)), int(match.group(2))
        self._counted = self._formula = self._saved = False
        self._shared = attributes.get("t") == "s"

    def _content(self, local: str) -> None:
        bounds = self.bounds
        if not self._counted:
            self._counted = True
            bounds.filled += 1
            bounds.rows, bounds.columns = max(bounds.rows, self._row), max(bounds.columns, self._column)
            if max(bounds.rows * bounds.columns, bounds.filled) > self._cells_max:
                extent = f"{bounds.rows} rows by {bounds.columns} columns up to its last filled cell"
                raise _limit_error(self._name, f"{extent}; at most {self._cells_max} cells are read", AS_CSV)
        self._formula |= local == "f"
        self._texts.clear()
        self._parser.CharacterDataHandler = None if local == "f" else self._texts.append

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local in ("v", "is"):
            self._parser.CharacterDataHandler = None
            text = "".join(self._texts)
            self._saved |= bool(text) or local == "is"
            if self._shared and text.strip().isdecimal() and len(text) < 10:
                self.bounds.shared[int(text)] = self.bounds.shared.get(int(text), 0) + 1
            else:
                self.bounds.letters += len(text)
            self._texts.clear()
        elif local == "c":
            if self._formula and not self._saved and self._row not in self.bounds.unsaved:
                self.bounds.unsaved[self._row] = _letters(self._column)
            self._formula = False


def _text_lengths(archive: ZipFile, part: ZipInfo, name: str) -> list[int]:
    """Letters of each text that cells may name."""
    lengths: list[int] = []
    parser = _parser(name)

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    for piece in _pieces(archive, part):
        _parse(parser, piece, name)
    _parse(parser, b"", name, last=True)
    return lengths


def _parser(name: str) -> expat.XMLParserType:
    return parser_without_entities(lambda: _limit_error(name, "a sheet that declares entities", "Save it anew in a spreadsheet."))


def _parse(parser: expat.XMLParserType, piece: bytes, name: str, *, last: bool = False) -> None:
    try:
        parser.Parse(piece, last)
    except expat.ExpatError as cause:
        raise _no_workbook(name) from cause


def _number(text: str | None, otherwise: int, name: str) -> int:
    if text is None:
        return otherwise
    if not (text.isdecimal() and len(text) < 9):
        raise _limit_error(name, f"a row numbered {text[:20]!r}", "Save it anew in a spreadsheet.")
    return int(text)


def _column(letters: str) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def _letters(place: int) -> str:
    letters = ""
    while place > 0:
        place, remainder = divmod(place - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
