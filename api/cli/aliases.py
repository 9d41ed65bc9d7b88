"""`kith model aliases list|accept|refuse`: names that records show to be one another's, for a person to decide."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.reviews import BY
from api.cli.verbs import verb
from ontology.kinds import PartyKind

if TYPE_CHECKING:
    from rich.console import Console

LEFT = Annotated[str, typer.Argument(metavar="NAME", help="One name.", show_default=False)]
RIGHT = Annotated[str, typer.Argument(metavar="OTHER", help="The other.", show_default=False)]
KIND = Annotated[PartyKind | None, typer.Option(help="firm or person, for a pair that was not proposed.", show_default=False)]
REASON = Annotated[str, typer.Option(help="Why; kept with the word.", show_default=False)]


def register(model: typer.Typer) -> None:
    """Add the verbs of this file to `kith model`."""
    app = typer.Typer(help="Names that are one another's: Volkswagen and VW.", no_args_is_help=True)
    verb(app, "list", example="kith model aliases list")(list_)
    verb(app, "accept", example='kith model aliases accept volkswagen vw --reason "its own short form"')(accept)
    verb(app, "refuse", example="kith model aliases refuse smith jones --reason married")(refuse)
    model.add_typer(app, name="aliases")


def list_(
    call: Call,
    parties_min: Annotated[int, typer.Option("--parties", min=1, help="Propose what so many parties show, at least.")] = 3,
) -> None:
    """Show the names accepted and refused as aliases, and those that the records propose."""
    from api.reviews.aliases import aliases

    with call.store() as store, call.working("Counting"):
        alias_list = aliases(store, parties_min=parties_min)

    def write_text(out: "Console") -> None:
        out.print(
            call.say("aliases.head", version=alias_list.version, count=len(alias_list.aliases), open=len(alias_list.proposals))
        )
        for alias in alias_list.aliases:
            ruling = call.say(f"aliases.{alias.ruling}", by=alias.by)
            out.print(f"  {alias.left} = {alias.right} ({call.say(f'kind.{alias.kind}')}): {ruling} {alias.reason}".rstrip())
        for proposal in alias_list.proposals:
            evidence = call.say("aliases.seen", parties=proposal.parties, examples=", ".join(proposal.examples))
            out.print(f"  {proposal.left} = {proposal.right} ({call.say(f'kind.{proposal.kind}')}): {evidence}")
        if alias_list.proposals:
            first = alias_list.proposals[0]
            out.print(f'kith model aliases accept|refuse "{first.left}" "{first.right}"')

    call.give(alias_list, write_text)


def accept(call: Call, left: LEFT, right: RIGHT, *, kind: KIND = None, reason: REASON = "", by: BY = None) -> None:
    """Let two names count as one another's, less than equal ones. The next resolve applies it."""
    _rule(call, (left, right), "accepted", kind=kind, reason=reason, by=by)


def refuse(call: Call, left: LEFT, right: RIGHT, *, kind: KIND = None, reason: REASON = "", by: BY = None) -> None:
    """Say that two names are not one another's: they are not proposed again."""
    _rule(call, (left, right), "refused", kind=kind, reason=reason, by=by)


def _rule(call: Call, names: tuple[str, str], ruling: str, *, kind: PartyKind | None, reason: str, by: str | None) -> None:
    from api.reviews.aliases import rule_on_alias
    from api.reviews.judging import Signature
    from api.wiring import account_of, now_of
    from resolution.aliases.steward_list import Ruling

    signature = Signature(account_of(call.settings, by), now_of(call.settings))
    with call.store() as store:
        ruled = rule_on_alias(store, *names, Ruling(ruling), reason=reason, signature=signature, kind=kind)

    def write_text(out: "Console") -> None:
        alias = ruled.alias
        out.print(f"{alias.left} = {alias.right}: {call.say(f'aliases.{alias.ruling}', by=alias.by)}")
        out.print("Next: kith resolve")

    call.give(ruled, write_text)
