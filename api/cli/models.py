"""`kith model`: what a pair's weight is made of."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import aliases
from api.cli.call import Call
from api.cli.reviews import PANEL
from api.cli.verbs import verb
from ontology.kinds import PartyKind

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    model = typer.Typer(help="The weights that decide who is one party, and aliases.", no_args_is_help=True)
    verb(model, "show", example="kith model show person --html weights.html")(show)
    verb(model, "export", example="kith model export --splink settings.json --kind person")(export)
    aliases.register(model)
    app.add_typer(model, name="model", rich_help_panel=PANEL)


def show(
    call: Call,
    kind: Annotated[PartyKind | None, typer.Argument(help="person or firm; else both.", show_default=False)] = None,
    *,
    model: Annotated[
        list[Path] | None, typer.Option(help="Model file to show instead of the one in use.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the weights as a page with bars, to open in a browser.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a page that is there, without asking.")] = False,
) -> None:
    """Show what each level of agreement weighs, in bits, with thresholds and guards.

    Shown are the models the next resolve would use, and what the last one counted.
    """
    from api.models.weights_page import as_html, field_word, level_word, notes
    from api.models.weights_report import KINDS, models_of, show_models
    from store.private_files import write_private

    if html is not None and html.exists():
        call.confirm(f"{html} is there already. Write over it?", yes=yes)
    kinds = KINDS if kind is None else (kind,)
    with call.store() as store:
        shown_models = show_models(store, models_of(call.settings, model or ()), kinds=kinds)
    if html is not None:
        write_private(html, as_html(shown_models, lang=call.lang))

    def write_text(out: "Console") -> None:
        if html is not None:
            out.print(call.say("model.written", file=html))
            return
        say = call.say
        for shown_model in shown_models.models:
            out.print(f"{say(f'kind.{shown_model.kind}')}  {shown_model.version}")
            for note in notes(shown_model, say):
                out.print(f"  {note}")
            for comparison in shown_model.comparisons:
                out.print(f"  {field_word(comparison.name, say)}")
                for level in comparison.levels:
                    out.print(f"    {level.bits:+7.2f}  m {level.m:<9.3g} u {level.u:<9.3g}  {level_word(level.label, say)}")

    call.give(shown_models, write_text)


def export(
    call: Call,
    *,
    splink: Annotated[Path, typer.Option(help="Where to write the Splink settings (JSON).", show_default=False)],
    kind: Annotated[PartyKind, typer.Option(help="person or firm.")] = PartyKind.PERSON,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there, without asking.")] = False,
) -> None:
    """Write the weights of the last full run as a settings document that plain Splink loads, with its charts.

    Without a store, or before the first run: those that a first run would use. Given back to kith resolve --splink with m and u
    changed, it is used.
    """
    from api.models.splink_documents import export_splink
    from ontology.errors import StoreMissing

    if kind in (PartyKind.AGENCY, PartyKind.UNKNOWN):
        raise typer.BadParameter("only persons and firms have a model of their own: person or firm", param_hint="--kind")
    if splink.exists():
        call.confirm(f"{splink} is there already. Write over it?", yes=yes)
    with ExitStack() as stack:
        try:
            store = stack.enter_context(call.store())
        except StoreMissing:
            store = None
        exported = export_splink(store, kind, splink, call.settings)

    def write_text(out: "Console") -> None:
        out.print(call.say("model.written", file=splink))
        word = "splink.last_run" if exported.last_run else "splink.no_run"
        out.print(call.say(word, model=exported.model, bits=f"{exported.prior_bits:+.2f}"))
        out.print(f"Next: change m and u, then kith resolve --splink {splink}")

    call.give(exported, write_text)
