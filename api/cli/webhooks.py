"""`kith webhooks`: who is sent events of watched parties, and how far each is."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.verbs import verb
from api.cli.watching import AFTER, LIMIT

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas.webhooks import Webhook, WebhookWithSecret
    from api.watching.webhooks import Office
    from store.port import Store

PANEL = "Answers"
WEBHOOK = Annotated[str, typer.Argument(metavar="ID", help="Id of the subscription: kith webhooks list.", show_default=False)]
KINDS = Annotated[list[str] | None, typer.Option("--kind", help="Only events of this kind; may be repeated.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    webhooks = typer.Typer(help="Send events of watched parties to an address, signed.", no_args_is_help=True)
    verb(webhooks, "create", example="kith webhooks create https://erp.example.org/hooks/kith --kind listing.new")(create)
    verb(webhooks, "list", example="kith webhooks list")(list_)
    verb(webhooks, "pause", example="kith webhooks pause H-000001")(pause)
    verb(webhooks, "resume", example="kith webhooks resume H-000001")(resume)
    verb(webhooks, "rotate", example="kith webhooks rotate H-000001")(rotate)
    verb(webhooks, "replay", example="kith webhooks replay H-000001")(replay)
    verb(webhooks, "ping", example="kith webhooks ping H-000001")(ping)
    verb(webhooks, "failures", example="kith webhooks failures H-000001")(failures)
    verb(webhooks, "deliver", example="kith webhooks deliver")(deliver)
    verb(webhooks, "delete", example="kith webhooks delete H-000001 --yes")(delete)
    app.add_typer(webhooks, name="webhooks", rich_help_panel=PANEL)


def create(
    call: Call,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where events are posted: https.", show_default=False)],
    *,
    kind: KINDS = None,
    watchlist: Annotated[str | None, typer.Option("--list", help="Only events of this watch list.", show_default=False)] = None,
) -> None:
    """Subscribe an address to events from now on; the secret of the signatures is printed this once."""
    from api.errors import refusals
    from api.schemas.webhooks import WebhookToMake
    from api.watching.lists import OPERATOR
    from api.watching.webhooks import make_webhook

    with refusals():
        to_make = WebhookToMake.model_validate({"url": url, "kinds": kind or [], "watchlist_id": watchlist})
    with call.store() as store:
        webhook = make_webhook(_office(call, store, OPERATOR), to_make)
    call.give(webhook, lambda out: _print_secret(out, call, webhook))


def list_(call: Call, limit: LIMIT = 100, after: AFTER = None) -> None:
    """List subscriptions with what was last answered and whether they are paused."""
    from api.context.pages import PageRequest
    from api.watching.lists import ANYBODY
    from api.watching.webhooks import show_webhooks

    with call.store() as store:
        webhooks = show_webhooks(store, PageRequest(limit, after), owner=ANYBODY)

    def write_text(out: "Console") -> None:
        for webhook in webhooks.webhooks:
            _print_webhook(out, call, webhook)
        if not webhooks.webhooks:
            out.print(call.say("webhook.none"))

    call.give(webhooks, write_text)


def pause(call: Call, webhook_id: WEBHOOK) -> None:
    """Send nothing to this address until it is resumed; events wait."""
    _set_active(call, webhook_id, active=False)


def resume(call: Call, webhook_id: WEBHOOK) -> None:
    """Go on sending to this address where it stopped."""
    _set_active(call, webhook_id, active=True)


def rotate(
    call: Call,
    webhook_id: WEBHOOK,
    overlap_h: Annotated[float, typer.Option(min=0, max=720, help="Hours for which the former secret signs too.")] = 24.0,
) -> None:
    """Make a new secret for this subscription and print it this once."""
    from api.watching.webhooks import rotate_secret

    with call.store() as store:
        webhook = rotate_secret(_office(call, store), webhook_id, overlap_h=overlap_h)
    call.give(webhook, lambda out: _print_secret(out, call, webhook))


def replay(call: Call, webhook_id: WEBHOOK, after: AFTER = None) -> None:
    """Send events again from a cursor on, or all that are kept; receivers know them by their ids."""
    from api.watching.lists import ANYBODY
    from api.watching.webhooks import replay as replay_events

    with call.store() as store:
        webhook = replay_events(store, webhook_id, after=after, owner=ANYBODY)
    call.give(webhook, lambda out: out.print(call.say("webhook.replayed", id=webhook.id)))


def ping(call: Call, webhook_id: WEBHOOK) -> None:
    """Send one test event now and tell what came back; exit code 1 where it was not taken."""
    from api.errors import ANSWER_IS_NO
    from api.watching.deliveries import ping as send_ping
    from api.watching.lists import ANYBODY
    from api.watching.webhooks import webhook_of

    with call.store() as store:
        result = send_ping(_office(call, store), webhook_id)
        url = webhook_of(store, webhook_id, owner=ANYBODY).url

    def write_text(out: "Console") -> None:
        facts = {"url": url, "status": result.status, "took_ms": result.took_ms, "problem": result.problem}
        out.print(call.say("webhook.ping" if result.delivered else "webhook.ping.failed", **facts))

    call.give(result, write_text)
    if not result.delivered:
        raise typer.Exit(ANSWER_IS_NO)


def failures(call: Call, webhook_id: WEBHOOK, limit: LIMIT = 100, after: AFTER = None) -> None:
    """List events that the receiver did not take after the last try."""
    from api.context.pages import PageRequest
    from api.watching.lists import ANYBODY
    from api.watching.webhooks import failed_events

    with call.store() as store:
        answer = failed_events(store, webhook_id, PageRequest(limit, after), owner=ANYBODY)

    def write_text(out: "Console") -> None:
        for failure in answer.failures:
            out.print(call.say("webhook.failure", **failure.model_dump()))
        if not answer.failures:
            out.print(call.say("webhook.failures.none"))

    call.give(answer, write_text)


def deliver(call: Call) -> None:
    """Look at watched parties and send what is due, then end; for a timer, where no server runs."""
    from api.watching.deliveries import deliver_due
    from api.watching.looks import look
    from api.watching.worker import sender_of

    with call.store() as store, call.working("Sending"):
        look(store, settings=call.settings, rules=call.rulebook)
        count = deliver_due(sender_of(store, settings=call.settings, rules=call.rulebook))
    answer = {"sent": count.delivered, "failed": count.failed, "webhooks": count.webhooks}
    call.give(answer, lambda out: out.print(call.say("webhook.delivered", sent=count.delivered, failed=count.failed)))


def delete(
    call: Call, webhook_id: WEBHOOK, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask, remove it.")] = False
) -> None:
    """Unsubscribe an address: nothing more is sent to it."""
    from api.watching.lists import ANYBODY
    from api.watching.webhooks import remove_webhook

    call.confirm(f"Remove {webhook_id}?", yes=yes)
    with call.store() as store:
        webhook = remove_webhook(store, webhook_id, owner=ANYBODY)
    call.give(webhook, lambda out: out.print(call.say("webhook.removed", id=webhook.id)))


def _set_active(call: Call, webhook_id: str, *, active: bool) -> None:
    from api.schemas.webhooks import WebhookChange
    from api.watching.webhooks import change_webhook

    with call.store() as store:
        webhook = change_webhook(_office(call, store), webhook_id, WebhookChange(active=active))
    call.give(webhook, lambda out: _print_webhook(out, call, webhook))


def _office(call: Call, store: "Store", owner: str = "") -> "Office":
    from api.watching.webhooks import Office
    from api.wiring import store_key, wall_clock

    return Office(store, owner, wall_clock(), call.settings.webhook_private, partial(store_key, store, call.settings))


def _print_webhook(out: "Console", call: Call, webhook: "Webhook") -> None:
    state = call.say(f"webhook.state.{webhook.state}", **({"reason": webhook.reason} if webhook.reason else {}))
    out.print(call.say("webhook.line", id=webhook.id, url=webhook.url, state=state))


def _print_secret(out: "Console", call: Call, webhook: "WebhookWithSecret") -> None:
    _print_webhook(out, call, webhook)
    out.print(call.say("webhook.secret", secret=webhook.secret))
