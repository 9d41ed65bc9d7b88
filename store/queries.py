"""The only reader of cypher/ and sql/: each query is a file with a promise, and is held to it.

Conventions
-----------
* A query's name is its path without the ending: `network/ties_of` is `sql/network/ties_of.sql` and its twin
  `cypher/network/ties_of.cypher`. Both carry the same header; a twin is left out only where `only:` says why.
* The header is the comment block at the top:

      -- What the query answers, in one sentence or more.
      -- in:    $ids LIST<STRING>, $limit INTEGER 1..1000     (or `nothing`)
      -- batch: id STRING, share FLOAT?                       (instead of `in:`; written once for every row)
      -- out:   id STRING, share FLOAT?, complete BOOLEAN     (or `nothing`: a query that writes)
      -- order: id; at most $limit rows                       (a total order, so that both engines answer alike)
      -- user:  graph/pipeline.py
      -- columns: bulk, for Store.columns                     (optional)
      -- only: sqlite, because …                              (optional)

* Types: STRING, INTEGER, FLOAT, BOOLEAN, LIST<…>; a `?` marks what may be absent. Bounds follow the type (`1..1000`).
  Dates and times are STRING (ISO 8601), nested values STRING (JSON).
* Parameters are `:name` in SQL and `$name` in Cypher. A list reaches SQL as JSON text: `IN (SELECT value FROM json_each(:ids))`.
* A batch names its fields `:field` in SQL; in Cypher the body begins `UNWIND $rows AS row` and says `row.field` or `= row`.
* Several statements in one file end with `;` at the end of a line, and run in order.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ontology.errors import StoreTrouble

FOLDERS = {"sqlite": ("sql", "sql", "--"), "neo4j": ("cypher", "cypher", "//")}
BESIDE = "kith." if __name__.startswith("kith.") else ""  # What the wheel puts in front of every package of ours.
FIELD = re.compile(r"\$?(\w+) ([A-Z]+(?:<[A-Z]+>)?)(\?)?")
HEADER_WORDS = ("in", "batch", "out", "order", "user", "columns", "only")


class QueryUnknown(StoreTrouble):
    """No file of that name for this engine."""

    title = "No such query"


class QueryBroken(StoreTrouble):
    """A query's body, or its twin, says something else than its header."""

    title = "The query breaks its promise"


@dataclass(frozen=True)
class Field:
    """One promised name: a parameter, a column of a batch, or a column of the answer."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True)
class Query:
    """One query for one engine, and what its header promises."""

    name: str
    engine: str
    statements: tuple[str, ...]
    takes: tuple[Field, ...]
    batch: tuple[Field, ...]
    gives: tuple[Field, ...]
    order: str
    columns: bool
    only: str | None

    @property
    def batch_names(self) -> frozenset[str]:
        """Fields every row of `rows` must have, no more and no fewer."""
        return frozenset(field.name for field in self.batch)

    @property
    def promise(self) -> tuple[object, ...]:
        """What a twin must share."""
        return self.takes, self.batch, self.gives, self.order, self.columns

    def check(self, parameters: dict[str, object], rows: object) -> None:
        """Raise ValueError where a call does not give exactly what the header asks for."""
        promised = {field.name for field in self.takes}
        if promised != parameters.keys():
            raise ValueError(f"{self.name} takes {sorted(promised)}, was given {sorted(parameters)}")
        if bool(self.batch) != (rows is not None):
            raise ValueError(f"{self.name} {'takes' if self.batch else 'takes no'} rows")


@cache
def query(name: str, engine: str) -> Query:
    """The query of that name for one engine. Raises QueryUnknown, QueryBroken."""
    found = _parse(name, engine)
    _check_body(found)
    other = "neo4j" if engine == "sqlite" else "sqlite"
    if found.only is None and _parse(name, other).promise != found.promise:
        raise QueryBroken(query=name, problem="its twin promises something else")
    return found


@cache
def names() -> tuple[str, ...]:
    """Every query, of either engine, without the schema files."""
    return tuple(sorted(_names_under("sqlite") | _names_under("neo4j")))


@cache
def migrations(engine: str) -> tuple[tuple[str, ...], ...]:
    """The statements of each schema version, the first version first."""
    folder, ending, mark = FOLDERS[engine]
    found = [file for file in files(BESIDE + folder).joinpath("schema").iterdir() if file.name.endswith(f".{ending}")]
    return tuple(_statements(file.read_text("utf-8"), mark) for file in sorted(found, key=lambda file: file.name))


def _names_under(engine: str) -> set[str]:
    folder, ending, _ = FOLDERS[engine]
    rooms = [room for room in files(BESIDE + folder).iterdir() if room.is_dir() and room.name not in ("schema", "__pycache__")]
    return {name for room in rooms for name in _names_in(room, room.name, ending)}


def _names_in(folder: Traversable, path: str, ending: str) -> set[str]:
    return {f"{path}/{file.name.removesuffix('.' + ending)}" for file in folder.iterdir() if file.name.endswith(f".{ending}")}


def _parse(name: str, engine: str) -> Query:
    folder, ending, mark = FOLDERS[engine]
    try:
        text = files(BESIDE + folder).joinpath(f"{name}.{ending}").read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as cause:
        raise QueryUnknown(query=name, engine=engine) from cause
    promise = _header(name, text, mark)
    return Query(
        name=name,
        engine=engine,
        statements=_statements(text, mark),
        takes=_fields(promise.get("in", "nothing")),
        batch=_fields(promise.get("batch", "nothing")),
        gives=_fields(promise["out"]),
        order=promise["order"],
        columns="columns" in promise,
        only=promise.get("only"),
    )


def _header(name: str, text: str, mark: str) -> dict[str, str]:
    lines = [line.removeprefix(mark).strip() for line in _comment(text, mark)]
    told = [re.match(rf"({'|'.join(HEADER_WORDS)}):\s*(.*)", line) for line in lines]
    promise = {found[1]: found[2].strip() for found in told if found}
    absent = [word for word in ("out", "order", "user") if not promise.get(word)]
    if absent or ("in" in promise) == ("batch" in promise) or not lines or told[0]:
        raise QueryBroken(query=name, problem="header wants a purpose, one of in/batch, out, order, user", absent=absent)
    return promise


def _comment(text: str, mark: str) -> list[str]:
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith(mark)), len(lines))
    return lines[:end]


def _fields(told: str) -> tuple[Field, ...]:
    return tuple(Field(name, type_, bool(mark)) for name, type_, mark in FIELD.findall(told)) if told != "nothing" else ()


def _statements(text: str, mark: str) -> tuple[str, ...]:
    body = "\n".join(line for line in text.splitlines() if not line.startswith(mark))
    parts = re.split(r";\s*(?:\n|$)", body)
    return tuple(part.strip() for part in parts if part.strip())


def _check_body(asked: Query) -> None:
    body = re.sub(r"'[^']*'", "''", "\n".join(asked.statements))
    used = set(re.findall(r":(\w+)" if asked.engine == "sqlite" else r"\$(\w+)", _without_labels(body, asked.engine)))
    promised = {field.name for field in asked.takes}
    if asked.batch and asked.engine == "sqlite":
        promised = set(asked.batch_names)
    elif asked.batch:
        promised = {"rows"}
        _check_row_fields(asked, body)
    if used != promised:
        raise QueryBroken(query=asked.name, promised=sorted(promised), used=sorted(used))


def _without_labels(body: str, engine: str) -> str:
    return body if engine == "sqlite" else re.sub(r"\$\(", "(", body)


def _check_row_fields(asked: Query, body: str) -> None:
    used = set(re.findall(r"\brow\.(\w+)", body))
    whole = re.search(r"=\s*row\b(?!\.)", body)
    if used - asked.batch_names or (not whole and used != asked.batch_names):
        raise QueryBroken(query=asked.name, promised=sorted(asked.batch_names), used=sorted(used))
