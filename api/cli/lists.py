"""`kith risky`, `reliable`, `entities`, `signals`: whole lists."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.output import print_table
from api.cli.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from api.schemas.parties import PartyLine
    from api.words import Words

PANEL = "Answers"
LIMIT = Annotated[int, typer.Option(min=1, max=1000, help="Most parties to list.")]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "risky", example="kith risky --limit 20", panel=PANEL)(risky)
    verb(app, "reliable", example="kith reliable --place Linhai --trade textile", panel=PANEL)(reliable)
    verb(app, "entities", example="kith entities --json", panel=PANEL)(entities)
    verb(app, "signals", example="kith signals --csv > signals.csv", panel=PANEL)(signals)


def risky(call: Call, limit: LIMIT = 20) -> None:
    """List firms and agencies with risk: listed themselves first, then by exposure. Never persons.

    Each with its standing, its score or why it has none, and one sentence.
    """
    from api.context.pages import PageRequest
    from api.parties.rankings import risky_parties

    with call.store() as store:
        ranking = risky_parties(call.context(store), PageRequest(limit))
    call.give(ranking, lambda out: print_parties(out, ranking.results, call.say, empty=call.say("risky.none")))


def reliable(
    call: Call,
    limit: LIMIT = 20,
    *,
    place: Annotated[str | None, typer.Option(help="Only with these words in place or address.", show_default=False)] = None,
    trade: Annotated[str | None, typer.Option(help="Only with these words in industry or scope.", show_default=False)] = None,
    volume_from: Annotated[float, typer.Option(min=0, metavar="YUAN", help="Only with so much trade in two years.")] = 0.0,
) -> None:
    """List firms and agencies with a good record and nothing against them, the highest score first."""
    from api.context.pages import PageRequest
    from api.parties.rankings import reliable_parties
    from graph.explanations.rankings import PartyFilter

    with call.store() as store:
        ranking = reliable_parties(call.context(store), PageRequest(limit), PartyFilter(place, trade, volume_from))
    call.give(ranking, lambda out: print_parties(out, ranking.results, call.say, empty=call.say("reliable.none")))


def entities(
    call: Call,
    search: Annotated[str | None, typer.Option(help="Only parties with a name like this.", show_default=False)] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Most parties to list; else all.", show_default=False)] = None,
) -> None:
    """List every party with the ids of the records it was put together from."""
    from api.parties.rankings import listed_entities

    with call.store() as store:
        listed = listed_entities(call.context(store), search=search, limit=limit)

    def write_text(out: "Console") -> None:
        for entity in listed.entities:
            out.print(f"{entity.id}  {entity.kind:<6}  {entity.name}{f' ({entity.place})' if entity.place else ''}")
            out.print(f"    {' '.join(entity.record_ids)}")

    call.give(listed, write_text)


def signals(
    call: Call,
    party: Annotated[str | None, typer.Option(help="Only this party: id, record id or name.", show_default=False)] = None,
    name: Annotated[
        str | None, typer.Option(help="Only this signal, such as risk:corporate or trust.", show_default=False)
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet: a row for every party.")] = False,
) -> None:
    """List the numbers behind the scores: risk by profile, association, trust, evidence, ownership.

    A signal that is not listed is 0. With --csv a row for every party, with every signal.
    """
    from api.parties.rankings import listed_signals, signal_table

    if as_csv:
        if call.as_json:
            raise typer.BadParameter("not with --json", param_hint="--csv")
        with call.store() as store:
            print_table(signal_table(call.context(store), party=party, name=name))
        call.warn()
        return
    with call.store() as store:
        listed = listed_signals(call.context(store), party=party, name=name)

    def write_text(out: "Console") -> None:
        for signal in listed.signals:
            parts = f"own {signal.own:.4f}  from others {signal.exposure:.4f}"
            out.print(f"{signal.entity_id}  {signal.name:<22} {signal.value:>10.6f}  {parts}")

    call.give(listed, write_text)


def print_parties(out: "Console", parties: "Sequence[PartyLine]", say: "Words", *, empty: str) -> None:
    """One party a block: number, name, standing, score; under it its sentence and, without a score, why there is none."""
    if not parties:
        out.print(empty)
    for place, party in enumerate(parties, 1):
        score = str(party.score) if party.score is not None else say("report.no_score")
        names = " / ".join(name for name in (party.name, party.name_other) if name)
        place_text = f" ({party.place})" if party.place else ""
        out.print(f"{place:>3}. {names}{place_text}  {party.id}  {say(f'standing.{party.standing}')}  {score}")
        out.print(f"     {party.sentence} {party.state_sentence or ''}".rstrip())
