"""The rulebook's formulas over whole columns of ties."""

from collections.abc import Mapping

import numpy as np

from graph.network.links import Real
from graph.network.ties import Ties
from ontology.rulebook_expressions import Functions, parse

COLUMNS: Functions = {"min": np.minimum, "max": np.maximum, "abs": np.abs, "clip": np.clip}


def column(expression: str, quantities: Mapping[str, Real], *, rows: int) -> Real:
    """The value of a formula for each row; 0 where a quantity is missing or the formula has no value."""
    with np.errstate(all="ignore"):
        values = parse(expression).value(quantities, functions=COLUMNS)
    return np.nan_to_num(np.broadcast_to(np.asarray(values, np.float64), (rows,)), nan=0.0, posinf=0.0, neginf=0.0)


def coefficient(expression: str, quantities: Mapping[str, Real], *, rows: int) -> Real:
    """The coefficient of each row, clipped to 0..1: no tie carries more than its sender holds."""
    return np.clip(column(expression, quantities, rows=rows), 0.0, 1.0)


def scaled_shares(ties: Ties, parties: int) -> Real:
    """Stakes for risk: those of one owned party that sum above one are scaled down to one; the 50 % rule never uses these."""
    owns = ties.of_kind("OWNS")
    share = np.zeros(len(ties))
    share[owns] = np.nan_to_num(ties.share[owns])
    sums = np.bincount(ties.target[owns], share[owns], parties)
    return share / np.maximum(1.0, sums[ties.target]) if len(ties) else share
