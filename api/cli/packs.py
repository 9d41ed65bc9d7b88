"""`kith packs`: which publishers' files are known, what of them is read, and whether a pack reads its sample as it should."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import FILES_IN, verb

if TYPE_CHECKING:
    from rich.console import Console

    from resolution.sources.packs.pack import Pack

NAME = Annotated[str, typer.Argument(metavar="PACK", help="A pack's name, or a folder with a pack.yaml.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    packs = typer.Typer(help="Publishers whose files are known: lists, registers, contracts.", no_args_is_help=True)
    verb(packs, "list", example="kith packs list")(list_packs)
    verb(packs, "show", example="kith packs show un")(show_pack)
    verb(packs, "check", example="kith packs check my-pack --write")(check_pack)
    app.add_typer(packs, name="packs", rich_help_panel=FILES_IN)


def list_packs(call: Call) -> None:
    """List the packs that come with kith."""
    from resolution.sources.packs.pack_library import packs

    known_packs = packs()
    answer = {"packs": {name: _summary(pack) for name, pack in known_packs.items()}}
    call.give(answer, lambda out: out.print(*(f"{name:<24} {pack.title}" for name, pack in known_packs.items()), sep="\n"))


def show_pack(call: Call, name: NAME) -> None:
    """Show one pack: publisher, licence, rhythm, and the files it reads, in the order in which they are loaded."""
    from resolution.sources.packs.pack_library import find_pack

    pack = find_pack(name)

    def write_text(out: "Console") -> None:
        licence = f"{pack.licence.name} (redistribution: {pack.licence.redistribution.replace('_', ' ')})"
        out.print(pack.title)
        out.print(f"  publisher  {pack.publisher}")
        out.print(f"  licence    {licence}")
        rhythm = "day" if pack.rhythm_days == 1 else f"{pack.rhythm_days} days"
        out.print(f"  renewed    every {rhythm}; {'the whole list' if pack.complete else 'what is new'} each time")
        out.print(f"  layout     {pack.layout.address} (compared on {pack.layout.compared_on})", soft_wrap=True)
        for file in pack.files:
            out.print(f"  file       {' or '.join(file.names)}{' (optional)' if file.optional else ''}", soft_wrap=True)
            if file.address:
                note = " (the same as another file: fetched where it is the one loaded)" if file.other_form else ""
                out.print(f"             {file.address}{note}", soft_wrap=True)
            if file.page:
                out.print(f"             by hand from {file.page}", soft_wrap=True)
        if pack.about:
            out.print(pack.about.strip())
        out.print(f"Next: kith ingest FOLDER --pack {name}")

    call.give(_summary(pack), write_text)


def check_pack(
    call: Call,
    name: NAME,
    *,
    write: Annotated[bool, typer.Option("--write", help="Write what came out as what is expected.")] = False,
) -> None:
    """Read a pack's sample and compare what comes out with its expected.yaml. Exit code 1 where they differ."""
    from resolution.sources.packs.pack_library import find_pack
    from resolution.sources.packs.samples import (
        SAMPLE_DAY,
        SAMPLE_KEY,
        differences,
        expected_facts,
        sample_files,
        write_expected_facts,
    )
    from resolution.sources.previews import preview_pack, stated_facts

    pack = find_pack(name)
    facts = stated_facts(preview_pack(pack, sample_files(pack), id_key=SAMPLE_KEY, today=SAMPLE_DAY))
    if write:
        path = write_expected_facts(pack, facts)
        call.give({"written": str(path)}, lambda out: out.print(f"Written to {path}: read it through.", soft_wrap=True))
        return
    lines = list(differences(expected_facts(pack), facts))
    shown = lines or [f"{pack.title}: the sample reads as expected."]
    answer = {"pack": pack.pack, "differences": lines}
    call.give(answer, lambda out: out.print(*shown, sep="\n", markup=False, highlight=False, soft_wrap=True))
    if lines:
        raise typer.Exit(1)


def _summary(pack: "Pack") -> dict[str, object]:
    return pack.model_dump(mode="json")
