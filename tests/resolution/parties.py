"""Records to test with, written in one line each."""

from typing import Any

from ontology.record import Address, Contact, Name, NameRole, Record
from resolution.records.identifiers import identifier

USCC_A, USCC_B = "91350100M000100Y43", "91110000600037341L"


def firm(
    id_: str, *names: str, uscc: str | None = None, phone: str | None = None, street: str | None = None, **more: Any
) -> Record:
    """A firm of a registry; the first name is its own, the others earlier ones."""
    return _record(id_, "firm", names, NameRole.PREVIOUS, uscc, phone, street, more)


def person(id_: str, *names: str, phone: str | None = None, street: str | None = None, **more: Any) -> Record:
    """A person; the first name is its own, the others aliases."""
    return _record(id_, "person", names, NameRole.ALIAS, None, phone, street, more)


def _record(
    id_: str,
    kind: str,
    names: tuple[str, ...],
    other: NameRole,
    uscc: str | None,
    phone: str | None,
    street: str | None,
    more: dict[str, Any],
) -> Record:
    told = tuple(Name(text=text, role=other if at else NameRole.PRIMARY) for at, text in enumerate(names))
    base = {"id": id_, "dataset": "registry", "source_class": "3", "row_id": "f#1", "kind": kind, "names": told}
    return Record.model_validate(
        base
        | ({"identifiers": (identifier("uscc", uscc),)} if uscc else {})
        | ({"contacts": (Contact(kind="phone", value=phone),)} if phone else {})
        | ({"addresses": (Address(text=street),)} if street else {})
        | more
    )
