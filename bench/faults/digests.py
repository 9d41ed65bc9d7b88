"""What a whole store says, as one fingerprint a table: two stores of equal fingerprints hold the same."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from neo4j import GraphDatabase

from api.context.change_marks import CHANGE_KEY, FACTS_KEY, KEPT_FACTS_KEY
from store.changes import COUNTER, Change
from store.open import neo4j_server

Digest = dict[str, str]
"""Table (or label, or kind of relationship) to the fingerprint of its rows, whatever their order."""

MARKS = (CHANGE_KEY, FACTS_KEY, KEPT_FACTS_KEY)  # Drawn at random in every call; what they are good for is told by `marks`.

SINCE_RESOLVED = (Change.LOADED, Change.UNLOADED, Change.JUDGED, Change.LABELLED, Change.NAMED)
RUN_BY_KEY = {kind.key: (Change.RESOLVED if kind in SINCE_RESOLVED else Change.PROPAGATED).key for kind in Change}


def sqlite_digest(file: Path) -> Digest:
    """Every table of a store's file. Raises AssertionError where the file itself is damaged."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the file is damaged"
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = [name for (name,) in connection.execute(tables)]
        rows_by_table = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608  # Its own names.
    marks = {key: value for key, value, *_ in rows_by_table["meta"] if key in MARKS}
    notes = {key: value for key, value, *_ in rows_by_table.pop("meta") if key not in MARKS}
    return {name: _fingerprint(map(repr, rows)) for name, rows in rows_by_table.items()} | _notes(notes) | _marks(marks)


def neo4j_digest(address: str) -> Digest:
    """Every node by its labels and every relationship by its kind, without the server's own numbers."""
    server = neo4j_server(address)
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        nodes = driver.execute_query("MATCH (n) WHERE NOT n:Lock RETURN elementId(n), labels(n), properties(n)").records
        ties = driver.execute_query("MATCH (a)-[r]->(b) RETURN type(r), properties(r), elementId(a), elementId(b)").records
    texts_by_node = {id_: repr((sorted(labels), sorted(values.items()))) for id_, labels, values in nodes}
    rows: dict[str, list[str]] = {}
    notes = {values["key"]: values["value"] for _, labels, values in nodes if "Meta" in labels}
    marks = {key: notes.pop(key) for key in MARKS if key in notes}
    for id_, labels, _ in nodes:
        if "Meta" not in labels:
            rows.setdefault(":".join(sorted(labels)), []).append(texts_by_node[id_])
    for kind, values, start, end in ties:
        rows.setdefault(f"-{kind}-", []).append(repr((sorted(values.items()), texts_by_node[start], texts_by_node[end])))
    return {name: _fingerprint(lines) for name, lines in rows.items()} | _notes(notes) | _marks(marks)


def differing_tables(left: Digest, right: Digest) -> list[str]:
    """The tables on which two stores do not say the same."""
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def _notes(notes: dict[str, str]) -> Digest:
    """Every note by its key. Of the number of a change, which a step cut off may have used up: whether its run has seen it."""
    digest = {f"meta {key}": value for key, value in notes.items() if key != COUNTER and key not in RUN_BY_KEY}
    changes = ((key, int(notes[key]) <= int(notes.get(run, -1))) for key, run in RUN_BY_KEY.items() if key in notes)
    return digest | {f"meta {key}": f"seen: {seen}" for key, seen in changes}


def _marks(marks: dict[str, str]) -> Digest:
    """Which marks there are, and whether the kept answers are of the facts there are: the values are random."""
    return {"marks": f"{sorted(marks)} {marks.get(FACTS_KEY) == marks.get(KEPT_FACTS_KEY)}"}


def _fingerprint(rows: Iterable[str]) -> str:
    digest = blake2b(digest_size=16)
    for row in sorted(rows):
        digest.update(row.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
