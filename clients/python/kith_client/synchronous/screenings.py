# Written by `python -m clients.generate` from asynchronous/screenings.py: do not edit.
"""Lists of suppliers, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kith_client.calls import Call, file_part, json_call, json_of, query_of
from kith_client.models import Job, Screening, SupplierRow
from kith_client.synchronous.jobs import JobHandle
from kith_client.synchronous.transport import Transport

Suppliers = str | Path | bytes | Sequence[str] | Sequence[Mapping[str, str]] | Sequence[SupplierRow]
"""A CSV or Excel file by its path or as bytes; or names; or rows of name, code, place, country and an id of one's own."""


class ScreeningCalls:
    """`kith.screenings`: which of these suppliers should I stop, look at, or not worry about?"""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def check(
        self,
        suppliers: Suppliers,
        *,
        columns: Mapping[str, str] | None = None,
        sheet: str | None = None,
        as_of: date | None = None,
    ) -> Screening:
        """A list answered at once; the server keeps nothing of it.

        columns: which column of a file holds which field, such as `{"name": "Lieferant"}`; left out: found by its headers.
        sheet:   of a workbook; left out: the first.
        Raises KithError: NotValid where the list is too long for this, see `start`.
        """
        call = _call_of(suppliers, columns=columns, sheet=sheet)
        return self._transport.ask(replace(call, path="/v1/screenings", query=query_of(as_of=as_of), is_read=True), Screening)

    def report(
        self,
        suppliers: Suppliers,
        form: str,
        *,
        columns: Mapping[str, str] | None = None,
        sheet: str | None = None,
        as_of: date | None = None,
    ) -> bytes:
        """The same as a file. form: html, csv, xlsx, json; rejects for the rows that could not be read. Raises KithError."""
        call = _call_of(suppliers, columns=columns, sheet=sheet)
        query = query_of(as_of=as_of, format=form)
        return self._transport.content(replace(call, path="/v1/screenings", query=query, is_read=True))

    def start(
        self,
        suppliers: Suppliers,
        *,
        columns: Mapping[str, str] | None = None,
        sheet: str | None = None,
        as_of: date | None = None,
    ) -> JobHandle:
        """A long list in the background: `job.wait()`, then `job.screening()`. Raises KithError."""
        call = _call_of(suppliers, columns=columns, sheet=sheet, kind="screening")
        job = self._transport.ask(replace(call, path="/v1/jobs", query=query_of(as_of=as_of)), Job)
        return JobHandle(self._transport, job)


def _call_of(suppliers: Suppliers, *, columns: Mapping[str, str] | None, sheet: str | None, **fields: str) -> Call:
    if isinstance(suppliers, str | Path | bytes):
        texts = {"columns": json_of(dict(columns)).decode() if columns else None, "sheet": sheet, **fields}
        sent = {name: text for name, text in texts.items() if text is not None}
        return Call("POST", "", files=(file_part("file", suppliers),), fields=sent)
    rows: list[Any] = list(suppliers)
    given = "names" if all(isinstance(row, str) for row in rows) else "rows"
    return json_call("POST", "", {given: rows, **fields})
