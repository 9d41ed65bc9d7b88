"""A model recounted from labels or learned without them, measured where there are any, and written to a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from api.models.evaluations import Measure, evaluate, measure, read_truth, whole_ids
from api.text.progress import ReportProgress, no_progress
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import ModelNoBetter, NothingToDo, WrongCall
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import ModelChoice
from store.port import Store
from store.private_files import write_private

if TYPE_CHECKING:
    from resolution.judgements.verdicts import Verdicts
    from resolution.records.analysed import Analysed
    from resolution.training.labels import Labels
    from resolution.training.training import LabelledPairs

MOVES_MAX = 12
PRECISION_LOST_MAX, F1_LOST_MAX = 0.001, 0.001  # Less is what a few labels more or fewer make. docs/decisions/0037

JOINED_OTHER_MAX = 0.1  # Share of the pairs joined before. docs/decisions/0037


class Figures(ImmutableModel):
    """A model on labels that it was not made from."""

    version: str
    pairs: Measure = Field(description="Of labelled pairs, each decided by itself.")
    b_cubed: Measure | None = Field(description="Of the parties made of the records measured on; none without a truth.")
    clusters: Measure | None = Field(description="Of pairs within those parties; none without a truth.")


class Trained(ImmutableModel):
    """What was counted or learned, and what it changes."""

    kind: PartyKind
    file: str
    version: str
    counted_pairs: int = Field(
        description="Pairs of one party: those that were counted, or about so many that were learned from."
    )
    held_out_pairs: int = Field(description="Pairs of one party that were measured on; 0 where nobody labelled any.")
    before: Figures | None = Field(description="None without labels.")
    after: Figures | None = Field(description="None without labels.")
    moved: tuple[tuple[str, str, float, float], ...] = Field(
        description="Comparison, level, bits before and after: those that moved most."
    )


def train_model(
    store: Store,
    kind: PartyKind,
    out: Path,
    *,
    truth: Path | None = None,
    held_out: float = 0.3,
    models: Sequence[Model] = (),
    report: ReportProgress = no_progress,
) -> Trained:
    """Recount the model of a kind and write it to `out`; nothing goes by it until it is given to resolve.

    held_out: share of clusters that are only measured on.
    Raises NothingToDo where there are too few labels, or none to measure on, ModelNoBetter, TruthUnreadable.
    """
    from resolution.training.labels import Labels
    from resolution.training.training import label_pairs, train

    records, truth_clusters, verdicts = _read(store, truth, models, report)
    labels = Labels(truth_clusters, verdicts, held_out)
    counted, measured_on = (label_pairs(kind, records, labels, held_out=side) for side in (False, True))
    if not len(measured_on.same_party[0]):
        raise NothingToDo(held_out_pairs=0, remedy="Give more labels, or hold out more with --held-out.")
    report("Counting")
    former = ModelChoice({model.kind: model for model in models}).model(kind)
    new = train(former, counted, provenance=f"{'the ledger and ' + truth.name if truth else 'the ledger'}")
    return _measure_and_write(out, (former, new), len(counted.same_party[0]), (measured_on, records, labels), report)


def learn_model(
    store: Store,
    kind: PartyKind,
    out: Path,
    *,
    truth: Path | None = None,
    models: Sequence[Model] = (),
    report: ReportProgress = no_progress,
) -> Trained:
    """Learn the model of a kind from records that nobody labelled, by Splink's EM, and write it to `out`.

    truth: measured on, with the ledger, and never learned from.
    Raises NothingToDo where the records share too little, WrongCall of firms, ModelNoBetter, TruthUnreadable.
    """
    from resolution.training.labels import Labels
    from resolution.training.training import count_joined_pairs, label_pairs, learn

    if kind is not PartyKind.PERSON:
        remedy = "Give --truth FILE, or verdicts by kith judge."
        raise WrongCall(kind=kind.value, reason="firms have too few fields to learn from without labels", remedy=remedy)
    records, truth_clusters, verdicts = _read(store, truth, models, report)
    unknown = label_pairs(kind, records, Labels({}, type(verdicts)(), 0.0), held_out=False)
    report("Learning")
    former = ModelChoice({model.kind: model for model in models}).model(kind)
    new, pairs = learn(former, unknown, provenance=f"{len(unknown.records)} records")
    refuse_other(count_joined_pairs(former, unknown), count_joined_pairs(new, unknown))
    labels = Labels(truth_clusters, verdicts, 1.0)
    measured_on = label_pairs(kind, records, labels, held_out=True)
    return _measure_and_write(out, (former, new), round(pairs), (measured_on, records, labels), report)


def _read(
    store: Store, truth: Path | None, models: Sequence[Model], report: ReportProgress
) -> "tuple[list[Analysed], dict[str, str], Verdicts]":
    from resolution.pipeline import load_matching_inputs

    records, source_parts = load_matching_inputs(
        store, models, lambda stage, finished, total: report(f"{stage.capitalize()}: {finished}")
    )
    truth_clusters = whole_ids(read_truth(truth), {record.id: "" for record in records}) if truth else {}
    return records, truth_clusters, source_parts.verdicts


def _measure_and_write(
    out: Path,
    models: tuple[Model, Model],
    counted_pairs: int,
    measured_on: "tuple[LabelledPairs, list[Analysed], Labels]",
    report: ReportProgress,
) -> Trained:
    """Measure, refuse what is no better, and write the model."""
    former, new = models
    labelled_pairs, records, labels = measured_on
    before = after = None
    if len(labelled_pairs.same_party[0]):
        report("Measuring")
        before, after = (_figures(model, labelled_pairs, records, labels) for model in models)
        refuse_worse(before, after)
    write_private(out, new.model_dump_json(indent=1) + "\n")
    return Trained(
        kind=new.kind,
        file=str(out),
        version=new.version,
        counted_pairs=counted_pairs,
        held_out_pairs=len(labelled_pairs.same_party[0]),
        before=before,
        after=after,
        moved=tuple(_level_moves(former, new)[:MOVES_MAX]),
    )


def refuse_worse(before: Figures, after: Figures) -> None:
    """Raises ModelNoBetter where parties, or without a truth pairs, are found worse than before, or more are joined wrongly."""
    former, now = before.clusters or before.pairs, after.clusters or after.pairs
    if now.f1 < former.f1 - F1_LOST_MAX or now.precision < former.precision - PRECISION_LOST_MAX:
        figures = {"before": f"P {former.precision:.4f} F1 {former.f1:.4f}", "after": f"P {now.precision:.4f} F1 {now.f1:.4f}"}
        raise ModelNoBetter(**figures, remedy="Nothing was written: stay with the model there is, or give more labels.")


def refuse_other(before: int, after: int) -> None:
    """Raises ModelNoBetter where what was learned joins far more or fewer pairs than before: nobody can tell who is right."""
    if abs(after - before) > JOINED_OTHER_MAX * before:
        raise ModelNoBetter(
            joined_before=before, joined_after=after, remedy="Nothing was written: give labels (--truth FILE, kith judge)."
        )


def _figures(model: Model, labelled_pairs: "LabelledPairs", records: "list[Analysed]", labels: "Labels") -> Figures:
    from resolution.training.training import cluster_held_out, count_decisions

    right, wrong, missed = count_decisions(model, labelled_pairs)
    joined_count, true_count = right + wrong, right + missed
    pairs = measure(right / joined_count if joined_count else 1.0, right / true_count if true_count else 1.0)
    if not labels.truth:
        return Figures(version=model.version, pairs=pairs, b_cubed=None, clusters=None)
    cluster_by_record = {record: part[0] for part in cluster_held_out(model, records, labels) for record in part}
    measured = evaluate(cluster_by_record, labels.truth, pairs_max=0)
    return Figures(version=model.version, pairs=pairs, b_cubed=measured.b_cubed, clusters=measured.pairs)


def _level_moves(former: Model, new: Model) -> list[tuple[str, str, float, float]]:
    """Levels by how far their bits moved, farthest first."""
    moves = [
        (name, label, round(odds.bits, 2), round(new.comparisons[name][label].bits, 2))
        for name, levels in former.comparisons.items()
        for label, odds in levels.items()
    ]
    return sorted(moves, key=lambda move: (-abs(move[3] - move[2]), move[0], move[1]))
