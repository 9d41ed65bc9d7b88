"""The `kith` command. One file a verb group; each registers its verbs on the app it is handed."""

from typing import Annotated

import typer

from api.cli import (
    chains,
    consents,
    demos,
    id_keys,
    labels,
    lists,
    match_explanations,
    models,
    parties,
    reaches,
    records,
    relations,
    reviews,
    rings,
    servers,
    sources,
    stages,
    suppliers,
    training,
    verbs,
)
from api.cli.output import LegibleGroup, print_plain
from resolution.processes import leave_working_folder_out


def _print_version(show_version: bool) -> None:
    if show_version:
        from api.wiring import version

        print_plain(f"kith {version()}")
        raise typer.Exit


VERSION = Annotated[bool, typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True)]


def build() -> typer.Typer:
    """The whole command tree."""
    app = typer.Typer(
        name="kith",
        cls=LegibleGroup,
        help="From scattered files to explained, risky counterparties.",
        epilog="Start with: kith demo",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # A traceback with local values could print a password.
    )
    app.callback()(_shared)
    groups = (
        sources,
        stages,
        records,
        id_keys,
        lists,
        rings,
        parties,
        consents,
        relations,
        match_explanations,
        reaches,
        suppliers,
        reviews,
        labels,
        chains,
        models,
        training,
        demos,
        servers,
    )
    for group in groups:
        group.register(app)
    return app


def _shared(
    context: typer.Context,
    *,
    store: verbs.STORE = None,
    as_json: verbs.JSON = False,
    lang: verbs.LANG = None,
    as_of: verbs.AS_OF = None,
    verbose: verbs.VERBOSE = False,
    version: VERSION = False,
) -> None:
    """From scattered files to explained, risky counterparties."""
    context.obj = verbs.shared_options(store, as_json, lang, as_of, verbose)


def main() -> None:
    """Entry point of the `kith` command."""
    leave_working_folder_out()
    build()()
