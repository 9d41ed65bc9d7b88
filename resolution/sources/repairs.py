"""A decision that ends a listing, stated by one source, ends the same listing wherever another states it without an end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ontology.record import Record
from resolution.sources.shared_statements import chunks, file_of, file_statement_row, statements_by_file, stored_rows
from resolution.sources.statements.file_merge import merge_file_rows
from resolution.sources.statements.values import fold_text
from store.port import Row, Store
from store.rows import from_row

LISTINGS = "listings"


def apply_repairs(store: Store) -> int:
    """Give listings the end that a credit repair or another list states; how many were ended.

    The same listing is one of the same list and the same party, under the same case number or of the same day. The same party
    is one with a valid code in common, else one of the same name without codes that differ.
    """
    pairs = list(_pairs(store.read("sources/repairable_listings")))
    records = _records(store, {listing["record_id"] for pair in pairs for listing in pair})
    ended = {
        open_listing["id"]: {
            "id": open_listing["id"],
            "removed_on": ending["removed_on"],
            "removal_ground": ending["removal_ground"],
        }
        for ending, open_listing in pairs
        if _same_party(records.get(ending["record_id"]), records.get(open_listing["record_id"]))
    }
    if ended:
        _keep_file_statements(store, list(ended))
        store.write("sources/end_listings", rows=ended.values())
    return len(ended)


def renew_repairs(store: Store) -> int:
    """Take back what repairs ended and end what those say that are there now: after a file is taken out or read anew."""
    listing_ids = [row["id"] for row in store.read("sources/statement_ids", kind=LISTINGS)]
    for chunk in chunks(listing_ids):
        rows_by_listing = statements_by_file(store, LISTINGS, chunk)
        store.write(
            "sources/put_listings", rows=[merge_file_rows(LISTINGS, rows_by_file) for rows_by_file in rows_by_listing.values()]
        )
    return apply_repairs(store)


def _keep_file_statements(store: Store, ids: list[str]) -> None:
    """What the source itself says of listings that a repair is to end, so that the end can be taken back."""
    for chunk in chunks(ids):
        rows_by_listing = statements_by_file(store, LISTINGS, chunk)
        rows = stored_rows(store, LISTINGS, [id_ for id_ in chunk if id_ not in rows_by_listing]).values()
        store.write("sources/put_file_statements", rows=[file_statement_row(LISTINGS, file_of(row), row) for row in rows])


def _pairs(listings: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each ended listing with each that has no end and could be the same."""
    still_open: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for listing in listings:
        if listing["removed_on"] is None:
            for mark in _marks(listing):
                still_open[listing["list_type"], mark].append(listing)
    for ending in listings:
        if ending["removed_on"] is not None:
            for mark in _marks(ending):
                yield from (
                    (ending, open_listing)
                    for open_listing in still_open[ending["list_type"], mark]
                    if open_listing["dataset"] != ending["dataset"]
                )


def _marks(listing: Row) -> Iterable[str]:
    """What a listing is known by: its day and its case number, those that are stated."""
    day, case_no = listing["listed_on"], listing["case_no"]
    return [*([day] if day else []), *([f"case {case_no}"] if case_no else [])]


def _records(store: Store, ids: set[str]) -> dict[str, Record]:
    if not ids:
        return {}
    return {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=sorted(ids))}


def _same_party(first: Record | None, second: Record | None) -> bool:
    if first is None or second is None:
        return False
    codes = [{(code.scheme, code.value) for code in record.identifiers if code.valid} for record in (first, second)]
    if codes[0] & codes[1]:
        return True
    schemes = {scheme for scheme, _ in codes[0]} & {scheme for scheme, _ in codes[1]}
    names = [{fold_text(name.text) for name in record.names} for record in (first, second)]
    return not schemes and bool(names[0] & names[1])
