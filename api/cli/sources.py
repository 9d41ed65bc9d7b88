"""`kith sample`, `kith ingest`, `kith mapping`: files in."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

PANEL = "Files in"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "sample", example="kith sample region --seed 7 --firms 400", panel=PANEL)(sample)


def sample(
    call: Call,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into.", show_default=False)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same region, byte for byte.")] = 7,
    firms: Annotated[int, typer.Option(min=120, max=1_000_000, help="How many firms.")] = 400,
    relations: Annotated[int, typer.Option(min=1, max=100, help="Suppliers of an ordinary firm, on average.")] = 4,
    yes: Annotated[bool, typer.Option("--yes", help="Write over files that are there, without asking.")] = False,
) -> None:
    """Write a fictional region: scattered source files, a supplier list, and the truth behind them."""
    from api.samples import write_sample

    if folder.is_dir() and any(folder.iterdir()):
        call.confirm(f"{folder} is not empty. Write over the files of a sample in it?", yes=yes)
    with call.working("Inventing a region"):
        made = write_sample(folder, seed=seed, firms=firms, relations=relations)
    told = {
        "folder": str(made.folder),
        "sources": [str(path) for path in made.sources],
        "suppliers": str(made.suppliers),
        "truth_records": str(made.truth_records),
        "truth_stories": str(made.truth_stories),
        "our_firm": made.our_firm,
        "our_firm_record": made.our_firm_record,
        "as_of": made.as_of,
        "records": made.records,
    }
    call.give(told, lambda out: out.print(f"{len(made.sources)} source files in {made.folder / 'sources'}. Next: kith ingest {made.folder / 'sources'}"))
