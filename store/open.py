"""A store by its address; the one place that knows both engines."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ontology.errors import StoreUnreachable
from store.port import Store

ADDRESSES = "sqlite:///kith.db or neo4j://user:password@host:7687/database"


def open_store(url: str) -> Store:
    """Open, and where needed bring up to date, the store at `url`. Raises StoreTrouble.

    `sqlite:///kith.db` is a file beside the caller, `sqlite:////var/lib/kith.db` one by its full path.
    `neo4j://user:password@host:port/database` is one server; port 7687 and database `neo4j` when left out.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from store.sqlite import SqliteStore

        return SqliteStore(Path(unquote(rest[1:])))
    if scheme in ("neo4j", "neo4j+s", "bolt", "bolt+s"):
        return _open_neo4j(url)
    raise StoreUnreachable(address=scheme, remedy=f"Write the address as {ADDRESSES}.")


def _open_neo4j(url: str) -> Store:
    from store.neo4j import Neo4jStore

    parts = urlsplit(url)
    secured = "+s" if parts.scheme.endswith("+s") else ""
    return Neo4jStore(
        f"bolt{secured}://{parts.hostname or '127.0.0.1'}:{parts.port or 7687}",  # One server: no routing table to go stale.
        user=unquote(parts.username or "neo4j"),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/") or "neo4j",
    )
