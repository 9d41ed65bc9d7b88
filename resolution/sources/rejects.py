"""The reject file: rows that did not go in, with why; mended, it can be sent again."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from ontology.errors import SourceUnreadable
from ontology.formulas import defuse_formula, restore_formula
from ontology.personal_ids import mask
from ontology.source import Rejection, row_number
from resolution.sources.reading import RawRow, Trouble
from resolution.sources.statements.row_results import RowResult
from store.private_files import make_private_folder, private_text

ROW, ERROR = "row", "error"


class RejectFile:
    """`<stem>.rejects.csv`, written only where there is something to write."""

    def __init__(self, source: Path, folder: Path | None, file_id: str = "", part: str = "", *, is_only: bool = True) -> None:
        """file_id: tells files apart whose names are masked, or (not `is_only`) spelled alike; part: the sheet that it is."""
        stem = ".".join(filter(None, (source.stem.removesuffix(".rejects"), re.sub(r"[^\w -]", "_", part))))
        masked = mask(stem)
        shown_stem = stem if masked == stem and is_only else f"{masked}.{file_id[:8]}".strip(".")
        self._target = (folder or source.parent) / f"{shown_stem}.rejects.csv"
        self._source = source
        self._rejected: list[RowResult] = []

    @property
    def count(self) -> int:
        """Rows rejected so far."""
        return len(self._rejected)

    def add(self, row_result: RowResult) -> None:
        """Keep a rejected row: already masked."""
        self._rejected.append(row_result)

    def first_rejections(self, file: str, limit: int) -> list[Rejection]:
        """The first rejected rows as facts to report."""
        return [
            rejection(file, row_result.number, row_result.trouble) for row_result in self._rejected[:limit] if row_result.trouble
        ]

    def write(self) -> Path | None:
        """Write the file beside the source, or where that cannot be written to, nowhere. The path, or None without rows."""
        if not self._rejected:
            return None
        target = self._target if self._target != self._source else self._target.with_suffix(".again.csv")
        header = list(dict.fromkeys(name for row_result in self._rejected for name in row_result.values))
        try:
            make_private_folder(target.parent)
            with private_text(target, encoding="utf-8-sig") as file:
                writer = csv.writer(file)
                writer.writerow([*map(escape_formula, header), ROW, ERROR])
                writer.writerows(_csv_row(row_result, header) for row_result in self._rejected)
        except (OSError, UnicodeEncodeError) as cause:
            raise SourceUnreadable(
                file=target.name, problem="rejects cannot be written", remedy="Name a folder for them (--rejects)."
            ) from cause
        return target


def rejection(file: str, row: int, trouble: Trouble) -> Rejection:
    """A trouble of one row as a fact to report, masked."""
    field, problem = mask(trouble.field) if trouble.field else None, mask(trouble.problem)
    return Rejection(file=file, row=row_number(row), field=field, problem=problem, remedy=mask(trouble.remedy))


def trouble_text(trouble: Trouble) -> str:
    """A trouble as the `error` column has it."""
    return mask(
        f"{trouble.field}: {trouble.problem}. {trouble.remedy}" if trouble.field else f"{trouble.problem}. {trouble.remedy}"
    )


def escape_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return str(defuse_formula(text))


def restore_rejected_rows(rows: Iterable[RawRow]) -> Iterable[RawRow]:
    """Rows of a mended reject file as they were before: without the two added columns, marks before formulas taken off."""
    for row in rows:
        if ERROR not in row.values or ROW not in row.values:
            yield row
            continue
        cells = {name: text for name, text in row.values.items() if name not in (ROW, ERROR)}
        yield row._replace(values={unescape_formula(name): unescape_formula(text) for name, text in cells.items()})


def unescape_formula(text: str) -> str:
    """A cell as it was before `escape_formula`."""
    return restore_formula(text)


def _csv_row(row_result: RowResult, header: list[str]) -> list[str]:
    error = trouble_text(row_result.trouble) if row_result.trouble else ""
    return [
        *(escape_formula(row_result.values.get(name, "")) for name in header),
        str(row_number(row_result.number)),
        escape_formula(error),
    ]
