"""Addresses of stores: what is one, and what is wrong with what is none. Nothing of an address is repeated but its scheme."""

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from ontology.errors import AddressInvalid

TLS_SUFFIXES = {"neo4j": "", "bolt": "", "neo4j+s": "+s", "bolt+s": "+s"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,15}")  # What may be repeated: a longer one could be a password without its scheme.
HOST = re.compile(r"[\w.-]{1,253}", re.ASCII)
DATABASE = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,62}")  # As the server has them; also what an unescaped / of a password is not.
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0]")
BOLT_PORT = 7687


@dataclass(frozen=True)
class Server:
    """Where a Neo4j is and who asks; the password is left out of its repr."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str


def scheme_of(url: str) -> str:
    """The scheme of an address that is one. Raises AddressInvalid, which names the scheme where that can be no password."""
    scheme, sign, _ = url.partition("://")
    if not url.strip():
        raise AddressInvalid(reason="it is empty")
    if not sign or not SCHEME.fullmatch(scheme):
        raise AddressInvalid(reason="it does not begin with sqlite:/// or neo4j://")
    if scheme != "sqlite" and scheme not in TLS_SUFFIXES:
        raise AddressInvalid(scheme=scheme, reason="there is no such kind of store")
    return scheme


def sqlite_file(url: str) -> Path:
    """The file of a `sqlite:///PATH`. Raises AddressInvalid where it names none, or something that is no file."""
    path_part = url.partition("://")[2]
    if not path_part.startswith("/") or path_part == "/":
        raise AddressInvalid(
            scheme="sqlite", reason="it names no file", remedy="Three slashes, then the path: sqlite:///kith.db."
        )
    path = Path(unquote(path_part[1:]))
    if "\x00" in str(path) or path.name.startswith(":memory:"):
        raise AddressInvalid(scheme="sqlite", reason="that is no name of a file", remedy="A store is a file: sqlite:///kith.db.")
    if path.exists() and not path.is_file():
        file_kind = "a folder" if path.is_dir() else "no file but a device, a pipe or a socket"
        raise AddressInvalid(store=str(path), reason=f"it is {file_kind}", remedy="Name a file: sqlite:///FOLDER/kith.db.")
    return path


def neo4j_server(url: str) -> Server:
    """The parts of a Neo4j address. Raises AddressInvalid where it is none; the address is never repeated."""
    try:
        parts = urlsplit(url)
        port = BOLT_PORT if parts.port is None else parts.port
    except ValueError:  # Its words may quote a password.
        raise AddressInvalid(scheme="neo4j", reason=f"host or port is none ({ENCODED})") from None
    database = parts.path.strip("/") or "neo4j"
    if INVISIBLE.search(url) or parts.query or parts.fragment or not DATABASE.fullmatch(database):
        raise AddressInvalid(scheme="neo4j", reason=f"what stands behind the host is no database ({ENCODED})")
    if not 0 < port <= 65535:
        raise AddressInvalid(scheme="neo4j", reason="a port is a number from 1 to 65535")
    return Server(
        uri=f"bolt{TLS_SUFFIXES[parts.scheme]}://{_host(parts)}:{port}",  # One server: no routing table to go stale.
        user=unquote(parts.username or "neo4j"),
        password=unquote(parts.password or ""),
        database=database,
    )


ENCODED = "a password with / ? # @ or : in it is written percent-encoded"


def _host(parts: SplitResult) -> str:
    """The host as it stands in an address: IPv6 in brackets."""
    host = parts.hostname or ""
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError:
            host = ""
    if not HOST.fullmatch(host):
        raise AddressInvalid(scheme="neo4j", reason=f"it names no host ({ENCODED})")
    return host
