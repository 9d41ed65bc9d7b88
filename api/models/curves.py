"""Precision and recall against a truth, by threshold."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from api.models.evaluations import Measure, compared, evaluate, read_truth
from api.text.progress import Say, silent
from ontology.base import ImmutableModel, PartyKind
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import ModelChoice
from store.port import Store


class Point(ImmutableModel):
    """What comes of thresholds moved by so many bits."""

    shift_bits: float
    parties: int = Field(description="Parties over all records, those the truth does not name among them.")
    pairs: Measure
    b_cubed: Measure


class Curve(ImmutableModel):
    """Measures by threshold; at a shift of 0 those of the model's own."""

    models: tuple[str, ...]
    records: int = Field(description="Records of the truth that the store holds.")
    missing: int
    best_shift_bits: float = Field(description="Where F1 of pairs is highest; of equals the one nearest to 0.")
    points: tuple[Point, ...]


def curve_of_store(store: Store, truth: Path, *, models: Sequence[Model] = (), say: Say = silent) -> Curve:
    """Weigh the store's records once and cluster them at each threshold; nothing is written.

    Raises TruthUnreadable, NothingToDo.
    """
    from resolution.threshold_sweep import sweep_thresholds

    told = read_truth(truth)
    points, known = [], 0
    moved = sweep_thresholds(store, models=models, progress=lambda stage, done, total: say(f"{stage.capitalize()}: {done}"))
    for shift, parties in moved:
        found = {record: part[0] for part in parties for record in part}
        measured = evaluate(found, compared(told, found), pairs_max=0)
        known = measured.records
        points.append(Point(shift_bits=shift, parties=len(parties), pairs=measured.pairs, b_cubed=measured.b_cubed))
    chosen = ModelChoice({one.kind: one for one in models})
    return Curve(
        models=tuple(chosen.model(kind).version for kind in (PartyKind.PERSON, PartyKind.FIRM)),
        records=known,
        missing=len(told) - known,
        best_shift_bits=max(points, key=lambda one: (one.pairs.f1, -abs(one.shift_bits))).shift_bits,
        points=tuple(points),
    )
