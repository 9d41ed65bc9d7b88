"""Small workbooks of the kinds that no library of ours writes, byte by byte."""

import struct
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

Cells = Mapping[tuple[int, int], str]
"""Text by row and column, counted from 0."""
SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD  # Marks of the table of sectors.
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
OPEN_XML = "http://schemas.openxmlformats.org"


def cells_of(rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    return {(at, place): text for at, row in enumerate(rows) for place, text in enumerate(row)}


def ods(path: Path, rows: str) -> Path:
    """An OpenDocument sheet; rows: its `table:table-row` elements."""
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    sheet = f'<table:table table:name="Sheet">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    entry = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">{entry}</manifest:manifest>'
        )
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path


def ods_row(*texts: str, rows: int = 1, columns: int = 1, gap: int = 0) -> str:
    """A row of an OpenDocument that repeats so often, each of its cells too, with so many empty ones in front."""
    empty = f'<table:table-cell table:number-columns-repeated="{gap}"/>' if gap else ""
    repeated = f' table:number-columns-repeated="{columns}"' if columns > 1 else ""
    cells = "".join(
        f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{empty}{cells}</table:table-row>'


def xlsb(path: Path, cells: Cells) -> Path:
    """A binary workbook with one sheet (MS-XLSB)."""
    book = _record(0x83) + _record(0x8F) + _record(0x9C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet"))
    rows = b"".join(
        _record(0x00, struct.pack("<I", at) + bytes(13))
        + b"".join(_record(0x06, struct.pack("<II", place, 0) + _wide(cells[at, place])) for _, place in places)
        for at, places in groupby(sorted(cells), key=lambda place: place[0])
    )
    size = struct.pack("<IIII", 0, max(row for row, _ in cells), 0, max(column for _, column in cells))
    sheet = _record(0x81) + _record(0x94, size) + _record(0x91) + rows + _record(0x92) + _record(0x82)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{OPEN_XML}/package/2006/content-types"/>')
        archive.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", _relation("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book + _record(0x90) + _record(0x84))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _relation(kind: str, target: str) -> str:
    kind = f"{OPEN_XML}/officeDocument/2006/relationships/{kind}"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{OPEN_XML}/package/2006/relationships">{relation}</Relationships>'


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    size, length = len(content), b""
    while size >= 0x80:
        length, size = length + bytes([(size & 0x7F) | 0x80]), size >> 7
    return head + length + bytes([size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xls(path: Path, cells: Cells) -> Path:
    """A workbook of the years before 2007 (BIFF8) with one sheet."""
    start = _biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 1996, 0, 6))
    name = b"Sheet"
    sheet_at = len(start) + 4 + 8 + len(name) + 4
    book = start + _biff(0x85, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name) + _biff(0x0A)
    height, width = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    sheet = _biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 1996, 0, 6))
    sheet += _biff(0x200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for (at, place), text in sorted(cells.items()):
        sheet += _biff(0x204, struct.pack("<HHHHB", at, place, 15, len(text), 1) + text.encode("utf-16-le"))
    path.write_bytes(_compound_file(book + sheet + _biff(0x0A)))
    return path


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound_file(stream: bytes) -> bytes:
    """The container of such a workbook: its stream in sectors, with a table of them and a directory in front."""
    content = stream.ljust(max(8 * SECTOR, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(content) // SECTOR
    assert sectors <= 126, "one sector of the table is enough for small ones"
    table = [TABLE, END, *(at + 3 for at in range(sectors - 1)), END]
    table += [FREE] * (128 - len(table))
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry("Workbook", 2, 2, len(content)) + _entry("", 0, 0, 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return head + struct.pack("<128I", *table) + directory + content


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0" if name else b""
    head = spelled.ljust(64, b"\0") + struct.pack("<HBBIII", len(spelled), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
