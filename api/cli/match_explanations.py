"""`kith why`, `kith how`, `kith why-not`: why records are one party, and why not."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.parties import OTHER, PARTY
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

PANEL = "Answers"
FIRST = Annotated[
    str,
    typer.Argument(metavar="A", help="Record id, entity id, code, or a name with one clear answer.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "why", example="kith why registry:91350100M000100Y43 tax:17", panel=PANEL)(why)
    verb(app, "how", example='kith how "Hengtai Trading"', panel=PANEL)(how)
    verb(app, "why-not", example='kith why-not "Ruida Logistics" "Ruida Trading"', panel=PANEL)(why_not)


def why(call: Call, left: FIRST, right: OTHER) -> None:
    """Tell why two records are one party: what agrees, what it weighs, and the values compared."""
    from api.reviews.match_explanations import explain_why

    with call.store() as store:
        explanation = explain_why(store, left, right, call.lang)
    call.give(explanation, lambda out: _print_sentences(out, explanation.sentences))


def how(call: Call, party: PARTY) -> None:
    """Tell how a party came together, step by step."""
    from api.reviews.match_explanations import explain_how

    with call.store() as store:
        explanation = explain_how(store, party, call.lang)
    call.give(explanation, lambda out: _print_sentences(out, explanation.sentences))


def why_not(call: Call, left: FIRST, right: OTHER) -> None:
    """Tell why two parties are not one, and what is missing."""
    from api.reviews.match_explanations import explain_why_not

    with call.store() as store:
        explanation = explain_why_not(store, left, right, call.lang)
    call.give(explanation, lambda out: _print_sentences(out, explanation.sentences))


def _print_sentences(out: "Console", sentences: tuple[str, ...]) -> None:
    out.print(*sentences)
