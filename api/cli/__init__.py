"""The `kith` command. One file a verb group; each registers its verbs on the app it is handed."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from api.cli import verbs
from api.cli.output import LegibleGroup, print_plain
from resolution.processes import leave_working_folder_out

VERBS = {
    "mappings": ("mapping",),
    "sources": ("ingest", "sources", "update", "unload", "sample"),
    "packs": ("packs",),
    "stages": ("resolve", "propagate", "run", "evaluate"),
    "records": ("record", "settle"),
    "id_keys": ("id-key",),
    "lists": ("risky", "reliable", "entities", "signals"),
    "rings": ("rings",),
    "finds": ("find", "network"),
    "parties": ("show", "explain", "owners", "paths"),
    "consents": ("consent",),
    "relations": ("history", "related"),
    "match_explanations": ("why", "how", "why-not"),
    "reaches": ("reach",),
    "watching": ("watch",),
    "webhooks": ("webhooks",),
    "suppliers": ("check",),
    "exports": ("export",),
    "reviews": ("judge", "review"),
    "labels": ("labels",),
    "chains": ("chains",),
    "models": ("model",),
    "training": ("train",),
    "demos": ("demo",),
    "servers": ("serve", "neo4j"),
    "jobs": ("jobs",),
    "api_keys": ("keys", "readers"),
    "backups": ("backup", "restore"),
}
"""Each file of verbs and what it registers, in the order of the help: a call loads the file of its own verb alone."""


def _print_version(show_version: bool) -> None:
    if show_version:
        from api.wiring import version

        print_plain(f"kith {version()}")
        raise typer.Exit


VERSION = Annotated[bool, typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True)]


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The whole command tree; of a call whose verb is known from its arguments, only the file of that verb."""
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
    verb = _verb_in(arguments)
    for file in [name for name, verbs_of_file in VERBS.items() if verb in verbs_of_file] or VERBS:
        import_module(f"{__name__}.{file}").register(app)
    return app


def _verb_in(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            return word
        if word in verbs.OPTIONS_WITH_VALUE:
            next(words, None)
    return None


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
    # No package beside kith changes what its models check; looking for one takes longer than reading a party.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    leave_working_folder_out()
    build(sys.argv[1:])()
