"""`kith model`: what a pair's weight is made of."""

import typer

from api.cli import aliases
from api.cli.reviews import PANEL


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    model = typer.Typer(help="The weights that decide who is one party, and aliases.", no_args_is_help=True)
    aliases.register(model)
    app.add_typer(model, name="model", rich_help_panel=PANEL)
