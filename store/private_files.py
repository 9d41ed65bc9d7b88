"""Files that only their owner reads: whole or not at all, never through a link that somebody else laid.

Whatever kith writes may hold names, so every file is 0600 and every folder it makes 0700, whatever the umask is.
"""

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, TextIO

from ontology.errors import NotAFileOfItsOwn

FILE_MODE, FOLDER_MODE = 0o600, 0o700
OTHERS_RIGHTS = 0o077  # What group and others may.


def write_private(target: Path, content: str | bytes) -> None:
    """Put the whole content in place of what was there, at once. Raises NotAFileOfItsOwn, OSError."""
    with private_file(target) as file:
        file.write(content if isinstance(content, bytes) else content.encode())


@contextmanager
def private_file(target: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes the place of `target` when the block ends well; else what was there stays.

    Raises NotAFileOfItsOwn where a link, a folder, a pipe or a device stands there, OSError.
    """
    refuse_special_file(target)
    draft = target.with_name(f".{target.name[:200]}.{token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(draft, flags, FILE_MODE), "wb") as file:
            os.fchmod(file.fileno(), FILE_MODE)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)  # Takes the place of a link laid meanwhile; it is not followed.
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


@contextmanager
def private_text(target: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """As `private_file`, for text; line ends are written as they are given."""
    with private_file(target) as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        try:
            yield text
            text.flush()
        finally:
            with suppress(OSError, ValueError):
                text.detach()


def create_private(target: Path) -> bool:
    """Make an empty file where there is none; whether it was made. Raises NotAFileOfItsOwn, OSError."""
    refuse_special_file(target)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    except FileExistsError:
        return False
    os.fchmod(descriptor, FILE_MODE)
    os.close(descriptor)
    return True


def open_private_log(target: Path) -> IO[bytes]:
    """A log to go on with at its end. Raises OSError, also where a link stands there."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, FILE_MODE)
    os.fchmod(descriptor, FILE_MODE)
    return os.fdopen(descriptor, "ab")


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for its owner alone; one that is there stays as it is."""
    for parent in (*reversed(folder.parents), folder):
        with suppress(FileExistsError):
            if not parent.is_dir():
                parent.mkdir(mode=FOLDER_MODE)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def tighten(target: Path) -> bool:
    """Take from group and others what they may do with a file of ours; whether they might. Of others' files: nothing.

    A file that is tight already is not opened: closing it again would end the locks that SQLite holds on it in this process.
    """
    with suppress(OSError):
        if not target.lstat().st_mode & OTHERS_RIGHTS:
            return False
        descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
            if mode & OTHERS_RIGHTS:
                os.fchmod(descriptor, mode & ~OTHERS_RIGHTS)
                return True
        finally:
            os.close(descriptor)
    return False


def refuse_special_file(target: Path) -> None:
    """Raise NotAFileOfItsOwn where something stands there that is no plain file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        file_kind = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise NotAFileOfItsOwn(file=target.name, reason=f"{file_kind} stands there")
