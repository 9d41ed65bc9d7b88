"""A model recounted from the ledger and a truth, measured on what was held out, and written to a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from api.evaluations import Measure, evaluate, measure, read_truth, whole_ids
from api.journey import Say, silent
from ontology.errors import NothingToDo
from ontology.words import PartyKind, Word
from resolution.comparisons.chosen import Chosen
from resolution.comparisons.model import Model
from store.port import Store

if TYPE_CHECKING:
    from resolution.records.analysed import Analysed
    from resolution.training.labels import Labels
    from resolution.training.training import Labelled


class Figures(Word):
    """A model on what was held out."""

    version: str
    pairs: Measure = Field(description="Of labelled pairs, each decided by itself.")
    b_cubed: Measure | None = Field(description="Of the parties made of the held-out records; none without a truth.")
    clusters: Measure | None = Field(description="Of pairs within those parties; none without a truth.")


class Trained(Word):
    """What was counted, and what it changes."""

    kind: PartyKind
    file: str
    version: str
    counted_pairs: int = Field(description="Pairs of one party that were counted.")
    held_out_pairs: int = Field(description="Pairs of one party that were held out.")
    before: Figures
    after: Figures
    moved: tuple[tuple[str, str, float, float], ...] = Field(
        description="Comparison, level, bits before and after: those that moved most."
    )


MOVED_MAX = 12


def train_model(
    store: Store,
    kind: PartyKind,
    out: Path,
    *,
    truth: Path | None = None,
    held_out: float = 0.3,
    models: Sequence[Model] = (),
    say: Say = silent,
) -> Trained:
    """Recount the model of a kind and write it to `out`; nothing goes by it until it is given to resolve.

    held_out: share of clusters that are only measured on.
    Raises NothingToDo where there are too few labels, or none to measure on, TruthUnreadable.
    """
    from resolution.pipeline import everything
    from resolution.training.labels import Labels
    from resolution.training.training import labelled, train

    records, given = everything(store, models, lambda stage, done, total: say(f"{stage.capitalize()}: {done}"))
    told = whole_ids(read_truth(truth), {one.id: "" for one in records}) if truth else {}
    labels = Labels(told, given.verdicts, held_out)
    counted, rest = (labelled(kind, records, labels, held_out=side) for side in (False, True))
    if not len(rest.one[0]):
        raise NothingToDo(held_out_pairs=0, remedy="Give more labels, or hold out more with --held-out.")
    say("Counting")
    former = Chosen({one.kind: one for one in models}).model(kind)
    new = train(former, counted, labels, made=f"{'the ledger and ' + truth.name if truth else 'the ledger'}")
    say("Measuring")
    before, after = (_figures(one, rest, records, labels) for one in (former, new))
    out.write_text(new.model_dump_json(indent=1) + "\n", "utf-8")
    return Trained(
        kind=kind,
        file=str(out),
        version=new.version,
        counted_pairs=len(counted.one[0]),
        held_out_pairs=len(rest.one[0]),
        before=before,
        after=after,
        moved=tuple(_moved(former, new)[:MOVED_MAX]),
    )


def _figures(own: Model, rest: "Labelled", records: "list[Analysed]", labels: "Labels") -> Figures:
    from resolution.training.training import decided, parties

    right, wrong, missed = decided(own, rest)
    joined, real = right + wrong, right + missed
    pairs = measure(right / joined if joined else 1.0, right / real if real else 1.0)
    if not labels.truth:
        return Figures(version=own.version, pairs=pairs, b_cubed=None, clusters=None)
    found = {record: part[0] for part in parties(own, records, labels) for record in part}
    measured = evaluate(found, labels.truth, pairs_max=0)
    return Figures(version=own.version, pairs=pairs, b_cubed=measured.b_cubed, clusters=measured.pairs)


def _moved(former: Model, new: Model) -> list[tuple[str, str, float, float]]:
    """Levels by how far their bits moved, farthest first."""
    told = [
        (name, label, round(odds.bits, 2), round(new.comparisons[name][label].bits, 2))
        for name, levels in former.comparisons.items()
        for label, odds in levels.items()
    ]
    return sorted(told, key=lambda one: (-abs(one[3] - one[2]), one[0], one[1]))
