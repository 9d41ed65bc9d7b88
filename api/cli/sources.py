"""`kith sample`, `kith ingest`, `kith update`, `kith sources`, `kith unload`: files in, and out again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import FILES_IN, verb
from ontology.limits import LINE_BYTES_ALLOWED, LINE_BYTES_MAX
from ontology.texts import format_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from api.runs.updates import PackUpdate
    from api.schemas.store import SourceState
    from resolution.sources.ingest import Ingested
    from resolution.sources.unloading import LoadedSource

UNREAD_SHOWN = 12  # Columns; all of them are in --json.
KIND = Annotated[
    str | None,
    typer.Option("--as", metavar="KIND", help="What the files are; else found out. See: kith mapping list", show_default=False),
]
MAPPING = Annotated[Path | None, typer.Option(help="A mapping of your own (YAML).", show_default=False)]
SOURCE_NAME = Annotated[
    str | None, typer.Argument(metavar="[DATASET]", help="Show the deliveries of this data set.", show_default=False)
]
PACK = Annotated[
    str | None, typer.Option(help="The files are those of this pack, by name or folder. See: kith packs list", show_default=False)
]
DROP_SHARE = Annotated[
    float | None,
    typer.Option(
        min=0, max=1, help="Share of a list's statements that may be gone from its next state; else 0.2.", show_default=False
    ),
]
DATASET = Annotated[str | None, typer.Option(help="Name of the dataset; else the kind's.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "ingest", example="kith ingest region", panel=FILES_IN)(ingest)
    verb(app, "sources", example="kith sources", panel=FILES_IN)(sources)
    verb(app, "update", example="kith update un ofac", panel=FILES_IN)(update)
    verb(app, "unload", example="kith unload court_defaulters --yes", panel=FILES_IN)(unload)
    verb(app, "sample", example="kith sample region --seed 7 --firms 400", panel=FILES_IN)(sample)


def ingest(
    call: Call,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders of files.", show_default=False)],
    *,
    kind: KIND = None,
    mapping: MAPPING = None,
    pack: PACK = None,
    dataset: DATASET = None,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, gb18030, cp1252 …; else judged by its letters.", show_default=False)
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook; else the first.", show_default=False)] = None,
    line_bytes_max: Annotated[
        int, typer.Option(min=64, max=LINE_BYTES_ALLOWED, help="Longest line that is read.")
    ] = LINE_BYTES_MAX,
    part: Annotated[bool, typer.Option("--part", help="With --pack: add the files to what is there; nothing ends.")] = False,
    drop_max: DROP_SHARE = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Folder for reject files; else beside the source.", show_default=False)
    ] = None,
) -> None:
    """Load source files; bad rows go to a reject file that can be mended and sent again.

    The same file twice changes nothing; by a corrected mapping, or read in another way, what it says now replaces what it said.
    Of a pack whose deliveries are complete a newer file is the next state of its source: what is gone from it has ended.
    The same bytes under another data set's name are one source and not loaded again. What was loaded is used from the next
    kith run on. Personal ids are hashed and masked before anything is written. Exit code 2 where
    no row of a file went in.
    """
    from api.runs.journey import load_files

    if sum(map(bool, (kind, mapping, pack))) > 1:
        raise typer.BadParameter("give one of --as, --mapping and --pack")
    reading = {"encoding": encoding, "sheet": sheet, "line_bytes_max": line_bytes_max}
    with call.store(create=True) as store, call.working("Reading") as report:
        loaded = load_files(
            store,
            paths,
            settings=call.settings,
            kind=kind,
            mapping=mapping,
            pack=pack,
            dataset=dataset,
            reading={name: value for name, value in reading.items() if value is not None},
            rejects_dir=rejects,
            as_part=part,
            drop_max=drop_max,
            report=report,
        )
    call.give({"files": [file.model_dump(mode="json") for file in loaded]}, lambda out: print_loaded(out, loaded))
    if any(file.trouble for file in loaded):
        raise typer.Exit(2)


def update(
    call: Call,
    packs: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK…]", help="Else every loaded pack.", show_default=False)
    ] = None,
    *,
    base: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the files lie, in place of the publisher's.", show_default=False)
    ] = None,
    drop_max: DROP_SHARE = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Folder for reject files; else the working folder.", show_default=False)
    ] = None,
) -> None:
    """Fetch what publishers changed since the last time and load it as the next state of their sources.

    What is gone from a list that is told whole has ended on that day. A download that fails, breaks off or lost more than
    lists do changes nothing. Exit code 2 where a pack could not be brought up to date.
    """
    from api.runs.updates import UpdateOptions, update_sources

    with call.store(create=True) as store, call.working("Fetching") as report:
        updates = update_sources(
            store,
            packs or (),
            settings=call.settings,
            options=UpdateOptions(base, drop_max, rejects),
            report=report,
        )

    def write_text(out: "Console") -> None:
        for pack_update in updates:
            if pack_update.trouble:
                out.print(f"{pack_update.pack}: not brought up to date. {pack_update.trouble}. {pack_update.remedy or ''}")
            elif not pack_update.fetched:
                out.print(f"{pack_update.pack}: nothing has changed since the last time.")
            else:
                print_loaded(out, pack_update.files)
        if any(pack_update.fetched and not pack_update.trouble for pack_update in updates):
            out.print("Next: kith run")

    call.give({"packs": [_update_answer(pack_update) for pack_update in updates]}, write_text)
    if any(pack_update.trouble for pack_update in updates):
        raise typer.Exit(2)


def _update_answer(pack_update: "PackUpdate") -> dict[str, object]:
    told = {name: getattr(pack_update, name) for name in ("pack", "fetched", "unchanged", "trouble", "remedy")}
    return told | {"files": [file.model_dump(mode="json") for file in pack_update.files]}


def sources(call: Call, dataset: SOURCE_NAME = None) -> None:
    """List the loaded files: who publishes them, how old they are, what is overdue or not used yet.

    With a data set: its deliveries, and what came, changed and ended with each.
    """
    from api.context.freshness import freshness_of
    from api.parties.source_rows import loaded_files
    from api.parties.source_states import states_of

    with call.store() as store:
        if dataset is not None:
            states = states_of(store, dataset)
            call.give(
                {"states": [state.model_dump(mode="json") for state in states]}, lambda out: _print_states(out, states, call)
            )
            return
        context = call.context(store)
        loaded = loaded_files(store, freshness_of(context), context.today or context.as_of)

    def write_text(out: "Console") -> None:
        for file in loaded:
            standing = call.say(f"sources.{file.waits_for or 'used'}")
            facts = {"rows": file.rows_read, "day": file.loaded_at.date().isoformat(), "standing": standing}
            out.print(call.say("sources.line", file=file.name, dataset=file.dataset, **facts), soft_wrap=True)
            if file.publisher:
                out.print("    " + call.say("sources.origin", publisher=file.publisher, licence=file.licence), soft_wrap=True)
            if file.overdue:
                out.print("    " + call.say("sources.overdue", days=file.age_days, pack=file.pack), soft_wrap=True)
        if not loaded:
            out.print(call.say("sources.none"))

    call.give({"files": [file.model_dump(mode="json") for file in loaded]}, write_text)


def _print_states(out: "Console", states: "Sequence[SourceState]", call: Call) -> None:
    for state in states:
        counts = {"came": state.came, "changed": state.changed, "went": state.went}
        out.print(
            call.say("sources.state", file=state.file, state=state.state, day=state.day.isoformat(), **counts), soft_wrap=True
        )
        for change in state.changes:
            if change.statement == "record" or change.change != "came":
                word = call.say(f"sources.change_{change.change}")
                out.print(f"    {word} {change.statement} {change.name or change.id}", soft_wrap=True)
    if not states:
        out.print(call.say("sources.no_states"))


def unload(
    call: Call,
    source: Annotated[
        str,
        typer.Argument(metavar="FILE|DATASET", help="A loaded file by its path, name or id, or a data set.", show_default=False),
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Take it out without asking.")] = False,
) -> None:
    """Take a loaded file, or all files of a data set, out of the store; kith ingest brings it back.

    What other files say too stays as they say it. Judgements on its records stay in the ledger. Parties, signals and scores
    follow with the next kith run.
    """
    from api.runs.journey import unload_sources
    from resolution.sources.unloading import find_sources

    with call.store() as store:
        to_unload = find_sources(store, source)
        if not call.as_json:
            _print_sources(call, to_unload)
        call.confirm(call.say("unload.ask", files=len(to_unload)), yes=yes)
        with call.working("Taking out"):
            unload_sources(store, to_unload)
        call.context(store)
    files = ", ".join(source_file.file for source_file in to_unload)
    answer = {"unloaded": [source_file.model_dump(mode="json") for source_file in to_unload]}
    call.give(answer, lambda out: out.print(call.say("unload.done", files=files)))


def _print_sources(call: Call, to_unload: "Sequence[LoadedSource]") -> None:
    """What will go."""
    from api.cli.output import console

    out = console()
    for source_file in to_unload:
        counts = [format_count(count, name.removesuffix("s")) for name, count in source_file.statements.items()]
        statements = ", ".join(counts) or call.say("unload.nothing_stated")
        out.print(
            call.say(
                "unload.what", file=source_file.file, dataset=source_file.dataset, rows=source_file.rows, statements=statements
            )
        )


def print_loaded(out: "Console", loaded: "Sequence[Ingested]") -> None:
    """One line a file; under it the first rows that did not go in, each with field and remedy."""
    for file in loaded:
        if file.trouble:
            out.print(f"{file.file}: not loaded. {file.trouble}. {file.remedy or ''}")
        elif file.loaded_already:
            out.print(f"{file.file}: loaded before as {file.dataset}, nothing changed.")
        else:
            counts = ", ".join(format_count(count, name.removesuffix("s")) for name, count in file.statements.items())
            out.print(f"{file.file} ({file.kind}): {file.rows_in} of {file.rows_read} rows in: {counts}.")
            if file.state > 1:
                changes = f"{file.came} came, {file.changed} changed, {file.went} ended"
                out.print(f"    state {file.state} of its source: {changes}.")
        if file.encoding:
            out.print(f"    not UTF-8: read as {file.encoding}. If that is wrong, name the encoding (--encoding).")
        if file.header_line:
            out.print(f"    header found in line {file.header_line}; the lines above it are no rows (format: header_line).")
        _print_left_out(out, file)
        _print_ignored(out, file)


def _print_left_out(out: "Console", file: "Ingested") -> None:
    """Rows that did not go in, facts that did not, and words that are not known, each with field and remedy."""
    for rejection in file.rejections:
        field = f", {rejection.field}" if rejection.field else ""
        out.print(f"    row {rejection.row}{field}: {rejection.problem}. {rejection.remedy}")
    if file.rows_rejected:
        out.print(f"    {file.rows_rejected} rows did not go in; mend them in {file.reject_file} and ingest that file.")
    for repair in file.repairs:
        out.print(f"    row {repair.row}, {repair.field}: {repair.problem}. {repair.remedy}")
    if file.rows_repaired:
        out.print(f"    {file.rows_repaired} rows went in without what could not be taken; the source rows keep it.")
    for warning in file.warnings:
        out.print(f"    row {warning.row}, {warning.field}: {warning.problem}. {warning.remedy}")


def _print_ignored(out: "Console", file: "Ingested") -> None:
    """Rows that state nothing, by what they are, and what else is worth knowing of the file."""
    kinds = ", ".join(f"{name} {count}" for name, count in file.ignored.items())
    if kinds:
        out.print(f"    {sum(file.ignored.values())} rows state no party, tie or listing that is read here: {kinds}.")
    elif file.rows_ignored:
        out.print(f"    {file.rows_ignored} rows state nothing (void); the source rows keep them.")
    if file.unread:
        columns = ", ".join(f"{column} ({cells})" for column, cells in list(file.unread.items())[:UNREAD_SHOWN])
        more = f" and {len(file.unread) - UNREAD_SHOWN} more" if len(file.unread) > UNREAD_SHOWN else ""
        out.print(f"    columns that are not read, with their filled cells: {columns}{more}. The source rows keep them.")
    for note in file.notes:
        out.print(f"    {note}")


def sample(
    call: Call,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into.", show_default=False)],
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same region, byte for byte.")] = 7,
    firms: Annotated[int, typer.Option(min=120, max=1_000_000, help="How many firms.")] = 400,
    relations: Annotated[int, typer.Option(min=1, max=100, help="Suppliers of an ordinary firm, on average.")] = 4,
    yes: Annotated[bool, typer.Option("--yes", help="Write over files that are there, without asking.")] = False,
) -> None:
    """Write a fictional region: scattered source files, a supplier list, and the truth behind them."""
    from samples import write_sample

    if folder.is_dir() and any(folder.iterdir()):
        call.confirm(f"{folder} is not empty. Write over the files of a sample in it?", yes=yes)
    with call.working("Inventing a region"):
        region = write_sample(folder, seed=seed, firms=firms, relations=relations)
    answer = {
        "folder": str(region.folder),
        "sources": [str(path) for path in region.sources],
        "suppliers": str(region.suppliers),
        "truth_records": str(region.truth_records),
        "truth_stories": str(region.truth_stories),
        "our_firm": region.our_firm,
        "our_firm_record": region.our_firm_record,
        "as_of": region.as_of,
        "records": region.records,
    }
    source_folder = region.sources[0].parent
    call.give(
        answer,
        lambda out: out.print(
            f"{len(region.sources)} source files in {source_folder}. Next: kith ingest {source_folder} --as-of {region.as_of}"
        ),
    )
