"""A text as a whole number of 63 bits, the same on every machine and in every version."""

from collections.abc import Sequence
from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from resolution.candidates import key_hashes

BITS = 63  # Both engines keep signed whole numbers of 64 bits.


def number_of(text: str) -> int:
    """Second half of the MD5 digest as a little-endian number, without its lowest bit. Not for secrecy.

    >>> number_of("f:brand:x")
    7530581830333101234
    """
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


def numbers_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """`number_of` of many texts: as keys are numbered, without the bit that marks an identifier."""
    return (key_hashes.hash_key_texts(texts) >> np.uint64(1)).astype(np.int64)
