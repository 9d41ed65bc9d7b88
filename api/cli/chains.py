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
        found = largest_parties(call.context(store), limit=limit)

    def tell(out: "Console") -> None:
        out.print(call.say("chains.head", count=len(found.chains), alarming=found.alarming))
        for number, one in enumerate(found.chains, 1):
            mark = "! " if one.alarms else ""
            out.print(f"{number}. {mark}{one.party.name} ({one.party.id}), {call.say('chains.records', records=one.records)}")
            for sentence in one.sentences:
                out.print(f"   {sentence}")
            for joint in one.joints:
                out.print(f"   {joint.left.name} – {joint.right.name}: {joint.sentence}")
                out.print(f"   kith judge {joint.left.id} {joint.right.id} same|different --reason …")
        if found.crowded:
            out.print(call.say("chains.crowds"))
        for crowd in found.crowded:
            out.print(f"   {crowd.sentence}")

    call.give(found, tell)
