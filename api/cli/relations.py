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
    from api.cli.reviews import occasions, said
    from api.reviews.histories import history as history_of

    with call.store() as store:
        found = history_of(call.context(store), party)

    def tell(out: "Console") -> None:
        out.print(found.sentence)
        if found.joined_ids:
            out.print(call.say("history.joined", ids=", ".join(found.joined_ids)))
        for event in found.events:
            out.print(f"  {event.sentence}")
        stood = [line for line in found.verdicts if line.verdict is not None]
        if stood:
            out.print(call.say("history.verdicts"))
        for line, pairs in occasions(stood):
            state = "" if line.stands else f" ({call.say('judged.is_undone')})"
            more = f", {call.say('judged.more_pairs', count=pairs - 1)}" if pairs > 1 else ""
            out.print(f"  {line.id}  {line.left.name} – {line.right.name}{more}: {said(call, line)}{state}")

    call.give(found, tell)


def related(call: Call, party: PARTY) -> None:
    """List whom a party is related to: disclosed by a source, discovered by what is shared, or possibly one party.

    None of these makes two parties one. A value that very many share is marked as telling little.
    """
    from api.parties.relations import relations
    from api.parties.search import find_party

    with call.store() as store:
        found = relations(call.context(store), find_party(store, party))
    call.give(found, lambda out: _tell_relations(out, call, found))


def _tell_relations(out: "Console", call: Call, found: "Relations") -> None:
    for kind in ("disclosed", "discovered", "possible"):
        own = [one for one in found.relations if one.kind == kind]
        out.print(call.say(f"related.{kind}"))
        for one in own[:SHOWN_MAX]:
            out.print(f"  {_line(call, one)}")
        if not own:
            out.print(f"  {call.say('related.none')}")
        if len(own) > SHOWN_MAX:
            out.print(f"  {call.say('account.more', count=len(own) - SHOWN_MAX)} (--json)")
    if found.left_out:
        out.print(call.say("related.left_out", count=found.left_out))


def _line(call: Call, one: "Relation") -> str:
    evidence = f": {one.evidence}" if one.evidence else ""
    shared = f" ({call.say('related.sharers', n=one.sharers)})" if one.sharers else ""
    little = f" [{call.say('related.generic')}]" if one.carries_little else ""
    ended = f" ({call.say('related.ended')})" if one.ended else ""
    return f"{one.label} {one.other.name}  {one.other.id}{evidence}{shared}{little}{ended}"
