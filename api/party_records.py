"""The records a party was put together from, as people read them."""

from collections import defaultdict
from collections.abc import Iterable

from api.answers import Records, ShownRecord
from api.source_rows import files_by_id, told_row
from ontology.record import Record
from resolution.records.identifiers import shown
from store.port import Row, Store
from store.rows import from_row


def party_records(store: Store, entity_id: str) -> Records:
    """Every record of the party with its file and row, and the rows of further files that tell it."""
    files = files_by_id(store)
    rows = store.read("network/records_of", entity_id=entity_id)
    further: dict[str, list[str]] = defaultdict(list)
    for told in store.read("sources/file_statements", kind="records", ids=[row["id"] for row in rows]):
        further[told["id"]].append(told["row_id"])
    return Records(records=tuple(shown_record(from_row(Record, row), files, further[row["id"]]) for row in rows))


def shown_record(record: Record, files: dict[str, Row], further: Iterable[str] = ()) -> ShownRecord:
    """A record as people read it, personal ids masked. further: rows of other files that tell it."""
    file, number = told_row(files, record.row_id)
    return ShownRecord(
        id=record.id,
        dataset=record.dataset,
        source_class=record.source_class,
        name=record.name,
        kind=record.kind,
        row_id=record.row_id,
        file=file,
        row=number,
        row_ids=tuple(dict.fromkeys((record.row_id, *further))),
        observed_on=record.observed_on,
        facts=_facts(record),
    )


def _facts(record: Record) -> dict[str, str]:
    """Everything else the record says, by name."""
    plain = {"born_on": record.born_on, "founded_on": record.founded_on, "ended_on": record.ended_on}
    told = {name: str(value) for name, value in plain.items() if value is not None}
    told |= {identifier.scheme: shown(identifier) for identifier in record.identifiers}
    names = "; ".join(f"{name.text} ({name.role})" for name in record.names if name.text != record.name)
    addresses = "; ".join(address.text for address in record.addresses)
    contacts = {contact.kind: contact.value for contact in record.contacts}
    several = {"other_names": names, "addresses": addresses, "countries": ", ".join(record.countries)}
    return told | {name: value for name, value in several.items() if value} | contacts | record.attributes
