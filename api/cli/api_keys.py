"""`kith keys create`, `list`, `rotate`, `revoke`, and `kith readers`: keys of the API, and who read of a person."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.parties import PARTY
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas.keys import CreatedKey, PersonRead, ShownKey

PANEL = "Pages and servers"
DAY = ["%Y-%m-%d"]
KEY_ID = Annotated[str, typer.Argument(metavar="ID", help="Id of the key: kith keys list.", show_default=False)]
BY = Annotated[str | None, typer.Option(help="Who does it; else KITH_ACCOUNT, else the account.", show_default=False)]
ENDS = Annotated[
    datetime | None,
    typer.Option(formats=DAY, help="First day it no longer holds (UTC); else after KITH_KEY_DAYS days.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    keys = typer.Typer(help="Keys of the API: create, list, rotate, revoke.", no_args_is_help=True)
    verb(keys, "create", example='kith keys create "onboarding service" --role reader --ends 2027-06-30')(create)
    verb(keys, "list", example="kith keys list")(list_)
    verb(keys, "rotate", example="kith keys rotate 5f3a9c0d1e2b --overlap-hours 24")(rotate)
    verb(keys, "revoke", example="kith keys revoke 5f3a9c0d1e2b")(revoke)
    app.add_typer(keys, name="keys", rich_help_panel=PANEL)
    verb(app, "readers", example='kith readers "林一"', panel="Answers")(readers)


def create(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who or what will use it.", show_default=False)],
    *,
    role: Annotated[
        str,
        typer.Option(help="reader, investigator, reviewer, operator, auditor, subject or partner.", show_default=False),
    ],
    partner: Annotated[str | None, typer.Option(help="The partner it reads for (role partner).", show_default=False)] = None,
    purpose: Annotated[str | None, typer.Option(help="The one purpose it reads for (role partner).", show_default=False)] = None,
    party: Annotated[str | None, typer.Option(help="The person whose own key it is (role subject).", show_default=False)] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="A group of routes it is confined to, may be repeated.", show_default=False)
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option(help="A data set it is confined to, may be repeated.", show_default=False)
    ] = None,
    ends: ENDS = None,
    per_minute: Annotated[
        int | None, typer.Option(min=1, help="Requests a minute; else KITH_REQUESTS_PER_MINUTE.", show_default=False)
    ] = None,
    by: BY = None,
) -> None:
    """Make a key of the API and print it: this one time, for only its hash is kept."""
    from api.errors import refusals
    from api.http.access_rules import access_rules
    from api.keys.api_keys import create_key
    from api.schemas.keys import KeyToCreate
    from api.wiring import account_of, now_of

    with refusals():
        request = KeyToCreate.model_validate(
            {
                "name": name,
                "role": role,
                "partner": partner,
                "purpose": purpose,
                "party": party,
                "groups": tuple(group or ()),
                "datasets": tuple(dataset or ()),
                "ends_on": ends.date() if ends else None,
                "requests_per_minute": per_minute,
            }
        )
    settings = call.settings
    with call.store() as store:
        by_name, now = account_of(settings, by), now_of(settings)
        created = create_key(store, request, by=by_name, now=now, days=settings.key_days, known_groups=access_rules().groups)
    call.give(created, lambda out: _print_created(out, call, created))


def list_(call: Call) -> None:
    """List the keys with their roles and ends, the latest first; secrets are kept nowhere."""
    from api.keys.api_keys import list_keys
    from api.wiring import now_of

    with call.store() as store:
        listed = list_keys(store, now=now_of(call.settings))

    def write_text(out: "Console") -> None:
        if not listed.keys:
            out.print(call.say("keys.none"))
        for key in listed.keys:
            _print_key(out, call, key)

    call.give(listed, write_text)


def rotate(
    call: Call,
    key_id: KEY_ID,
    overlap_hours: Annotated[float, typer.Option(min=0, max=720, help="Hours for which the secret before still holds.")] = 24.0,
    ends: ENDS = None,
) -> None:
    """Give a key another secret and print it; the one before holds for some hours more."""
    from api.errors import refusals
    from api.keys.api_keys import rotate_key
    from api.schemas.keys import KeyToRotate
    from api.wiring import now_of

    with refusals():
        change = KeyToRotate(overlap_hours=overlap_hours, ends_on=ends.date() if ends else None)
    with call.store() as store:
        rotated = rotate_key(store, key_id, change, now=now_of(call.settings), days=call.settings.key_days)
    call.give(rotated, lambda out: _print_created(out, call, rotated))


def revoke(call: Call, key_id: KEY_ID, by: BY = None) -> None:
    """Revoke a key: it opens nothing from now on."""
    from api.keys.api_keys import revoke_key
    from api.wiring import account_of, now_of

    with call.store() as store:
        revoked = revoke_key(store, key_id, by=account_of(call.settings, by), now=now_of(call.settings))
    call.give(revoked, lambda out: _print_key(out, call, revoked))


def readers(
    call: Call,
    party: PARTY,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most lines.")] = 100,
    cursor: Annotated[
        str | None, typer.Option(help="What the page before named as next, with --json.", show_default=False)
    ] = None,
) -> None:
    """List who read of a person through the API: when, in which role, for whom and what for."""
    from api.context.pages import PageRequest
    from api.keys.readers import party_readers
    from api.parties.search import find_party

    with call.store() as store:
        listed = party_readers(store, find_party(store, party), PageRequest(limit, cursor))

    def write_text(out: "Console") -> None:
        out.print(f"{listed.name}  {listed.entity_id}")
        if not listed.reads:
            out.print(call.say("readers.none"))
        for read in listed.reads:
            out.print(_read_text(call, read))
        if listed.next:
            out.print(call.say("readers.more"))

    call.give(listed, write_text)


def _print_created(out: "Console", call: Call, created: "CreatedKey") -> None:
    out.print(created.secret_text)
    _print_key(out, call, created.key)
    out.print(call.say("keys.once"))


def _print_key(out: "Console", call: Call, key: "ShownKey") -> None:
    from api.words import day

    say, lang = call.say, call.lang
    out.print(f"{key.id}  {key.name}  {say(f'role.{key.role}')}  {say(f'keys.state.{key.state}')}")
    last_use = say("keys.used", day=day(key.used_on, lang)) if key.used_on else say("keys.not_used")
    out.print("  " + say("keys.ends", day=day(key.ends_on, lang)) + " " + last_use)
    if key.partner:
        out.print("  " + say("keys.partner", partner=key.partner, purpose=key.purpose))
    if confined := [*key.groups, *key.datasets]:
        out.print("  " + say("keys.confined", to=", ".join(confined)))


def _read_text(call: Call, read: "PersonRead") -> str:
    reader = read.name or read.key_id
    purpose = call.say("readers.for", partner=read.partner or "", purpose=read.purpose or "") if read.purpose else ""
    return f"{read.read_at:%Y-%m-%d %H:%M:%S}  {reader} ({call.say(f'role.{read.role}')})  {read.route}  {purpose}".rstrip()
