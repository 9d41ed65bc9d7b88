"""`kith judge`, `kith review`: a person's word on whether two records are one party."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.review_text import print_conflicts, print_judged, print_lines, print_queue
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.reviews.judging import Signature

PANEL = "Judgements"
NAME_HELP = "Record id, entity id, code, or a name with one clear answer."
BY = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who says so; else KITH_ACCOUNT, else your account.", show_default=False)
]


class VerdictArgument(StrEnum):
    """The words of `ontology.judgement.Verdict`, spelled again because help should need no models."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class WaitingKindOption(StrEnum):
    """The words of `resolution.judgements.waiting_kinds.WaitingKind`, spelled again because help should need no models."""

    LISTED = "listed"
    SIGNALLED = "signalled"
    RIVAL = "rival"
    NEARLY = "nearly"
    CONTRADICTION = "contradiction"
    HOUSEHOLD = "household"
    NAME_ONLY = "name_only"
    PLACE_ONLY = "place_only"
    LITTLE = "little"
    NAMESAKE = "namesake"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "judge", example='kith judge registry:4711 court:12 different --reason "another seal"', panel=PANEL)(judge)
    verb(app, "review", example="kith review --limit 10", panel=PANEL)(review)


def judge(
    call: Call,
    left: Annotated[str | None, typer.Argument(metavar="A", help=NAME_HELP, show_default=False)] = None,
    right: Annotated[
        str | None, typer.Argument(metavar="B", help="The other, told in the same ways.", show_default=False)
    ] = None,
    verdict: Annotated[VerdictArgument | None, typer.Argument(help="Your word on the two.", show_default=False)] = None,
    *,
    reason: Annotated[str, typer.Option(help="Why; kept with the verdict.", show_default=False)] = "",
    by: BY = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would change.")] = False,
    undo: Annotated[
        str | None, typer.Option(metavar="ID", help="Take back a line, or all lines of one call.", show_default=False)
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the ledger, the latest line first; with A only its lines.")] = False,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Show verdicts that contradict each other, or an identifier.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most lines of --list.")] = 50,
) -> None:
    """Say whether two records or parties are the same: same, different or unsure.

    A verdict lasts until it is undone: no score, run, merge or split writes over it. On two parties it is written on pairs
    of their records, which are told.
    """
    if undo is not None:
        _undo(call, undo, reason, by)
    elif conflicts:
        _conflicts(call)
    elif list_:
        _list(call, left, limit)
    elif left and right and verdict:
        _judge(call, (left, right, verdict), reason, by, dry_run=dry_run)
    else:
        raise typer.BadParameter("give A, B and a verdict, or one of --list, --conflicts, --undo ID")


def review(
    call: Call,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most pairs.")] = 20,
    *,
    kind: Annotated[
        list[WaitingKindOption] | None, typer.Option(help="Only pairs that wait for this; may be given several times.")
    ] = None,
    with_namesakes: Annotated[
        bool, typer.Option("--all", help="Namesakes in different firms too, which are only counted else.")
    ] = False,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Go on behind the page that named this cursor.", show_default=False)
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Pairs somebody else judged, without a hint of what they said.")] = False,
    by: BY = None,
) -> None:
    """Go through pairs that may be one party: listed ones first, then by what would change, namesakes last.

    In a terminal each pair is shown and asked about; else, and with --json, the queue is printed, with how many of each kind
    wait.
    """
    import sys

    from api.reviews.queue import QueueFilter, queue
    from resolution.judgements.waiting_kinds import WaitingKind

    with call.store() as store:
        signature, context = _signature(call, by), call.context(store)
        kinds = tuple(WaitingKind(option.value) for option in kind or ())
        shown = QueueFilter(limit, kinds, with_folded=with_namesakes, cursor=cursor)
        waiting = queue(context, reviewer=signature.by, shown=shown, blind=blind)
        if call.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            options = [*(f"--kind {option.value}" for option in kinds), *(["--all"] if with_namesakes else [])]
            call.give(waiting, lambda out: print_queue(out, call, waiting, " ".join(["kith review", *options])))
            return
        from api.cli.review_session import ReviewSession

        ReviewSession(call, context, signature).go_through(waiting)


def _judge(
    call: Call, sides_and_verdict: tuple[str, str, VerdictArgument], reason: str, by: str | None, *, dry_run: bool
) -> None:
    from api.reviews.judging import judge as give_verdict
    from ontology.judgement import Verdict

    left, right, verdict = sides_and_verdict
    with call.store() as store:
        answer = give_verdict(
            call.context(store), left, right, Verdict(verdict), reason=reason, signature=_signature(call, by), dry_run=dry_run
        )
    call.give(answer, lambda out: print_judged(out, call, answer))


def _undo(call: Call, id_: str, reason: str, by: str | None) -> None:
    from api.reviews.judging import undo

    with call.store() as store:
        undone = undo(call.context(store), id_, reason=reason, signature=_signature(call, by))

    def write_text(out: "Console") -> None:
        print_lines(out, call, undone.lines)
        out.print(undone.sentence)

    call.give(undone, write_text)


def _list(call: Call, party: str | None, limit: int) -> None:
    from api.context.pages import PageRequest
    from api.reviews.judging import judgements

    with call.store() as store:
        ledger = judgements(call.context(store), PageRequest(limit), party=party)

    def write_text(out: "Console") -> None:
        print_lines(out, call, ledger.lines)
        if not ledger.lines:
            out.print(call.say("judged.empty"))
        if ledger.total > len(ledger.lines):
            out.print(call.say("account.more", count=ledger.total - len(ledger.lines)))

    call.give(ledger, write_text)


def _conflicts(call: Call) -> None:
    from api.reviews.judging import all_conflicts

    with call.store() as store:
        answer = all_conflicts(call.context(store))

    def write_text(out: "Console") -> None:
        print_conflicts(out, call, answer.conflicts)
        if not answer.conflicts:
            out.print(call.say("judged.no_conflicts"))

    call.give(answer, write_text)


def _signature(call: Call, by: str | None) -> "Signature":
    from api.reviews.judging import Signature
    from api.wiring import account_of, now_of

    return Signature(account_of(call.settings, by), now_of(call.settings))
