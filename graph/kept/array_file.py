"""One file of named arrays, opened without being read: pages come in as they are looked at.

Layout: MAGIC, the length of the header as eight bytes, a digest of the header, the header as JSON, then the arrays, each at
a multiple of 64 bytes. The header says what the file belongs to (`stamp`), its whole length, and place, type and shape of
each array.
"""

import hashlib
import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.private_files import private_file

MAGIC = b"KITHKEPT"
HEADER_MAX = 16_000_000
DIGEST_LENGTH = 16
BEFORE_HEADER = len(MAGIC) + 8 + DIGEST_LENGTH
ALIGNMENT = 64
KINDS = "biuf"  # Booleans, whole and real numbers: nothing that could be more than data when it is read back.
Arrays = Mapping[str, NDArray[Any]]


class NotKept(Exception):
    """No file, or one that is cut short, foreign, or of other facts."""


def write_arrays(target: Path, arrays: Arrays, *, stamp: Mapping[str, str]) -> None:
    """Put the arrays in place of what was there, at once, readable by their owner alone. Raises NotAFileOfItsOwn, OSError."""
    header, begin = _header(arrays, stamp)
    with private_file(target) as file:
        file.write(header)
        for name, array in arrays.items():
            file.seek(begin[name])
            file.write(np.ascontiguousarray(array).data)
        file.truncate(_length(arrays, begin, len(header)))


def read_arrays(source: Path, *, stamp: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """The arrays of a file with this stamp; what is written into them stays in memory. Raises NotKept.

    A file that is replaced or removed afterwards stays open as it was.
    """
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as cause:
        raise NotKept from cause
    try:
        status = os.fstat(descriptor)
        length = status.st_size
        if status.st_uid != os.geteuid():
            raise NotKept
        header, first = _read_header(descriptor, length)
        if header.get("stamp") != dict(stamp) or header.get("length") != length:
            raise NotKept
        content = mmap.mmap(descriptor, length, access=mmap.ACCESS_COPY)  # Writable, so that compiled loops know its type.
        return {name: _array(content, first, *entry) for name, entry in header["arrays"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as cause:
        raise NotKept from cause
    finally:
        os.close(descriptor)


def _header(arrays: Arrays, stamp: Mapping[str, str]) -> tuple[bytes, dict[str, int]]:
    """The header with everything before the first array, and where each array begins."""
    entries: dict[str, tuple[str, tuple[int, ...], int]] = {}
    place = 0
    for name, array in arrays.items():
        if array.dtype.kind not in KINDS:
            raise ValueError(f"{name} holds {array.dtype}")
        entries[name] = (array.dtype.str, array.shape, place)
        place = _aligned(place + array.nbytes)
    length = 10**18  # As many digits as any length: the header must not grow by telling it.
    probe = json.dumps({"stamp": dict(stamp), "length": length, "arrays": entries}).encode()
    first = _aligned(BEFORE_HEADER + len(probe))
    begin = {name: first + entry[2] for name, entry in entries.items()}
    whole = json.dumps({"stamp": dict(stamp), "length": _length(arrays, begin, first), "arrays": entries}).encode()
    content = whole.ljust(len(probe))
    return (MAGIC + len(content).to_bytes(8, "little") + _digest(content) + content).ljust(first, b"\0"), begin


def _length(arrays: Arrays, begin: Mapping[str, int], least: int) -> int:
    return max((begin[name] + array.nbytes for name, array in arrays.items()), default=least)


def _read_header(descriptor: int, length: int) -> tuple[dict[str, Any], int]:
    start = os.pread(descriptor, BEFORE_HEADER, 0)
    header_length = int.from_bytes(start[len(MAGIC) : len(MAGIC) + 8], "little")
    if not start.startswith(MAGIC) or not 0 < header_length <= min(HEADER_MAX, length):
        raise NotKept
    content = os.pread(descriptor, header_length, BEFORE_HEADER)
    if start[-DIGEST_LENGTH:] != _digest(content):
        raise NotKept
    return json.loads(content), _aligned(BEFORE_HEADER + header_length)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST_LENGTH).digest()


def _array(content: mmap.mmap, first: int, kind: str, shape: list[int], place: int) -> NDArray[Any]:
    dtype = np.dtype(kind)
    if dtype.kind not in KINDS:
        raise NotKept
    return np.frombuffer(content, dtype, int(np.prod(shape, dtype=np.int64)), first + place).reshape(shape)


def _aligned(place: int) -> int:
    return -(-place // ALIGNMENT) * ALIGNMENT
