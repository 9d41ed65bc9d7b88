"""A text as a whole number of 63 bits, the same in Python and in DuckDB, on every machine and in every version."""

from hashlib import md5

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

BITS = 63  # Both engines keep signed whole numbers of 64 bits.


def number_of(text: str) -> int:
    """Second half of the MD5 digest, read from its last byte on, without its lowest bit. Never used for secrecy.

    >>> number_of("f:brand:x")
    7530581830333101234
    """
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest()[8:], "little") >> 1


def numbers_of(texts: pa.Array, connection: DuckDBPyConnection) -> NDArray[np.int64]:
    """`number_of` of many texts, a hundred times as fast."""
    connection.register("kith_texts", pa.table({"text": texts}))
    try:
        found = connection.execute("SELECT (md5_number_lower(text) >> 1)::BIGINT AS number FROM kith_texts").fetchnumpy()
    finally:
        connection.unregister("kith_texts")
    return np.asarray(found["number"], dtype=np.int64)
