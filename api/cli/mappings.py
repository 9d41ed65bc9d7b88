"""`kith mapping`: which kinds of file are known, a draft for one that is not, and the language that pages are written in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.output import print_document
from api.cli.verbs import FILES_IN, verb

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    mappings = typer.Typer(help="How files of each kind are read.", no_args_is_help=True)
    verb(mappings, "list", example="kith mapping list")(mapping_list)
    verb(mappings, "suggest", example="kith mapping suggest my.csv > my.yaml")(mapping_suggest)
    verb(mappings, "schema", example="kith mapping schema > mapping.schema.json")(mapping_schema)
    app.add_typer(mappings, name="mapping", rich_help_panel=FILES_IN)


def mapping_list(call: Call) -> None:
    """List the kinds of file that are known, for --as."""
    from resolution.sources.choice import kinds

    titles_by_kind = kinds()
    call.give(
        {"kinds": titles_by_kind}, lambda out: out.print(*(f"{name:<28} {title}" for name, title in titles_by_kind.items()))
    )


def mapping_suggest(
    call: Call,
    file: Annotated[Path, typer.Argument(help="The file that no kind fits.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="Write the draft here; else to the screen.", show_default=False)] = None,
    *,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, gb18030, cp1252 …; else judged by its letters.", show_default=False)
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook; else the first.", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there, without asking.")] = False,
) -> None:
    """Draft a mapping for a file of your own from its headers and first values, to go through and ingest with."""
    from resolution.sources.reading import Reading
    from resolution.sources.suggestions import suggest
    from store.private_files import write_private

    reading = {name: value for name, value in (("encoding", encoding), ("sheet", sheet)) if value is not None}
    if out is not None and out.exists():
        call.confirm(f"{out} is there already. Write over it?", yes=yes)
    draft = suggest(file, Reading.model_validate(reading))
    if out is not None:
        write_private(out, draft)

    def write_text(console: "Console") -> None:
        if out is None:
            print_document(draft.rstrip("\n"))
        else:
            console.print(f"Go through the lines marked CHECK, then: kith ingest {file} --mapping {out}", soft_wrap=True)

    call.give({"mapping": draft, "written": str(out) if out else None}, write_text)


def mapping_schema(call: Call) -> None:
    """Print the JSON schema of a mapping page, for an editor that completes and checks it."""
    import json

    from resolution.sources.mappings import schema

    document = schema.mapping_schema()
    call.give(document, lambda out: print_document(json.dumps(document, ensure_ascii=False, indent=2)))
