"""`kith id-key show`, `kith id-key rotate`: the key that hashes personal ids."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

PANEL = "Stages"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    keys = typer.Typer(help="The key that hashes personal ids.", no_args_is_help=True)
    verb(keys, "show", example="kith id-key show")(show)
    verb(keys, "rotate", example="kith id-key rotate data/*.csv --into sqlite:///new.db --new-key new.key")(rotate)
    app.add_typer(keys, name="id-key", rich_help_panel=PANEL)


def show(call: Call) -> None:
    """Tell the fingerprints of the key and of the store: which key belongs to which store. No key is shown."""
    from api.wiring import key_in
    from resolution.sources.id_keys import fingerprint, fingerprint_of

    file = call.settings.id_key_file.expanduser()
    own_fingerprint = fingerprint(key_in(file)) if file.exists() else None
    with call.store(any_key=True) as store:
        store_fingerprint = fingerprint_of(store)
    answer = {
        "key_file": str(file),
        "key": own_fingerprint,
        "store_key": store_fingerprint,
        "fits": store_fingerprint is None or store_fingerprint == own_fingerprint,
    }

    def write_text(out: "Console") -> None:
        out.print(f"{file}: {own_fingerprint or 'no key'}. The store: {store_fingerprint or 'no key used yet'}.")
        if not answer["fits"]:
            out.print("They do not fit: point KITH_ID_KEY_FILE at the key the store was made with.")

    call.give(answer, write_text)


def rotate(
    call: Call,
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="Every file the store was loaded from.")],
    *,
    into: Annotated[str, typer.Option(metavar="URL", help="The new store; made where it is not there.", show_default=False)],
    new_key: Annotated[
        Path, typer.Option(metavar="FILE", help="File of the new key; made where it is not there.", show_default=False)
    ],
    mapping: Annotated[
        list[Path] | None, typer.Option(help="A mapping of your own that files were loaded with; may be repeated.")
    ] = None,
) -> None:
    """Change to another key: load the sources anew under it into a new store, and carry over what people said.

    The store and its key stay as they are. Cut off, the same call goes on. When it is done: resolve and propagate the new
    store, use it in place of the old one, then destroy the old store, its backups and its key.
    """
    from api.runs.key_rotation import Keys, rotate_key
    from api.wiring import key_in, make_key, now_of, open_store, settings_of, store_key
    from ontology.errors import WrongCall
    from resolution.sources.mappings.library import mapping_at

    if into == call.settings.store.get_secret_value() or new_key.expanduser().absolute() == _own_key(call).absolute():
        raise WrongCall(reason="the old store and its key stay as they are", remedy="Name another --into and another --new-key.")
    pages = [mapping_at(page) for page in mapping or ()]
    with call.store() as old, call.working("Loading anew") as report:
        before = store_key(old, call.settings)
        if not new_key.exists():
            make_key(new_key)
        new_settings = settings_of(into, id_key_file=new_key, lang=call.lang)
        new = open_store(new_settings, create=True)
        try:
            rotation = rotate_key(
                old,
                new,
                files,
                keys=Keys(before, key_in(new_key)),
                now=now_of(call.settings),
                rulebook=call.rulebook,
                pages=pages,
                progress=lambda file, rows: report(f"Reading {file}: {rows} rows"),
            )
        finally:
            new.close()

    def write_text(out: "Console") -> None:
        carried = f"{rotation.verdicts} lines of verdicts, {rotation.consents} consents"
        out.print(f"{rotation.files} files, {rotation.records} records, {carried}.")
        for record_id in rotation.left:
            out.print(f"  {record_id} was put singly and holds a hash: put it again.")
        out.print(f"Next, with KITH_ID_KEY_FILE={new_key} and the new store: kith resolve, then kith propagate")

    call.give(rotation, write_text)


def _own_key(call: Call) -> Path:
    return call.settings.id_key_file.expanduser()
