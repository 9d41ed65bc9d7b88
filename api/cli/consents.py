"""`kith consent give`, `withdraw`, `list`: what persons and sole traders agreed to."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.parties import PARTY
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.parties.consents import ShownConsent

PANEL = "Answers"
BY = Annotated[str | None, typer.Option(help="Who takes it down; else KITH_ACCOUNT, else the account.", show_default=False)]
DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    consents = typer.Typer(help="What persons agreed to: give, withdraw, list.", no_args_is_help=True)
    give_example = (
        'kith consent give "林一" --to "Harbour Bank" --for "supplier credit" --evidence "form 17" --basis "PIPL 13(1)"'
    )
    verb(consents, "give", example=f"{give_example} --assessment DPIA-7")(give)
    verb(consents, "withdraw", example="kith consent withdraw C-000001")(withdraw)
    verb(consents, "list", example="kith consent list")(list_)
    app.add_typer(consents, name="consent", rich_help_panel=PANEL)


def give(
    call: Call,
    party: PARTY,
    *,
    to: Annotated[str, typer.Option(help="The partner who may look.", show_default=False)],
    for_: Annotated[str, typer.Option("--for", help="The one purpose.", show_default=False)],
    evidence: Annotated[str, typer.Option(help="How the person said so, and where that is kept.", show_default=False)],
    basis: Annotated[
        str, typer.Option(envvar="KITH_LEGAL_BASIS", help="Article of law you rely on.", show_default=False, show_envvar=True)
    ],
    assessment: Annotated[
        str,
        typer.Option(envvar="KITH_ASSESSMENT", help="Number of your impact assessment.", show_default=False, show_envvar=True),
    ],
    data: Annotated[
        list[str] | None, typer.Option(help="A kind of statements, may be repeated; else every kind.", show_default=False)
    ] = None,
    release: Annotated[
        list[str] | None, typer.Option(help="A release, may be repeated; else all loaded about the person.", show_default=False)
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day it holds; else today.", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, help="First day it no longer holds; else after a year.", show_default=False)
    ] = None,
    by: BY = None,
) -> None:
    """Take down that a person or sole trader agreed to be scored for one partner and one purpose.

    It covers the releases it names and no later ones. The last word with the same partner for the same purpose holds.
    """
    from api.errors import refusals
    from api.parties.consents import ConsentToGive, give_consent
    from api.parties.search import find_party
    from api.wiring import account_of, now_of

    with refusals():
        consent = ConsentToGive(
            partner=to,
            purpose=for_,
            data_classes=tuple(data) if data else None,
            release_ids=tuple(release) if release else None,
            given_on=since.date() if since else None,
            expires_on=until.date() if until else None,
            evidence=evidence,
            legal_basis=basis,
            assessment=assessment,
        )
    with call.store() as store:
        context = call.context(store)
        signer, now = account_of(call.settings, by), now_of(call.settings)
        shown_consent = give_consent(context, find_party(store, party, to_write=True), consent, by=signer, now=now)
    call.give(shown_consent, lambda out: _print_consent(out, call, shown_consent))


def withdraw(
    call: Call,
    consent_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the consent: kith consent list.", show_default=False)],
    by: BY = None,
) -> None:
    """Withdraw a consent: the score is gone at the next look, for days gone by too."""
    from api.parties.consents import withdraw_consent
    from api.wiring import account_of, now_of

    with call.store() as store:
        signer, now = account_of(call.settings, by), now_of(call.settings)
        shown_consent = withdraw_consent(call.context(store), consent_id, by=signer, now=now)
    call.give(shown_consent, lambda out: _print_consent(out, call, shown_consent))


def list_(
    call: Call,
    party: Annotated[
        str | None, typer.Argument(metavar="[ENTITY]", help="Only what this person or sole trader agreed to.", show_default=False)
    ] = None,
) -> None:
    """List consents with their partner, purpose, term and whether they hold, the latest first."""
    from api.parties.consents import listed_consents, party_consents
    from api.parties.search import find_party

    with call.store() as store:
        context = call.context(store)
        listed = party_consents(context, find_party(store, party)) if party else listed_consents(context)

    def write_text(out: "Console") -> None:
        if not listed.consents:
            out.print(call.say("consent.none"))
        for shown_consent in listed.consents:
            _print_consent(out, call, shown_consent)

    call.give(listed, write_text)


def _print_consent(out: "Console", call: Call, shown_consent: "ShownConsent") -> None:
    from api.words import day

    consent, say = shown_consent.consent, call.say
    state = say("consent.void") if shown_consent.void else say(f"consent.state.{shown_consent.state}")
    out.print(f"{consent.id}  {shown_consent.name or ''}  {shown_consent.entity_id or ''}  {state}".replace("    ", "  "))
    terms = {"since": day(consent.given_on, call.lang), "until": day(consent.expires_on, call.lang)}
    out.print("  " + say("consent.terms", partner=consent.recipient, purpose=consent.purpose, **terms))
    kinds, releases = ", ".join(consent.data_classes), ", ".join(consent.release_ids)
    looks = (
        {"count": len(shown_consent.looked_on), "last": day(shown_consent.looked_on[-1], call.lang)}
        if shown_consent.looked_on
        else None
    )
    out.print("  " + (say("consent.looked", **looks) if looks else say("consent.not_looked")))
    out.print("  " + say("consent.covers", data=kinds or say("list.none"), releases=releases or say("list.none")))
