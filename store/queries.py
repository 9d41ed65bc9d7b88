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
from collections.abc import Iterable
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
    parameter_fields: tuple[Field, ...]
    batch_fields: tuple[Field, ...]
    answer_fields: tuple[Field, ...]
    order: str
    columns: bool
    only: str | None

    @property
    def batch_names(self) -> frozenset[str]:
        """Fields every row of `rows` must have, no more and no fewer."""
        return frozenset(field.name for field in self.batch_fields)

    @property
    def promise(self) -> tuple[object, ...]:
        """What a twin must share."""
        return self.parameter_fields, self.batch_fields, self.answer_fields, self.order, self.columns

    def check(self, parameters: dict[str, object], rows: object) -> None:
        """Raise ValueError where a call does not give exactly what the header asks for."""
        promised = {field.name for field in self.parameter_fields}
        if promised != parameters.keys():
            raise ValueError(f"{self.name} takes {sorted(promised)}, was given {sorted(parameters)}")
        if bool(self.batch_fields) != (rows is not None):
            raise ValueError(f"{self.name} {'takes' if self.batch_fields else 'takes no'} rows")


@cache
def load_query(name: str, engine: str) -> Query:
    """The query of that name for one engine. Raises QueryUnknown, QueryBroken."""
    parsed = _parse(name, engine)
    _check_body(parsed)
    twin_engine = "neo4j" if engine == "sqlite" else "sqlite"
    if parsed.only is None and _parse(name, twin_engine).promise != parsed.promise:
        raise QueryBroken(query=name, problem="its twin promises something else")
    return parsed


@cache
def names() -> tuple[str, ...]:
    """Every query, of either engine, without the schema files."""
    return tuple(sorted(_names_under("sqlite") | _names_under("neo4j")))


@cache
def migrations(engine: str) -> tuple[tuple[str, ...], ...]:
    """The statements of each schema version, the first version first. Raises QueryBroken where a version is missing or double."""
    folder, ending, mark = FOLDERS[engine]
    schema = files(BESIDE + folder).joinpath("schema")
    names = in_order(file.name for file in schema.iterdir() if file.name.endswith(f".{ending}"))
    return tuple(_statements(schema.joinpath(name).read_text("utf-8"), mark) for name in names)


def in_order(names: Iterable[str]) -> list[str]:
    """Names of schema files by the version in front. A store keeps the number it was brought to, so none may be missing.

    >>> in_order(["002_live.sql", "001_first.sql"])
    ['001_first.sql', '002_live.sql']
    """
    ordered = sorted(names)
    versions = [name.partition("_")[0] for name in ordered]
    if versions != [f"{version:03}" for version in range(1, len(ordered) + 1)]:
        raise QueryBroken(
            query="schema", problem=f"its versions are {', '.join(versions)}: number them 001, 002, 003 without a gap"
        )
    return ordered


def _names_under(engine: str) -> set[str]:
    root, ending, _ = FOLDERS[engine]
    folders = [
        folder for folder in files(BESIDE + root).iterdir() if folder.is_dir() and folder.name not in ("schema", "__pycache__")
    ]
    return {name for folder in folders for name in _names_in(folder, folder.name, ending)}


def _names_in(folder: Traversable, path: str, ending: str) -> set[str]:
    return {f"{path}/{file.name.removesuffix('.' + ending)}" for file in folder.iterdir() if file.name.endswith(f".{ending}")}


def _parse(name: str, engine: str) -> Query:
    folder, ending, comment_mark = FOLDERS[engine]
    try:
        text = files(BESIDE + folder).joinpath(f"{name}.{ending}").read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as cause:
        raise QueryUnknown(query=name, engine=engine) from cause
    header = _header(name, text, comment_mark)
    return Query(
        name=name,
        engine=engine,
        statements=_statements(text, comment_mark),
        parameter_fields=_fields(header.get("in", "nothing")),
        batch_fields=_fields(header.get("batch", "nothing")),
        answer_fields=_fields(header["out"]),
        order=header["order"],
        columns="columns" in header,
        only=header.get("only"),
    )


def _header(name: str, text: str, comment_mark: str) -> dict[str, str]:
    lines = [line.removeprefix(comment_mark).strip() for line in _comment(text, comment_mark)]
    header_lines = [re.match(rf"({'|'.join(HEADER_WORDS)}):\s*(.*)", line) for line in lines]
    header = {match[1]: match[2].strip() for match in header_lines if match}
    absent = [word for word in ("out", "order", "user") if not header.get(word)]
    if absent or ("in" in header) == ("batch" in header) or not lines or header_lines[0]:
        raise QueryBroken(query=name, problem="header wants a purpose, one of in/batch, out, order, user", absent=absent)
    return header


def _comment(text: str, comment_mark: str) -> list[str]:
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith(comment_mark)), len(lines))
    return lines[:end]


def _fields(declaration: str) -> tuple[Field, ...]:
    """The fields of a header line such as `id STRING, share FLOAT?`; `nothing` declares none."""
    declared = [] if declaration == "nothing" else FIELD.findall(declaration)
    return tuple(Field(name, type_, bool(optional_mark)) for name, type_, optional_mark in declared)


def _statements(text: str, comment_mark: str) -> tuple[str, ...]:
    body = "\n".join(line for line in text.splitlines() if not line.startswith(comment_mark))
    parts = re.split(r";\s*(?:\n|$)", body)
    return tuple(part.strip() for part in parts if part.strip())


def _check_body(query: Query) -> None:
    body = re.sub(r"'[^']*'", "''", "\n".join(query.statements))
    used_names = set(re.findall(r":(\w+)" if query.engine == "sqlite" else r"\$(\w+)", _without_labels(body, query.engine)))
    promised = {field.name for field in query.parameter_fields}
    if query.batch_fields and query.engine == "sqlite":
        promised = set(query.batch_names)
    elif query.batch_fields:
        promised = {"rows"}
        _check_row_fields(query, body)
    if used_names != promised:
        raise QueryBroken(query=query.name, promised=sorted(promised), used=sorted(used_names))


def _without_labels(body: str, engine: str) -> str:
    return body if engine == "sqlite" else re.sub(r"\$\(", "(", body)


def _check_row_fields(query: Query, body: str) -> None:
    used_names = set(re.findall(r"\brow\.(\w+)", body))
    takes_whole_row = re.search(r"=\s*row\b(?!\.)", body)
    if used_names - query.batch_names or (not takes_whole_row and used_names != query.batch_names):
        raise QueryBroken(query=query.name, promised=sorted(query.batch_names), used=sorted(used_names))
