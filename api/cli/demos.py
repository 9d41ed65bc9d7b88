"""`kith demo`: the whole road on a fictional region, in about a minute."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.lists import tell_parties
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

SEED = 7
FIRMS = 400
RISKIEST = 10
RELIABLE = 3


def register(app: typer.Typer) -> None:
    """Add the verb of this file."""
    verb(app, "demo", example="kith demo --dir region", panel="Files in")(demo)


def demo(
    call: Call,
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Folder to keep it in; else a temporary one.", show_default=False)
    ] = None,
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same region.")] = SEED,
    firms: Annotated[int, typer.Option(min=120, max=100_000, help="How many firms.")] = FIRMS,
    yes: Annotated[bool, typer.Option("--yes", help="Write over an earlier demo, without asking.")] = False,
) -> None:
    """Show the whole road on a fictional region: files in, risky counterparties with reasons out."""
    from api.runs.demo import demonstrate

    home = folder or Path(tempfile.mkdtemp(prefix="kith-demo-"))
    if (home / "kith.db").exists():
        call.confirm(f"{home / 'kith.db'} is there already. Make the demo anew?", yes=yes)
    with call.working("Inventing a region") as say:
        shown = demonstrate(home, seed=seed, firms=firms, settings=call.settings, riskiest=RISKIEST, reliable=RELIABLE, say=say)

    def tell(out: "Console") -> None:
        out.print(call.say("demo.made", files=shown.files, records=shown.records, parties=shown.parties, folder=home))
        out.print()
        out.print(call.say("demo.riskiest", firm=shown.our_firm, count=len(shown.riskiest)))
        tell_parties(out, shown.riskiest, call.say, empty=call.say("risky.none"))
        out.print()
        out.print(call.say("demo.reliable"))
        tell_parties(out, shown.reliable, call.say, empty=call.say("reliable.none"))
        out.print()
        further = {"store": shown.store, "as_of": shown.as_of, "suppliers": shown.suppliers, "party": _first(shown.riskiest)}
        out.print(*call.say("demo.next", **further).splitlines())

    call.give(shown, tell)


def _first(parties: "tuple[object, ...]") -> str:
    return str(getattr(parties[0], "id", "ENTITY")) if parties else "ENTITY"
