"""`kith labels export`, `kith labels import`: verdicts as a table that can be carried elsewhere and back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.reviews import BY, PANEL
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

FILE = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table of labels.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    labels = typer.Typer(help="People's verdicts as a table.", no_args_is_help=True)
    verb(labels, "export", example="kith labels export labels.csv")(export)
    verb(labels, "import", example="kith labels import labels.csv")(import_)
    app.add_typer(labels, name="labels", rich_help_panel=PANEL)


def export(
    call: Call, file: FILE, *, yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False
) -> None:
    """Write every verdict that stands to a CSV file, one row a pair of records."""
    from resolution.judgements.label_table import export_labels

    if file.exists():
        call.confirm(f"{file} is there already. Write over it?", yes=yes)
    with call.store() as store:
        count = export_labels(store, file)
    call.give({"file": str(file), "verdicts": count}, lambda out: out.print(call.say("labels.exported", count=count, file=file)))


def import_(
    call: Call,
    file: FILE,
    *,
    by: BY = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Folder for the reject file; else beside the table.", show_default=False)
    ] = None,
) -> None:
    """Add a table of labels to the ledger: columns left_record, right_record, verdict, by, reason, decided_at.

    The last three may be left out. Rows that cannot be taken go to a reject file that can be mended and sent again; the
    same file twice adds nothing. Exit code 2 where no row was taken.
    """
    from api.context.record_names import record_name
    from api.wiring import account_of, now_of
    from resolution.judgements.label_table import import_labels

    with call.store() as store, call.working("Reading"):
        signer, now = account_of(call.settings, by), now_of(call.settings)
        name_record = partial(record_name, settings=call.settings)
        imported = import_labels(store, file, by=signer, now=now, rejects_dir=rejects, record_name=name_record)

    def write_text(out: "Console") -> None:
        out.print(
            call.say(
                "labels.imported", file=imported.file, added=imported.added, known=imported.known, rejected=imported.rejected
            )
        )
        if imported.absent:
            out.print(call.say("labels.absent", count=imported.absent))
        for rejection in imported.rejections:
            field = f", {rejection.field}" if rejection.field else ""
            out.print(f"    row {rejection.row}{field}: {rejection.problem}. {rejection.remedy}")
        if imported.rejected:
            out.print(f"    {imported.reject_file}")
        if imported.added:
            out.print("Next: kith resolve")

    call.give(imported, write_text)
    if imported.rejected and imported.rejected == imported.rows_read:
        raise typer.Exit(2)
