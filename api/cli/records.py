"""`kith record put`, `kith record delete`, `kith settle`: one record in or out, and at once the parties it touches."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb
from ontology.texts import format_count

if TYPE_CHECKING:
    from rich.console import Console

    from resolution.live import Changed

PANEL = "Stages"
SHOWN_MAX = 20


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    records = typer.Typer(help="One record in or out, resolved at once.", no_args_is_help=True)
    verb(records, "put", example="kith record put firm.json")(put)
    verb(records, "delete", example="kith record delete registry:91350100M000100Y43 --yes")(delete)
    app.add_typer(records, name="record", rich_help_panel=PANEL)
    verb(app, "settle", example="kith settle", panel=PANEL)(settle)


def put(
    call: Call,
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON file, one record, a list or one a line; - reads stdin.")],
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping that tells the objects as rows; else they are records.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Put them over what loaded files tell, without asking.")] = False,
) -> None:
    """Add records, or let them say something else; the parties they touch follow at once.

    A record: {"id": "crm:17", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Acme Ltd"}]}
    """
    from api.runs.single_records import put_records, read_records_file
    from api.runs.source_control import LoadedSources
    from ontology.files import read_whole
    from ontology.limits import SMALL_FILE_BYTES_MAX
    from resolution.live import Live

    content = sys.stdin.buffer.read(SMALL_FILE_BYTES_MAX) if file == "-" else read_whole(Path(file))
    with call.store(create=True) as store:
        records_by_object = read_records_file(store, content, mapping=mapping, settings=call.settings)
        datasets_by_record = LoadedSources(store).stated_as_loaded(
            [record.id for records, _ in records_by_object for record in records]
        )
        if datasets_by_record:
            datasets = ", ".join(sorted(set(datasets_by_record.values())))
            call.confirm(
                f"Loaded files of {datasets} tell {len(datasets_by_record)} of these records. Put yours over theirs?", yes=yes
            )
        with call.working("Resolving") as report:
            puts = put_records(Live(store), records_by_object, settings=call.settings, report=report)

    def write_text(out: "Console") -> None:
        for put_result in puts:
            out.print(f"{', '.join(put_result.record_ids)}: taken.")
            _print_changes(out, put_result.changed)
            if put_result.left_out:
                out.print(f"  {put_result.left_out} other statements of the row were left out: kith ingest brings them in.")

    call.give({"records": [put_result.model_dump(mode="json") for put_result in puts]}, write_text)


def delete(
    call: Call,
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the record.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take one record out; the parties it touches follow at once. Putting it again brings everything back."""
    from api.runs.single_records import delete_record
    from resolution.live import Live

    call.confirm(f"Take the record {record_id} out?", yes=yes)
    with call.store() as store:
        deleted = delete_record(Live(store), record_id, settings=call.settings)

    def write_text(out: "Console") -> None:
        out.print(f"{record_id}: taken out.")
        _print_changes(out, deleted.changed)

    call.give(deleted, write_text)


def settle(call: Call) -> None:
    """Work off what single records put off: keys that became common, persons beside changed firms."""
    from api.runs.single_records import settle as settle_waiting
    from resolution.live import Live

    with call.store() as store, call.working("Settling") as report:
        changes = settle_waiting(Live(store), settings=call.settings, report=report)

    def write_text(out: "Console") -> None:
        _print_changes(out, changes)
        out.print("Nothing waits.")

    call.give(changes, write_text)


def _print_changes(out: "Console", changes: "Changed") -> None:
    for event in changes.events[:SHOWN_MAX]:
        other_id = f" {event.other_id}" if event.other_id else ""
        out.print(f"  {event.entity_id} {event.kind.value}{other_id} ({format_count(len(event.record_ids), 'record')})")
    told_ids = {event.entity_id for event in changes.events}
    for party in [party for party in changes.parties if party.id not in told_ids][:SHOWN_MAX]:
        out.print(f"  {party.id} {'says something else' if party.record_ids else 'is no more'}")
    if changes.parties:
        out.print("  Ties, signals and scores are as of the last propagate.")
    if changes.waiting:
        out.print(f"  {changes.waiting} things wait: kith settle")
