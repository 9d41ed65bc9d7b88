"""Packed files and archives: what is inside, unpacked into a private folder within bounds, for as long as it is read."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple, cast
from zipfile import ZipFile, ZipInfo

from ontology.errors import SourceUnreadable
from ontology.files import BROKEN_ZIP, stat_regular_file
from ontology.limits import ARCHIVE_FILES_MAX, UNPACKED_BYTES_MAX, UNPACKED_RATIO_FROM, UNPACKED_RATIO_MAX
from ontology.personal_ids import mask
from resolution.sources.reading.workbooks import WORKBOOKS

PACKED: dict[str, Callable[[Path], IO[bytes]]] = {
    ".gz": lambda path: cast("IO[bytes]", gzip.GzipFile(path, "rb")),
    ".bz2": lambda path: cast("IO[bytes]", bz2.BZ2File(path)),
    ".xz": lambda path: cast("IO[bytes]", lzma.LZMAFile(path)),  # noqa: SIM115  # Whoever asks closes it.
}
ARCHIVE = ".zip"
ARCHIVE_ENDINGS = (*PACKED, ARCHIVE)
MARKS = {b"PK\x03\x04": ARCHIVE, b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz"}
"""First bytes of archives and packed files, with their endings."""
PIECE_BYTES = 1 << 20
UTF8_NAME = 0x800
"""The mark of a member whose name is written in UTF-8."""
BROKEN = (*BROKEN_ZIP, gzip.BadGzipFile, lzma.LZMAError)
"""What the libraries raise of an archive that is none, or that is cut short, encrypted or packed in other ways."""


class FileInside(NamedTuple):
    """A file to read; `folder` is where it was given, and where rows of it that did not go in belong."""

    path: Path
    folder: Path


def is_packed(path: Path) -> bool:
    """Whether a file holds others, by its ending."""
    return path.suffix.lower() in ARCHIVE_ENDINGS


def packed_ending(path: Path) -> str:
    """The ending that a file's first bytes say it should have where it holds others and its name does not say so; else none."""
    if is_packed(path) or path.suffix.lower() in WORKBOOKS:
        return ""
    with path.open("rb") as file:
        start = file.read(max(map(len, MARKS)))
    return next((ending for mark, ending in MARKS.items() if start.startswith(mark)), "")


def files_inside(path: Path, work_folder: Path, endings: tuple[str, ...]) -> Iterator[FileInside]:
    """A file as it is, or the files inside it. See `unpack`."""
    yield from unpack(path, work_folder, endings) if is_packed(path) else (FileInside(path, path.parent),)


def unpack(path: Path, work_folder: Path, endings: tuple[str, ...]) -> Iterator[FileInside]:
    """The files inside that have one of these endings, in the order of their names; each is written as it is asked for.

    work_folder: a private folder of the caller, who removes it. Raises SourceUnreadable: broken, too large, nothing to read.
    """
    packed_bytes = stat_regular_file(path).st_size
    folder = work_folder / f"{len([*work_folder.iterdir()])}"
    folder.mkdir()
    room = _Room(path, packed_bytes)
    if path.suffix.lower() in PACKED:
        if Path(path.stem).suffix.lower() not in endings:
            raise _unreadable(path, f"no kind of file is known by {Path(path.stem).suffix or 'no ending'} inside it", endings)
        with _told(path), PACKED[path.suffix.lower()](path) as content:
            yield FileInside(room.write(content, folder / path.stem, packed_bytes), path.parent)
        return
    with _told(path), ZipFile(path) as archive:
        names = {member: _name_parts(member) for member in archive.infolist()}
        members = [member for member, parts in names.items() if _is_read(parts, endings)]
        if len(members) > ARCHIVE_FILES_MAX:
            raise _unreadable(path, f"more than {ARCHIVE_FILES_MAX} files inside", endings)
        if not members:
            raise _unreadable(path, "no file of a known kind inside", endings)
        for number, member in enumerate(sorted(members, key=lambda member: names[member])):
            with archive.open(member) as content:
                target = folder / names[member][-1]
                if target.exists():  # Two folders of an archive may hold files of one name.
                    target = folder / str(number) / target.name
                    target.parent.mkdir()
                yield FileInside(room.write(content, target, max(member.compress_size, 1)), path.parent)


def _name_parts(member: ZipInfo) -> tuple[str, ...]:
    """Folders and name of a member; those of a folder end in an empty one.

    Archives that do not say how names are written have them in the letters of the machine they come from, mostly a Chinese one.
    """
    name = member.filename
    if not (name.isascii() or member.flag_bits & UTF8_NAME):
        packed_name = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                name = packed_name.decode(encoding)
                break
    return tuple(name.replace("\\", "/").split("/"))


def _is_read(parts: tuple[str, ...], endings: tuple[str, ...]) -> bool:
    """Neither a folder nor what an operating system adds, and of a known kind."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and Path(parts[-1]).suffix.lower() in endings


class _Room:
    """How much an archive may still take, whatever it says of itself: its files may be many, or the same bytes many times."""

    def __init__(self, path: Path, packed_bytes: int) -> None:
        self._path, self._packed_bytes, self._size = path, packed_bytes, 0

    def write(self, content: IO[bytes], target: Path, packed_bytes: int) -> Path:
        """The content as a file. Raises SourceUnreadable where it, or the archive as a whole, swells beyond the bounds."""
        size = 0
        with target.open("wb") as file:
            while piece := content.read(PIECE_BYTES):
                size += len(piece)
                self._size += len(piece)
                if size > UNPACKED_BYTES_MAX or _swells(size, packed_bytes):
                    raise self._too_large(f"{target.name} inside", size, packed_bytes)
                if _swells(self._size, self._packed_bytes):
                    raise self._too_large("all inside", self._size, self._packed_bytes)
                file.write(piece)
        return target

    def _too_large(self, what: str, size: int, packed_bytes: int) -> SourceUnreadable:
        problem = f"{what} unpacks to more than {size >> 20} MB of {packed_bytes} bytes"
        return SourceUnreadable(file=mask(self._path.name), problem=problem, remedy="If it is sound, unpack it by hand.")


def _swells(size: int, packed_bytes: int) -> bool:
    return size > UNPACKED_RATIO_FROM and size > packed_bytes * UNPACKED_RATIO_MAX


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what libraries raise of a broken archive into an error with the file's name."""
    try:
        yield
    except BROKEN as cause:
        problem = "encrypted" if "encrypted" in str(cause) else "broken off, or not packed as its name says"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Fetch it anew, or unpack it by hand.") from cause
    except OSError as cause:
        problem = f"cannot be unpacked: {cause.strerror or cause}"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Make room, or unpack it by hand.") from cause


def _unreadable(path: Path, problem: str, endings: tuple[str, ...]) -> SourceUnreadable:
    return SourceUnreadable(file=mask(path.name), problem=problem, remedy=f"Known: {', '.join(endings)}.")
