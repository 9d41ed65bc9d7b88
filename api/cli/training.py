"""`kith train`: the weights of a model recounted from people's verdicts and a truth, or learned without either."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.reviews import PANEL
from api.cli.verbs import verb
from ontology.kinds import PartyKind

if TYPE_CHECKING:
    from rich.console import Console

    from api.models.training import Figures


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "train", example="kith train person --truth labels.csv --out person.json", panel=PANEL)(train)


def train(
    call: Call,
    kind: Annotated[PartyKind, typer.Argument(help="person or firm.", show_default=False)],
    *,
    out: Annotated[Path, typer.Option(help="Where to write the model.", show_default=False)],
    truth: Annotated[
        Path | None,
        typer.Option(help="CSV file with columns record_id and cluster; else the ledger alone.", show_default=False),
    ] = None,
    without_labels: Annotated[
        bool,
        typer.Option("--without-labels", help="Learn from the records alone, by Splink's EM; labels are only measured on."),
    ] = False,
    held_out: Annotated[float, typer.Option(min=0.05, max=0.9, help="Share of clusters that are only measured on.")] = 0.3,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False,
) -> None:
    """Recount what each level weighs from verdicts and a truth, and write it as a model file.

    Measured before and after on clusters that were held out; a model that is no better is not written. Nothing goes by the
    new model until it is given to kith resolve --model, or named in KITH_PERSON_MODEL or KITH_FIRM_MODEL.
    """
    from api.models.training import learn_model, train_model
    from api.models.weights_report import models_of

    if kind in (PartyKind.AGENCY, PartyKind.UNKNOWN):
        raise typer.BadParameter("only persons and firms have a model of their own: person or firm", param_hint="KIND")
    if out.exists():
        call.confirm(f"{out} is there already. Write over it?", yes=yes)
    with call.store() as store, call.working("Reading") as report:
        models = models_of(call.settings)
        if without_labels:
            trained = learn_model(store, kind, out, truth=truth, models=models, report=report)
        else:
            trained = train_model(store, kind, out, truth=truth, held_out=held_out, models=models, report=report)

    def write_text(printed: "Console") -> None:
        word = "train.learned" if without_labels else "train.counted"
        printed.print(call.say(word, version=trained.version, pairs=trained.counted_pairs, held=trained.held_out_pairs))
        for name, figures in (("train.before", trained.before), ("train.after", trained.after)):
            for line in _figures(call, figures) if figures else ():
                printed.print(f"  {call.say(name)}  {line}")
        printed.print(call.say("train.moved"))
        for field, level, bits_before, bits_after in trained.moved:
            printed.print(f"  {field:<12} {level:<16} {bits_before:+6.2f} -> {bits_after:+6.2f}")
        printed.print(f"Next: kith resolve --model {trained.file}")

    call.give(trained, write_text)


def _figures(call: Call, figures: "Figures") -> list[str]:
    measures = (("train.pairs", figures.pairs), ("train.clusters", figures.clusters), ("train.b_cubed", figures.b_cubed))
    return [
        f"{call.say(name)}  P {measure.precision:.4f}  R {measure.recall:.4f}  F1 {measure.f1:.4f}"
        for name, measure in measures
        if measure is not None
    ]
