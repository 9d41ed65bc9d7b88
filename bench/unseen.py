"""How well parties are found in sets that nothing was counted on: each labelled set of persons held out in turn.

python -m bench unseen [--data FOLDER] [--synthetic PERSONS.parquet] [--only NAME …] writes docs/benchmarks/unseen.md. Weights are
counted anew (`bench weights`) on all sets that chances are counted on, and once without each of them; a set is then matched with
the weights that are shipped, with those counted on all sets, and with those that never saw it. Word lists, keys and cuts are the
shipped ones: some were chosen while looking at historical_50k, febrl4 and the truth set; guards, levels of days and what is
believed of families also while looking at fake_1000 (docs/decisions/0071, 0073).
"""

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.models.evaluations import Evaluation, evaluate
from bench import sets
from bench.machine import describe_machine
from bench.scale import make_persons
from bench.weights import COUNTED_SHARE, PERSONS, LevelCounts, count_levels, weights
from ontology.base import PartyKind
from resolution.comparisons.model import Model, model
from resolution.comparisons.model_choice import ModelChoice
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match_analysed
from resolution.records.analysed import Analysed
from resolution.training.run_weights import learn_run_weights

COUNTED_ON = {"historical": COUNTED_SHARE, "febrl4": 1.0, "synthetic": 1.0}
"""Sets that chances are counted on, and the share of their clusters that is."""
LEARNED = ", learned"  # As `kith resolve` does by default: the weights are where learning from the set's own records starts.
GAP_MAX = 0.02  # How far a set may fall behind when nothing was counted on it: the bar.


@dataclass(frozen=True)
class Figures:
    """One set under one model."""

    name: str
    records: int
    weights: str
    evaluation: Evaluation


def main(arguments: list[str]) -> str:
    """`unseen [--data FOLDER] [--synthetic FILE] [--only NAME …]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench unseen", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KITH_DATA") or "../shared/data"))
    parser.add_argument("--synthetic", type=Path, help=f"{PERSONS:,} persons made before; left out: they are made")
    parser.add_argument("--only", nargs="*", default=[], help="names of sets to match; chances are counted on all")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        persons = options.synthetic or make_persons(PERSONS, Path(folder) / "persons.parquet")
        labelled_sets = {name: read(options.data / "resolution") for name, read in sets.SETS.items()}
        labelled_sets["synthetic"] = sets.synthetic(persons)
        records = {name: sets.records(labelled_set) for name, labelled_set in labelled_sets.items()}
    truths = {name: labelled_set.truth for name, labelled_set in labelled_sets.items()}
    counts = {name: count_levels(records[name], truths[name], share) for name, share in COUNTED_ON.items()}
    figures = [
        row
        for name in labelled_sets
        if not options.only or name in options.only
        for row in _measure(name, records, truths, counts)
    ]
    return page(figures)


class _Base(ModelChoice):
    """Weights that a run learns from, as from the shipped ones."""

    def is_chosen(self, kind: PartyKind) -> bool:
        return False


def _measure(
    name: str,
    records: Mapping[str, Sequence[Analysed]],
    truths: Mapping[str, Mapping[str, str]],
    counts: Mapping[str, LevelCounts],
) -> list[Figures]:
    """One set under the shipped weights, those of all sets, and those that never saw it; as they are, and learned from."""
    models: dict[str, Model] = {"shipped": model(PartyKind.PERSON), "counted on all": weights(counts)}
    if name in COUNTED_ON:
        models["counted without it"] = weights({other: count for other, count in counts.items() if other != name})
    return [
        Figures(
            name, len(records[name]), title + (LEARNED if learns else ""), _evaluate(used, records[name], truths[name], learns)
        )
        for title, used in models.items()
        for learns in (False, True)
    ]


def _evaluate(used: Model, records: Sequence[Analysed], truth: Mapping[str, str], learns: bool) -> Evaluation:
    persons = [record for record in records if record.kind is PartyKind.PERSON and record.id in truth]
    matched = match_analysed(
        persons, Verdicts(), choices=_Base({PartyKind.PERSON: used}), learn=learn_run_weights if learns else None
    )
    clusters = {record: party[0] for party in matched.parts for record in party}
    return evaluate(clusters, {record: truth[record] for record in clusters}, pairs_max=0)


def page(figures: Sequence[Figures]) -> str:
    """The table, and for each set how far it falls behind where nothing was counted on it."""
    rows = [
        f"| {row.name} | {row.records:,} | {row.weights} | {row.evaluation.pairs.precision:.4f} | "
        f"{row.evaluation.pairs.recall:.4f} | {row.evaluation.pairs.f1:.4f} | {row.evaluation.b_cubed.f1:.4f} |"
        for row in figures
    ]
    by_weights = {(row.name, row.weights): row.evaluation.pairs.f1 for row in figures}
    gaps = [
        f"- {name}{learned}: {by_weights[name, f'counted on all{learned}'] - f1:+.4f} (bar {GAP_MAX})"
        for learned in ("", LEARNED)
        for (name, title), f1 in by_weights.items()
        if title == f"counted without it{learned}"
    ]
    return "\n".join(
        [
            f"# Sets that nothing was counted on\n\n{describe_machine()}\n",
            "`python -m bench unseen`: persons, matched in memory.\n",
            "| set | records | weights | pair P | pair R | pair F1 | B-cubed F1 |\n|---|--:|---|--:|--:|--:|--:|",
            *rows,
            "\nF1 lost where nothing was counted on the set (counted on all, less counted without it):",
            *gaps,
            "\nNo weight was counted on fake_1000 and the truth set. Of historical_50k a fifth of the clusters is counted on;"
            " its figures are of all of it.",
            "",
        ]
    )
