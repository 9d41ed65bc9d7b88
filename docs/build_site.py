"""The pages of the site: `python -m docs.build_site FOLDER` copies those of docs/ and writes the references from the code.

What is made here is never committed: commands come from the command tree, HTTP from the OpenAPI document, settings and rules
from their models. `make docs` turns the folder into a site and fails on a dead link.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from pydantic_core import PydanticUndefined

from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.settings import Settings
from api.wiring import open_store, rulebook, settings_of
from ontology.rulebook import Rulebook, default_rulebook

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
AT_THE_TOP = ("CHANGELOG", "CONTRIBUTING", "SECURITY")
COPIED = (".md", ".png", ".svg")
METAVARS = {int: "NUMBER", float: "NUMBER", Path: "FILE", list[Path]: "FILE"}


def main(folder: Path) -> None:
    """Write every page anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in sorted(DOCS.rglob("*")):
        if source.suffix in COPIED:
            text = source.read_bytes()
            put(folder / source.relative_to(DOCS), text.replace(b".ipynb)", b".md)") if source.suffix == ".md" else text)
        elif source.suffix == ".ipynb":
            put(folder / source.relative_to(DOCS).with_suffix(".md"), notebook(source).encode())
    for name in AT_THE_TOP:
        put(folder / f"{name.lower()}.md", inside((PROJECT / f"{name}.md").read_text("utf-8")).encode())
    references = {"cli": commands(), "http": http(), "settings": settings(), "rulebook": rules(default_rulebook())}
    for name, lines in references.items():
        put(folder / "reference" / f"{name}.md", "\n".join([*lines, ""]).encode())
    put(folder / "decisions" / "index.md", "\n".join([*decisions(), ""]).encode())


def put(file: Path, content: bytes) -> None:
    """One file, with its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def inside(text: str) -> str:
    """A page of the project's folder as a page of the site: what it links to lies beside it now."""
    text = text.replace("](docs/decisions)", "](decisions/index.md)").replace("](docs/", "](")
    return re.sub(rf"\]\(({'|'.join(AT_THE_TOP)})\.md", lambda found: f"]({found[1].lower()}.md", text)


def notebook(file: Path) -> str:
    """The cells of a notebook one after the other."""
    cells = json.loads(file.read_text("utf-8"))["cells"]
    told = [("".join(cell["source"]), cell["cell_type"]) for cell in cells]
    return "\n\n".join(f"```python\n{text}\n```" if kind == "code" else text for text, kind in told) + "\n"


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table, with an empty line before and after it."""
    headings = list(headings)
    yield from ("", f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}")
    for row in rows:
        yield f"| {' | '.join(cell(value) for value in row)} |"
    yield ""


def cell(value: object) -> str:
    """A text as one cell."""
    return re.sub(r"\s*\n\s*", " ", "" if value is None else str(value)).replace("|", "\\|").replace("<", "&lt;")


def decisions() -> Iterator[str]:
    """Every decision by its number."""
    yield "# Decisions"
    yield "Each tells what it cost, how it is undone, and what would change our mind."
    rows = []
    for file in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        number, title = re.findall(r"^# (\d+)\. (.+)$", file.read_text("utf-8"), re.MULTILINE)[0]
        status = re.findall(r"^Status: (.+)$", file.read_text("utf-8"), re.MULTILINE)[0]
        rows.append((number, f"[{title}]({file.name})", status))
    yield from table(("No.", "Decision", "Status"), rows)


def commands() -> Iterator[str]:
    """Every command with its arguments, options and example."""
    yield "# Commands"
    yield "Every command also takes `--store URL`, `--json`, `--lang en|zh` and `--as-of YYYY-MM-DD`, before or behind its name."
    yield "Exit codes: 0 done, 1 the answer is no, 2 a wrong call, 3 the store did not do it, or a fault of the program."
    for words, command in leaves(typer.main.get_command(build()), ("kith",)):
        yield from ("", f"## {' '.join(words)}", "", *(command.help or "").splitlines())
        own = [param for param in command.params if param.name not in ("store", "as_json", "lang", "as_of", "help")]
        if own:
            yield from table(("Argument or option", "What it is"), ((named(param), described(param)) for param in own))
        yield from ("", f"```\n{(command.epilog or '').removeprefix('Example: ')}\n```")


def leaves(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command that does something, with the words that call it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
        return
    for name in sorted(inner):
        yield from leaves(inner[name], (*words, name))


def named(param: Any) -> str:
    """How an argument or option is written."""
    if param.param_type_name == "argument":
        return f"`{param.metavar or param.name.upper()}`"
    metavar = "" if param.is_flag else f" {param.metavar or METAVARS.get(param.type_descriptor.annotation, 'TEXT')}"
    return f"`{', '.join(param.opts)}{metavar}`"


def described(param: Any) -> str:
    """What it is for, and its usual value where it has one."""
    usual = param.default
    shown = usual not in (None, False, (), []) and not callable(usual) and param.param_type_name == "option"
    return f"{getattr(param, 'help', None) or ''}{f' Else {usual}.' if shown else ''}"


def http() -> Iterator[str]:
    """Every question of the API, and the shapes of the answers."""
    document = openapi()
    yield "# HTTP"
    yield "A running `kith serve` describes itself at `/openapi.json`. Errors are problem details (RFC 9457)."
    yield "With `KITH_API_KEY` every call shows `Authorization: Bearer KEY`."
    for path, verbs in document["paths"].items():
        for verb, told in verbs.items():
            yield from ("", f"## {verb.upper()} {path}", "", told.get("summary", ""), "", told.get("description", ""))
            if params := told.get("parameters"):
                rows = ((f"`{one['name']}`", one["in"], kind_of(one["schema"]), one.get("description", "")) for one in params)
                yield from table(("Parameter", "Where", "Type", "What it is"), rows)
            answer: dict[str, Any] = next((held for code, held in told["responses"].items() if code.startswith("2")), {})
            for held in answer.get("content", {}).values():
                yield from ("", f"Answers {kind_of(held.get('schema', {}))}.")
    yield from ("", "# Shapes")
    for name, shape in sorted(document["components"]["schemas"].items()):
        yield from ("", f"## {name}", "", shape.get("description", ""))
        if "enum" in shape:
            yield from ("", "One of " + ", ".join(f"`{value}`" for value in shape["enum"]) + ".")
        fields = shape.get("properties", {}).items()
        if fields:
            needed = shape.get("required", ())
            rows = (
                (f"`{field}`", kind_of(held), "yes" if field in needed else "", held.get("description", ""))
                for field, held in fields
            )
            yield from table(("Field", "Type", "Always", "What it is"), rows)


def openapi() -> dict[str, Any]:
    """The document of the app over an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings_of(f"sqlite:///{Path(folder) / 'empty.db'}", id_key_file=Path(folder) / "id.key")
        store = open_store(chosen, create=True)
        try:
            return create_app(AppState(chosen, store, rulebook(chosen), "0")).openapi()
        finally:
            store.close()


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of a value in a word; a shape with a link to it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if several := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(dict.fromkeys(kind_of(one) for one in several if one.get("type") != "null"))
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{kind_of(schema['additionalProperties'])} by name"
    return str(schema.get("format") or schema.get("type") or "any")


def settings() -> Iterator[str]:
    """Every setting by its name in the environment."""
    yield "# Settings"
    yield "Each is a variable of the environment; options of a command stand over it."
    rows = []
    for name, field in Settings.model_fields.items():
        usual = "" if field.default in (None, PydanticUndefined, {}) else field.default
        told = usual.get_secret_value() if hasattr(usual, "get_secret_value") else usual
        rows.append((f"`KITH_{name.upper()}`", f"`{told}`" if told != "" else "", field.description))
    yield from table(("Variable", "Else", "What it is"), rows)


def rules(book: Rulebook) -> Iterator[str]:
    """Lists, good marks, ties and bands of the rulebook that comes along."""
    yield f"# The rulebook {book.version}"
    yield "All of it is data, in `ontology/rulebooks/default.yaml`; points and coefficients are product defaults, no law."
    yield "An operator writes another one and names it with `KITH_RULEBOOK`."
    yield from ("", "## Principles", "", *(f"- {text}" for text in book.principles))
    yield from ("", "## Lists", "", "What a listing costs while it is in force, how long, and what a check says of it.")
    rows = (
        (f"`{one.id}`", one.en.title, one.severity, one.points, one.check, ", ".join(one.propagation), one.basis)
        for one in book.list_types
    )
    yield from table(("List type", "Title", "Severity", "Points", "Check", "Spreads by", "Basis"), rows)
    yield from ("## Good marks and good records",)
    yield from table(("Mark", "Title", "Points"), ((f"`{one.id}`", one.en, points_of(one)) for one in book.positive_signals))
    yield from ("## Ties",)
    yield from table(
        ("Tie", "Class", "Read from its source"), ((f"`{name}`", tie.tie_class, tie.en.out) for name, tie in book.ties.items())
    )
    yield from (
        "## What ties carry",
        "",
        "Part of a listing's strength that passes over one tie. `share`: stake; `v`: part of the receiver's trade; `n`: sharers.",
    )
    carried = [(name, f"`{tie.kind}`", tie.to, f"`{tie.coefficient}`") for name, one in book.profiles.items() for tie in one.ties]
    yield from table(("Profile", "Tie", "Towards", "Coefficient"), carried)
    yield from ("## Bands",)
    yield from table(("Band", "From", "To", "Grade"), ((band.en, band.min, band.max, band.grade) for band in book.score.bands))


def points_of(mark: Any) -> str:
    """The points of a good mark, in whichever way it has them."""
    if mark.points is not None:
        return str(mark.points)
    per = f"{mark.points_per_unit} each" if mark.points_per_unit is not None else f"`{mark.expression}`"
    return f"{per}, at most {mark.cap}" if mark.cap else per


if __name__ == "__main__":
    main(Path(sys.argv[1]))
