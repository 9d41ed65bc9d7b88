"""Rows that name records of other rows and files: which records the files of one call give, and what becomes of the others."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from ontology.base import Statement
from ontology.errors import SourceUnreadable
from ontology.record import Record
from resolution.sources.choice import Choice
from resolution.sources.reading import Trouble
from resolution.sources.row_blocks import raw_rows
from resolution.sources.statements.row_results import RowResult

NOTHING_TO_ADD_TO = "rows that add to a party which no file gives"
IdsInStore = Callable[[Iterable[str]], set[str]]


def promised_ids(files: Sequence[tuple[Path, Choice]]) -> set[str]:
    """Ids of the records that these files give to those among them whose rows may name records of other rows or files.

    A file names records of its own dataset only, so files of other datasets need not be read for it.
    """
    referring = {choice.dataset for _, choice in files if choice.make("").refers}
    known_ids: set[str] = set()
    for path, choice in files:
        if choice.dataset in referring and choice.gives_records:
            with suppress(SourceUnreadable):  # Told when the file's own turn comes.
                for row_result in map(choice.make("").map_row, raw_rows(path, choice)):
                    if not row_result.trouble:
                        given_ids = {statement.id for statement in row_result.statements if type(statement) is Record}
                        known_ids |= given_ids.difference(row_result.additions)
    return known_ids


def settle_references(row_results: list[RowResult], known_ids: set[str], ids_in_store: IdsInStore) -> None:
    """Rows that name a record nobody gives become rejections.

    What is added to such a record, and the ties with it, are left out; a row that says nothing else states nothing.
    """
    named_ids = {name for row_result in row_results for name in (*row_result.references, *row_result.additions)}
    if unknown_ids := named_ids - known_ids:
        known_ids |= ids_in_store(unknown_ids)
    for row_result in row_results:
        if row_result.trouble:
            continue
        if absent_ids := {*row_result.additions} - known_ids:
            row_result.statements = [statement for statement in row_result.statements if not _names_any(statement, absent_ids)]
            if not row_result.statements:
                row_result.ignored, row_result.ignored_as = True, NOTHING_TO_ADD_TO
        missing_id = next((name for name in row_result.references if name not in known_ids and name not in absent_ids), None)
        if missing_id:
            row_result.statements = []
            row_result.trouble = Trouble(
                None,
                f"names the record {missing_id}, which no file gives",
                "Load the file that gives it, in the same call or before.",
            )


def _names_any(statement: Statement, ids: set[str]) -> bool:
    """Whether a statement is of one of these records, or a tie with one."""
    return any(vars(statement).get(end) in ids for end in ("id", "source_id", "target_id", "record_id"))
