"""`kith export`: everything as a file that other programs read."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

PANEL = "Answers"
FILE = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, one entity a line.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    exports = typer.Typer(help="Everything as a file that other programs read.", no_args_is_help=True)
    verb(exports, "ftm", example="kith export ftm parties.ftm.json")(ftm)
    app.add_typer(exports, name="export", rich_help_panel=PANEL)


def ftm(
    call: Call, file: FILE, *, yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False
) -> None:
    """Write every party, tie and listing in force as FollowTheMoney entities, one a line.

    No number of a person is among them, and nobody has a topic by association. `kith ingest` reads the file again.
    """
    from api.contract.ftm_export import write_entities

    if file.exists():
        call.confirm(f"{file} is there already. Write over it?", yes=yes)
    with call.store() as store, call.working("Writing"):
        count = write_entities(call.context(store), file)
    call.give({"file": str(file), "entities": count}, lambda out: out.print(call.say("ftm.exported", count=count, file=file)))
