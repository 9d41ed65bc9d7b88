"""A store by its address; the one place that knows both engines."""

from ontology.errors import StoreMissing
from store.port import Store
from store.urls import Server, neo4j_server, scheme_of, sqlite_file

__all__ = ["Server", "neo4j_server", "open_store"]


def open_store(url: str, *, create: bool = True) -> Store:
    """Open, and where needed bring up to date, the store at `url`. Raises AddressInvalid, StoreTrouble.

    create: whether a file that is not there is made; else that is StoreMissing, and nothing is made.

    `sqlite:///kith.db` is a file beside the caller, `sqlite:////var/lib/kith.db` one by its full path; one that may only be
    read is opened to be read. `neo4j://user:password@host:port/database` is one server; port 7687 and database `neo4j` when
    left out. A password with `@`, `/` or `:` in it is written percent-encoded. TLS: `neo4j+s://`.
    """
    if scheme_of(url) == "sqlite":
        from store.sqlite import SqliteStore

        path = sqlite_file(url)
        if not create and not path.exists():
            raise StoreMissing(store=str(path))
        return SqliteStore(path)
    from store.neo4j import Neo4jStore

    server = neo4j_server(url)
    return Neo4jStore(server.uri, user=server.user, password=server.password, database=server.database)
