"""The levels of a pair as one number: a million pairs have some ten thousand distinct vectors of levels."""

from dataclasses import dataclass
from math import prod

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence, levels_of
from resolution.comparisons.splink_settings import NAME_SHARE, NODE, NULL_LEVEL, PAIR, weighs_by_share

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
CODES_MAX = 2**63


@dataclass(frozen=True)
class LevelVectors:
    """Numbers the vectors of levels of one kind in mixed radix: the class of the names' share, then the level of each comparison.

    shares: distinct shares of names, 0..1, ascending. Class 0: the names of the pair do not weigh by share; class n: by the nth.
    """

    kind: PartyKind
    shares: Floats

    @classmethod
    def of(cls, kind: PartyKind, record_shares: Floats) -> "LevelVectors":
        """Of records whose names have these shares. Raises OverflowError where the vectors do not fit 64 bits."""
        vectors = cls(kind, np.unique(record_shares) if _levels_by_share(kind).any() else np.empty(0))
        if vectors.codes_max > CODES_MAX:
            raise OverflowError(f"{vectors.codes_max} vectors of levels do not fit 64 bits")
        return vectors

    @property
    def codes_max(self) -> int:
        """How many vectors there may be."""
        return (len(self.shares) + 1) * prod(len(comparison.levels) + 1 for comparison in comparisons(self.kind))

    def encode(self, evidence: Evidence, record_shares: Floats) -> Integers:
        """The vector of each pair, as a number."""
        levels_by_name = {
            comparison.name: levels_of(comparison, evidence.agreement[comparison.name]) for comparison in comparisons(self.kind)
        }
        codes = self._share_classes(evidence, record_shares, levels_by_name["names"])
        for comparison in comparisons(self.kind):
            codes *= len(comparison.levels) + 1
            codes += levels_by_name[comparison.name] - NULL_LEVEL
        return codes

    def decode(self, codes: Integers) -> dict[str, Integers]:
        """The level of each comparison and vector, and under "name_share" the class of the share."""
        columns: dict[str, Integers] = {}
        rest = codes
        for comparison in reversed(comparisons(self.kind)):
            rest, digit = np.divmod(rest, len(comparison.levels) + 1)
            columns[comparison.name] = digit + NULL_LEVEL
        return {NAME_SHARE: rest} | dict(reversed(columns.items()))

    def table(self, codes: Integers) -> pa.Table:
        """The vectors as Splink reads them (splink_settings.py); their nodes are their positions."""
        columns = self.decode(codes)
        classes = columns.pop(NAME_SHARE)
        shares = np.append(np.nan, self.shares)[classes]
        return level_table(self.kind, columns, shares)

    def _share_classes(self, evidence: Evidence, record_shares: Floats, name_levels: Integers) -> Integers:
        classes = np.zeros(len(evidence.left), dtype=np.int64)
        if len(self.shares):
            rows = np.flatnonzero(_levels_by_share(self.kind)[name_levels])
            larger = np.maximum(record_shares[evidence.left[rows]], record_shares[evidence.right[rows]])
            classes[rows] = np.searchsorted(self.shares, larger) + 1
        return classes


def level_table(kind: PartyKind, levels_by_name: dict[str, Integers], name_shares: Floats) -> pa.Table:
    """Levels of pairs or of vectors as the table that splink_settings.py describes, each row once; a share of NaN is null."""
    nodes = np.arange(len(name_shares), dtype=np.int64)
    columns = {comparison.name: levels_by_name[comparison.name].astype(np.int16) for comparison in comparisons(kind)}
    shares = pa.array(name_shares, mask=np.isnan(name_shares))
    return pa.table({NODE: nodes, PAIR: nodes} | columns | {NAME_SHARE: shares})


def _levels_by_share(kind: PartyKind) -> NDArray[np.bool_]:
    """Which levels of names weigh by share; last, where -1 points, names that cannot be compared."""
    name_comparison = next(comparison for comparison in comparisons(kind) if comparison.name == "names")
    return np.array([*(weighs_by_share(name_comparison, level.label) for level in name_comparison.levels), False])
