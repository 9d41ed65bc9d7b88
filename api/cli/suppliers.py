"""`kith check`: a supplier list in, Stop, Look, Unknown, Fine out."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.output import print_content
from api.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from api.schemas.screenings import ScreenedRow, Screening

    Writer = Callable[..., str | bytes]


SENTENCES_MAX = 20  # Under one heading on a terminal; a report has them all.


class Form(StrEnum):
    """Forms of a report."""

    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


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
        Path,
        typer.Argument(help="CSV or Excel with names (名称), codes (统一社会信用代码), or both.", show_default=False),
    ],
    *,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD=HEADING,…",
            help="Which column holds name, code, place, country, id: by heading or letter; else found out.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook; else the first.", show_default=False)] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            "-o",
            help="Write a report: .html (prints on A4), .xlsx, .csv or .json; may be repeated.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Form of the report; without --out it is printed.", show_default=False),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Write the rows that could not be checked, to be corrected (CSV).", show_default=False),
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
    from api.screenings.given_lists import columns_of_text, list_of_file
    from api.screenings.results import screen
    from api.screenings.supplier_lists import ListOptions
    from api.words import words
    from ontology.files import read_whole

    targets = _targets(call, out or [], form, rejects, yes=yes)
    options = ListOptions(call.settings.screening_rows_max, columns_of_text(columns), sheet)
    supplier_list = list_of_file(read_whole(suppliers), file=suppliers.name, options=options, say=words(call.lang))
    with call.store() as store, call.working("Checking") as report:
        need_scores(store)
        screening = screen(call.context(store), supplier_list, report=report)
    _write(screening, targets, file=suppliers.name, lang=call.lang)
    _give(call, screening, form=None if out else form, file=suppliers.name)
    worst = {FailOn.STOP: ("stop",), FailOn.LOOK: ("stop", "look")}.get(fail_on, ()) if fail_on else ()
    if any(row.result in worst for row in screening.rows):
        raise typer.Exit(1)


def _targets(call: Call, out: list[Path], form: Form | None, rejects: Path | None, *, yes: bool) -> "list[tuple[Path, Writer]]":
    """The reports to write with what writes each; where one is there already, with a yes."""
    from api.screenings.reports import WRITERS, as_rejects

    targets: list[tuple[Path, Writer]] = []
    for target in out:
        name = form.value if form else target.suffix.lstrip(".").lower()
        if name not in WRITERS:
            raise typer.BadParameter(f"{target.name}: end it with .html, .xlsx, .csv or .json", param_hint="--out")
        targets.append((target, WRITERS[name]))
    targets += [(rejects, as_rejects)] if rejects else []
    for target, _ in targets:
        if target.exists():
            call.confirm(f"{target} is there already. Write over it?", yes=yes)
    return targets


def _write(screening: "Screening", targets: "list[tuple[Path, Writer]]", *, file: str, lang: str) -> None:
    from ontology.personal_ids import mask
    from store.private_files import write_private

    for target, write in targets:
        write_private(target, write(screening, file=mask(file), lang=lang))


def _give(call: Call, screening: "Screening", *, form: Form | None, file: str) -> None:
    """Print the answer: in the form asked for, else for people, or as JSON where --json says so."""
    if form is None or form is Form.JSON:
        if form is Form.JSON:
            call.as_json = True
        call.give(screening, lambda console: _print_screening(console, call, screening))
        return
    from api.screenings.reports import WRITERS
    from ontology.personal_ids import mask

    content = WRITERS[form.value](screening, file=mask(file), lang=call.lang)
    print_content(content if isinstance(content, bytes) else content.encode())


def _print_screening(out: "Console", call: Call, screening: "Screening") -> None:
    from api.screenings.reports import about_list

    for row in screening.rows:
        _print_row(out, call, row)
    for row in screening.rejected:
        out.print(f"{call.say('report.row')} {row.row}: {row.error}")
    for heading, sentences in about_list(screening, call.say):
        out.print(f"{heading}:")
        for sentence in sentences[:SENTENCES_MAX]:
            out.print(f"  {sentence}")
        if len(sentences) > SENTENCES_MAX:
            out.print("  " + call.say("check.more", count=len(sentences) - SENTENCES_MAX))
    out.print("  ".join(f"{call.say(f'result.{result}')} {count}" for result, count in screening.counts.items()))
    out.print(call.say("report.foot"))


def _print_row(out: "Console", call: Call, row: "ScreenedRow") -> None:
    from api.screenings.reports import both_names

    given_name = row.given.get("name") or row.given.get("code")
    party = f" = {both_names(row.party, call.lang)} {row.match_percent} %" if row.party else ""
    out.print(f"{call.say(f'result.{row.result}'):<8} {call.say('report.row')} {row.row}: {given_name}{party}")
    for reason in row.reasons:
        out.print(f"         {reason.code} {reason.sentence}".rstrip())
