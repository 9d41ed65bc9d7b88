"""A checked list in the form a caller asks for: JSON, CSV, a workbook or a page to print."""

from collections.abc import Iterator

from fastapi import Request, Response

from api.context.callers import note_reads
from api.schemas.screenings import Screening
from api.screenings.reports import WRITERS, as_rejects
from ontology.errors import WrongCall

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "rejects": "text/csv; charset=utf-8",
}
"""Media type by form; `rejects` are the rows to be corrected, and are only asked for by name."""


def form_of(request: Request, form: str | None) -> str:
    """The form asked for: by `format`, else by Accept, else JSON. Raises WrongCall for one that there is not."""
    if form is not None:
        if form not in MEDIA_TYPES:
            raise WrongCall(field="format", problem="no such form of a report", remedy=f"One of {', '.join(MEDIA_TYPES)}.")
        return form
    accepted = request.headers.get("accept", "")
    plain_types = {media_type.partition(";")[0]: name for name, media_type in MEDIA_TYPES.items() if name in WRITERS}
    asked_types = (part.partition(";")[0].strip().lower() for part in accepted.split(","))
    return next((plain_types[media_type] for media_type in asked_types if media_type in plain_types), "json")


def screening_response(request: Request, content: bytes, *, lang: str, form: str | None, file: str = "list") -> Response:
    """The answer in that form. content: the screening as JSON."""
    report_form = form_of(request, form)
    note_reads(_parties_in(Screening.model_validate_json(content)))
    headers = {"vary": "accept, accept-language"}
    if report_form == "json":
        return Response(content, media_type=MEDIA_TYPES["json"], headers=headers)
    screening = Screening.model_validate_json(content)
    name = "rejects.csv" if report_form == "rejects" else f"screening.{report_form}"
    headers["content-disposition"] = f'attachment; filename="{name}"'
    write = as_rejects if report_form == "rejects" else WRITERS[report_form]
    return Response(write(screening, file=file, lang=lang), media_type=MEDIA_TYPES[report_form], headers=headers)


def _parties_in(screening: Screening) -> Iterator[str]:
    """Ids of all parties that a screening shows."""
    for row in screening.rows:
        if row.party is not None:
            yield row.party.id
        yield from (candidate.party.id for candidate in row.candidates)
        if row.nearest is not None:
            yield row.nearest.listed_id
