"""A few parties in a store that is resolved, and descriptions to screen against them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ontology.base import PartyKind
from ontology.record import Identifier, Name, Record
from resolution.live.memory import Memories
from resolution.pipeline import resolve
from resolution.records.identifiers import identifier
from resolution.screening import ScoredParty, screen_records
from store.port import Store
from store.rows import to_rows
from tests.resolution.parties import USCC_A, firm, person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HASH = "5f3c" * 16
PARTIES = (
    person("born", "Margaret Ortega Ruiz", born_on="1961-05-04", countries=("es",)),
    person("namesake", "Margaret Ortega Ruiz", born_on="1990-11-30", countries=("mx",)),
    person("cyrillic", "Дмитрий Кузнецов", born_on="1970-01-02"),
    person("han", "欧阳翔宇", born_on="1985-03-03", countries=("cn",)),
    person("numbered", "Nobody Known", identifiers=(Identifier(scheme="resident_id", value=HASH, masked="110*************2X"),)),
    firm("coded", "Rongjiang Trading Co., Ltd.", uscc=USCC_A),
    firm("ltd", "Ballumpra Pharma Limited", countries=("gb",)),
    firm("chinese", "宁波翎磊包装材料有限公司", countries=("cn",)),
    firm("agency", "Harbour Customs Office of Velden", kind="agency"),
    Record.model_validate(firm("unknown", "Quillon Vesper").model_dump() | {"kind": "unknown"}),
)


def resolved(store: Store, parties: Sequence[Record] = PARTIES) -> Store:
    """The store with these parties, resolved."""
    with store.transaction():
        store.write("sources/put_records", rows=to_rows(parties))
    resolve(store, now=NOON)
    return store


def described(kind: PartyKind, name: str, *, code: tuple[str, str] | None = None, **details: object) -> Record:
    """A description as a caller sends one."""
    codes = (identifier(*code),) if code else ()
    base = {"id": "query", "dataset": "query", "source_class": "3", "row_id": "q#1", "kind": kind}
    names = (Name(text=name),) if name else ()
    return Record.model_validate(base | {"names": names, "identifiers": codes} | details)


def screened(store: Store, description: Record) -> list[ScoredParty]:
    """Parties that a description may mean, the best first."""
    (parties,) = screen_records(store, Memories().of(store), [description])
    return parties


def best_record(store: Store, description: Record) -> str | None:
    """The first record of the best party; None where none was compared."""
    parties = screened(store, description)
    return parties[0].entity.record_ids[0] if parties else None
