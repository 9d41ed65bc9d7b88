"""Facts as single records state them: which source says what of whom, from which row, since when."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from api.context.callers import note_reads
from api.context.request_context import RequestContext
from api.contract.candidates import candidates
from api.contract.datasets import data_scope
from api.contract.ftm_model import property_type, property_types
from api.contract.ftm_properties import kept_codes, party_properties, schema_of
from api.contract.pages import Window
from api.contract.statement_times import StatementTimes, statement_times
from api.parties.search import party_of_record, surviving_id
from api.schemas.contract_entities import FtmStatement, Statements, Total
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.errors import ContractInvalid
from ontology.record import Record
from store.port import Row
from store.rows import from_row

SORT = ("canonical_id", "prop")
SORT_FIELDS = ("id", "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "first_seen", "last_seen")
PARTIES_MAX = 200  # Parties whose records are looked at where neither party nor record is named.
RECORDS_MAX = 10_000
SEARCHED_TYPES = frozenset({"name", "identifier"})
"""Types of properties whose values are in the index of names and codes."""
ID_DIGITS = 20


@dataclass(frozen=True)
class StatementQuery:
    """Which facts are asked for; None is any. canonical_id: a party; entity_id: a record."""

    canonical_id: str | None = None
    entity_id: str | None = None
    dataset: str | None = None
    prop: str | None = None
    value: str | None = None
    schema: str | None = None
    window: Window = field(default_factory=lambda: Window(50))


def statements(context: RequestContext, query: StatementQuery) -> Statements:
    """The page of facts that is asked for; an id of nobody has none. Without an id the first parties alone are looked at.

    Raises DatasetUnknown, ContractInvalid.
    """
    rows, complete = _records(context, query)
    note_reads(row["entity_id"] for row in rows)
    times = statement_times(context, rows)
    facts = [fact for row in rows for fact in _facts(context, row, times) if _answers(fact, query)]
    ordered, window = _in_order(facts, query.window.sort), query.window
    return Statements(
        limit=window.limit,
        offset=window.offset,
        total=Total(value=len(ordered), relation="eq" if complete else "gte"),
        results=ordered[window.offset : window.end],
    )


def _records(context: RequestContext, query: StatementQuery) -> tuple[list[Row], bool]:
    """Records to look at, and whether these are all that may answer."""
    scope = data_scope(context, query.dataset or "default")
    if query.canonical_id or query.entity_id:
        ids, complete = _named_parties(context, query), True
    else:
        possible = candidates(context, _words_of(query), scope=scope, topics_asked=(), end=0)
        ids = list(possible.ids[:PARTIES_MAX])
        complete = possible.complete and len(possible.ids) <= PARTIES_MAX and (query.value is None or query.prop is not None)
    rows = context.store.read("contract/records_of_parties", ids=ids, limit=RECORDS_MAX)
    if query.entity_id:
        rows = [row for row in rows if row["id"] == query.entity_id]
    return rows, complete and len(rows) < RECORDS_MAX


def _words_of(query: StatementQuery) -> str:
    """The value, where it may be a name or a code: then an index leads to whose it is."""
    is_searched = query.prop is None or bool(property_types(query.prop) & SEARCHED_TYPES)
    return query.value or "" if is_searched else ""


def _named_parties(context: RequestContext, query: StatementQuery) -> list[str]:
    by_party = surviving_id(context.store, query.canonical_id) if query.canonical_id else None
    by_record = party_of_record(context.store, query.entity_id) if query.entity_id else None
    if query.canonical_id and query.entity_id and by_party != by_record:
        return []
    return [party for party in (by_party or by_record,) if party]


def _facts(context: RequestContext, row: Row, times: StatementTimes) -> Iterator[FtmStatement]:
    """Every fact of one record, in the order of its properties."""
    record = from_row(Record, row)
    described = _as_party(record)
    schema, kept_values = schema_of(described), kept_codes(described)
    year_only = context.caller is not None and not context.caller.sees_births
    first_seen, last_seen = times.of(row["entity_id"], record.row_id)
    for prop, values in party_properties(described, context.as_of, year_only=year_only).items():
        for value in values:
            kept_value = kept_values.get((prop, value))
            yield FtmStatement(
                id=_fact_id(record.id, prop, value),
                entity_id=record.id,
                canonical_id=row["entity_id"],
                prop=prop,
                prop_type=property_type(schema, prop),
                schema_=schema,
                value=value,
                original_value=kept_value if kept_value != value else None,
                dataset=record.dataset,
                origin=record.row_id,
                first_seen=first_seen,
                last_seen=last_seen,
            )


def _as_party(record: Record) -> Entity:
    """A record as a party of its own. One of unknown kind is spared what persons are spared."""
    copied = record.model_dump(include=Entity.model_fields.keys() & Record.model_fields.keys())
    may_be_person = record.kind is PartyKind.UNKNOWN
    return Entity.model_validate(
        copied | {"name": record.name, "may_be_person": may_be_person, "record_ids": (record.id,), "sources": (record.dataset,)}
    )


def _answers(fact: FtmStatement, query: StatementQuery) -> bool:
    pairs = ((query.dataset, fact.dataset), (query.prop, fact.prop), (query.value, fact.value), (query.schema, fact.schema_))
    return all(asked_value in (None, value) for asked_value, value in pairs)


def _in_order(facts: Sequence[FtmStatement], sort: Sequence[str]) -> list[FtmStatement]:
    ordered = sorted(facts, key=lambda fact: (fact.entity_id, fact.prop, fact.value))
    for text in reversed(sort or SORT):
        name, _, direction = text.partition(":")
        if name not in SORT_FIELDS or direction not in ("", "asc", "desc"):
            raise ContractInvalid(errors=[f"sort: no field {text!r}; {', '.join(SORT_FIELDS)}"])
        attribute = "schema_" if name == "schema" else name
        ordered.sort(key=lambda fact: str(getattr(fact, attribute)), reverse=direction == "desc")
    return ordered


def _fact_id(record_id: str, prop: str, value: str) -> str:
    return hashlib.blake2b(f"{record_id}\x1f{prop}\x1f{value}".encode(), digest_size=ID_DIGITS // 2).hexdigest()
