"""A text as a whole number of 63 bits, the same in Python and in DuckDB, on every machine and in every version."""

from collections.abc import Sequence
from hashlib import md5

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

BITS = 63  # Both engines keep signed whole numbers of 64 bits.
FEW = 10_000  # Texts that are done before DuckDB has started.


def number_of(text: str) -> int:
    """Second half of the MD5 digest, read from its last byte on, without its lowest bit. Never used for secrecy.

    >>> number_of("f:brand:x")
    7530581830333101234
    """
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


def numbers_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """`number_of` of many texts, on all cores."""
    if len(texts) <= FEW:
        return np.fromiter(map(number_of, texts), np.int64, len(texts))
    with duckdb.connect() as connection:
        connection.register("kith_texts", pa.table({"text": pa.array(texts, pa.string())}))
        asked = "SELECT (md5_number_lower(text) >> 1)::BIGINT AS number FROM kith_texts"
        return np.asarray(connection.execute(asked).fetchnumpy()["number"], dtype=np.int64)
