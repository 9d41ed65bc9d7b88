"""Files that people name, looked at before they are opened: what is no file of bytes, or too large to be read, is refused."""

import os
import stat
import zlib
from pathlib import Path
from zipfile import BadZipFile

from ontology.errors import SourceUnreadable
from ontology.limits import SMALL_FILE_BYTES_MAX

BROKEN_ZIP = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the standard library raises of a ZIP that is none, or that is cut short, damaged, encrypted or packed in other ways."""
KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def stat_regular_file(path: Path) -> os.stat_result:
    """What the system tells of a file of bytes. Raises SourceUnreadable for anything else: opening a pipe may wait for ever."""
    try:
        status = path.stat()
    except (OSError, ValueError) as cause:
        raise SourceUnreadable(file=path.name, problem="not there, or not readable", remedy="Check the path.") from cause
    if not stat.S_ISREG(status.st_mode):
        kind_name = next((name for is_kind, name in KINDS if is_kind(status.st_mode)), "no file")
        raise SourceUnreadable(
            file=path.name, problem=f"it is {kind_name}, not a file", remedy="Save it as a file and name that."
        )
    return status


def read_whole(path: Path, bytes_max: int = SMALL_FILE_BYTES_MAX) -> bytes:
    """The bytes of a file. Raises SourceUnreadable where it is none, cannot be read, or has more than `bytes_max`."""
    size = stat_regular_file(path).st_size
    if size <= bytes_max:
        try:
            with path.open("rb") as file:
                content = file.read(bytes_max + 1)
        except OSError as cause:
            raise SourceUnreadable(file=path.name, problem="not there, or not readable", remedy="Check the path.") from cause
        size = len(content)
    if size > bytes_max:
        problem = f"{size} bytes; at most {bytes_max} are read"
        raise SourceUnreadable(file=path.name, problem=problem, remedy="Split it, or check that it is the right file.")
    return content


def lies_within(path: Path, folder: Path) -> bool:
    """Whether a path, links followed, is in a folder: who made the folder may lay a link in it to what is not theirs."""
    return path.resolve().is_relative_to(folder.resolve())
