"""Two records of one party as one: what either says, and of what only one can be right, what was said first."""

from typing import Any, TypeVar

from ontology.base import PartyKind
from ontology.record import Name, NameRole, Record
from resolution.records.several_days import days_of, merged_days
from resolution.sources.statements.party_facts import make_name
from resolution.sources.statements.statement_makers import updated_copy

SINGLE = ("born_on", "founded_on", "ended_on", "observed_on")
SEVERAL = ("identifiers", "addresses", "contacts", "countries")
CONTACTS_MAX = 200  # A shop meets ever new devices; a few hundred say all there is to see.
T = TypeVar("T")


def merge_records(earlier: Record, later: Record) -> Record:
    """One record of two mentions with the same id: what either says, the first where only one can be.

    `earlier` itself where the later one says nothing new.
    """
    if _says_no_more(later, earlier):
        return earlier
    single_facts: dict[str, Any] = {title: getattr(earlier, title) or getattr(later, title) for title in SINGLE}
    if earlier.kind is PartyKind.UNKNOWN:
        single_facts["kind"] = later.kind
    known_names = {name.text for name in earlier.names}
    has_primary = any(name.role is NameRole.PRIMARY for name in earlier.names)
    later_names = [
        name
        if not has_primary or name.role is (role := _later_role(name))
        else make_name(name.text, role, name.given, name.family)
        for name in later.names
        if name.text not in known_names
    ]
    lists = {title: _union(getattr(earlier, title), getattr(later, title)) for title in SEVERAL}
    lists["contacts"] = lists["contacts"][:CONTACTS_MAX]
    return updated_copy(
        earlier,
        single_facts
        | lists
        | {
            "names": (*earlier.names, *later_names),
            "attributes": later.attributes | earlier.attributes | merged_days(earlier, later),
        },
    )


def _union(earlier: tuple[T, ...], later: tuple[T, ...]) -> tuple[T, ...]:
    """What stands in either, each once."""
    if len(earlier) < 2 and all(fact in earlier for fact in later):
        return earlier
    return tuple(dict.fromkeys((*earlier, *later)))


def _says_no_more(later: Record, earlier: Record) -> bool:
    """Whether everything `later` says is in `earlier`; the common case of one party named again, so it is found out cheaply."""
    known_names = {name.text for name in earlier.names}
    return (
        (earlier.kind is not PartyKind.UNKNOWN or later.kind is PartyKind.UNKNOWN)
        and all(name.text in known_names for name in later.names)
        and all(code in earlier.identifiers for code in later.identifiers)
        and all(address in earlier.addresses for address in later.addresses)
        and (all(contact in earlier.contacts for contact in later.contacts) or len(earlier.contacts) >= CONTACTS_MAX)
        and all(title in earlier.attributes for title in later.attributes)
        and {*days_of(later)} <= {*days_of(earlier)}
        and all(country in earlier.countries for country in later.countries)
        and all(getattr(earlier, title) or not getattr(later, title) for title in ("born_on", "founded_on", "ended_on"))
    )


def _later_role(name: Name) -> NameRole:
    return NameRole.ALIAS if name.role is NameRole.PRIMARY else name.role
