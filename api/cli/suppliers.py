"""`kith check`: a supplier list in, Stop, Look, Unknown, Fine out."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from api.schemas.screenings import ScreenedRow, Screening
    from api.screenings.supplier_lists import Supplier


class FailOn(StrEnum):
    """From which result on the exit code is 1."""

    STOP = "stop"
    LOOK = "look"


def register(app: typer.Typer) -> None:
    """Add the verb of this file."""
    verb(app, "check", example="kith check suppliers.csv --out report.html", panel="Answers")(check)


def check(
    call: Call,
    suppliers: Annotated[
        Path, typer.Argument(help="CSV or Excel with a column name (名称) or uscc (统一社会信用代码).", show_default=False)
    ],
    out: Annotated[
        list[Path] | None,
        typer.Option(help="Write a report: .html (prints on A4), .csv or .json; may be repeated.", show_default=False),
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit code 1 where a row is Stop (or Look).", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a report that is there, without asking.")] = False,
) -> None:
    """Check a list of suppliers: Stop, Look, Unknown or Fine, with reasons.

    Stop means listed itself or barred today; being near a listed party never makes a firm Stop. Fine means that nothing
    was found in the sources that are used. Where a source that could list a party is loaded and not used yet, Fine is
    Unknown: kith run brings the store up to date.
    """
    from api.parties.rankings import need_scores
    from api.screenings.results import screen
    from api.screenings.supplier_lists import read_suppliers
    from api.words import words
    from ontology.files import read_whole

    targets = _targets(call, out or [], yes=yes)
    rows = read_suppliers(
        read_whole(suppliers), file=suppliers.name, rows_max=call.settings.screening_rows_max, say=words(call.lang)
    )
    with call.store() as store, call.working("Checking") as report:
        need_scores(store)
        screening = screen(call.context(store), _report_rows(rows, report))
    _write(screening, targets, file=suppliers.name, lang=call.lang)
    call.give(screening, lambda console: _print_screening(console, call, screening))
    worst = {FailOn.STOP: ("stop",), FailOn.LOOK: ("stop", "look")}.get(fail_on, ()) if fail_on else ()
    if any(row.result in worst for row in screening.rows):
        raise typer.Exit(1)


def _report_rows(rows: "list[Supplier]", report: "Callable[[str], None]") -> "Iterator[Supplier]":
    """The rows one by one, with a word on how far it is."""
    for number, row in enumerate(rows):
        report(f"Checking: {number} of {len(rows)} rows")
        yield row


def _targets(call: Call, out: list[Path], *, yes: bool) -> list[Path]:
    """The reports to write, each with an ending we know and, where it is there already, with a yes."""
    from api.screenings.reports import WRITERS

    for target in out:
        if target.suffix.lstrip(".") not in WRITERS:
            raise typer.BadParameter(f"{target.name}: end it with .html, .csv or .json", param_hint="--out")
        if target.exists():
            call.confirm(f"{target} is there already. Write over it?", yes=yes)
    return out


def _write(screening: "Screening", targets: list[Path], *, file: str, lang: str) -> None:
    from api.screenings.reports import WRITERS
    from ontology.personal_ids import mask
    from store.private_files import write_private

    for target in targets:
        text = WRITERS[target.suffix.lstrip(".")](screening, file=mask(file), lang=lang)
        write_private(target, text)


def _print_screening(out: "Console", call: Call, screening: "Screening") -> None:
    for row in screening.rows:
        _print_row(out, call, row)
    for row in screening.rejected:
        out.print(f"{call.say('report.row')} {row.row}: {row.error}")
    out.print("  ".join(f"{call.say(f'result.{result}')} {count}" for result, count in screening.counts.items()))
    out.print(call.say("report.foot"))


def _print_row(out: "Console", call: Call, row: "ScreenedRow") -> None:
    from api.screenings.reports import both_names

    given_name = row.given.get("name") or row.given.get("uscc")
    party = f" = {both_names(row.party, call.lang)} {row.match_percent} %" if row.party else ""
    out.print(f"{call.say(f'result.{row.result}'):<8} {call.say('report.row')} {row.row}: {given_name}{party}")
    for reason in row.reasons:
        out.print(f"         {reason.code} {reason.sentence}".rstrip())
