"""Verdicts, the queue and the ledger as lines on a terminal."""

from typing import TYPE_CHECKING

from api.cli.call import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from api.schemas.reviews import Judged, Queue, RecordRef, ShownConflict, ShownLine, WaitingPair


def print_judged(out: "Console", call: Call, judged: "Judged") -> None:
    """A verdict: its lines, what it changes, what it contradicts, what others said, and whether it holds."""
    print_lines(out, call, judged.lines)
    for sentence in judged.effects.sentences:
        out.print(f"  {sentence}")
    print_conflicts(out, call, judged.effects.conflicts)
    for line in judged.others:
        out.print(f"  {verdict_text(call, line)}")
    if judged.others:
        verdicts = {line.verdict for line in judged.others}
        out.print(f"  {call.say('judged.agree' if verdicts == {judged.verdict} else 'judged.disagree')}")
    out.print(judged.sentence)


def print_conflicts(out: "Console", call: Call, conflicts: "Iterable[ShownConflict]") -> None:
    """Contradictions, each with who said what and when."""
    conflict_list = list(conflicts)
    for conflict in conflict_list:
        out.print(conflict.sentence)
        print_lines(out, call, conflict.lines)
    if conflict_list:
        out.print(call.say("conflict.kept_apart"))


def print_queue(out: "Console", call: Call, queue: "Queue", command: str) -> None:
    """The queue as a list, the possible partners of one party together: both records, why it is here, and how to judge it.

    command: what was typed, for the page that follows.
    """
    print_queue_head(out, call, queue)
    for number, pair in enumerate(queue.pairs, 1):
        if number == 1 or pair.group_id != queue.pairs[number - 2].group_id:
            print_group(out, call, pair)
        out.print(f"{number}. {pair.left.record.name} – {pair.right.record.name}")
        print_pair(out, call, pair)
        out.print(f"   kith judge {pair.judge_on[0]} {pair.judge_on[1]} same|different|unsure --reason …")
    if not queue.pairs:
        out.print(call.say("queue.empty"))
    if queue.next:
        out.print(call.say("queue.next", left=queue.matching - len(queue.pairs)), f"{command} --cursor {queue.next}")


def print_queue_head(out: "Console", call: Call, queue: "Queue") -> None:
    """How many pairs wait, of which kinds, what is folded away, and contradictions to settle first."""
    out.print(call.say("queue.total", total=queue.total, reviewer=queue.reviewer, count=len(queue.conflicts)))
    for counted in queue.kinds:
        out.print(f"  {counted.pairs:>6}  {counted.kind:<13}  {counted.sentence}")
    if queue.folded:
        out.print(call.say("queue.folded", folded=queue.folded))
    print_conflicts(out, call, queue.conflicts)


def print_group(out: "Console", call: Call, pair: "WaitingPair") -> None:
    """Before the first pair of a party with several possible partners: the party, and how many they are."""
    if pair.group_pairs > 1:
        side = pair.left if pair.left.party.id == pair.group_id else pair.right
        out.print(call.say("queue.group", name=side.party.name, id=pair.group_id, count=pair.group_pairs))


def print_pair(out: "Console", call: Call, pair: "WaitingPair") -> None:
    """Both records field by field, with where each comes from."""
    out.print(f"   {pair.sentence}{f' {pair.grounds}' if pair.grounds else ''}")
    for side in (pair.left, pair.right):
        source = call.say("account.source", file=side.record.file, row=side.record.row)
        out.print(f"   {side.record.id}  {side.party.id}  [{source}]")
    for field in pair.fields:
        mark = {"equal": "=", "differs": "≠", "one_side": " "}[field.compared]
        out.print(f"   {mark} {field.field:<14} {field.left or '–'}  |  {field.right or '–'}")
    for line in pair.said:
        out.print(f"   {verdict_text(call, line)}")


def verdict_text(call: Call, line: "ShownLine") -> str:
    """Who said what, when, and why."""
    from api.words import day

    verdict = call.say(f"verdict.{line.verdict}")
    sentence = call.say("judged.said", by=line.by, verdict=verdict, on=day(line.decided_at.date(), call.lang))
    return f"{sentence} {line.reason}".rstrip()


def lines_by_occasion(lines: "Iterable[ShownLine]") -> "Iterator[tuple[ShownLine, int]]":
    """The first line of every call, and how many pairs of records it was written on."""
    lines_of: dict[str, list[ShownLine]] = {}
    for line in lines:
        lines_of.setdefault(line.occasion, []).append(line)
    for occasion, lines_of_call in lines_of.items():
        yield next((line for line in lines_of_call if line.id == occasion), lines_of_call[0]), len(lines_of_call)


def print_lines(out: "Console", call: Call, lines: "Iterable[ShownLine]") -> None:
    """Lines of the ledger, one a call, with the number of pairs it was written on."""
    for line, pairs in lines_by_occasion(lines):
        more_pairs = f", {call.say('judged.more_pairs', count=pairs - 1)}" if pairs > 1 else ""
        out.print(f"  {_line(call, line)}{more_pairs}{f': {line.reason}' if line.reason else ''}")


def _line(call: Call, line: "ShownLine") -> str:
    from api.words import day

    facts = {"id": line.id, "by": line.by, "on": day(line.decided_at.date(), call.lang)}
    left, right = (_end(call, end) for end in (line.left, line.right))
    if line.verdict is None:
        return call.say("judged.undo_line", undoes=line.undoes, left=left, right=right, **facts)
    state = "" if line.stands else f" ({call.say('judged.is_undone')})"
    state = f" ({call.say('judged.not_yet')})" if line.holds is False else state
    sentence = call.say("judged.one_line", left=left, right=right, verdict=call.say(f"verdict.{line.verdict}"), **facts)
    return f"{sentence}{state}"


def _end(call: Call, end: "RecordRef") -> str:
    return f"{end.name} ({end.id})" if end.present else f"{end.id} ({call.say('judged.gone')})"
