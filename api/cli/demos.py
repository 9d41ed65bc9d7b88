"""`kith demo`: the whole road on a fictional region, in about a minute."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.lists import print_parties
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
    with call.working("Inventing a region") as report:
        demonstration = demonstrate(
            home, seed=seed, firms=firms, settings=call.settings, riskiest=RISKIEST, reliable=RELIABLE, report=report
        )

    def write_text(out: "Console") -> None:
        out.print(
            call.say(
                "demo.made", files=demonstration.files, records=demonstration.records, parties=demonstration.parties, folder=home
            )
        )
        out.print()
        out.print(call.say("demo.riskiest", firm=demonstration.our_firm, count=len(demonstration.riskiest)))
        print_parties(out, demonstration.riskiest, call.say, empty=call.say("risky.none"))
        out.print()
        out.print(call.say("demo.reliable"))
        print_parties(out, demonstration.reliable, call.say, empty=call.say("reliable.none"))
        out.print()
        next_facts = {
            "store": demonstration.store,
            "as_of": demonstration.as_of,
            "suppliers": demonstration.suppliers,
            "party": _first(demonstration.riskiest),
        }
        out.print(*call.say("demo.next", **next_facts).splitlines())

    call.give(demonstration, write_text)


def _first(parties: "tuple[object, ...]") -> str:
    return str(getattr(parties[0], "id", "ENTITY")) if parties else "ENTITY"
