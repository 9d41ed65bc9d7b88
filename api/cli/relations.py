"""`kith history`, `kith related`: how a party came to be, and whom it is related to without being one with them."""

from typing import TYPE_CHECKING

import typer

from api.cli.call import Call
from api.cli.parties import PANEL, PARTY, SHOWN_MAX
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas.reviews import Relation, Relations


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "history", example="kith history K-7Q2M4XW9AB", panel=PANEL)(history)
    verb(app, "related", example='kith related "Hengtai Trading"', panel=PANEL)(related)


def history(call: Call, party: PARTY) -> None:
    """Tell how a party came to be what it is: created, joined, parted, grown, shrunk, and judged.

    An id that was joined into another is followed, and that is told.
    """
    from api.cli.review_text import lines_by_occasion, verdict_text
    from api.reviews.histories import history as history_of

    with call.store() as store:
        answer = history_of(call.context(store), party)

    def write_text(out: "Console") -> None:
        out.print(answer.sentence)
        if answer.joined_ids:
            out.print(call.say("history.joined", ids=", ".join(answer.joined_ids)))
        for event in answer.events:
            out.print(f"  {event.sentence}")
        verdicts = [line for line in answer.verdicts if line.verdict is not None]
        if verdicts:
            out.print(call.say("history.verdicts"))
        for line, pairs in lines_by_occasion(verdicts):
            state = "" if line.stands else f" ({call.say('judged.is_undone')})"
            more_pairs = f", {call.say('judged.more_pairs', count=pairs - 1)}" if pairs > 1 else ""
            out.print(f"  {line.id}  {line.left.name} – {line.right.name}{more_pairs}: {verdict_text(call, line)}{state}")

    call.give(answer, write_text)


def related(call: Call, party: PARTY) -> None:
    """List whom a party is related to: disclosed by a source, discovered by what is shared, or possibly one party.

    None of these makes two parties one. A value that very many share is marked as telling little.
    """
    from api.parties.relations import relations
    from api.parties.search import find_party

    with call.store() as store:
        answer = relations(call.context(store), find_party(store, party))
    call.give(answer, lambda out: _print_relations(out, call, answer))


def _print_relations(out: "Console", call: Call, answer: "Relations") -> None:
    for kind in ("disclosed", "discovered", "possible"):
        of_kind = [relation for relation in answer.relations if relation.kind == kind]
        out.print(call.say(f"related.{kind}"))
        for relation in of_kind[:SHOWN_MAX]:
            out.print(f"  {_relation_text(call, relation)}")
        if not of_kind:
            out.print(f"  {call.say('related.none')}")
        if len(of_kind) > SHOWN_MAX:
            out.print(f"  {call.say('account.more', count=len(of_kind) - SHOWN_MAX)} (--json)")
    if answer.left_out:
        out.print(call.say("related.left_out", count=answer.left_out))


def _relation_text(call: Call, relation: "Relation") -> str:
    evidence = f": {relation.evidence}" if relation.evidence else ""
    shared = f" ({call.say('related.sharers', n=relation.sharers)})" if relation.sharers else ""
    little = f" [{call.say('related.generic')}]" if relation.carries_little else ""
    ended = f" ({call.say('related.ended')})" if relation.ended else ""
    return f"{relation.label} {relation.other.name}  {relation.other.id}{evidence}{shared}{little}{ended}"
