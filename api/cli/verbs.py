"""How a function becomes a command: the options all commands have, its example, its errors and exit code."""

import inspect
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call, SharedOptions
from api.cli.output import print_error, print_json

if TYPE_CHECKING:
    from ontology.errors import KithError

Verb = Callable[..., None]
FILES_IN = "Files in"
"""Panel of the help for the verbs that bring files in."""
ID_LENGTH_MIN = 15  # Characters of a resident id of the old form.

STORE = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="Where everything is kept; else KITH_STORE, else sqlite:///kith.db.", show_default=False
    ),
]
JSON = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
LANG = Annotated[str | None, typer.Option("--lang", metavar="en|zh", help="Language of sentences.", show_default=False)]
AS_OF = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        "--today",
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="The day to answer for; else today.",
        show_default=False,
    ),
]
VERBOSE = Annotated[bool, typer.Option("--verbose", "-v", help="Log on stderr what is done and how long it takes.")]
OPTIONS_WITH_VALUE = ("--store", "--lang", "--as-of", "--today")
SHARED = {"store": STORE, "as_json": JSON, "lang": LANG, "as_of": AS_OF, "verbose": VERBOSE}


def verb(app: typer.Typer, name: str, *, example: str, panel: str | None = None) -> Callable[[Verb], Verb]:
    """Register `function(call, …)` as `kith <name>`; its docstring is the help, `example` stands under it."""

    def register(function: Verb) -> Verb:
        @app.command(name, epilog=f"Example: {example}", rich_help_panel=panel)
        @wraps(function)
        def command(context: typer.Context, **arguments: object) -> None:
            options = _pop_shared_options(arguments).over(context.find_root().obj or SharedOptions())
            _run(lambda: _call(function, Call(options).with_log(), _storable(arguments)), as_json=options.as_json)

        _show_options(command, function)
        return function

    return register


def _call(function: Verb, call: Call, arguments: dict[str, object]) -> None:
    """The command, with records named as the store keeps them: no command has to know of resident ids in their ids."""
    if any(isinstance(value, str) and ":" in value and len(value) > ID_LENGTH_MIN for value in arguments.values()):
        from api.context.record_names import record_name

        arguments = {
            name: record_name(value, call.settings) if isinstance(value, str) else value for name, value in arguments.items()
        }
    function(call, **arguments)


def _storable(arguments: dict[str, object]) -> dict[str, object]:
    """What was given. Raises WrongCall on a text that no store keeps: a shell hands on bytes that are no UTF-8."""
    from ontology.errors import WrongCall
    from ontology.limits import unstorable_in

    if problem := unstorable_in({name: text for name, text in arguments.items() if isinstance(text, str | list)}):
        raise WrongCall(argument=problem.field.partition(".")[0], problem=problem.problem, remedy=problem.remedy)
    return arguments


def _show_options(command: Verb, function: Verb) -> None:
    """Give `command` the parameters of `function` and the shared options, for typer to read."""
    own_parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter(name, keyword, annotation=kind, default=False if kind in (JSON, VERBOSE) else None)
        for name, kind in SHARED.items()
    ]
    context = inspect.Parameter("context", keyword, annotation=typer.Context)
    parameters = [context, *(p.replace(kind=keyword) for p in own_parameters), *shared]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    del command.__wrapped__  # type: ignore[attr-defined]


def _pop_shared_options(arguments: dict[str, object]) -> SharedOptions:
    return shared_options(**{name: arguments.pop(name) for name in SHARED})  # type: ignore[arg-type]


def shared_options(store: str | None, as_json: bool, lang: str | None, as_of: datetime | None, verbose: bool) -> SharedOptions:
    """The shared options as typer gives them. Refuses a language there are no sentences in, and days beyond those asked about."""
    if lang not in (None, "en", "zh"):
        raise typer.BadParameter("en or zh", param_hint="--lang")
    return SharedOptions(store, as_json, lang, _day(as_of), verbose)


def _day(as_of: datetime | None) -> date | None:
    from api.schemas.days import checked_day

    try:
        return checked_day(as_of.date()) if as_of else None
    except ValueError as cause:
        raise typer.BadParameter(str(cause), param_hint="--as-of") from None


def _run(work: Callable[[], None], *, as_json: bool) -> None:
    """Run a command; tell an error in words (or as a problem object with --json) and leave with its exit code."""
    from api.errors import TROUBLE, codes_of, from_damage, from_disk
    from ontology.errors import KithError

    try:
        work()
    except BrokenPipeError:
        # The reader of the pipe went away; what is still to be flushed must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (KithError, OSError) as cause:
        error = cause if isinstance(cause, KithError) else from_disk(cause)
        _print_trouble(error, as_json=as_json)
        raise typer.Exit(codes_of(error).exit_code) from None
    except Exception as cause:
        if "KITH_TRACE" in os.environ or isinstance(cause, typer.Exit | typer.Abort | typer.BadParameter):
            raise
        if damage := from_damage(cause):
            _print_trouble(damage, as_json=as_json)
            raise typer.Exit(TROUBLE) from None
        # Only the kind: a message or a traceback may carry a name from the data.
        print_error(f"kith failed with {type(cause).__name__}: a fault of the program. KITH_TRACE=1 shows where.")
        raise typer.Exit(TROUBLE) from None


def _print_trouble(error: "KithError", *, as_json: bool) -> None:
    from api.errors import problem, without_personal_ids
    from ontology.errors import EntityAmbiguous

    if as_json:
        print_json(problem(error))
        return
    print_error(without_personal_ids(str(error)))
    if isinstance(error, EntityAmbiguous):
        for id_, name, place in error.choices:
            print_error(f"  {id_}  {name}{f' ({place})' if place else ''}")
    if error.remedy:
        print_error(without_personal_ids(error.remedy))
