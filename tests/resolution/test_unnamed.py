"""Persons whose source tells no name: joined by a mailbox of their own and the very day of birth, and by nothing less."""

from ontology.record import Contact, Record
from store.port import Store
from tests.resolution.parties import person
from tests.resolution.test_pipeline import members, put, run


def born(id_: str, *names: str, day: str = "1984-11-09", mail: str | None = "m.ruddock@weir.example") -> Record:
    told = {"contacts": (Contact(kind="email", value=mail),)} if mail else {}
    return person(id_, *names, born_on=day, **told)


def together(store: Store, *records: Record) -> set[frozenset[str]]:
    put(store, records)
    run(store)
    parties: dict[str, set[str]] = {}
    for record_id, entity_id in members(store).items():
        parties.setdefault(entity_id, set()).add(record_id)
    return {frozenset(ids) for ids in parties.values()}


def test_the_same_mailbox_and_day_of_birth_join_a_record_without_a_name(sqlite_store: Store) -> None:
    assert together(sqlite_store, born("a", "Miriam Ruddock"), born("b")) == {frozenset("ab")}


def test_another_day_or_no_mailbox_leaves_it_by_itself(sqlite_store: Store) -> None:
    other_day, no_mail = born("b", day="1984-11-10"), born("c", mail=None)
    assert together(sqlite_store, born("a", "Miriam Ruddock"), other_day, no_mail) == {frozenset(one) for one in "abc"}


def test_it_is_joined_to_neither_of_two_twins_with_one_mailbox(sqlite_store: Store) -> None:
    twins = born("a", "Miriam Ruddock"), born("b", "Dinah Ruddock")
    parties = together(sqlite_store, *twins, born("c"))
    assert frozenset("c") in parties
    assert not any({"a", "b"} <= party for party in parties)
