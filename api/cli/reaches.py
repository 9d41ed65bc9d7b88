"""`kith reach`: who reaches a party, asked of the store without loading the network."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.parties import PANEL, PARTY
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "reach", example='kith reach "Ruida Logistics" --profile corporate', panel=PANEL)(reach)


def reach(
    call: Call,
    party: PARTY,
    profile: Annotated[str, typer.Option(help="A profile of the rulebook: which ties carry how much, how far.")] = "corporate",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most paths to show.")] = 5,
) -> None:
    """Show which listed parties reach a party and by which paths, without loading the network. Exit code 1: none."""
    from api.errors import ANSWER_IS_NO
    from api.parties.reaches import reach_of

    with call.store() as store:
        answer = reach_of(call.context(store), party, profile=profile, limit=limit)

    def write_text(out: "Console") -> None:
        out.print(
            f"{answer.name}: {len(answer.sources)} listed parties reach it in profile {profile}, {answer.exposure:.6f} in all."
        )
        for source in answer.sources:
            out.print(f"  {source.arrives:.6f}  {source.name} ({source.id}), listed with strength {source.strength:g}")
        for path in answer.paths:
            coefficients = " x ".join(f"{coefficient:.4g}" for coefficient in path.coefficients)
            out.print(f"  {path.strength:.6f}  {' > '.join(path.names)}  ({coefficients})")
        if answer.sources:
            out.print(f"The paths shown carry {answer.covered:.0%}; {answer.remainder:.6f} comes by others.")
        if not answer.complete:
            out.print("More is within reach than was read: the figures are a lower bound.")

    call.give(answer, write_text)
    if not answer.sources:
        raise typer.Exit(ANSWER_IS_NO)
