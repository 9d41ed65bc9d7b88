"""A store by its address; the one place that knows both engines."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ontology.errors import StoreMissing, StoreUnreachable
from store.port import Store

ADDRESSES = "sqlite:///kith.db or neo4j://user:password@host:7687/database"
SECURED = {"neo4j": "", "bolt": "", "neo4j+s": "+s", "bolt+s": "+s"}


@dataclass(frozen=True)
class Server:
    """Where a Neo4j is and who asks; the password is left out of its repr."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str


def open_store(url: str, *, create: bool = True) -> Store:
    """Open, and where needed bring up to date, the store at `url`. Raises StoreTrouble.

    create: whether a file that is not there is made; else that is StoreMissing, and nothing is made.

    `sqlite:///kith.db` is a file beside the caller, `sqlite:////var/lib/kith.db` one by its full path.
    `neo4j://user:password@host:port/database` is one server; port 7687 and database `neo4j` when left out.
    A password with `@`, `/` or `:` in it is written percent-encoded. TLS: `neo4j+s://`.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from store.sqlite import SqliteStore

        path = Path(unquote(rest[1:]))
        if not create and not path.exists():
            raise StoreMissing(store=str(path))
        return SqliteStore(path)
    if scheme in SECURED:
        from store.neo4j import Neo4jStore

        server = neo4j_server(url)
        return Neo4jStore(server.uri, user=server.user, password=server.password, database=server.database)
    raise StoreUnreachable(address=scheme, remedy=f"Write the address as {ADDRESSES}.")


def neo4j_server(url: str) -> Server:
    """The parts of a Neo4j address. Raises StoreUnreachable where it is none; the address is never repeated."""
    try:
        parts = urlsplit(url)
        port = parts.port or 7687
    except ValueError:
        raise StoreUnreachable(address="neo4j", remedy=f"Write the address as {ADDRESSES}.") from None  # It may quote a password.
    return Server(
        uri=f"bolt{SECURED[parts.scheme]}://{parts.hostname or '127.0.0.1'}:{port}",  # One server: no routing table to go stale.
        user=unquote(parts.username or "neo4j"),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/") or "neo4j",
    )
