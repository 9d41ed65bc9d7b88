"""How far stored signals and scores are from a run in bulk: the check that incremental updates have not drifted."""

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
    def within_bounds(self) -> bool:
        """Whether every signal is within its bound and every score the same."""
        within = all(value <= self.allowed[name] for name, value in self.greatest.items())
        return within and not self.count_of_scores_that_differ


def drift(store: Store, *, as_of: date, parties: int, signals: Iterable[Signal], scores: Iterable[Score]) -> Drift:
    """Compare these signals and scores, computed in bulk, with those the store keeps."""
    stored = store.columns("signals/all")
    greatest = _greatest_differences(stored, signals)
    bounds = _certified_bounds(store)
    differing_ids = _differing_scores(store.read("scores/all"), scores)
    return Drift(
        as_of=as_of,
        parties=parties,
        signals=len(stored["name"]),
        greatest=greatest,
        allowed={name: EXACT + bounds.get(name, 0.0) for name in greatest},
        scores_that_differ=differing_ids[:SHOWN_MAX],
        count_of_scores_that_differ=len(differing_ids),
    )


def _greatest_differences(stored: Columns, signals: Iterable[Signal]) -> dict[str, float]:
    """The greatest difference by name of signal; one that only one side has differs by its whole value."""
    value_columns = ("entity_id", "name", "value", "own", "exposure")
    unmatched = {(id_, name): values for id_, name, *values in zip(*(stored[column] for column in value_columns), strict=True)}
    greatest: dict[str, float] = defaultdict(float)
    for signal in signals:
        stored_values = unmatched.pop((signal.entity_id, signal.name), (0.0, 0.0, 0.0))
        computed_values = (signal.value, signal.own, signal.exposure)
        greatest[signal.name] = max(
            greatest[signal.name], *(abs(a - b) for a, b in zip(computed_values, stored_values, strict=True))
        )
    for (_, name), values in unmatched.items():
        greatest[name] = max(greatest[name], *map(abs, values))
    return dict(sorted(greatest.items()))


def _differing_scores(stored: Iterable[Row], scores: Iterable[Score]) -> tuple[str, ...]:
    unmatched = {row["entity_id"]: _compared_fields(row) for row in stored}
    changed_ids = [score.entity_id for score in scores if unmatched.pop(score.entity_id, None) != _compared_fields(to_row(score))]
    return tuple(sorted([*changed_ids, *unmatched]))


def _compared_fields(row: Row) -> tuple[object, ...]:
    return row["value"], row["state"], row["standing"], row["band"]


def _certified_bounds(store: Store) -> dict[str, float]:
    rows = store.read("meta/get", key="propagate.bounds")
    bounds: dict[str, float] = json.loads(rows[0]["value"]) if rows else {}
    return bounds
