"""A list as a caller gives it: a file, names, or rows; read by the one reader of lists."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from api.schemas.screenings import ListToScreen
from api.screenings.supplier_lists import (
    ListOptions,
    SupplierList,
    read_suppliers,
    suppliers_from_names,
    suppliers_from_rows,
)
from api.words import Words
from ontology.documents import read_json
from ontology.errors import WrongCall

REMEDY = 'Send {"names": ["…"]}, {"rows": [{"name": "…", "code": "…"}]}, or a file in the field `file`.'


def list_of_json(body: bytes, *, options: ListOptions, say: Words) -> SupplierList:
    """The list of a JSON body. Raises WrongCall naming the field."""
    try:
        sent_list = ListToScreen.model_validate_json(body)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise WrongCall(field=field, problem=_problem(first["type"]), remedy=REMEDY) from None
    return list_of_rows(sent_list.names, [row.model_dump() for row in sent_list.rows], options=options, say=say)


def list_of_rows(names: Sequence[str], rows: Sequence[Mapping[str, object]], *, options: ListOptions, say: Words) -> SupplierList:
    """The list of names, or of rows. Raises WrongCall where it is too long."""
    count = len(names) + len(rows)
    if count > options.rows_max:
        raise WrongCall(rows=count, rows_max=options.rows_max, remedy="Split the list.")
    return suppliers_from_names(names, say) if names else suppliers_from_rows(rows, say)


def list_of_file(content: bytes, *, file: str, options: ListOptions, say: Words) -> SupplierList:
    """The list of a file. Raises SourceUnreadable, WrongCall."""
    return read_suppliers(content, file=file, options=options, say=say)


def columns_of_text(text: str | None) -> dict[str, str]:
    """Columns as a caller writes them: `{"name": "Lieferant"}` or `name=Lieferant,code=USt-ID`. Raises WrongCall.

    >>> columns_of_text('{"name": "Lieferant"}'), columns_of_text("name=Firma, code=B"), columns_of_text(None)
    ({'name': 'Lieferant'}, {'name': 'Firma', 'code': 'B'}, {})
    """
    if not text or not text.strip():
        return {}
    remedy = 'Write {"name": "Lieferant"} or name=Lieferant,code=B: heading or letter of a column by field.'
    if text.strip().startswith("{"):
        try:
            columns = read_json(text)
        except ValueError:
            columns = None
    else:
        pairs = [part.partition("=") for part in text.split(",")]
        columns = {field.strip(): heading.strip() for field, sign, heading in pairs if sign} if all(p[1] for p in pairs) else None
    if not isinstance(columns, dict) or not all(isinstance(heading, str) and heading for heading in columns.values()):
        raise WrongCall(field="columns", problem="it does not name columns", remedy=remedy)
    return columns


def _problem(kind: str) -> str:
    """What is wrong with a field, in words of our own."""
    problems = {
        "json_invalid": "the body is not JSON",
        "extra_forbidden": "there is no such field",
        "missing": "it is missing",
        "value_error": "give names, or rows",
        "too_long": "it is too long",
    }
    return problems.get(kind, "it has another form")
