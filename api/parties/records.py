"""The records of a party, as shown to readers."""

from collections.abc import Iterable
from datetime import date, datetime

from api.context.pages import WHOLE_LIST, PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.source_rows import file_and_row, files_by_id, rows_of_statements
from api.schemas.parties import Records, ShownRecord
from ontology.entity import Entity
from ontology.masked_ids import RESIDENT_PARTS
from ontology.record import Record
from resolution.records.identifiers import displayable_value
from store.port import Row
from store.rows import from_row

UNOBSERVED: dict[str, object] = {
    **dict.fromkeys(("identifiers", "addresses", "contacts", "record_ids", "sources"), ()),
    **dict.fromkeys(("born_on", "founded_on", "ended_on", "name_other", "place")),
    "attributes": {},
}
"""What is said of a party none of whose records was observed yet: nothing but its name."""


def party_records(context: RequestContext, entity_id: str, page: PageRequest = WHOLE_LIST) -> Records:
    """Records of the party observed by the day, by id, each with its file and row, and the rows of other files that state it.

    Raises CursorInvalid.
    """
    question = f"records {entity_id} {context.as_of}"
    records = page_of(records_by_day(context, entity_id), page, place=lambda record: (record.id,), question=question)
    files, day = files_by_id(context.store), context.today or context.as_of
    rows_by_record = rows_of_statements(context.store, "records", [record.id for record in records.lines])
    shown_records = (shown_record(record, files, rows_by_record.get(record.id, ()), day) for record in records.lines)
    return Records(records=tuple(shown_records), next=records.next)


def records_by_day(context: RequestContext, entity_id: str) -> list[Record]:
    """Records of the party observed by the day asked for; those without a day of observation are always included."""
    records = (from_row(Record, row) for row in context.store.read("network/records_of", entity_id=entity_id))
    return [record for record in records if record.observed_on is None or record.observed_on <= context.as_of]


def entity_by_day(context: RequestContext, entity: Entity) -> Entity:
    """The party assembled from its records observed by the day; without any, only its name and kind."""
    records = records_by_day(context, entity.id)
    if len(records) == len(entity.record_ids):
        return entity
    if records:
        from resolution.entities.assembly import assemble  # Loads the readers of phones and addresses, for a day gone by alone.

        return assemble(entity.id, records)
    return entity.model_copy(update=UNOBSERVED | {"names": entity.names[:1]})


def shown_record(
    record: Record, files: dict[str, Row], more_row_ids: Iterable[str] = (), today: date | None = None
) -> ShownRecord:
    """A record as shown to readers, personal ids masked.

    more_row_ids: rows of other files that state it too. today: the day that the age of its file is counted to.
    """
    file, number = file_and_row(files, record.row_id)
    origin = files.get(record.row_id.rpartition("#")[0])
    loaded_on = datetime.fromisoformat(origin["loaded_at"]).date() if origin else None
    return ShownRecord(
        id=record.id,
        dataset=record.dataset,
        source_class=record.source_class,
        name=record.name,
        kind=record.kind,
        row_id=record.row_id,
        file=file,
        row=number,
        row_ids=tuple(dict.fromkeys((record.row_id, *more_row_ids))),
        publisher=origin["publisher"] if origin else "",
        licence=origin["licence"] if origin else "",
        loaded_on=loaded_on,
        age_days=max(0, (today - loaded_on).days) if today and loaded_on else None,
        observed_on=record.observed_on,
        facts=_facts(record),
    )


def _facts(record: Record) -> dict[str, str]:
    """Everything else the record says, by name; hashes are for comparing alone."""
    plain = {"born_on": record.born_on, "founded_on": record.founded_on, "ended_on": record.ended_on}
    facts = {name: str(value) for name, value in plain.items() if value is not None}
    facts |= {identifier.scheme: displayable_value(identifier) for identifier in record.identifiers}
    names = "; ".join(f"{name.text} ({name.role})" for name in record.names if name.text != record.name)
    addresses = "; ".join(address.text for address in record.addresses)
    contacts = {contact.kind: contact.value for contact in record.contacts}
    several = {"other_names": names, "addresses": addresses, "countries": ", ".join(record.countries)}
    attributes = {name: text for name, text in record.attributes.items() if name != RESIDENT_PARTS}
    return facts | {name: value for name, value in several.items() if value} | contacts | attributes
