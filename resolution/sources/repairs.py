"""A decision that ends a listing, told by one source, ends the same listing wherever another source told it without an end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ontology.record import Record
from resolution.sources.shared_statements import ASKED_AT_ONCE, file_of, statement, statements_by_file, stored_rows
from resolution.sources.statements.file_merge import joined_rows
from resolution.sources.statements.values import folded
from store.port import Row, Store
from store.rows import from_row

LISTINGS = "listings"


def apply_repairs(store: Store) -> int:
    """Give listings the end that a credit repair or another list tells of them; how many were ended.

    The same listing is one of the same list and the same party, under the same case number or of the same day. The same party
    is one with a valid code in common, else one of the same name without codes that differ.
    """
    pairs = list(_pairs(store.read("sources/listing_ends")))
    records = _records(store, {one["record_id"] for pair in pairs for one in pair})
    ended = {
        still["id"]: {"id": still["id"], "removed_on": told["removed_on"], "removal_ground": told["removal_ground"]}
        for told, still in pairs
        if _same_party(records.get(told["record_id"]), records.get(still["record_id"]))
    }
    if ended:
        _keep_own_words(store, list(ended))
        store.write("sources/end_listings", rows=ended.values())
    return len(ended)


def renew_repairs(store: Store) -> int:
    """Take back what repairs ended and end what those say that are there now: after a file is taken out or read anew."""
    kept = [row["id"] for row in store.read("sources/statement_ids", kind=LISTINGS)]
    for start in range(0, len(kept), ASKED_AT_ONCE):
        own = statements_by_file(store, LISTINGS, kept[start : start + ASKED_AT_ONCE])
        store.write("sources/put_listings", rows=[joined_rows(LISTINGS, by_file) for by_file in own.values()])
    return apply_repairs(store)


def _keep_own_words(store: Store, ids: list[str]) -> None:
    """What the source itself says of listings that a repair is to end, so that the end can be taken back."""
    for start in range(0, len(ids), ASKED_AT_ONCE):
        some = ids[start : start + ASKED_AT_ONCE]
        known = statements_by_file(store, LISTINGS, some)
        rows = stored_rows(store, LISTINGS, [id_ for id_ in some if id_ not in known]).values()
        store.write("sources/put_file_statements", rows=[statement(LISTINGS, file_of(row), row) for row in rows])


def _pairs(listings: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each ended listing with each that has no end and could be the same."""
    still_open: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for one in listings:
        if one["removed_on"] is None:
            for mark in _marks(one):
                still_open[one["list_type"], mark].append(one)
    for told in listings:
        if told["removed_on"] is not None:
            for mark in _marks(told):
                yield from ((told, one) for one in still_open[told["list_type"], mark] if one["dataset"] != told["dataset"])


def _marks(listing: Row) -> Iterable[str]:
    """What a listing is known by: its day and its case number, those that are told."""
    day, case_no = listing["listed_on"], listing["case_no"]
    return [*([day] if day else []), *([f"case {case_no}"] if case_no else [])]


def _records(store: Store, ids: set[str]) -> dict[str, Record]:
    if not ids:
        return {}
    return {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=sorted(ids))}


def _same_party(told: Record | None, still: Record | None) -> bool:
    if told is None or still is None:
        return False
    codes = [{(code.scheme, code.value) for code in one.identifiers if code.valid} for one in (told, still)]
    if codes[0] & codes[1]:
        return True
    schemes = {scheme for scheme, _ in codes[0]} & {scheme for scheme, _ in codes[1]}
    names = [{folded(name.text) for name in one.names} for one in (told, still)]
    return not schemes and bool(names[0] & names[1])
