"""Precision and recall against a truth, by threshold."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from api.models.evaluations import Measure, evaluate, read_truth, truth_by_record_id
from api.text.progress import ReportProgress, no_progress
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


def curve_of_store(store: Store, truth: Path, *, models: Sequence[Model] = (), report: ReportProgress = no_progress) -> Curve:
    """Weigh the store's records once and cluster them at each threshold; nothing is written.

    Raises TruthUnreadable, NothingToDo.
    """
    from resolution.threshold_sweep import sweep_thresholds

    truth_clusters = read_truth(truth)
    points, compared_count = [], 0
    sweep = sweep_thresholds(
        store, models=models, progress=lambda stage, finished, total: report(f"{stage.capitalize()}: {finished}")
    )
    for shift, parties in sweep:
        cluster_by_record = {record: part[0] for part in parties for record in part}
        measured = evaluate(cluster_by_record, truth_by_record_id(truth_clusters, cluster_by_record), pairs_max=0)
        compared_count = measured.records
        points.append(Point(shift_bits=shift, parties=len(parties), pairs=measured.pairs, b_cubed=measured.b_cubed))
    chosen_models = ModelChoice({model.kind: model for model in models})
    return Curve(
        models=tuple(chosen_models.model(kind).version for kind in (PartyKind.PERSON, PartyKind.FIRM)),
        records=compared_count,
        missing=len(truth_clusters) - compared_count,
        best_shift_bits=max(points, key=lambda point: (point.pairs.f1, -abs(point.shift_bits))).shift_bits,
        points=tuple(points),
    )
