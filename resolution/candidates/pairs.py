"""Keys of many records -> the pairs that share one; DuckDB explodes and joins, keys held by too many are dropped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resolution.candidates.keys import keys
from resolution.records.analysed import Analysed

HOLDERS_MAX = 50  # A key held by more records tells little, and its pairs grow with the square.
ID_HOLDERS_MAX = 20  # Beyond it each holder of an id is paired with the first of them only.


@dataclass(frozen=True)
class Candidates:
    """Pairs of positions, left < right, sorted; and the keys that no pair came from because too many records hold them."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    dropped: tuple[str, ...]


def candidates(
    records: Sequence[Analysed], connection: duckdb.DuckDBPyConnection, *, stopped: Collection[str] = ()
) -> Candidates:
    """All pairs of records that share a key held by at most 50 records.

    An identifier held by more is not dropped: its holders are each paired with the first of them. Memory and time are
    bounded by 50 pairs a key and record, however often a key occurs. stopped: keys never used, held by many or by few.
    """
    never = frozenset(stopped)
    held = [keys(record) - never for record in records]
    exploded = pa.table(
        {
            "key": pa.array([key for own in held for key in own], pa.string()),
            "node": pa.array(np.repeat(np.arange(len(held), dtype=np.int64), [len(own) for own in held])),
        }
    )
    connection.register("kith_exploded", exploded)
    try:
        found = connection.execute(PAIRS, {"most": HOLDERS_MAX, "most_id": ID_HOLDERS_MAX}).fetchnumpy()
        dropped = connection.execute(DROPPED, {"most": HOLDERS_MAX}).fetchall()
    finally:
        connection.unregister("kith_exploded")
    return Candidates(_whole(found["l"]), _whole(found["r"]), tuple(key for (key,) in dropped))


def _whole(column: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(column, dtype=np.int64)


PAIRS = """
WITH counted AS (SELECT key, count(*) AS n, min(node) AS first FROM kith_exploded GROUP BY key HAVING count(*) > 1),
kept AS (SELECT e.key, e.node FROM kith_exploded e JOIN counted c USING (key)
         WHERE c.n <= CASE WHEN e.key[3:5] = 'id:' THEN $most_id ELSE $most END),
chained AS (SELECT c.first AS l, e.node AS r FROM kith_exploded e JOIN counted c USING (key)
            WHERE c.n > $most_id AND e.key[3:5] = 'id:' AND e.node > c.first)
SELECT l, r FROM (
  SELECT a.node AS l, b.node AS r FROM kept a JOIN kept b ON a.key = b.key AND a.node < b.node
  UNION SELECT l, r FROM chained
) ORDER BY l, r
"""
DROPPED = """
SELECT key FROM kith_exploded WHERE key[3:5] <> 'id:' GROUP BY key HAVING count(*) > $most ORDER BY key
"""
