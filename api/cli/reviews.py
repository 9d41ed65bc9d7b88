"""`kith judge`, `kith review`: a person's word on whether two records are one party."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from api.reviews.judging import Signed
    from api.schemas.reviews import Judged, Queue, RecordRef, ShownConflict, ShownLine, WaitingPair

PANEL = "Judgements"
THING = "Record id, entity id, code, or a name with one clear answer."
BY = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who says so; else KITH_ACCOUNT, else your account.", show_default=False)
]


class Said(StrEnum):
    """The words of `ontology.judgement.Verdict`, spelled again because help should need no models."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "judge", example='kith judge registry:4711 court:12 different --reason "another seal"', panel=PANEL)(judge)
    verb(app, "review", example="kith review --limit 10", panel=PANEL)(review)


def judge(
    call: Call,
    left: Annotated[str | None, typer.Argument(metavar="A", help=THING, show_default=False)] = None,
    right: Annotated[
        str | None, typer.Argument(metavar="B", help="The other, told in the same ways.", show_default=False)
    ] = None,
    verdict: Annotated[Said | None, typer.Argument(help="Your word on the two.", show_default=False)] = None,
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
    blind: Annotated[bool, typer.Option("--blind", help="Pairs somebody else judged, without a hint of what they said.")] = False,
    by: BY = None,
) -> None:
    """Go through pairs that may be one party, those first by which most would change.

    In a terminal each pair is shown and asked about; else, and with --json, the queue is printed.
    """
    import sys

    from api.reviews.queue import queue

    with call.store() as store:
        who, context = _signed(call, by), call.context(store)
        found = queue(context, reviewer=who.by, limit=limit, blind=blind)
        if call.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            call.give(found, lambda out: tell_queue(out, call, found))
            return
        from api.cli.reviewing import Sitting

        Sitting(call, context, who).go_through(found)


def _judge(call: Call, given: tuple[str, str, Said], reason: str, by: str | None, *, dry_run: bool) -> None:
    from api.reviews.judging import judge as judged
    from ontology.judgement import Verdict

    left, right, verdict = given
    with call.store() as store:
        found = judged(
            call.context(store), left, right, Verdict(verdict), reason=reason, signed=_signed(call, by), dry_run=dry_run
        )
    call.give(found, lambda out: tell_judged(out, call, found))


def _undo(call: Call, id_: str, reason: str, by: str | None) -> None:
    from api.reviews.judging import undo

    with call.store() as store:
        found = undo(call.context(store), id_, reason=reason, signed=_signed(call, by))

    def tell(out: "Console") -> None:
        _tell_lines(out, call, found.lines)
        out.print(found.sentence)

    call.give(found, tell)


def _list(call: Call, party: str | None, limit: int) -> None:
    from api.reviews.judging import judgements

    with call.store() as store:
        found = judgements(call.context(store), limit=limit, party=party)

    def tell(out: "Console") -> None:
        _tell_lines(out, call, found.lines)
        if not found.lines:
            out.print(call.say("judged.empty"))
        if found.total > len(found.lines):
            out.print(call.say("account.more", count=found.total - len(found.lines)))

    call.give(found, tell)


def _conflicts(call: Call) -> None:
    from api.reviews.judging import all_conflicts

    with call.store() as store:
        found = all_conflicts(call.context(store))

    def tell(out: "Console") -> None:
        tell_conflicts(out, call, found.conflicts)
        if not found.conflicts:
            out.print(call.say("judged.no_conflicts"))

    call.give(found, tell)


def _signed(call: Call, by: str | None) -> "Signed":
    from api.reviews.judging import Signed
    from api.wiring import account_of, now_of

    return Signed(account_of(call.settings, by), now_of(call.settings))


def tell_judged(out: "Console", call: Call, found: "Judged") -> None:
    """A verdict: its lines, what it changes, what it contradicts, what others said, and whether it holds."""
    _tell_lines(out, call, found.lines)
    for sentence in found.effects.sentences:
        out.print(f"  {sentence}")
    tell_conflicts(out, call, found.effects.conflicts)
    for line in found.others:
        out.print(f"  {said(call, line)}")
    if found.others:
        verdicts = {line.verdict for line in found.others}
        out.print(f"  {call.say('judged.agree' if verdicts == {found.verdict} else 'judged.disagree')}")
    out.print(found.sentence)


def tell_conflicts(out: "Console", call: Call, found: "Iterable[ShownConflict]") -> None:
    """Contradictions, each with who said what and when."""
    told = list(found)
    for one in told:
        out.print(one.sentence)
        _tell_lines(out, call, one.lines)
    if told:
        out.print(call.say("conflict.kept_apart"))


def tell_queue(out: "Console", call: Call, found: "Queue") -> None:
    """The queue as a list: both records, why it is here, and how to judge it."""
    out.print(call.say("queue.total", total=found.total, reviewer=found.reviewer, count=len(found.conflicts)))
    tell_conflicts(out, call, found.conflicts)
    for number, pair in enumerate(found.pairs, 1):
        out.print(f"{number}. {pair.left.record.name} – {pair.right.record.name}")
        tell_pair(out, call, pair)
        out.print(f"   kith judge {pair.judge_on[0]} {pair.judge_on[1]} same|different|unsure --reason …")
    if not found.pairs:
        out.print(call.say("queue.empty"))


def tell_pair(out: "Console", call: Call, pair: "WaitingPair") -> None:
    """Both records field by field, with where each comes from."""
    out.print(f"   {pair.sentence}{f' {pair.grounds}' if pair.grounds else ''}")
    for side in (pair.left, pair.right):
        source = call.say("account.source", file=side.record.file, row=side.record.row)
        out.print(f"   {side.record.id}  {side.party.id}  [{source}]")
    for field in pair.fields:
        mark = {"equal": "=", "differs": "≠", "one_side": " "}[field.compared]
        out.print(f"   {mark} {field.field:<14} {field.left or '–'}  |  {field.right or '–'}")
    for line in pair.said:
        out.print(f"   {said(call, line)}")


def said(call: Call, line: "ShownLine") -> str:
    """Who said what, when, and why."""
    from api.words import day

    verdict = call.say(f"verdict.{line.verdict}")
    told = call.say("judged.said", by=line.by, verdict=verdict, on=day(line.decided_at.date(), call.lang))
    return f"{told} {line.reason}".rstrip()


def occasions(lines: "Iterable[ShownLine]") -> "Iterator[tuple[ShownLine, int]]":
    """The first line of every call, and how many pairs of records it was written on."""
    held: dict[str, list[ShownLine]] = {}
    for line in lines:
        held.setdefault(line.occasion, []).append(line)
    for own, several in held.items():
        yield next((line for line in several if line.id == own), several[0]), len(several)


def _tell_lines(out: "Console", call: Call, lines: "Iterable[ShownLine]") -> None:
    for line, pairs in occasions(lines):
        more = f", {call.say('judged.more_pairs', count=pairs - 1)}" if pairs > 1 else ""
        out.print(f"  {_line(call, line)}{more}{f': {line.reason}' if line.reason else ''}")


def _line(call: Call, line: "ShownLine") -> str:
    from api.words import day

    facts = {"id": line.id, "by": line.by, "on": day(line.decided_at.date(), call.lang)}
    left, right = (_end(call, end) for end in (line.left, line.right))
    if line.verdict is None:
        return call.say("judged.undo_line", undoes=line.undoes, left=left, right=right, **facts)
    state = "" if line.stands else f" ({call.say('judged.is_undone')})"
    state = f" ({call.say('judged.not_yet')})" if line.holds is False else state
    told = call.say("judged.one_line", left=left, right=right, verdict=call.say(f"verdict.{line.verdict}"), **facts)
    return f"{told}{state}"


def _end(call: Call, end: "RecordRef") -> str:
    return f"{end.name} ({end.id})" if end.present else f"{end.id} ({call.say('judged.gone')})"
