"""`kith backup`, `kith restore`: a store as one file, and a store out of one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from store.backups import BackupManifest

PANEL = "Pages and servers"
FILE = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]
HOME = Annotated[
    Path | None, typer.Option("--home", help="Folder of the managed Neo4j; else the user's data folder.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "backup", example="kith backup kith-monday.zip", panel=PANEL)(backup)
    verb(app, "restore", example="kith restore kith-monday.zip --store sqlite:///restored.db", panel=PANEL)(restore)


def backup(
    call: Call,
    file: FILE,
    home: HOME = None,
    verify: Annotated[bool, typer.Option("--verify", help="Check a backup that is there; write nothing.")] = False,
) -> None:
    """Write the whole store into one file, verified, while others use it.

    The file takes the place of an earlier one of that name only when it is whole. The key of personal ids is not in it.
    """
    from api.wiring import now_of, version
    from store.backups import back_up, verify_backup

    with call.working("Verifying" if verify else "Backing up"):
        if verify:
            manifest = verify_backup(file)
        else:
            address = call.settings.store.get_secret_value()
            manifest = back_up(address, file, program=version(), now=now_of(call.settings), home=home)
    _print_manifest(call, file, manifest, "backup.verified" if verify else "backup.written")


def restore(
    call: Call,
    file: FILE,
    home: HOME = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Put it in place of the store that is there.")] = False,
) -> None:
    """Make the store anew from a backup, which is verified first; a store that is there is refused.

    A backup of an earlier kith is brought up to date by the first command that opens the store.
    """
    from store.backups import restore as restore_backup

    with call.working("Restoring"):
        manifest = restore_backup(file, call.settings.store.get_secret_value(), overwrite=overwrite, home=home)
    _print_manifest(call, file, manifest, "backup.restored")


def _print_manifest(call: Call, file: Path, manifest: "BackupManifest", sentence: str) -> None:
    def write_text(out: "Console") -> None:
        records = manifest.counts.get("records", manifest.counts.get("Record", 0))
        facts = {"file": file.name, "records": f"{records:,}", "version": manifest.schema_version}
        out.print(call.say(sentence, **facts), soft_wrap=True)
        if manifest.id_key:
            out.print(call.say("backup.key", key=manifest.id_key), soft_wrap=True)

    call.give(manifest, write_text)
