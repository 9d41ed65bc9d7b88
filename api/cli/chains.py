"""`kith chains`: the largest parties, and the pairs on which a whole side of one depends."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.reviews import PANEL
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "chains", example="kith chains --limit 10", panel=PANEL)(chains)


def chains(call: Call, limit: Annotated[int, typer.Option(min=1, max=1000, help="Most parties.")] = 10) -> None:
    """Show the largest parties and the weakest pairs that hold them together.

    A party far larger than others, or one that a single weak pair holds together, may be two that were joined wrongly.
    Those come first, with the words to judge the pair. Then the values that so many parties bear that they carry nothing.
    """
    from api.reviews.chains import largest_parties

    with call.store() as store:
        largest = largest_parties(call.context(store), limit=limit)

    def write_text(out: "Console") -> None:
        out.print(call.say("chains.head", count=len(largest.chains), alarming=largest.alarming))
        for number, chain in enumerate(largest.chains, 1):
            mark = "! " if chain.alarms else ""
            out.print(
                f"{number}. {mark}{chain.party.name} ({chain.party.id}), {call.say('chains.records', records=chain.records)}"
            )
            for sentence in chain.sentences:
                out.print(f"   {sentence}")
            for joint in chain.joints:
                out.print(f"   {joint.left.name} – {joint.right.name}: {joint.sentence}")
                out.print(f"   kith judge {joint.left.id} {joint.right.id} same|different --reason …")
        if largest.crowded:
            out.print(call.say("chains.crowds"))
        for crowd in largest.crowded:
            out.print(f"   {crowd.sentence}")

    call.give(largest, write_text)
