"""The cells of rows without anything to mask, read column by column: what repeats in a column is looked at once."""

from collections.abc import Collection, Sequence

from ontology.personal_ids import has_plain_headers, texts_to_mask
from resolution.sources.reading import RawRow
from resolution.sources.statements.headers import Headers
from resolution.sources.statements.value_readers import Fields


def read_plain_rows(rows: Sequence[RawRow], headers: Headers, numbers: Collection[str]) -> list[Fields | None]:
    """The filled cells of each row by column, as `Headers.fields` reads them; None for a row that must be read by itself.

    Such a row holds a text or a header to mask, or has another header than the first row, or a trouble.
    numbers: columns declared as numbers of another kind than a person's.
    """
    unread: list[Fields | None] = [None] * len(rows)
    names = tuple(rows[0].values) if rows else ()
    if not names or not has_plain_headers(names) or any(row.trouble or tuple(row.values) != names for row in rows):
        return unread
    columns = list(zip(*(row.values.values() for row in rows), strict=True))
    fields_by_row = headers.fields_of_columns(names, columns)
    if fields_by_row is None:
        return unread
    declared = headers.only_of(numbers, rows[0].values)
    masked_rows = {
        at
        for name, texts in zip(names, columns, strict=True)
        if (to_mask := texts_to_mask(set(texts), declared=name in declared))
        for at, text in enumerate(texts)
        if text in to_mask
    }
    return [None if at in masked_rows else fields for at, fields in enumerate(fields_by_row)]
