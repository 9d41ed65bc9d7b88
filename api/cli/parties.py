"""`kith show`, `kith explain`, `kith owners`, `kith paths`: one party, two parties."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas.parties import Paths, Profile, Ties

PANEL = "Answers"
SHOWN_MAX = 30  # A screenful of ties, and of records; --json has them all.
PARTY = Annotated[
    str, typer.Argument(metavar="ENTITY", help="Entity id, record id, code, or a name with one clear answer.", show_default=False)
]
PARTNER = Annotated[
    str | None,
    typer.Option(envvar="KITH_PARTNER", help="Who looks: a person's score needs the person's consent.", show_default=False),
]
PURPOSE = Annotated[str | None, typer.Option(envvar="KITH_PURPOSE", help="What for.", show_default=False)]
OTHER = Annotated[str, typer.Argument(metavar="B", help="The other party, told in the same ways.", show_default=False)]
ANY_OTHER = Annotated[
    str | None,
    typer.Argument(metavar="[B]", help="The other party, told in the same ways; else the nearest listed.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "show", example="kith show K-7Q2M4XW9AB", panel=PANEL)(show)
    verb(app, "explain", example='kith explain "Hengtai Trading"', panel=PANEL)(explain)
    verb(app, "owners", example='kith owners "Hengtai Trading"', panel=PANEL)(owners)
    verb(app, "paths", example='kith paths "Ruida Logistics" "Hengtai Trading"', panel=PANEL)(paths)


def show(call: Call, party: PARTY, *, partner: PARTNER = None, purpose: PURPOSE = None) -> None:
    """Show a party: names, codes, score, listings, good marks, ties, and the records it was put together from."""
    from api.context.access import reader_of
    from api.parties.profiles import profile
    from api.parties.records import party_records
    from api.parties.search import find_party
    from api.parties.source_rows import file_and_row, files_by_id
    from api.parties.ties import party_ties

    reader = reader_of(partner, purpose)
    with call.store() as store:
        context = call.context(store, reader)
        entity_id = find_party(store, party)
        party_profile, ties, records = (
            profile(context, entity_id),
            party_ties(context, entity_id),
            party_records(context, entity_id),
        )
        files = files_by_id(store)
    answer = {
        "profile": party_profile.model_dump(mode="json", by_alias=True),
        **ties.model_dump(mode="json"),
        **records.model_dump(mode="json"),
    }

    def write_text(out: "Console") -> None:
        _print_head(out, call, party_profile)
        _print_ties(out, call, ties)
        for record in records.records[:SHOWN_MAX]:
            places = [file_and_row(files, row_id) for row_id in record.row_ids]
            sources = " ".join(f"[{call.say('account.source', file=file, row=row)}]" for file, row in places)
            name = record.name if record.name != record.id else call.say("account.nameless", id=record.id)
            out.print(f"  {record.id}  {name}  {sources}")
        _print_rest(out, call, len(records.records))

    call.give(answer, write_text)


def explain(call: Call, party: PARTY, *, partner: PARTNER = None, purpose: PURPOSE = None) -> None:
    """Explain where a party stands and why: in sentences, with sources and dates, then the numbers."""
    from api.context.access import reader_of
    from api.parties.profiles import profile
    from api.parties.report import report_lines
    from api.parties.search import find_party

    reader = reader_of(partner, purpose)
    with call.store() as store:
        context = call.context(store, reader)
        party_profile = profile(context, find_party(store, party))
        lines = report_lines(context, party_profile)
    call.give(party_profile, lambda out: out.print(*lines))


def owners(call: Call, party: PARTY) -> None:
    """Show who stands behind a party: stakes over chains and cycles, beneficial owners, and where sources differ."""
    from api.parties.owners import party_owners
    from api.parties.owners_text import owner_lines
    from api.parties.search import find_party

    with call.store() as store:
        context = call.context(store)
        ownership = party_owners(context, find_party(store, party))
    call.give(ownership, lambda out: out.print(*owner_lines(ownership, call.say)))


def paths(
    call: Call,
    party: Annotated[
        str, typer.Argument(metavar="A", help="Entity id, record id, code, or a name with one clear answer.", show_default=False)
    ],
    other: ANY_OTHER = None,
) -> None:
    """Show the ways between two parties, tie by tie, or to the nearest listed ones.

    Exit code 1 where there is none.
    """
    from api.parties.paths import paths_between, paths_to_listed
    from api.parties.search import find_party

    with call.store() as store:
        context, entity_id = call.context(store), find_party(store, party)
        found_paths = (
            paths_between(context, entity_id, find_party(store, other)) if other else paths_to_listed(context, entity_id)
        )
    call.give(found_paths, lambda out: _print_paths(out, found_paths))
    if not found_paths.paths:
        raise typer.Exit(1)


def _print_head(out: "Console", call: Call, profile: "Profile") -> None:
    party, say = profile.party, call.say
    other_name = f" / {party.name_other}" if party.name_other else ""
    score = str(party.score) if party.score is not None else say("report.no_score")
    out.print(f"{party.name}{other_name} · {say(f'kind.{party.kind}')} · {party.id} · {profile.place or ''}".rstrip(" ·"))
    out.print(f"  {say(f'standing.{party.standing}')} · {score} · {profile.sentence} {party.state_sentence or ''}".rstrip())
    if profile.consent_hint:
        out.print(f"  {profile.consent_hint}")
    out.print("  " + " · ".join(f"{code.scheme} {code.shown}{'' if code.valid else ' ?'}" for code in profile.identifiers))
    for listing in profile.listings:
        since, until = listing.listed_on or say("listing.day_not_told"), listing.ends_on or "…"
        programme = f" ({listing.programme})" if listing.programme else ""
        branch = f" ({listing.branch})" if listing.branch else ""
        out.print(f"  {say(f'listing.{listing.state}')}{branch}: {listing.title}, {listing.issuer}{programme}, {since} – {until}")
        if listing.newer_file:
            out.print(f"    {say('listing.newer_file', file=listing.newer_file)}")
    if profile.sealed:
        out.print(f"  {say('account.sealed', count=profile.sealed)}")
    for mark in profile.recognitions:
        out.print(f"  {mark.title}, {mark.issuer}, {mark.given_on}")


def _print_rest(out: "Console", call: Call, count: int) -> None:
    if count > SHOWN_MAX:
        out.print(f"  {call.say('account.more', count=count - SHOWN_MAX)} (--json)")


def _print_ties(out: "Console", call: Call, ties: "Ties") -> None:
    from api.parties.ties import stake_text

    for tie in ties.ties[:SHOWN_MAX]:
        days = f"  {tie.began_on or ''} – {tie.ended_on or ''}" if tie.began_on or tie.ended_on else ""
        out.print(f"  {tie.label} {tie.other.name}{stake_text(tie)}  {tie.other.id}{days}")
    _print_rest(out, call, len(ties.ties))


def _print_paths(out: "Console", answer: "Paths") -> None:
    if not answer.paths:
        out.print(answer.sentence)
    sentences = dict.fromkeys(path.sentence for path in answer.paths)  # One way may count under two profiles.
    for number, sentence in enumerate(sentences, 1):
        out.print(f"{number}. {sentence}")
