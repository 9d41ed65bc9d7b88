"""How far what a store keeps is from what a run in bulk gives: the check that updates have not led astray."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ontology.score import Score
from ontology.signal import Signal
from store.port import Columns, Row, Store
from store.rows import to_row

EXACT = 1e-9  # What sums in another order may differ by, and more.
SHOWN_MAX = 20


@dataclass(frozen=True)
class Drift:
    """Kept signals and scores against those computed in bulk from the statements.

    `greatest` is the greatest difference of each signal, `allowed` the bound certified when it was kept.
    """

    as_of: date
    parties: int
    signals: int
    greatest: dict[str, float]
    allowed: dict[str, float]
    scores_that_differ: tuple[str, ...]
    count_of_scores_that_differ: int

    @property
    def none(self) -> bool:
        """Whether every signal is within its bound and every score the same."""
        within = all(value <= self.allowed[name] for name, value in self.greatest.items())
        return within and not self.count_of_scores_that_differ


def drift(store: Store, *, as_of: date, parties: int, signals: Iterable[Signal], scores: Iterable[Score]) -> Drift:
    """Compare these signals and scores, computed in bulk, with those the store keeps."""
    kept = store.columns("signals/all")
    greatest = _greatest(kept, signals)
    bounds = _bounds(store)
    differ = _differing(store.read("scores/all"), scores)
    return Drift(
        as_of=as_of,
        parties=parties,
        signals=len(kept["name"]),
        greatest=greatest,
        allowed={name: EXACT + bounds.get(name, 0.0) for name in greatest},
        scores_that_differ=differ[:SHOWN_MAX],
        count_of_scores_that_differ=len(differ),
    )


def _greatest(kept: Columns, signals: Iterable[Signal]) -> dict[str, float]:
    """The greatest difference by name of signal; one that only one side has differs by its whole value."""
    told = ("entity_id", "name", "value", "own", "exposure")
    left = {(id_, name): values for id_, name, *values in zip(*(kept[one] for one in told), strict=True)}
    found: dict[str, float] = defaultdict(float)
    for one in signals:
        was = left.pop((one.entity_id, one.name), (0.0, 0.0, 0.0))
        now = (one.value, one.own, one.exposure)
        found[one.name] = max(found[one.name], *(abs(a - b) for a, b in zip(now, was, strict=True)))
    for (_, name), values in left.items():
        found[name] = max(found[name], *map(abs, values))
    return dict(sorted(found.items()))


def _differing(kept: Iterable[Row], scores: Iterable[Score]) -> tuple[str, ...]:
    left = {row["entity_id"]: _said(row) for row in kept}
    found = [one.entity_id for one in scores if left.pop(one.entity_id, None) != _said(to_row(one))]
    return tuple(sorted([*found, *left]))


def _said(row: Row) -> tuple[object, ...]:
    return row["value"], row["state"], row["standing"], row["band"]


def _bounds(store: Store) -> dict[str, float]:
    told = store.read("meta/get", key="propagate.bounds")
    bounds: dict[str, float] = json.loads(told[0]["value"]) if told else {}
    return bounds
