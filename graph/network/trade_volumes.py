"""Volume of trade behind a tie: one amount an invoice or contract, red invoices netted, within the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Links, Real
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import TieClass
from ontology.rulebook_terms import add_months


@dataclass(frozen=True)
class TradeVolumes:
    """Per tie: yuan within the window (0 or more), whether anything counts, and ties whose sources differ on an amount."""

    amount: Real
    counts: NDArray[np.bool_]
    differ: set[int]


def trade_volumes(
    links: Links, groups: NDArray[np.int64], *, trades: NDArray[np.bool_], rulebook: Rulebook, as_of: date
) -> TradeVolumes:
    """Trade volume per tie over the rulebook's window before `as_of`; links must be ordered best source first within a tie.

    A dealing without a day counts. One without an amount counts as the mean dealing, so that a list of suppliers without
    amounts gives equal parts.
    """
    ties = int(groups[-1]) + 1 if len(groups) else 0
    window_start = add_months(as_of, -rulebook.trade_window_months).toordinal()
    day = np.maximum(links.began, np.minimum(links.ended, as_of.toordinal()))
    within = trades & ((day == 0) | (day > window_start))
    award = np.array([kind.tie_class is TieClass.AWARD for kind in rulebook.ties.values()])[links.kind]
    counted, differ = _one_per_fact(links, groups, within, award)
    amount = np.where(np.isnan(links.amount), _mean(links.amount[counted]), links.amount)
    total = np.bincount(groups[counted], amount[counted], ties)
    return TradeVolumes(np.maximum(total, 0.0), total > 0, differ)


def _one_per_fact(
    links: Links, groups: NDArray[np.int64], within: NDArray[np.bool_], award: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], set[int]]:
    """Links to count, one per pair of parties and fact, the best source of each; and ties where another tells otherwise.

    An award and the invoices under it may bear one number, and a red invoice bears that of the invoice it takes back:
    they are told apart, red ones by what they take back.
    """
    keyed = np.flatnonzero(within & (links.fact >= 0))
    source, target = links.source[keyed], links.target[keyed]
    red = np.minimum(np.nan_to_num(links.amount[keyed]), 0.0)
    keys = (red, links.fact[keyed] * 2 + award[keyed], np.maximum(source, target), np.minimum(source, target))
    order = np.lexsort((keyed, -links.rank[keyed], *keys))
    keyed, first = keyed[order], _firsts([key[order] for key in keys])
    best = np.repeat(keyed[first], np.diff(np.append(np.flatnonzero(first), len(keyed))))
    apart = np.abs(links.amount[keyed] - links.amount[best]) > 0.005 * np.abs(links.amount[best])
    free = np.flatnonzero(within & (links.fact < 0))
    return np.concatenate((keyed[first], free)), set(groups[best[apart]].tolist())


def _firsts(keys: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    """Where a new combination of keys begins, over columns sorted by them."""
    first = np.ones(len(keys[0]), np.bool_)
    first[1:] = np.any([np.diff(key) != 0 for key in keys], axis=0)
    return first


def _mean(amounts: Real) -> float:
    positive = amounts[~np.isnan(amounts) & (amounts > 0)]
    return float(positive.mean()) if len(positive) else 1.0
