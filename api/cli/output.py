"""The one place through which the command prints: answers, errors, progress and questions.

What is printed holds text of the data. Each text that is handed on is one line, and is made legible on its way
(`api.text.legible`); more lines are more texts. No markup is taken from it. A test sees to it that nothing else of kith prints.
"""

import csv
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from api.text.legible import escaped_json, legible, one_line
from ontology.formulas import defuse_formula

if TYPE_CHECKING:
    from rich.console import Console
    from typer._click import Context

NOT_IN_HELP = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}
FILE_WIDTH = 160  # Columns of what goes into a file or a pipe.


def console() -> "Console":
    """Where people read: lines are not cut where the output is a file."""
    from rich.console import Console

    class Paper(Console):
        """A console whose reader may go away (`kith entities | head`): that is no error of ours."""

        def print(self, *lines: Any, **options: Any) -> None:
            super().print(*(legible(str(line)) for line in lines), **{"sep": "\n", **options})

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    wide = None if sys.stdout.isatty() else FILE_WIDTH
    return Paper(markup=False, highlight=False, emoji=False, width=wide, soft_wrap=not sys.stdout.isatty())


def print_json(body: object) -> None:
    """One JSON document on stdout that reads back as exactly this, with nothing in it that a terminal would obey."""
    print(escaped_json(json_text(body)))


def json_text(answer: object) -> str:
    """An answer as JSON. A figure that is none (not a number, without end) is null: JSON knows no word for it."""
    return json.dumps(_json_figure(answer), ensure_ascii=False, indent=2, default=str, allow_nan=False)


def _json_figure(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _json_figure(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json_figure(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_table(rows: Iterable[Sequence[object]]) -> None:
    """Rows as RFC 4180 has them, nothing that a spreadsheet would run. Legible on a terminal."""
    cell_text: Callable[[object], object] = _legible_cell if sys.stdout.isatty() else defuse_formula
    csv.writer(sys.stdout, lineterminator="\n").writerows([cell_text(value) for value in row] for row in rows)


def print_document(text: str) -> None:
    """A document to be kept in a file, such as a mapping. Exact into a file, legible on a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(map(legible, text.split("\n")))
    sys.stdout.write(f"{text}\n")


def print_plain(line: str) -> None:
    """One line on stdout, before anything that formats is loaded."""
    print(legible(line))


def print_content(content: bytes) -> None:
    """Write a file to stdout: a table, a workbook, a page. Exact into a file, legible on a terminal."""
    if sys.stdout.isatty():
        print_document(content.decode("utf-8", "replace"))
        return
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def print_error(line: str) -> None:
    """One line on stderr."""
    print(one_line(line), file=sys.stderr)


def flush() -> None:
    """Let a reader see what was printed so far."""
    sys.stdout.flush()


def confirm(question: str) -> None:
    """Go on only with a yes from the terminal; else typer.Abort."""
    typer.confirm(legible(question), abort=True, err=True)


def read_line(question: str) -> str:
    """What a person types after the question. Raises EOFError at the end of the input."""
    return input(legible(question))


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what takes a while, with the time it has taken; yields a function that changes the words."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(legible(doing))
        yield lambda words: bar.update(task, description=legible(words))


class LegibleGroup(TyperGroup):
    """The command tree; what it says of wrong arguments repeats them, and is made legible too."""

    def make_context(self, *arguments: Any, **options: Any) -> "Context":
        """See TyperGroup."""
        with _legible_refusals():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: "Context") -> Any:
        """See TyperGroup."""
        with _legible_refusals():
            return super().invoke(ctx)

    def format_help(self, *arguments: Any) -> None:
        """See TyperGroup."""
        _load_help_renderer()
        super().format_help(*arguments)


def _load_help_renderer() -> None:
    """Load typer's renderer without the parts of rich that kith's help has no use for: they take a third of the time."""
    absent = {module: name for module, name in NOT_IN_HELP.items() if module not in sys.modules}
    for module, name in absent.items():
        stand_in = ModuleType(module)
        setattr(stand_in, name, object)
        sys.modules[module] = stand_in
    try:
        import_module("typer.rich_utils")
    finally:
        for module in absent:
            del sys.modules[module]


@contextmanager
def _legible_refusals() -> Iterator[None]:
    from typer._click.exceptions import ClickException

    try:
        yield
    except ClickException as cause:
        cause.message = legible(cause.message)
        raise


def _legible_cell(value: object) -> object:
    return legible(str(defuse_formula(value))) if isinstance(value, str) else value
