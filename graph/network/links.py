"""Links as numeric columns, converted once from `network/links`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.network.encoding import numbered, places, translated
from graph.network.facts import FactColumns
from graph.network.parties import Parties
from ontology.rulebook import Rulebook

Whole = NDArray[np.int32]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Links:
    """One row a link that can count on the day: both parties known and different, and begun by then.

    `row` points into `network/links`; `rank` is the class of the source, 3 the best; days are day numbers, 0 = unknown;
    `amount` is in yuan, NaN where unknown; `fact` numbers the invoice or contract, -1 without one.
    Symmetric kinds have the smaller party as source.
    """

    row: NDArray[np.int64]
    kind: NDArray[np.int16]
    source: Whole
    target: Whole
    rank: NDArray[np.int8]
    dataset: Whole
    share: Real
    amount: Real
    indirect: NDArray[np.bool_]
    verified: NDArray[np.bool_]
    began: Whole
    ended: Whole
    fact: Whole

    def __len__(self) -> int:
        return len(self.row)

    def select(self, selection: NDArray[np.bool_] | NDArray[np.int64]) -> "Links":
        """The chosen rows, in their order."""
        return Links(**{name: column[selection] for name, column in vars(self).items()})


def links_from(links: FactColumns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> Links:
    """The links that can count on `as_of`. A kind the rulebook does not name has no effect and is left out."""
    codes = {kind: code for code, kind in enumerate(rulebook.ties)}
    count = len(links["id"])
    built = Links(
        row=np.arange(count),
        kind=translated(links["kind"], lambda kind: codes.get(kind or "", -1), np.int16),
        source=places(links["source_id"], parties),
        target=places(links["target_id"], parties),
        rank=translated(links["source_class"], lambda class_: int(class_ or 0), np.int8),
        dataset=numbered(links["dataset"]),
        share=_reals(links["share"]),
        amount=_reals(links["amount"]) * _yuan(links["currency"], rulebook),
        indirect=np.array(links["indirect"], np.bool_),
        verified=np.array(links["verified"], np.bool_),
        began=days(links["began_on"]),
        ended=days(links["ended_on"]),
        fact=numbered(links["fact_key"]),
    )
    valid = (built.kind >= 0) & (built.source >= 0) & (built.target >= 0) & (built.source != built.target)
    return _one_way(built.select(valid & (built.began <= as_of.toordinal())), rulebook)


@lru_cache(maxsize=65536)
def day_number(iso_date: str | None) -> int:
    """Day number of an ISO date, 0 where there is none."""
    return date.fromisoformat(iso_date[:10]).toordinal() if iso_date else 0


def _one_way(links: Links, rulebook: Rulebook) -> Links:
    symmetric = np.array([kind.symmetric for kind in rulebook.ties.values()])[links.kind]
    swapped = symmetric & (links.source > links.target)
    source = np.where(swapped, links.target, links.source)
    target = np.where(swapped, links.source, links.target)
    return Links(**{**vars(links), "source": source, "target": target})


def days(values: Sequence[str | None]) -> Whole:
    """Day numbers of ISO dates, 0 where there is none."""
    return translated(values, day_number, np.int32)


def _reals(values: Sequence[float | None]) -> Real:
    return np.array(values, np.float64)  # None becomes not-a-number.


def _yuan(currencies: Sequence[str | None], rulebook: Rulebook) -> Real:
    """Yuan for one unit; a currency without a rate counts as yuan, so that a tie is never lost for want of one."""
    rates = rulebook.currencies.yuan
    return translated(currencies, lambda currency: rates.get(currency or "CNY", 1.0), np.float64)
