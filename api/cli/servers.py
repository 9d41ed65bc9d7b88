"""`kith serve`, and `kith neo4j`: processes that stay."""

import ipaddress
import secrets
import shlex
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.output import flush
from api.cli.verbs import verb
from ontology.errors import WrongCall

if TYPE_CHECKING:
    from api.settings import Settings
    from store.local_neo4j import LocalNeo4j

PANEL = "Pages and servers"
HOME = Annotated[
    Path | None, typer.Option("--home", help="The server's own folder; else the user's data folder.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "serve", example="kith serve --port 8000", panel=PANEL)(serve)
    servers = typer.Typer(help="A Neo4j server on this machine, without containers.", no_args_is_help=True)
    verb(servers, "start", example="kith neo4j start")(start)
    verb(servers, "stop", example="kith neo4j stop")(stop)
    verb(servers, "status", example="kith neo4j status --json")(status)
    app.add_typer(servers, name="neo4j", rich_help_panel=PANEL)


def serve(
    call: Call,
    host: Annotated[
        str, typer.Option(help="Address to listen on; other than this machine only with KITH_API_KEY.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer; more than one are renewed by SIGHUP.")] = 1,
) -> None:
    """Open the pages and the API in a browser on this machine.

    Answers until it is stopped with Ctrl-C. Only this machine is answered, unless KITH_API_KEY names a key that
    callers must show.
    """
    settings = call.settings
    refuse_open_house(host, has_key=settings.api_key is not None)
    from api.serving.server_plan import ServerPlan
    from api.text.log import set_up_log

    set_up_log(call.log_level, settings.log_format)
    with ExitStack() as opened:
        store = opened.enter_context(call.store())
        sockets = [opened.enter_context(listening(host, port))]
        if settings.metrics and settings.metrics_address is not None:
            sockets.append(opened.enter_context(_metrics_socket(settings)))
        url = address_of(host, sockets[0].getsockname()[1])
        answer = {"url": url, "api": f"{url}v1/about", "engine": store.engine, "workers": workers}
        if len(sockets) > 1:
            answer["metrics"] = f"{address_of(sockets[1].getsockname()[0], sockets[1].getsockname()[1])}metrics"
        descriptors = tuple(bound.fileno() for bound in sockets)
        plan = ServerPlan(settings, call.log_level, Path.cwd(), secrets.token_bytes(32), sockets=descriptors)

        def announce() -> None:
            call.give(answer, lambda out: out.print(f"{url} answers until you press Ctrl-C."))
            flush()

        if workers == 1:
            from api.serving.server_process import end_for_certain, serve_until_stopped

            serve_until_stopped(store, plan, sockets, announce)
            end_for_certain()
        else:
            from api.serving.supervisor import Supervisor

            store.close()  # It was opened to be known as good and of today's schema: each worker opens it anew.
            announce()
            Supervisor(plan, workers).run()


def _metrics_socket(settings: "Settings") -> socket.socket:
    """The socket of the metrics' own address. Raises WrongCall where others could reach it and no key is asked of them."""
    metrics_host, metrics_port = settings.metrics_address or ("", 0)
    if settings.metrics_key is None and not is_loopback(metrics_host):
        remedy = "Name an address of this machine in KITH_METRICS_BIND, or set KITH_METRICS_KEY."
        raise WrongCall(host=metrics_host, reason="other machines could read the metrics", remedy=remedy)
    return listening(metrics_host, metrics_port)


def address_of(host: str, port: int) -> str:
    """The address to type into a browser.

    >>> address_of("127.0.0.1", 8000), address_of("::1", 8000)
    ('http://127.0.0.1:8000/', 'http://[::1]:8000/')
    """
    name = host.strip("[]")
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that its port is known before the first answer. Raises WrongCall."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family)
    except (OSError, ValueError, TypeError) as cause:  # A name too long is a ValueError, one with a NUL a TypeError.
        reason = getattr(cause, "strerror", None) or "no such address"
        raise WrongCall(host=host, port=port, reason=reason, remedy="Choose another with --host or --port.") from cause


def refuse_open_house(host: str, *, has_key: bool) -> None:
    """Raise WrongCall where others could reach the port and no key is asked of them."""
    if not has_key and not is_loopback(host):
        remedy = "Listen on 127.0.0.1, or set KITH_API_KEY to a key of 16 characters or more."
        raise WrongCall(host=host, reason="other machines could read everything", remedy=remedy)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def start(
    call: Call,
    home: HOME = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port; else the one it had the last time, or a free one.", show_default=False),
    ] = None,
) -> None:
    """Start the local Neo4j server; fetches it (130 MB) the first time.

    Prints the line that points kith at it. The password stays in a file only you may read.
    """
    from store import local_neo4j

    with call.working("Starting Neo4j") as report:
        local_neo4j.fetch(report)
        server = local_neo4j.start(home, port)
    _print_server(call, server, home)


def stop(call: Call, home: HOME = None) -> None:
    """Stop the local Neo4j server; its data stays."""
    from store import local_neo4j

    with call.working("Stopping Neo4j"):
        stopped = local_neo4j.stop(home)
    call.give({"stopped": stopped}, lambda out: out.print("Stopped." if stopped else "No server was running."))


def status(call: Call, home: HOME = None) -> None:
    """Tell whether the local Neo4j server runs, and how to use it. Exit code 1 where it does not."""
    from store import local_neo4j

    server = local_neo4j.status(home)
    if server is None:
        call.give({"running": False}, lambda out: out.print("Not running. Start it with: kith neo4j start"))
        raise typer.Exit(1)
    _print_server(call, server, home)


def _print_server(call: Call, server: "LocalNeo4j", home: Path | None) -> None:
    """The line holds no password: the shell reads it from its file."""
    from store.local_neo4j import default_home

    password = shlex.quote(str((home or default_home()) / "password"))
    line = f'export KITH_STORE="neo4j://{server.user}:$(cat {password})@{server.uri.removeprefix("bolt://")}/neo4j"'
    answer = {"running": True, "uri": server.uri, "user": server.user, "pid": server.pid, "use": line}
    call.give(answer, lambda out: out.print(f"Neo4j answers at {server.uri}. To use it:", line, soft_wrap=True))
