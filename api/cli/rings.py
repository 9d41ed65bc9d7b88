"""`kith rings`: cases of trade that may conjure credit, and a person's word on them."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb
from ontology.texts import format_count

if TYPE_CHECKING:
    from rich.console import Console

    from api.parties.rings import RingLine
    from ontology.ring import RingVerdict

PANEL = "Answers"
ID = "ID"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "rings", example='kith rings --dismiss R-3f2a90c1d4e5 --by "Li Na" --reason "one buying group"', panel=PANEL)(rings)


def rings(
    call: Call,
    *,
    confirm: Annotated[
        str | None, typer.Option(metavar=ID, help="This case conjures credit: what it inflated shall not count.")
    ] = None,
    dismiss: Annotated[str | None, typer.Option(metavar=ID, help="This case is none.")] = None,
    reopen: Annotated[str | None, typer.Option(metavar=ID, help="Take the last word on this case back.")] = None,
    by: Annotated[str | None, typer.Option(envvar="KITH_USER", help="Who says so.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option(help="Why.", show_default=False)] = None,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="List dismissed cases too.")] = False,
) -> None:
    """List groups whose trade goes round among themselves, with what speaks for and against each; or rule on one.

    A case is a question to a person: no listing, no points. Once confirmed, and propagated again, trust, reports and
    dealings inside the group count for nothing. Every word is kept; the last one holds.
    """
    from api.parties.rings import ring_cases, rule_on_ring
    from api.wiring import now_of

    case_and_verdict = _ruling_asked(confirm, dismiss, reopen)
    with call.store() as store:
        context = call.context(store)
        if case_and_verdict is None:
            cases = ring_cases(context, dismissed=dismissed)
            call.give(cases, lambda out: _print_rings(out, cases.rings))
            return
        if not by or not reason:
            raise typer.BadParameter("a word on a case needs --by and --reason")
        case, verdict = case_and_verdict
        ruling = rule_on_ring(context, case, verdict, by=by, reason=reason, now=now_of(call.settings))

    def write_text(out: "Console") -> None:
        out.print(f"{ruling.case_id} is {ruling.verdict.value}, by {ruling.by}: {ruling.reason}")
        out.print("Next: kith propagate")

    call.give(ruling, write_text)


def _ruling_asked(confirm: str | None, dismiss: str | None, reopen: str | None) -> "tuple[str, RingVerdict] | None":
    from ontology.ring import RingVerdict

    options = ((confirm, RingVerdict.CONFIRMED), (dismiss, RingVerdict.DISMISSED), (reopen, RingVerdict.REOPENED))
    rulings = [(case, verdict) for case, verdict in options if case]
    if len(rulings) > 1:
        raise typer.BadParameter("one word at a time: --confirm, --dismiss or --reopen")
    return rulings[0] if rulings else None


def _print_rings(out: "Console", rings: "tuple[RingLine, ...]") -> None:
    if not rings:
        out.print("No group of parties was found whose trade goes round among themselves.")
    for ring in rings:
        state = f"{ring.verdict.value} by {ring.by}: {ring.reason}" if ring.verdict else "for review"
        size = format_count(len(ring.parties), "party", "parties")
        out.print(f"{ring.id}  {ring.shape}, {size}, strength {ring.strength:.2f}  {state}")
        for party in ring.parties:
            out.print(f"    {party.id}  {party.name}")
        for sign, sentences in (("+", ring.speaks_for), ("-", ring.speaks_against)):
            for sentence in sentences:
                out.print(f"    {sign} {sentence}")
